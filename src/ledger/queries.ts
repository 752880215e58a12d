import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Row, View } from '../store/index.ts';
import type { Posting } from './entry.ts';

export type EntryWithPostings = Row<'entry'> & { readonly postings: readonly Posting[] };

/** An entry and its postings in the order they were written, or undefined. The accounts that it lists lead to its postings. */
export async function entryById({ read, tables: { entry, posting } }: View, id: string): Promise<EntryWithPostings | undefined> {
  const found = (await read.select().from(entry).where(eq(entry.id, id)))[0];
  if (!found) return undefined;
  const postings = await read
    .select({ account: posting.account, amount: posting.amount })
    .from(posting)
    .where(and(inArray(posting.account, found.accounts.split(' ')), eq(posting.entry, id)))
    .orderBy(asc(posting.seq));
  return { ...found, postings };
}

export type AccountFilter = {
  /** The community in whose book it stands. */
  readonly community?: string | undefined;
  readonly kind?: string | undefined;
  /** The path after which the page begins. */
  readonly after?: string | undefined;
  readonly limit: number;
};

/** Accounts with their balances (debits less credits) by path, one more than the limit if there are more. */
export function accountsPage(
  { read, tables: { account } }: View,
  { community, kind, after, limit }: AccountFilter,
): Promise<Row<'account'>[]> {
  const only = [
    community === undefined ? undefined : eq(account.community, community),
    kind === undefined ? undefined : eq(account.kind, kind),
    after === undefined ? undefined : gt(account.path, after),
  ];
  return read
    .select()
    .from(account)
    .where(and(...only))
    .orderBy(asc(account.path))
    .limit(limit + 1)
    .execute();
}
