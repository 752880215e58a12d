/** Spending: offers, vouchers, codes and redemptions. */
import { sql } from 'drizzle-orm';
import type { Kit } from '../kit.ts';
import type { CommunityTable } from './communities.ts';

export function spendingTables(kit: Kit, community: CommunityTable) {
  const { table, id, anyId, communityId, word, reference, name, text, integer, points, fen, instant, day, hash, primaryKey, index, check } =
    kit;

  const offer = table(
    'offer',
    {
      id: id('id', 'ofr').primaryKey(),
      kind: word('kind').notNull(),
      title: name('title').notNull(),
      /** The price; for cash, the price of one multiple. */
      points: points('points').notNull(),
      /** The amount that the merchant is owed for an item, in fen; null for cash, whose face follows the rate. */
      settlementFen: fen('settlement_fen'),
      merchantId: id('merchant_id', 'mer'),
      communityId: communityId('community_id').references(() => community.id),
      status: word('status').notNull(),
      statusReason: text('status_reason'),
      createdAt: instant('created_at').notNull(),
      version: integer('version').notNull(),
    },
    (t) => [index('offer_community').on(t.communityId, t.id)],
  );

  const voucher = table(
    'voucher',
    {
      id: id('id', 'vch').primaryKey(),
      residentId: id('resident_id', 'res').notNull(),
      offerId: id('offer_id', 'ofr').notNull(),
      kind: word('kind').notNull(),
      points: points('points').notNull(),
      /** The amount that it takes off, fixed when it is issued. */
      faceFen: fen('face_fen').notNull(),
      /** JSON, in community order: `[{"issuer","points","fen"}]`; sums to `points` and `faceFen`. */
      shares: word('shares').notNull(),
      /** The only merchant that may redeem it; null: any. */
      merchantId: id('merchant_id', 'mer'),
      state: word('state').notNull(),
      stateReason: text('state_reason'),
      issuedAt: instant('issued_at').notNull(),
      issuedBy: anyId('issued_by').notNull(),
      /** The first instant at which it is no longer valid. */
      validUntil: instant('valid_until').notNull(),
      /** The number of times that it was redeemed. */
      cycles: integer('cycles').notNull(),
      /** The redemption that holds it while `state` is `redeemed`. */
      redemptionId: id('redemption_id', 'red'),
      /** The time of its last redemption, which used up every code minted before. */
      redeemedAt: instant('redeemed_at'),
      version: integer('version').notNull(),
      /** Its last redemption, reversed or not; null: none, or it was reversed before this was kept. */
      lastRedemptionId: id('last_redemption_id', 'red'),
    },
    (t) => [
      index('voucher_resident').on(t.residentId, t.id),
      index('voucher_valid_until').on(t.validUntil, t.id),
      check('voucher_state', sql`${t.state} in ('issued', 'redeemed', 'cancelled', 'expired', 'suspended')`),
      check('voucher_redemption', sql`(${t.state} = 'redeemed') = (${t.redemptionId} is not null)`),
    ],
  );

  /** The grants whose points a voucher holds. */
  const voucherSource = table(
    'voucher_source',
    {
      voucherId: id('voucher_id', 'vch').notNull(),
      grantId: id('grant_id', 'grt').notNull(),
      points: points('points').notNull(),
    },
    (t) => [primaryKey({ columns: [t.voucherId, t.grantId] }), index('voucher_source_grant').on(t.grantId)],
  );

  const code = table(
    'code',
    {
      hash: hash('hash').primaryKey(),
      voucherId: id('voucher_id', 'vch').notNull(),
      mintedAt: instant('minted_at').notNull(),
      expiresAt: instant('expires_at').notNull(),
      /** Keyed hash of the PIN that a code on paper is redeemed with; null: a code on a phone, which needs none. */
      pinHash: hash('pin_hash'),
    },
    // Those on paper only: codes on phones are many, and nobody looks for them by voucher.
    (t) => [
      index('code_paper')
        .on(t.voucherId, t.mintedAt)
        .where(sql`pin_hash is not null`),
    ],
  );

  const redemption = table(
    'redemption',
    {
      id: id('id', 'red').primaryKey(),
      voucherId: id('voucher_id', 'vch').notNull(),
      merchantId: id('merchant_id', 'mer').notNull(),
      storeId: id('store_id', 'sto').notNull(),
      terminalId: id('terminal_id', 'ter'),
      client: id('client', 'cli').notNull(),
      requestNo: reference('request_no').notNull(),
      orderNo: reference('order_no').notNull(),
      orderAmountFen: fen('order_amount_fen'),
      /**
       * The key of the limit under which its face was counted on its order; null: it was not counted, or, with an order amount, it was made
       * before the key was kept.
       */
      orderKey: hash('order_key'),
      points: points('points').notNull(),
      fen: fen('fen').notNull(),
      businessDay: day('business_day').notNull(),
      at: instant('at').notNull(),
      /** For a redemption that was stored and forwarded, the time at which the code was shown. */
      presentedAt: instant('presented_at'),
      reversibleUntil: instant('reversible_until').notNull(),
    },
    (t) => [index('redemption_day_store').on(t.businessDay, t.storeId, t.id)],
  );

  /** A redemption is reversed at most once: its id is the key. */
  const redemptionReversal = table(
    'redemption_reversal',
    {
      redemptionId: id('redemption_id', 'red').primaryKey(),
      id: id('id', 'rev').notNull(),
      kind: word('kind').notNull(),
      reason: text('reason').notNull(),
      storeId: id('store_id', 'sto').notNull(),
      client: id('client', 'cli').notNull(),
      businessDay: day('business_day').notNull(),
      at: instant('at').notNull(),
    },
    (t) => [
      index('redemption_reversal_day_store').on(t.businessDay, t.storeId, t.id),
      check('redemption_reversal_kind', sql`${t.kind} in ('reversed', 'voided')`),
    ],
  );

  /** The days for which everything that ended before their beginning is booked as expired. */
  const expiryDay = table('expiry_day', { day: day('day').primaryKey(), bookedAt: instant('booked_at').notNull() });

  return { offer, voucher, voucherSource, code, redemption, redemptionReversal, expiryDay };
}
