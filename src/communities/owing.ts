/** The dues that a redemption makes between communities: the issuers and the acquirer, or their successors. */
import { account, cr, dr, type Facts, type Known, one, type Posting, type Row, type Want } from '../ledger/index.ts';

/** One issuer's part of a voucher: the points that it granted, and their cost in fen. */
export type Share = { readonly issuer: string; readonly points: number; readonly fen: number };

/** A voucher's shares, in community order. */
export function voucherShares({ shares }: Pick<Row<'voucher'>, 'shares'>): readonly Share[] {
  return JSON.parse(shares) as Share[];
}

/** The facts that `bearerOf` needs, for any day: these communities and all that succeed them. */
export function wantSuccession(known: Known, ...communityIds: readonly string[]): Want[] {
  return communityIds.flatMap((id) => {
    const successorId = known.get('community', id)?.successorId;
    return successorId ? [one('community', id), ...wantSuccession(known, successorId)] : [one('community', id)];
  });
}

/** The community that on a business day bears this one's cost and pays its merchants: itself, or the last one that has succeeded it by then. */
export function bearerOf(facts: Pick<Facts, 'get'>, communityId: string, day: string): string {
  const { successorId, succeededFrom } = facts.get('community', communityId)!;
  return successorId !== null && succeededFrom! <= day ? bearerOf(facts, successorId, day) : communityId;
}

/** The part of a merchant's due that one community bears, in fen. */
export type BorneShare = { readonly community: string; readonly fen: number };

/**
 * The money of a redemption, on the accounts of a business day: each share is a cost, the acquirer owes the merchant all of them, and a
 * community other than the acquirer that bears a share owes it to the acquirer. Callers name the bearers: successions are not looked up
 * here.
 */
export function duePostings(shares: readonly BorneShare[], acquirer: string, merchantId: string, day: string): Posting[] {
  const payable = account.payable(acquirer, merchantId, day);
  return shares.flatMap(({ community, fen }) => {
    const cost = dr(account.cost(community), fen);
    if (community === acquirer) return [cost, cr(payable, fen)];
    return [cost, cr(account.dueTo(community, acquirer, day), fen), dr(account.dueFrom(acquirer, community, day), fen), cr(payable, fen)];
  });
}
