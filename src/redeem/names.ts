/** The names shown with vouchers, offers and redemptions: read for a whole list at once, one read a table. */
import { readPolicy } from '../communities/index.ts';
import { type Row, rowByKey, rowsById, type View } from '../store/index.ts';
import { endOfVoucher, worth } from './offers.ts';

/** A voucher, its title, and, if it is redeemed, the place of its redemption. */
export type VoucherState = {
  readonly voucher: Row<'voucher'>;
  readonly names: OfferNames;
  readonly redeemed: { readonly at: number; readonly storeName: string; /** The merchant's home. */ readonly communityId: string } | null;
};

export type MerchantStatus = 'active' | 'suspended';

/** The names of an offer, and of every voucher of it. */
export type OfferNames = {
  readonly title: string;
  /** The name of the only merchant that takes it; null: any does. */ readonly merchantName: string | null;
  /** Whether that merchant takes vouchers now; null: any merchant does. */
  readonly merchantStatus: MerchantStatus | null;
};

export async function voucherStates(view: View, vouchers: readonly Row<'voucher'>[]): Promise<VoucherState[]> {
  const redemptions = await rowsById(view, 'redemption', present(vouchers.map(({ redemptionId }) => redemptionId)));
  const redeemed = [...redemptions.values()];
  const [offers, stores, merchants] = await Promise.all([
    rowsById(
      view,
      'offer',
      vouchers.map(({ offerId }) => offerId),
    ),
    rowsById(
      view,
      'store',
      redeemed.map(({ storeId }) => storeId),
    ),
    rowsById(view, 'merchant', present([...vouchers, ...redeemed].map(({ merchantId }) => merchantId))),
  ]);
  return vouchers.map((voucher) => {
    const { offerId, merchantId, redemptionId } = voucher;
    const redemption = redemptionId === null ? undefined : redemptions.get(redemptionId);
    return {
      voucher,
      names: namesOf(offers.get(offerId)!.title, merchantId === null ? undefined : merchants.get(merchantId)!),
      redeemed: redemption
        ? {
            at: redemption.at,
            storeName: stores.get(redemption.storeId)!.name,
            communityId: merchants.get(redemption.merchantId)!.communityId,
          }
        : null,
    };
  });
}

export async function voucherState(view: View, voucher: Row<'voucher'>): Promise<VoucherState> {
  const [state] = await voucherStates(view, [voucher]);
  return state!;
}

/** The names of a voucher that was just issued for an offer. */
export async function namesOfOffer(view: View, offerId: string): Promise<OfferNames> {
  const { title, merchantId } = (await rowByKey(view, 'offer', offerId))!;
  return namesOf(title, merchantId === null ? undefined : (await rowByKey(view, 'merchant', merchantId))!);
}

function namesOf(title: string, merchant: Row<'merchant'> | undefined): OfferNames {
  return { title, merchantName: merchant?.name ?? null, merchantStatus: (merchant?.status as MerchantStatus | undefined) ?? null };
}

/** An offer with the merchant that is bound to it and that merchant's home community; null: every merchant. */
export type OfferState = {
  readonly offer: Row<'offer'>;
  /** The amount that one voucher of it would take off now. */
  readonly faceFen: number;
  /** The end of a voucher that is taken now, in epoch milliseconds. */
  readonly validUntil: number;
  readonly merchant: Row<'merchant'> | null;
  readonly community: Row<'community'> | null;
};

export async function offerStates(view: View, offers: readonly Row<'offer'>[], at: number): Promise<OfferState[]> {
  const [rate, { days }, merchants, communities] = await Promise.all([
    readPolicy(view, 'rate', at),
    readPolicy(view, 'voucher_validity', at),
    rowsById(view, 'merchant', present(offers.map(({ merchantId }) => merchantId))),
    rowsById(view, 'community', present(offers.map(({ communityId }) => communityId))),
  ]);
  return offers.map((offer) => ({
    offer,
    faceFen: offer.settlementFen ?? worth(offer.points, rate),
    validUntil: endOfVoucher(at, days),
    merchant: offer.merchantId === null ? null : merchants.get(offer.merchantId)!,
    community: offer.communityId === null ? null : communities.get(offer.communityId)!,
  }));
}

export async function offerState(view: View, offer: Row<'offer'>, at: number): Promise<OfferState> {
  const [state] = await offerStates(view, [offer], at);
  return state!;
}

/** The resident whose voucher was redeemed, and its title. */
export type RedemptionNames = { readonly residentName: string; readonly title: string };

/** By the id of the redemption. */
export async function namesOfRedemptions(view: View, redemptions: readonly Row<'redemption'>[]): Promise<Map<string, RedemptionNames>> {
  const vouchers = await rowsById(
    view,
    'voucher',
    redemptions.map(({ voucherId }) => voucherId),
  );
  const held = [...vouchers.values()];
  const [residents, offers] = await Promise.all([
    rowsById(
      view,
      'resident',
      held.map(({ residentId }) => residentId),
    ),
    rowsById(
      view,
      'offer',
      held.map(({ offerId }) => offerId),
    ),
  ]);
  return new Map(
    redemptions.map(({ id, voucherId }) => {
      const { residentId, offerId } = vouchers.get(voucherId)!;
      return [id, { residentName: residents.get(residentId)!.name, title: offers.get(offerId)!.title }];
    }),
  );
}

function present(ids: readonly (string | null)[]): string[] {
  return ids.filter((id) => id !== null);
}
