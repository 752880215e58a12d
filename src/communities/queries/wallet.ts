/** What a resident holds and how it came about: read from the accounts of the resident's lots. */
import { and, asc, desc, eq, gte, inArray, lt, lte, or } from 'drizzle-orm';
import { account, accountId, normalBalance } from '../../ledger/index.ts';
import type { Row, View } from '../../store/index.ts';
import type { Page } from './page.ts';

/** Points of one issuer that are good until the end of one day. */
type WalletLot = { readonly communityId: string; readonly expiresOn: string; readonly points: number };
export type Wallet = {
  /** What can be spent. */ readonly points: number;
  /** Those that expire first come first. */ readonly lots: readonly WalletLot[];
};

/** What a resident can spend on `today`. Points past their last day are gone, whether or not that is booked. */
export async function walletOf(view: View, residentId: string, today: string): Promise<Wallet> {
  const { lot, account: balance } = view.tables;
  const rows = await view.read
    .select()
    .from(lot)
    .where(and(eq(lot.residentId, residentId), gte(lot.expiresOn, today)))
    .orderBy(asc(lot.expiresOn), asc(lot.communityId));
  const balances = await view.read
    .select()
    .from(balance)
    .where(inArray(balance.id, rows.map(accountOf)));
  const points = new Map(balances.map((row) => [row.id, normalBalance('wallet', row.balance)]));
  const lots = rows
    .map((row) => ({ communityId: row.communityId, expiresOn: row.expiresOn, points: points.get(accountOf(row)) ?? 0 }))
    .filter((held) => held.points > 0);
  return { points: lots.reduce((sum, held) => sum + held.points, 0), lots };
}

function accountOf({ communityId, residentId, expiresOn }: Row<'lot'>): string {
  return accountId(account.wallet(communityId, residentId, expiresOn));
}

/** Points that came into one lot of a resident's wallet, or, negative, went out of it. */
export type Movement = {
  readonly entry: Row<'entry'>;
  /** The leg's place in its entry. */
  readonly seq: number;
  readonly communityId: string;
  readonly expiresOn: string;
  readonly points: number;
  /** Of a grant, and of its reversal: what it was for. */
  readonly description: string | null;
};

/** Where a page of a statement ends: an entry, and a leg in it. */
export type StatementKey = readonly [entry: string, seq: number];

/**
 * Every movement of a resident's wallet, newest first; one more than the limit. Each lot's postings lie together in the order of their
 * entries, so that a page costs a short range a lot, however long the history is.
 */
export async function statementPage(view: View, residentId: string, page: Page<StatementKey>): Promise<Movement[]> {
  const { lot } = view.tables;
  const lots = await view.read.select().from(lot).where(eq(lot.residentId, residentId));
  const ranges = await Promise.all(lots.map(async (row) => legsOf(view, row, page)));
  const legs = ranges
    .flat()
    .toSorted(newestFirst)
    .slice(0, page.limit + 1);
  const entries = await entriesOf(view, legs);
  const descriptions = await descriptionsOf(view, [...entries.values()]);
  return legs.map(({ entry: id, ...leg }) => {
    const entry = entries.get(id)!;
    return { ...leg, entry, description: descriptions.get(entry.subject) ?? null };
  });
}

type Leg = Pick<Movement, 'seq' | 'communityId' | 'expiresOn' | 'points'> & { readonly entry: string };

async function legsOf(
  { read, tables: { posting }, walletPostings }: View,
  row: Row<'lot'>,
  { limit, after }: Page<StatementKey>,
): Promise<Leg[]> {
  // The plain bound is what leads into the range; the other one only settles where within an entry it begins.
  const before = after && and(lte(posting.entry, after[0]), or(lt(posting.entry, after[0]), lt(posting.seq, after[1])));
  const postings = await read
    .select({ entry: posting.entry, seq: posting.seq, amount: posting.amount })
    .from(posting)
    .where(and(eq(posting.account, accountOf(row)), walletPostings, before))
    .orderBy(desc(posting.entry))
    .limit(limit + 1);
  const { communityId, expiresOn } = row;
  return postings.map(({ entry, seq, amount }) => ({ entry, seq, communityId, expiresOn, points: normalBalance('wallet', amount) }));
}

function newestFirst(a: Leg, b: Leg): number {
  if (a.entry !== b.entry) return a.entry > b.entry ? -1 : 1;
  return b.seq - a.seq;
}

async function entriesOf({ read, tables: { entry } }: View, legs: readonly Leg[]): Promise<Map<string, Row<'entry'>>> {
  const ids = [...new Set(legs.map((leg) => leg.entry))];
  const rows = await read.select().from(entry).where(inArray(entry.id, ids));
  return new Map(rows.map((row) => [row.id, row]));
}

async function descriptionsOf({ read, tables: { grant } }: View, entries: readonly Row<'entry'>[]): Promise<Map<string, string>> {
  const ids = entries.map(({ subject }) => subject).filter((subject) => subject.startsWith('grt_'));
  const rows = await read.select({ id: grant.id, description: grant.description }).from(grant).where(inArray(grant.id, ids));
  return new Map(rows.map(({ id, description }) => [id, description]));
}
