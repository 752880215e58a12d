import { and, asc, between, eq, gt, inArray, isNotNull, lt, sql } from 'drizzle-orm';
import { voucherShares } from '../communities/index.ts';
import {
  type AccountKind,
  type Check,
  entryPages,
  type Finding,
  finding,
  normalBalance,
  partsOf,
  postingsOf,
  startOfDay,
  summed,
} from '../ledger/index.ts';
import { isOneOf, pages, type Row, rowsById, type View } from '../store/index.ts';
import { isOpen } from './ending.ts';
import { erasedCheck } from './erased-audit.ts';
import { lastExpiryDay, redemptionsById, type RedemptionState } from './queries.ts';

/** The checks that compare vouchers and redemptions with the books and with each other. */
export const redeemChecks: readonly Check[] = [
  { id: 'I5', title: 'escrow is the points of vouchers issued or suspended, per issuer', run: escrowIsOpenVouchers },
  { id: 'I7', title: 'a voucher is redeemed once or not at all, and says by which redemption', run: redeemedOnce },
  { id: 'I10', title: 'the shares of a voucher sum to its points and its face, and are what its grants gave', run: sharesSum },
  { id: 'S3', title: 'the amount that a merchant is owed for a day is its redemptions less its reversals', run: owedIsRedeemed },
  { id: 'S4', title: 'vouchers and lots that ended before the last expiry day hold no points', run: endedIsExpired },
  {
    id: 'S7',
    title: 'nothing is left of a grant that was clawed back, and its redeemed points stand in clawback',
    run: clawedBackIsGone,
  },
  erasedCheck,
];

type Voucher = Row<'voucher'>;

const PAGE = 2_000;
const BEFORE_ALL_DAYS = '0001-01-01';

function voucherPages({ read, tables: { voucher } }: View, states?: readonly string[]): AsyncGenerator<Voucher[]> {
  const inState = states && inArray(voucher.state, [...states]);
  return pages(async (last) =>
    read
      .select()
      .from(voucher)
      .where(and(inState, last && gt(voucher.id, last.id)))
      .orderBy(asc(voucher.id))
      .limit(PAGE),
  );
}

async function escrowIsOpenVouchers(view: View): Promise<Finding> {
  const held = new Map<string, number>();
  let seen = 0;
  for await (const vouchers of voucherPages(view, ['issued', 'suspended'])) {
    for (const { issuer, points } of vouchers.flatMap(voucherShares)) held.set(issuer, (held.get(issuer) ?? 0) + points);
    seen += vouchers.length;
  }
  const escrow = await balancesOf(view, 'escrow');
  const off = firstOff(held, escrow);
  return finding(
    seen,
    'open vouchers',
    off && `escrow:${off}: balance ${escrow.get(off) ?? 0}, its open vouchers hold ${held.get(off) ?? 0}`,
  );
}

/** The balances of one kind of account by community, each on its normal side. */
async function balancesOf({ read, tables: { account } }: View, kind: AccountKind): Promise<Map<string, number>> {
  const balances = await read
    .select({ community: account.community, balance: summed(account.balance) })
    .from(account)
    .where(eq(account.kind, kind))
    .groupBy(account.community);
  return new Map(balances.map(({ community, balance }) => [community, normalBalance(kind, balance)]));
}

/** The first community, by its id, whose two sums differ. */
function firstOff(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): string | undefined {
  return [...new Set([...a.keys(), ...b.keys()])].toSorted().find((community) => (a.get(community) ?? 0) !== (b.get(community) ?? 0));
}

/** A redemption that was not reversed is the one its voucher names; so a voucher never has two. */
async function redeemedOnce(view: View): Promise<Finding> {
  let seen = 0;
  for await (const rows of redemptionPages(view)) {
    const vouchers = await rowsById(
      view,
      'voucher',
      rows.map(({ redemption }) => redemption.voucherId),
    );
    for (const { redemption, reversal } of rows) {
      const voucher = vouchers.get(redemption.voucherId);
      if (!reversal && (voucher?.state !== 'redeemed' || voucher.redemptionId !== redemption.id)) {
        const heldBy = voucher?.redemptionId ? ` by ${voucher.redemptionId}` : '';
        return finding(
          seen,
          'redemptions',
          `${redemption.id}: not reversed, but ${redemption.voucherId} is ${voucher?.state ?? 'not there'}${heldBy}`,
        );
      }
      seen++;
    }
  }
  return finding(seen, 'redemptions', await unfoundedRedeemed(view));
}

/** A voucher marked as redeemed by a redemption that does not exist, belongs to another voucher, or was reversed. */
async function unfoundedRedeemed(view: View): Promise<string | undefined> {
  for await (const vouchers of voucherPages(view, ['redeemed'])) {
    const states = await redemptionsById(
      view,
      vouchers.map(({ redemptionId }) => redemptionId!),
    );
    const held = new Map(states.map((state) => [state.redemption.id, state]));
    for (const { id, redemptionId, state } of vouchers) {
      const by = held.get(redemptionId!);
      if (by?.redemption.voucherId !== id) return `${id}: ${state} by ${redemptionId}, which is not there`;
      if (by.reversal) return `${id}: ${state} by ${redemptionId}, which was ${by.reversal.kind}`;
    }
  }
  return undefined;
}

/** All redemptions with their reversals, in the order in which they were made. */
export function redemptionPages({ read, tables }: View): AsyncGenerator<RedemptionState[]> {
  const { redemption, redemptionReversal: reversal } = tables;
  return pages<RedemptionState>(async (last) =>
    read
      .select({ redemption, reversal })
      .from(redemption)
      .leftJoin(reversal, eq(reversal.redemptionId, redemption.id))
      .where(last && gt(redemption.id, last.redemption.id))
      .orderBy(asc(redemption.id))
      .limit(PAGE),
  );
}

async function sharesSum(view: View): Promise<Finding> {
  let seen = 0;
  for await (const vouchers of voucherPages(view)) {
    const given = await pointsGiven(view, vouchers);
    for (const voucher of vouchers) {
      const broken = shareFault(voucher, given.get(voucher.id) ?? new Map());
      if (broken) return finding(seen, 'vouchers', `${voucher.id}: ${broken}`);
      seen++;
    }
  }
  return finding(seen, 'vouchers', undefined);
}

/** The points that the grants of each issuer gave to each voucher of a page. */
async function pointsGiven(view: View, vouchers: readonly Voucher[]) {
  const { read, tables } = view;
  const { voucherSource, grant } = tables;
  const sources = await read
    .select()
    .from(voucherSource)
    .where(between(voucherSource.voucherId, vouchers[0]!.id, vouchers.at(-1)!.id));
  const grants = await read
    .select({ id: grant.id, issuer: grant.communityId })
    .from(grant)
    .where(isOneOf(view, grant.id, [...new Set(sources.map(({ grantId }) => grantId))]));
  const issuers = new Map(grants.map(({ id, issuer }) => [id, issuer]));
  const given = new Map<string, Map<string, number>>();
  for (const { voucherId, grantId, points } of sources) {
    const parts = given.getOrInsertComputed(voucherId, () => new Map());
    const issuer = issuers.get(grantId) ?? `of no grant ${grantId}`;
    parts.set(issuer, (parts.get(issuer) ?? 0) + points);
  }
  return given;
}

function shareFault(voucher: Voucher, given: ReadonlyMap<string, number>): string | undefined {
  const shares = voucherShares(voucher);
  const points = shares.reduce((sum, share) => sum + share.points, 0);
  const fen = shares.reduce((sum, share) => sum + share.fen, 0);
  if (points !== voucher.points) return `${voucher.points} points, its shares sum to ${points}`;
  if (fen !== voucher.faceFen) return `face ${voucher.faceFen} fen, its shares sum to ${fen}`;
  const issuers = new Set([...shares.map(({ issuer }) => issuer), ...given.keys()]);
  const share = new Map(shares.map((each) => [each.issuer, each.points]));
  const off = [...issuers].find((issuer) => share.get(issuer) !== given.get(issuer));
  return off && `share of ${off} ${share.get(off) ?? 0} points, its grants gave ${given.get(off) ?? 0}`;
}

/** The job no longer looks for vouchers and lots that ended before the last expiry day, so all of them must be booked. */
async function endedIsExpired(view: View): Promise<Finding> {
  const day = (await lastExpiryDay(view)) ?? BEFORE_ALL_DAYS;
  let seen = 0;
  for await (const vouchers of voucherPages(view, ['issued', 'suspended'])) {
    const off = vouchers.find(({ validUntil }) => validUntil <= startOfDay(day));
    if (off) return finding(seen, 'open vouchers', `${off.id}: ${off.state}, but it ended before ${day}`);
    seen += vouchers.length;
  }
  const { grant } = view.tables;
  const [spendable] = await view.read
    .select({ id: grant.id, expiresOn: grant.expiresOn })
    .from(grant)
    .where(and(sql`remaining > 0`, lt(grant.expiresOn, day)))
    .limit(1);
  return finding(seen, 'open vouchers', spendable && `${spendable.id}: points remain of it, but they ended on ${spendable.expiresOn}`);
}

async function clawedBackIsGone(view: View): Promise<Finding> {
  const redeemed = new Map<string, number>();
  let seen = 0;
  for await (const grants of clawedBackPages(view)) {
    for (const { grant, points, voucher } of await usesOf(view, grants)) {
      if (isOpen(voucher)) return finding(seen, 'grants', `${grant.id}: clawed back, but ${voucher.id} is ${voucher.state}`);
      if (voucher.state === 'redeemed') redeemed.set(grant.communityId, (redeemed.get(grant.communityId) ?? 0) + points);
    }
    const left = grants.find(({ remaining }) => remaining > 0);
    if (left) return finding(seen, 'grants', `${left.id}: clawed back, but ${left.remaining} points remain of it`);
    seen += grants.length;
  }
  const balances = await balancesOf(view, 'clawback');
  const off = firstOff(redeemed, balances);
  return finding(
    seen,
    'grants',
    off && `clawback:${off}: balance ${balances.get(off) ?? 0}, of its grants clawed back ${redeemed.get(off) ?? 0} are redeemed`,
  );
}

function clawedBackPages({ read, tables: { grant } }: View): AsyncGenerator<Row<'grant'>[]> {
  return pages(async (last) =>
    read
      .select()
      .from(grant)
      .where(and(isNotNull(grant.clawedBackAt), last && gt(grant.id, last.id)))
      .orderBy(asc(grant.id))
      .limit(PAGE),
  );
}

/** The vouchers that the points of some grants went into. */
async function usesOf(view: View, grants: readonly Row<'grant'>[]) {
  const { voucherSource } = view.tables;
  const byId = new Map(grants.map((grant) => [grant.id, grant]));
  const sources = await view.read
    .select()
    .from(voucherSource)
    .where(isOneOf(view, voucherSource.grantId, [...byId.keys()]));
  const vouchers = await rowsById(
    view,
    'voucher',
    sources.map(({ voucherId }) => voucherId),
  );
  return sources.map(({ grantId, voucherId, points }) => ({ grant: byId.get(grantId)!, points, voucher: vouchers.get(voucherId)! }));
}

/** Fen by merchant and business day, on two sides: the redemptions and their reversals, and the amounts posted as payable for them. */
async function owedIsRedeemed(view: View): Promise<Finding> {
  const { read } = view;
  const { redemption, redemptionReversal } = view.tables;
  const fen = sql<number>`sum(${redemption.fen})`.mapWith(Number);
  const { merchantId } = redemption;
  const made = await read
    .select({ merchantId, day: redemption.businessDay, fen })
    .from(redemption)
    .groupBy(merchantId, redemption.businessDay);
  const undone = await read
    .select({ merchantId, day: redemptionReversal.businessDay, fen })
    .from(redemptionReversal)
    .innerJoin(redemption, eq(redemption.id, redemptionReversal.redemptionId))
    .groupBy(merchantId, redemptionReversal.businessDay);
  const posted = await postedPayables(view);

  const owed = new Map<string, number>();
  const add = (key: string, amount: number) => owed.set(key, (owed.get(key) ?? 0) + amount);
  for (const row of made) add(`${row.merchantId}:${row.day}`, row.fen);
  for (const row of undone) add(`${row.merchantId}:${row.day}`, 0 - row.fen);
  for (const [path, fenOf] of posted) {
    const { other: merchant, day } = partsOf(path);
    add(`${merchant}:${day}`, 0 - fenOf);
  }
  const off = [...owed].find(([, difference]) => difference !== 0);
  return finding(posted.size, 'payable accounts', off && `${off[0]}: redemptions less reversals are ${off[1]} fen more than was posted`);
}

/** Fen that redemptions and their reversals posted as payable, by the account's path. */
async function postedPayables(view: View): Promise<Map<string, number>> {
  const sums = new Map<string, number>();
  for await (const page of entryPages(view, PAGE)) {
    const entries = page.filter(({ kind }) => kind === 'redemption' || kind === 'redemption_reversal');
    if (entries.length === 0) continue;
    const postings = await postingsOf(view, entries);
    for (const { account, amount } of entries.flatMap(({ id }) => postings.get(id) ?? [])) {
      if (account.startsWith('payable:')) sums.set(account, (sums.get(account) ?? 0) - amount);
    }
  }
  return sums;
}
