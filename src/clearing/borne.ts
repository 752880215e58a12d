/** The dues that redemptions make between communities, for reads: see `bearerOf`. */
import { bearerOf, voucherShares } from '../communities/index.ts';
import type { Facts } from '../ledger/index.ts';
import { isOneOf, type Row, type View } from '../store/index.ts';

/** A part of a redemption: the amounts that one community bears, towards the acquirer. */
export type Borne = {
  readonly redemption: Row<'redemption'>;
  readonly residentId: string;
  readonly issuer: string;
  readonly acquirer: string;
  readonly points: number;
  readonly fen: number;
};

/**
 * The parts of redemptions that were made, or undone, on a business day, each with the communities that bear it and pay it on that day. An
 * issuer and its successor are one part. Returns the parts by the redemption's id.
 */
export async function borneParts(view: View, redemptions: readonly Row<'redemption'>[], day: string): Promise<Map<string, Borne[]>> {
  // The rows that a redemption refers to existed before it, so they are read after it.
  const vouchers = await vouchersOf(view, redemptions);
  const homes = await homesOf(view, redemptions);
  const bearer = await bearersIn(view);
  const parts = redemptions.map((redemption): [string, Borne[]] => {
    const { voucherId, merchantId } = redemption;
    const { residentId, shares } = vouchers.get(voucherId)!;
    const acquirer = bearer(homes.get(merchantId)!, day);
    const byIssuer = new Map<string, Borne>();
    for (const share of voucherShares({ shares })) {
      const issuer = bearer(share.issuer, day);
      const { points, fen } = byIssuer.get(issuer) ?? { points: 0, fen: 0 };
      byIssuer.set(issuer, { redemption, residentId, issuer, acquirer, points: points + share.points, fen: fen + share.fen });
    }
    return [redemption.id, [...byIssuer.values()]];
  });
  return new Map(parts);
}

/**
 * Returns a function that gives the community that bears this one's cost, and pays its merchants, on a business day. Reads the communities,
 * which are few.
 */
export async function bearersIn({ read, tables: { community } }: View): Promise<(communityId: string, day: string) => string> {
  const communities = new Map((await read.select().from(community)).map((row) => [row.id, row]));
  const facts = { get: (_table: 'community', id: string) => communities.get(id) } as Pick<Facts, 'get'>;
  return (communityId, day) => bearerOf(facts, communityId, day);
}

async function vouchersOf(view: View, redemptions: readonly Row<'redemption'>[]) {
  const { id, shares, residentId } = view.tables.voucher;
  const ids = redemptions.map(({ voucherId }) => voucherId);
  const rows = await view.read
    .select({ id, shares, residentId })
    .from(view.tables.voucher)
    .where(isOneOf(view, id, [...new Set(ids)]));
  return new Map(rows.map((row) => [row.id, row]));
}

/** The home communities of the redemptions' merchants. */
async function homesOf(view: View, redemptions: readonly Row<'redemption'>[]): Promise<Map<string, string>> {
  const { id, communityId } = view.tables.merchant;
  const ids = redemptions.map(({ merchantId }) => merchantId);
  const rows = await view.read
    .select({ id, communityId })
    .from(view.tables.merchant)
    .where(isOneOf(view, id, [...new Set(ids)]));
  return new Map(rows.map((row) => [row.id, row.communityId]));
}
