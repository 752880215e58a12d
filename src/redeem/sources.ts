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
  put,
  type Refusal,
  type Row,
  type RowChange,
  type Want,
} from '../ledger/index.ts';
import type { Share } from '../communities/index.ts';
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

/** What each issuer bears of a voucher, in community order: its points, and its fen by largest remainder. */
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

/** The facts that `returnPoints` needs. */
export function wantReturn(voucherId: string, known: Known, at: number): Want[] {
  const grants = known.list('voucherSource', 'voucher', voucherId).map(({ grantId }) => grantId);
  const lots = grants.map((id) => known.get('grant', id)).filter((grant) => grant !== undefined && isGood(grant, at));
  return [
    many('voucherSource', 'voucher', voucherId),
    ...grants.map((id) => one('grant', id)),
    ...lots.map((grant) => balanceOf(walletOf(grant!))),
  ];
}

/** Gives the points of a voucher back to the grants and lots that they came from; where the lot's date is past, they expire. */
export function returnPoints(facts: Facts, voucherId: string, at: number): { postings: Posting[]; rows: RowChange[] } {
  const postings: Posting[] = [];
  const rows: RowChange[] = [];
  for (const { grantId, points } of facts.list('voucherSource', 'voucher', voucherId)) {
    const grant = facts.get('grant', grantId)!;
    const good = isGood(grant, at);
    postings.push(dr(account.escrow(grant.communityId), points), cr(good ? walletOf(grant) : account.expired(grant.communityId), points));
    if (good) rows.push(put('grant', { ...grant, remaining: grant.remaining + points }));
  }
  return { postings, rows };
}

function isGood({ expiresOn }: Row<'grant'>, at: number): boolean {
  return dayOf(at) <= expiresOn;
}

function walletOf({ communityId, residentId, expiresOn }: Row<'grant'>): string {
  return account.wallet(communityId, residentId, expiresOn);
}

function byExpiry(a: Row<'lot'>, b: Row<'lot'>): number {
  return a.expiresOn < b.expiresOn || (a.expiresOn === b.expiresOn && a.communityId < b.communityId) ? -1 : 1;
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}
