/** The parts of a change of state. `engine.ts` shows how it travels. */
import type { GroupName, Key, Row, TableName } from '../store/index.ts';
import { accountId } from './accounts.ts';
import type { EntryDraft } from './entry.ts';

/** A fact that a command needs: the row with a key, or the rows of a group. */
export type Want = { readonly table: TableName; readonly group?: string; readonly key: Key };

export function one<N extends TableName>(table: N, ...key: Key): Want {
  return { table, key };
}

export function many<N extends TableName>(table: N, group: GroupName<N>, ...key: Key): Want {
  return { table, group, key };
}

/** The fact of an account's balance. */
export function balanceOf(path: string): Want {
  return one('account', accountId(path));
}

/** The facts loaded for a batch, with the changes of the commands decided before. */
export type Facts = {
  /** The row, or undefined if there is none. Asserts that it was loaded. */
  get<N extends TableName>(table: N, ...key: Key): Row<N> | undefined;
  /** The rows of a group. Asserts that it was loaded. */
  list<N extends TableName>(table: N, group: GroupName<N>, ...key: Key): Row<N>[];
  /** The balance of a loaded account: debits less credits; 0 if it was never posted to. */
  balance(path: string): number;
  /** How much of a loaded limit is used. */
  used(key: string): number;
  /** Whether a fact is loaded, be it only that there is no such row. */
  has(want: Want): boolean;
};

/** The facts known so far while loading: a row that is not loaded yet reads as absent, and a limit as not used. */
export type Known = Pick<Facts, 'get' | 'list' | 'used' | 'has'>;

/** The circumstances of a command: stamped when it arrived, the same however often it is decided. */
export type Call = {
  /** The command's id: 32 hex digits, from which the ids of everything that it makes derive. */
  readonly id: string;
  /** Its time of arrival in epoch milliseconds, by which all dates are judged. */
  readonly at: number;
  /** The business day that its entries are booked on. */
  readonly day: string;
  readonly client: string;
  /** The request key. */
  readonly key: string;
  /** The id of who acts. */
  readonly actor: string;
};

/** A row as it will be after the command. The engine sets the `version` in a versioned table. */
export type RowChange = { readonly [N in TableName]: { readonly table: N; readonly row: Row<N> } }[TableName];

export function put<N extends TableName>(table: N, row: Row<N>): RowChange {
  return { table, row } as RowChange;
}

/** An increment of a limit's use, by its `limitKey`. Refuse before it would exceed; `atMost` lets the database hold it across processes as well. */
export type Use = { readonly key: string; readonly add: number; readonly atMost?: number };

export type Success<R> = {
  readonly entries?: readonly EntryDraft[];
  readonly rows?: readonly RowChange[];
  readonly uses?: readonly Use[];
  /** The reply to the caller, repeated on a replay: ids and numbers, no names; secrets are sealed. */
  readonly reply: R;
};

/** A refusal of a caller's command: a code of the catalogue and the figures that explain it. */
export type Refusal<C extends string = string> = { readonly refused: C; readonly details: Readonly<Record<string, unknown>> };

export type Decision<R> = Success<R> | Refusal;

export function isRefusal(decision: object): decision is Refusal {
  return 'refused' in decision;
}

export type Command<I, R> = {
  readonly name: string;
  /** The facts it needs; `at` is when it arrived. Called again as facts become known, until it wants nothing new. */
  load(input: I, known: Known, at: number): readonly Want[];
  /** Pure: no await, clock, chance or SQL. */
  decide(facts: Facts, input: I, call: Call): Decision<R>;
  /** For a reply that can be read from a row that the command made and that never changes: no copy of the reply is stored. */
  readonly recall?: Recall<R>;
};

export type Recall<R> = {
  /** The row that the command with this id made. */
  want(commandId: string): Want;
  /** The reply, read from that row. */
  reply(facts: Facts, commandId: string): R;
};

/** The outcome of a command; `replayed` if an earlier request with this key had already decided it. */
export type Outcome<R> = Done<R> | (Refusal & { readonly replayed: boolean });

/** The outcome of a command that was carried out. */
export type Done<R> = { readonly reply: R; readonly replayed: boolean };
