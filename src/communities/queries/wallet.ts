/** A resident's points and their history: read from the accounts of the resident's lots. */
import { and, asc, desc, eq, lt, lte, or, sql } from 'drizzle-orm';
import { accountId, normalBalance, walletOf } from '../../ledger/index.ts';
import { isOneOf, type Page, placed, preparing, type Row, rowByKey, type View } from '../../store/index.ts';

/** Points of one issuer that are good until the end of one day. */
type WalletLot = { readonly communityId: string; readonly expiresOn: string; readonly points: number };
export type Wallet = {
  /** The points that can be spent. */ readonly points: number;
  /** Those that expire first come first. */ readonly lots: readonly WalletLot[];
};

/** All lots of a resident, including empty ones. */
export const lotsOf = preparing('lots of a resident', ({ read, tables: { lot } }) =>
  read
    .select()
    .from(lot)
    .where(eq(lot.residentId, placed('residentId', lot.residentId)))
    .orderBy(asc(lot.expiresOn), asc(lot.communityId)),
);

/** The points that a resident can spend on `today`. Points past their last day are gone, whether or not the expiry is booked. */
export async function walletOfResident(view: View, residentId: string, today: string): Promise<Wallet> {
  const good = (await lotsOf(view).execute({ residentId })).filter(({ expiresOn }) => expiresOn >= today);
  const held = await Promise.all(
    good.map(async (lot) => {
      const balance = (await rowByKey(view, 'account', accountOf(lot)))?.balance ?? 0;
      return { communityId: lot.communityId, expiresOn: lot.expiresOn, points: normalBalance('wallet', balance) };
    }),
  );
  const lots = held.filter(({ points }) => points > 0);
  return { points: lots.reduce((sum, { points }) => sum + points, 0), lots };
}

export function accountOf(lot: Row<'lot'>): string {
  return accountId(walletOf(lot));
}

/** Points that came into one lot of a resident's wallet, or, negative, went out of it. */
export type Movement = {
  readonly entry: Row<'entry'>;
  /** The leg's place in its entry. */
  readonly seq: number;
  readonly communityId: string;
  readonly expiresOn: string;
  readonly points: number;
  /** The description of the deed, for a grant, its reversal and its claw-back. */
  readonly description: string | null;
};

/** Where a page of a statement ends: an entry, and a leg in it. */
export type StatementKey = readonly [entry: string, seq: number];

/**
 * Every movement of a resident's wallet, newest first; one more than the limit. Each lot's postings lie together in the order of their
 * entries, so that a page reads a short range for each lot, however long the history is.
 */
export async function statementPage(view: View, residentId: string, page: Page<StatementKey>): Promise<Movement[]> {
  const lots = await lotsOf(view).execute({ residentId });
  const ranges = await Promise.all(lots.map(async (lot) => legsOf(view, lot, page)));
  const legs = ranges
    .flat()
    .toSorted(newestFirst)
    .slice(0, page.limit + 1);
  const descriptions = await descriptionsOf(view, legs);
  return legs.map((leg) => ({ ...leg, description: descriptions.get(leg.entry.subject) ?? null }));
}

type Leg = Omit<Movement, 'description'>;

const legsBefore = preparing('legs of a lot', ({ read, tables: { posting, entry }, walletPostings }: View) => {
  const last = placed('entry', posting.entry);
  return (
    read
      .select({ entry, seq: posting.seq, amount: posting.amount })
      .from(posting)
      .innerJoin(entry, eq(entry.id, posting.entry))
      // The plain bound selects the range in the index; the other one only determines the leg of an entry where the page begins.
      .where(
        and(
          eq(posting.account, placed('account', posting.account)),
          walletPostings,
          lte(posting.entry, last),
          or(lt(posting.entry, last), lt(posting.seq, placed('seq', posting.seq))),
        ),
      )
      .orderBy(desc(posting.entry))
      .limit(sql.placeholder('limit'))
  );
});

/** A key before all movements, newest first. */
const FROM_THE_NEWEST: StatementKey = [`ent_${'f'.repeat(32)}`, 0];

async function legsOf(view: View, lot: Row<'lot'>, { limit, after = FROM_THE_NEWEST }: Page<StatementKey>): Promise<Leg[]> {
  const [entry, seq] = after;
  const rows = await legsBefore(view).execute({ account: accountOf(lot), entry, seq, limit: limit + 1 });
  const { communityId, expiresOn } = lot;
  return rows.map(({ amount, ...leg }) => ({ ...leg, communityId, expiresOn, points: normalBalance('wallet', amount) }));
}

function newestFirst(a: Leg, b: Leg): number {
  if (a.entry.id !== b.entry.id) return a.entry.id > b.entry.id ? -1 : 1;
  return b.seq - a.seq;
}

async function descriptionsOf(view: View, legs: readonly Leg[]): Promise<Map<string, string>> {
  const { grant } = view.tables;
  const ids = legs.map(({ entry }) => entry.subject).filter((subject) => subject.startsWith('grt_'));
  const rows = await view.read
    .select({ id: grant.id, description: grant.description })
    .from(grant)
    .where(isOneOf(view, grant.id, ids));
  return new Map(rows.map(({ id, description }) => [id, description]));
}
