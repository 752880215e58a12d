import { and, asc, between, eq, gt, gte, like, lt, type SQL, sql } from 'drizzle-orm';
import { isOneOf, pages, type Row, type Tables, type View } from '../store/index.ts';
import { type AccountKind, firstIdOf, kinds, lastIdOf, partsOf } from './accounts.ts';
import type { Posting } from './entry.ts';

export type EntryWithPostings = Row<'entry'> & { readonly postings: readonly Posting[] };

/** An entry and its postings in the order they were written, or undefined. */
export async function entryById(view: View, id: string): Promise<EntryWithPostings | undefined> {
  const { entry } = view.tables;
  const found = (await view.read.select().from(entry).where(eq(entry.id, id)))[0];
  return found && { ...found, postings: (await postingsOf(view, [found])).get(id) ?? [] };
}

/** Entries with their postings, in the order of their ids. */
export async function entriesById(view: View, ids: readonly string[]): Promise<EntryWithPostings[]> {
  const found = await Promise.all(ids.map((id) => entryById(view, id)));
  return found.filter((entry) => entry !== undefined).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** The whole journal in the order of the entries' ids, a page at a time. */
export function entryPages({ read, tables: { entry } }: View, limit: number): AsyncGenerator<Row<'entry'>[]> {
  return pages(async (last) =>
    read
      .select()
      .from(entry)
      .where(last && gt(entry.id, last.id))
      .orderBy(asc(entry.id))
      .limit(limit),
  );
}

/** The postings of consecutive entries, by entry, in the order they were written. An account that does not exist is named by its id. */
export async function postingsOf(view: View, entries: readonly Row<'entry'>[]): Promise<Map<string, Posting[]>> {
  const { posting } = view.tables;
  const rows = await view.read
    .select()
    .from(posting)
    .where(between(posting.entry, entries[0]!.id, entries.at(-1)!.id))
    .orderBy(asc(posting.entry), asc(posting.seq));
  const paths = await pathsOf(view, [...new Set(rows.map(({ account }) => account))]);
  const legs = rows.map(({ entry, account, amount }) => ({ entry, account: paths.get(account) ?? account, amount }));
  return Map.groupBy(legs, ({ entry }) => entry);
}

/** The paths of accounts by their ids. */
async function pathsOf(view: View, ids: readonly string[]): Promise<Map<string, string>> {
  const { account } = view.tables;
  const rows = await view.read
    .selectDistinct({ id: account.id, path: account.path })
    .from(account)
    .where(isOneOf(view, account.id, ids));
  return new Map(rows.map(({ id, path }) => [id, path]));
}

/** An account and the sum of its stripes, debits less credits. */
export type Balance = { readonly path: string; readonly balance: number };

export type BalanceFilter = {
  /** A condition on the accounts. */
  readonly where?: SQL | undefined;
  /** The path after which they begin. */
  readonly after?: string | undefined;
  readonly limit?: number;
};

/** Balances of accounts, by path. */
export async function balances({ read, tables: { account } }: View, { where, after, limit }: BalanceFilter): Promise<Balance[]> {
  const { path, id } = account;
  const rows = read
    .select({ path, balance: summed(account.balance) })
    .from(account)
    .where(and(where, after === undefined ? undefined : gt(path, after)))
    // Grouped as they are ordered, and as the index has them: so a page is read, and not the table.
    .groupBy(path, id)
    .orderBy(asc(path), asc(id));
  return limit === undefined ? rows : rows.limit(limit);
}

/** The sum of a column of whole amounts. */
export function summed(column: Tables['posting']['amount'] | Tables['account']['balance'] | Tables['bankMovement']['fen']): SQL<number> {
  return sql<number>`sum(${column})`.mapWith(Number);
}

/** The accounts of a kind whose paths end with a day from `from` to `through`, and their balances: one range of the table. */
export async function balancesOfDays(view: View, kind: AccountKind, from: string, through: string): Promise<Balance[]> {
  const { id } = view.tables.account;
  return balances(view, { where: between(id, firstIdOf(kind, from), lastIdOf(kind, through)) });
}

export type AccountFilter = {
  /** The community in whose book it stands. */
  readonly community?: string | undefined;
  readonly kind?: AccountKind | undefined;
  /** The path after which the page begins. */
  readonly after?: string | undefined;
  readonly limit: number;
};

const kindsInOrder = (Object.keys(kinds) as AccountKind[]).toSorted();

/**
 * Accounts with their balances, kind after kind and by path, one more than the limit if there are more. The cost of a page does not grow
 * with the books.
 */
export async function accountsPage(view: View, { community, kind, after = '', limit }: AccountFilter): Promise<Balance[]> {
  const { kind: firstKind } = partsOf(after);
  const wanted = kindsInOrder.filter((each) => each >= firstKind && (kind === undefined || each === kind));
  const rows: Balance[] = [];
  for (const each of wanted) {
    const where = community === undefined ? beginsWith(view, `${each}:`, after) : inBook(view, each, community, after);
    rows.push(...(await balances(view, { where, limit: limit + 1 - rows.length })));
    if (rows.length > limit) break;
  }
  return rows;
}

/** The accounts of a kind in a community's book. Another community's name may begin with its own. */
function inBook(view: View, kind: AccountKind, community: string, after: string): SQL | undefined {
  return and(beginsWith(view, `${kind}:${community}`, after), eq(view.tables.account.community, community));
}

/**
 * Paths that begin so and come after another, as one range of their index. If PostgreSQL orders text by the rules of a language, only the
 * beginning of such a range is known; `like` finds its end if text is ordered by bytes, and is correct in any case.
 */
function beginsWith({ engine, tables }: View, start: string, after: string): SQL | undefined {
  const { path } = tables.account;
  const from = after < start ? gte(path, start) : gt(path, after);
  return and(from, engine === 'postgres' ? like(path, `${start}%`) : lt(path, `${start}\u{ffff}`));
}
