import {
  account,
  balanceOf,
  cr,
  dayOf,
  dr,
  type Facts,
  type Known,
  many,
  one,
  type Posting,
  type Refusal,
  type Row,
  walletOf,
  type Want,
} from '../ledger/index.ts';
import { isErased, type Share } from '../communities/index.ts';
import { refuse } from './refusals.ts';
import { splitByLargestRemainder } from './split.ts';

/** Points drawn from one grant, out of the wallet account of its lot. */
export type Drawn = { readonly grant: Row<'grant'>; readonly wallet: string; readonly points: number };

/** Draws points from a resident's lots that are good on `day`: earliest expiry first, then in community order; within a lot first in, first out. */
export function drawPoints(facts: Facts, lots: readonly Row<'lot'>[], points: number, day: string): Drawn[] | Refusal {
  const drawn: Drawn[] = [];
  let missing = points;
  for (const lot of lots.filter(({ expiresOn }) => expiresOn >= day).toSorted(byExpiry)) {
    const wallet = account.wallet(lot.communityId, lot.residentId, lot.expiresOn);
    for (const grant of facts.list('grant', 'unspentInLot', lot.residentId, lot.communityId, lot.expiresOn).toSorted(byId)) {
      const part = Math.min(missing, grant.remaining);
      if (part > 0) drawn.push({ grant, wallet, points: part });
      missing -= part;
    }
  }
  return missing === 0 ? drawn : refuse('insufficient_points', { needed: points, available: points - missing });
}

/** Each issuer's share of a voucher, in community order: its points, and its fen by largest remainder. */
export function sharesOf(drawn: readonly Drawn[], faceFen: number): Share[] {
  const points = new Map<string, number>();
  for (const { grant, points: part } of drawn) points.set(grant.communityId, (points.get(grant.communityId) ?? 0) + part);
  const parts = [...points].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const fen = splitByLargestRemainder(
    faceFen,
    parts.map(([, part]) => part),
  );
  return parts.map(([issuer, part], n) => ({ issuer, points: part, fen: fen[n]! }));
}

/** The facts that `returnPoints` needs of a voucher. */
export function wantReturn(voucherId: string, known: Known, at: number): Want[] {
  const ids = known.list('voucherSource', 'voucher', voucherId).map(({ grantId }) => grantId);
  const grants = ids.map((id) => known.get('grant', id)).filter((grant) => grant !== undefined);
  return [
    many('voucherSource', 'voucher', voucherId),
    ...ids.map((id) => one('grant', id)),
    ...grants.map(({ residentId }) => one('resident', residentId)),
    ...grants.filter((grant) => isSpendable(grant, at)).map((grant) => balanceOf(walletOf(grant))),
  ];
}

/** The grants whose points a voucher holds. */
export function grantsIn(facts: Facts, voucherId: string): Row<'grant'>[] {
  return facts.list('voucherSource', 'voucher', voucherId).map(({ grantId }) => facts.get('grant', grantId)!);
}

/**
 * Gives the points of vouchers back to the grants and lots that they came from: the postings for each voucher, and the grants as they are
 * after all of them. If the lot's date is past or its owner has left, the points expire; those of a grant that was clawed back are never spent
 * again.
 */
export function returnPoints(facts: Facts, voucherIds: readonly string[], at: number): { postings: Posting[][]; grants: Row<'grant'>[] } {
  const grants = new Map<string, Row<'grant'>>();
  const postings = voucherIds.map((voucherId) =>
    facts.list('voucherSource', 'voucher', voucherId).flatMap(({ grantId, points }) => {
      const grant = grants.get(grantId) ?? facts.get('grant', grantId)!;
      const good = isSpendable(grant, at) && !isErased(facts.get('resident', grant.residentId)!);
      grants.set(grantId, { ...grant, remaining: grant.remaining + (good ? points : 0) });
      return [dr(account.escrow(grant.communityId), points), cr(good ? walletOf(grant) : endOf(grant), points)];
    }),
  );
  return { postings, grants: [...grants.values()] };
}

/** Whether points of a grant that come back at `at` can be spent again by somebody who is still there. */
function isSpendable({ expiresOn, clawedBackAt }: Row<'grant'>, at: number): boolean {
  return clawedBackAt === null && dayOf(at) <= expiresOn;
}

/** The account for points of a grant that come back and cannot be spent again. */
function endOf({ communityId, clawedBackAt }: Row<'grant'>): string {
  return clawedBackAt === null ? account.expired(communityId) : account.clawback(communityId);
}

function byExpiry(a: Row<'lot'>, b: Row<'lot'>): number {
  return a.expiresOn < b.expiresOn || (a.expiresOn === b.expiresOn && a.communityId < b.communityId) ? -1 : 1;
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}
