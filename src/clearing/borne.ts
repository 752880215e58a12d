/** What redemptions make communities owe each other, for reads: see `bearerOf`. */
import { bearerOf, voucherShares } from '../communities/index.ts';
import type { Facts } from '../ledger/index.ts';
import { isOneOf, type Row, type View } from '../store/index.ts';

/** A part of a redemption: what one community bears of it, towards the acquirer. */
export type Borne = {
  readonly redemption: Row<'redemption'>;
  readonly residentId: string;
  readonly issuer: string;
  readonly acquirer: string;
  readonly points: number;
  readonly fen: number;
};

/**
 * The parts of redemptions that were made, or undone, on a business day, each with the communities that bear it and pay it on that day. Two
 * issuers of which one has succeeded the other are one part. Gives them by the redemption's id.
 */
export async function borneParts(view: View, redemptions: readonly Row<'redemption'>[], day: string): Promise<Map<string, Borne[]>> {
  // What a redemption names was there before it, so it is read after it.
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

/** Who bears a community's cost, and pays its merchants, on a business day. Reads the communities, which are few. */
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
