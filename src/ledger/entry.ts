import assert from 'node:assert/strict';
import { accountFacts } from './accounts.ts';

/** One leg: debit positive, credit negative, in the account's unit (points or fen). */
export type Posting = { readonly account: string; readonly amount: number };

/** A balanced fact, before the engine gives it an id and a business day. */
export type EntryDraft = {
  readonly kind: string;
  readonly effectiveAt: number;
  /** The id of its subject. */
  readonly subject: string;
  /** The entry it mirrors. */
  readonly reverses?: string;
  readonly postings: readonly Posting[];
};

export function dr(account: string, amount: number): Posting {
  return { account, amount };
}

export function cr(account: string, amount: number): Posting {
  return { account, amount: 0 - amount };
}

/** The postings that undo these: sides swapped. */
export function mirror(postings: readonly Posting[]): Posting[] {
  return postings.map(({ account, amount }) => ({ account, amount: 0 - amount }));
}

/**
 * The postings as they will be stored: legs of zero dropped, legs on one account added up.
 * Asserts I1 (zero per unit) and I11 (zero per unit in each community's book): only our own mistake can break them.
 */
export function balanced(postings: readonly Posting[]): Posting[] {
  const legs = new Map<string, number>();
  const sums = new Map<string, number>();
  for (const { account, amount } of postings) {
    assert(Number.isSafeInteger(amount), `not a whole amount: ${amount} on ${account}`);
    legs.set(account, (legs.get(account) ?? 0) + amount);
    const { community, unit } = accountFacts(account);
    const book = `${community} ${unit}`;
    sums.set(book, (sums.get(book) ?? 0) + amount);
  }
  for (const [book, sum] of sums) assert.equal(sum, 0, `entry is off by ${sum} in the book of ${book}`);
  const stored = [...legs].filter(([, amount]) => amount !== 0).map(([account, amount]) => ({ account, amount }));
  assert(stored.length > 1, 'an entry needs two legs');
  return stored;
}
