/** How vouchers look on the wire. */
import { z } from 'zod';
import { notSpendable, type OfferNames, type VoucherReply, vouchersOf, type VoucherState, voucherStates } from '../../redeem/index.ts';
import type { Deps } from '../deps.ts';
import { page } from '../http/page.ts';
import { codecOf } from '../http/codec.ts';
import { onWire } from '../http/names.ts';
import { communityId, count, id, rfc3339, time } from '../http/wire.ts';

const quantity = z.int().min(1).max(100).default(1).meta({ description: 'The number of multiples of a cash offer; 1 for an item.' });

/** The body that requests a voucher. */
export const newVoucher = z.strictObject({ offer_id: id('ofr'), quantity });

/** Money off, or a thing. */
export const kind = z.enum(['cash', 'item']);
const held = codecOf('voucher', ['id', 'residentId', 'offerId', 'points', 'issuedAt', 'validUntil', 'redemptionId'], {
  kind,
  faceFen: 'The amount that it takes off, in fen; fixed when it was issued.',
  merchantId: 'The merchant that redeems it; null: any.',
});
const status = z.enum(['issued', 'redeemed', 'cancelled', 'expired', 'suspended']);
export const voucher = z
  .strictObject({
    ...held.shape,
    title: z.string().meta({ description: "The offer's." }),
    merchant_name: z.string().nullable(),
    merchant_status: z.enum(['active', 'suspended']).nullable().meta({
      description:
        'The status of the merchant that redeems it. Suspended: no shop takes it and no code is shown for it, until the merchant is resumed. Null: any merchant.',
    }),
    status,
    redemption: z
      .strictObject({
        redeemed_at: time,
        store_name: z.string(),
        community_id: communityId.meta({ description: "The merchant's home community." }),
      })
      .nullable()
      .meta({ description: 'The place of its redemption, while it is redeemed.' }),
  })
  .meta({ id: 'Voucher' });

/** A voucher as it stands at `at`: if its date is past it has expired, whether or not the expiry is booked. */
export function presentVoucher({ voucher: row, names, redeemed }: VoucherState, at: number): z.output<typeof voucher> {
  const expired = notSpendable(row, at)?.refused === 'voucher_expired';
  return {
    ...held.present(row),
    ...onWire(names),
    status: expired ? 'expired' : (row.state as z.output<typeof status>),
    redemption: redeemed && {
      redeemed_at: rfc3339(redeemed.at),
      store_name: redeemed.storeName,
      community_id: redeemed.communityId,
    },
  };
}

type PageAsked = { readonly limit: number; readonly cursor?: string | undefined };

/** A page of a resident's vouchers, as they stand now. */
export async function vouchersPage({ store, clock }: Deps, residentId: string, { limit, cursor }: PageAsked) {
  const rows = await vouchersOf(store, residentId, { limit, after: cursor });
  const at = clock();
  return page(
    await voucherStates(store, rows),
    limit,
    ({ voucher: { id: last } }) => last,
    (state) => presentVoucher(state, at),
  );
}

/** A voucher as it was issued. */
export function presentIssued(reply: VoucherReply, names: OfferNames): z.output<typeof voucher> {
  const { shares: _, entry_id: __, ...issued } = reply;
  return {
    ...onWire(issued),
    ...onWire(names),
    // None is issued for a suspended merchant, and a replay tells of then.
    merchant_status: issued.merchant_id === null ? null : 'active',
    kind: issued.kind as z.output<typeof kind>,
    status: 'issued',
    redemption_id: null,
    redemption: null,
  };
}

export const cancellation = z
  .strictObject({ voucher_id: id('vch'), points: count, cancelled_at: time, entry_id: id('ent') })
  .meta({ id: 'VoucherCancellation' });
