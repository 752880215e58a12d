import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Row, Store } from '../store/index.ts';
import type { Posting } from './entry.ts';

export type EntryWithPostings = Row<'entry'> & { readonly postings: readonly Posting[] };

/** An entry and its postings in the order they were written, or undefined. The accounts that it lists lead to its postings. */
export async function entryById({ read, tables: { entry, posting } }: Store, id: string): Promise<EntryWithPostings | undefined> {
  const found = (await read.select().from(entry).where(eq(entry.id, id)))[0];
  if (!found) return undefined;
  const postings = await read
    .select({ account: posting.account, amount: posting.amount })
    .from(posting)
    .where(and(inArray(posting.account, found.accounts.split(' ')), eq(posting.entry, id)))
    .orderBy(asc(posting.seq));
  return { ...found, postings };
}
