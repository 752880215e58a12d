/** How offers and vouchers look on the wire. */
import { z } from 'zod';
import { notSpendable, type OfferNames, type OfferState, type VoucherReply, type VoucherState } from '../../redeem/index.ts';
import { communityId, count, id, namedCommunity, namedMerchant, rfc3339, text, time } from '../http/wire.ts';

export const quantity = z.int().min(1).max(100).default(1).meta({ description: 'How many multiples of a cash offer; 1 for an item.' });

export const offer = z
  .strictObject({
    id: id('ofr'),
    kind: z.enum(['cash', 'item']),
    title: text(60),
    points: count.meta({ description: 'The price; of cash, the price of one multiple.' }),
    face_fen: count.meta({ description: 'What one voucher takes off at the rate of now; a voucher keeps what it was issued with.' }),
    valid_until: time.meta({ description: 'When a voucher of it would end if it were taken now.' }),
    settlement_fen: count.nullable().meta({ description: 'What the merchant is owed for an item.' }),
    merchant_id: id('mer').nullable().meta({ description: 'Where an item is redeemed; null: anywhere.' }),
    community_id: communityId.nullable(),
    merchant: namedMerchant.nullable().meta({ description: 'The same merchant by name.' }),
    community: namedCommunity.nullable().meta({ description: 'Its home community by name.' }),
    status: z.enum(['active', 'withdrawn']),
  })
  .meta({ id: 'Offer' });

export function presentOffer({ offer: row, faceFen, validUntil, merchant, community }: OfferState): z.output<typeof offer> {
  return {
    id: row.id,
    kind: row.kind as 'cash' | 'item',
    title: row.title,
    points: row.points,
    face_fen: faceFen,
    valid_until: rfc3339(validUntil),
    settlement_fen: row.settlementFen,
    merchant_id: row.merchantId,
    community_id: row.communityId,
    merchant: merchant && { id: merchant.id, name: merchant.name },
    community: community && { id: community.id, name: community.name },
    status: row.status as 'active' | 'withdrawn',
  };
}

export const voucher = z
  .strictObject({
    id: id('vch'),
    resident_id: id('res'),
    offer_id: id('ofr'),
    title: z.string().meta({ description: "The offer's." }),
    kind: z.enum(['cash', 'item']),
    status: z.enum(['issued', 'redeemed', 'cancelled', 'expired', 'suspended']),
    points: count,
    face_fen: count.meta({ description: 'What it takes off, in fen; fixed when it was issued.' }),
    merchant_id: id('mer').nullable().meta({ description: 'Where it is redeemed; null: anywhere.' }),
    merchant_name: z.string().nullable(),
    issued_at: time,
    valid_until: time,
    redemption_id: id('red').nullable(),
    redemption: z
      .strictObject({ redeemed_at: time, store_name: z.string(), community_id: communityId.meta({ description: "The merchant's home." }) })
      .nullable()
      .meta({ description: 'Where it was redeemed, while it is.' }),
  })
  .meta({ id: 'Voucher' });

/** A voucher as it stands at `at`: one whose date is past has expired, whether or not that is booked. */
export function presentVoucher({ voucher: row, names, redeemed }: VoucherState, at: number): z.output<typeof voucher> {
  const expired = notSpendable(row, at)?.refused === 'voucher_expired';
  return {
    id: row.id,
    resident_id: row.residentId,
    offer_id: row.offerId,
    title: names.title,
    kind: row.kind as 'cash' | 'item',
    status: expired ? 'expired' : (row.state as z.output<typeof voucher>['status']),
    points: row.points,
    face_fen: row.faceFen,
    merchant_id: row.merchantId,
    merchant_name: names.merchantName,
    issued_at: rfc3339(row.issuedAt),
    valid_until: rfc3339(row.validUntil),
    redemption_id: row.redemptionId,
    redemption: redeemed && {
      redeemed_at: rfc3339(redeemed.at),
      store_name: redeemed.storeName,
      community_id: redeemed.communityId,
    },
  };
}

/** A voucher as it was issued. */
export function presentIssued(reply: VoucherReply, names: OfferNames): z.output<typeof voucher> {
  return {
    id: reply.id,
    resident_id: reply.resident_id,
    offer_id: reply.offer_id,
    title: names.title,
    kind: reply.kind as 'cash' | 'item',
    status: 'issued',
    points: reply.points,
    face_fen: reply.face_fen,
    merchant_id: reply.merchant_id,
    merchant_name: names.merchantName,
    issued_at: rfc3339(reply.issued_at),
    valid_until: rfc3339(reply.valid_until),
    redemption_id: null,
    redemption: null,
  };
}

export const cancellation = z
  .strictObject({ voucher_id: id('vch'), points: count, cancelled_at: time, entry_id: id('ent') })
  .meta({ id: 'VoucherCancellation' });
