import { and, asc, between, eq, gt, inArray, isNotNull, isNull, like, or, sql } from 'drizzle-orm';
import { type Check, type Finding, found } from '../ledger/index.ts';
import { pages, type Row, type View } from '../store/index.ts';
import { voucherShares } from './vouchers.ts';

/** The checks that compare vouchers and redemptions with the books and with each other. */
export const redeemChecks: readonly Check[] = [
  { id: 'I5', title: 'escrow is the points of vouchers issued or suspended, per issuer', run: escrowIsOpenVouchers },
  { id: 'I7', title: 'a voucher is redeemed once or not at all, and says by which redemption', run: redeemedOnce },
  { id: 'I10', title: 'the shares of a voucher sum to its points and its face, and are what its grants gave', run: sharesSum },
  { id: 'S3', title: 'what a merchant came to be owed on a day is its redemptions less its reversals', run: owedIsRedeemed },
];

type Voucher = Row<'voucher'>;

function voucherPages({ read, tables: { voucher } }: View, states?: readonly string[]): AsyncGenerator<Voucher[]> {
  const inState = states && inArray(voucher.state, [...states]);
  return pages(async (last) =>
    read
      .select()
      .from(voucher)
      .where(and(inState, last && gt(voucher.id, last.id)))
      .orderBy(asc(voucher.id))
      .limit(2_000),
  );
}

async function escrowIsOpenVouchers(view: View): Promise<Finding> {
  const { read, tables } = view;
  const held = new Map<string, number>();
  let seen = 0;
  for await (const vouchers of voucherPages(view, ['issued', 'suspended'])) {
    for (const { issuer, points } of vouchers.flatMap(voucherShares)) held.set(issuer, (held.get(issuer) ?? 0) + points);
    seen += vouchers.length;
  }
  const accounts = await read.select().from(tables.account).where(eq(tables.account.kind, 'escrow'));
  const escrow = new Map(accounts.map(({ community, balance }) => [community, 0 - balance]));
  const issuers = [...new Set([...held.keys(), ...escrow.keys()])].toSorted();
  const off = issuers.find((issuer) => (held.get(issuer) ?? 0) !== (escrow.get(issuer) ?? 0));
  return found(
    seen,
    'open vouchers',
    off && `escrow:${off}: balance ${escrow.get(off) ?? 0}, its open vouchers hold ${held.get(off) ?? 0}`,
  );
}

/** A redemption that was not reversed is the one its voucher names; so a voucher never has two. */
async function redeemedOnce({ read, tables: { voucher, redemption, redemptionReversal } }: View): Promise<Finding> {
  const seen = await read.$count(redemption);
  const [unknown] = await read
    .select({ id: redemption.id, voucherId: redemption.voucherId, state: voucher.state, heldBy: voucher.redemptionId })
    .from(redemption)
    .leftJoin(redemptionReversal, eq(redemptionReversal.redemptionId, redemption.id))
    .leftJoin(voucher, eq(voucher.id, redemption.voucherId))
    .where(
      and(
        isNull(redemptionReversal.redemptionId),
        or(
          isNull(voucher.id),
          sql`${voucher.state} <> 'redeemed'`,
          isNull(voucher.redemptionId),
          sql`${voucher.redemptionId} <> ${redemption.id}`,
        ),
      ),
    )
    .limit(1);
  if (unknown) {
    const { id, voucherId, state, heldBy } = unknown;
    return found(seen, 'redemptions', `${id}: not reversed, but ${voucherId} is ${state ?? 'not there'}${heldBy ? ` by ${heldBy}` : ''}`);
  }
  const [unfounded] = await read
    .select({ id: voucher.id, state: voucher.state, heldBy: voucher.redemptionId, reversed: redemptionReversal.kind })
    .from(voucher)
    .leftJoin(redemption, and(eq(redemption.id, voucher.redemptionId), eq(redemption.voucherId, voucher.id)))
    .leftJoin(redemptionReversal, eq(redemptionReversal.redemptionId, redemption.id))
    .where(
      and(
        or(eq(voucher.state, 'redeemed'), isNotNull(voucher.redemptionId)),
        or(isNull(redemption.id), isNotNull(redemptionReversal.redemptionId)),
      ),
    )
    .limit(1);
  const broken =
    unfounded &&
    `${unfounded.id}: ${unfounded.state} by ${unfounded.heldBy}, which ${unfounded.reversed ? `was ${unfounded.reversed}` : 'is not there'}`;
  return found(seen, 'redemptions', broken);
}

async function sharesSum(view: View): Promise<Finding> {
  let seen = 0;
  for await (const vouchers of voucherPages(view)) {
    const given = await pointsGiven(view, vouchers);
    for (const voucher of vouchers) {
      const broken = shareFault(voucher, given.get(voucher.id) ?? new Map());
      if (broken) return found(seen, 'vouchers', `${voucher.id}: ${broken}`);
      seen++;
    }
  }
  return found(seen, 'vouchers', undefined);
}

/** What the grants of each issuer gave to each voucher of a page. */
async function pointsGiven({ read, tables: { voucherSource, grant } }: View, vouchers: readonly Voucher[]) {
  const { voucherId } = voucherSource;
  const rows = await read
    .select({ voucherId, issuer: grant.communityId, points: sql<number>`sum(${voucherSource.points})`.mapWith(Number) })
    .from(voucherSource)
    .innerJoin(grant, eq(grant.id, voucherSource.grantId))
    .where(between(voucherId, vouchers[0]!.id, vouchers.at(-1)!.id))
    .groupBy(voucherId, grant.communityId);
  const given = new Map<string, Map<string, number>>();
  for (const row of rows) given.getOrInsertComputed(row.voucherId, () => new Map()).set(row.issuer, row.points);
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

/** Fen by merchant and business day, on two sides: the redemptions and their reversals, and what was posted as payable for them. */
async function owedIsRedeemed({ read, tables: { redemption, redemptionReversal, posting, entry } }: View): Promise<Finding> {
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
  const posted = await read
    .select({ account: posting.account, fen: sql<number>`0 - sum(${posting.amount})`.mapWith(Number) })
    .from(posting)
    .innerJoin(entry, eq(entry.id, posting.entry))
    .where(and(like(posting.account, 'payable:%'), inArray(entry.kind, ['redemption', 'redemption_reversal'])))
    .groupBy(posting.account);

  const owed = new Map<string, number>();
  const add = (key: string, amount: number) => owed.set(key, (owed.get(key) ?? 0) + amount);
  for (const row of made) add(`${row.merchantId}:${row.day}`, row.fen);
  for (const row of undone) add(`${row.merchantId}:${row.day}`, 0 - row.fen);
  for (const row of posted) add(row.account.split(':').slice(2).join(':'), 0 - row.fen);
  const off = [...owed].find(([, difference]) => difference !== 0);
  return found(posted.length, 'payable accounts', off && `${off[0]}: redemptions less reversals are ${off[1]} fen more than was posted`);
}
