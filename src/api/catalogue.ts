/**
 * All answers that are not a success: one entry a code, from the folder that refuses with it. A test keeps `docs/errors.md` equal to it.
 */
import { accessRefusals } from '../access/index.ts';
import { clearingRefusals } from '../clearing/index.ts';
import { communityRefusals } from '../communities/index.ts';
import { type Definition, type Explained, type FiguresOf, type Kind, ledgerRefusals } from '../ledger/index.ts';
import { redeemRefusals } from '../redeem/index.ts';
import { type Answered, httpRefusals } from './http/refusals.ts';

const refusals = { ...ledgerRefusals, ...accessRefusals, ...communityRefusals, ...clearingRefusals, ...redeemRefusals };

type Definitions = typeof refusals & typeof httpRefusals;

export type Code = keyof Definitions;

/** The figures of a code, as a thrown problem takes them. */
export type Details<C extends Code> = FiguresOf<Definitions[C]>;

/** The texts of one code. */
type CatalogueEntry = Answered & {
  readonly title: string;
  /** The occurrence in one sentence, from the figures as they go over the wire. */
  readonly detail: (figures: Readonly<Record<string, unknown>>) => string;
  readonly action: string;
  readonly cashierMessage: string;
};

/** The HTTP status of each kind of refusal. */
const statuses: Readonly<Record<Kind, number>> = { forbidden: 403, notFound: 404, conflict: 409, invalid: 422, tooMany: 429 };

export const catalogue = {
  ...mapped(refusals, (each: Definition) => entryOf({ status: statuses[each.kind], retryable: false }, each)),
  ...mapped(httpRefusals, (each: Answered & Explained<never>) => entryOf(each, each)),
} as Readonly<Record<Code, CatalogueEntry>>;

function mapped<T>(definitions: Readonly<Record<string, T>>, entry: (definition: T) => CatalogueEntry): Record<string, CatalogueEntry> {
  return Object.fromEntries(Object.entries(definitions).map(([code, definition]) => [code, entry(definition)]));
}

function entryOf({ status, retryable }: Answered, { title, sentence, action, cashierMessage }: Explained<never>): CatalogueEntry {
  return { status, title, detail: sentence as CatalogueEntry['detail'], retryable, action, cashierMessage };
}

/** Whether a text is a code of the catalogue: stored refusals have theirs as a text. */
export function isCode(text: string): text is Code {
  return Object.hasOwn(catalogue, text);
}
