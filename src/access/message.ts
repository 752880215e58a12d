import { idOf, type Prefix } from '../store/index.ts';

/** Something that a person is told, read from the rows that are there: it has no row of its own. */
export type Message<Kind extends string, Details> = {
  readonly kind: Kind;
  /** Epoch milliseconds. */
  readonly at: number;
  /** 32 hex digits of what it tells of: they order the messages of one instant. */
  readonly order: string;
  /** The id of what it tells of; null: the person. */
  readonly subject: string | null;
  /** Ids, figures and names, which the pages say in their language. */
  readonly details: Details;
};

/** The messages that are asked for: until an instant, as things stand `now`. Both are epoch milliseconds. */
export type MessageSpan = { readonly now: number; readonly until: number };

/**
 * The newest rows of each table that are looked through. A change that came after more than so many further rows of the same table is not
 * told: a voucher that was redeemed after its holder had taken two hundred others.
 */
export const LOOK_BACK = 200;

/** The longest time between an id and the time in its row: the clocks of two processes differ, or one was set back. */
const AHEAD_MS = 2 * 60_000;

/** An id of this prefix that follows those of everything that began until `at`. */
export function lastIdUntil(prefix: Prefix, at: number): string {
  return idOf(prefix, (at + AHEAD_MS).toString(16).padStart(12, '0').padEnd(32, 'f'));
}
