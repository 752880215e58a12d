/** The notation of the trade, as the documents write it: a line for each unit in each community's book, debits before credits. */
import { asc, gt } from 'drizzle-orm';
import { accountFacts, type Posting, postingsOf } from '../../src/ledger/index.ts';
import type { View } from '../../src/store/index.ts';

export type Posted = { readonly id: string; readonly kind: string; readonly postings: readonly Posting[] };

/** The entries posted after the one with this id, in the order they were posted. */
export async function entriesAfter(view: View, id: string | undefined): Promise<Posted[]> {
  const { entry } = view.tables;
  const entries = await view.read
    .select()
    .from(entry)
    .where(id === undefined ? undefined : gt(entry.id, id))
    .orderBy(asc(entry.id));
  if (entries.length === 0) return [];
  const postings = await postingsOf(view, entries);
  return entries.map((row) => ({ id: row.id, kind: row.kind, postings: postings.get(row.id)! }));
}

export function journalLines(postings: readonly Posting[]): string[] {
  const books = Map.groupBy(postings, ({ account }) => `${accountFacts(account).unit} ${accountFacts(account).community}`);
  return [...books.values()].map((legs) => {
    const debits = legs.filter(({ amount }) => amount > 0).map(leg);
    const credits = legs.filter(({ amount }) => amount < 0).map(leg);
    return `${debits.join('  ')}   ${credits.join('  ')}   ${accountFacts(legs[0]!.account).unit}`;
  });
}

/** One account and what it is debited or credited. */
export function leg({ account, amount }: Posting): string {
  return amount > 0 ? `dr ${account} ${amount}` : `cr ${account} ${0 - amount}`;
}
