/**
 * Every table, written once for both engines. Rows only: what a row means and when it may change is said by the folder that
 * writes it (ledger, communities, redeem).
 *
 * Rules kept here so that the same tables work on a distributed PostgreSQL: what must be unique is the primary key; foreign keys
 * lead only to `community`, a small reference table; nothing cascades.
 */
import { sql } from 'drizzle-orm';
import type { Kit } from './kit.ts';

export function tables(kit: Kit) {
  const { table, id, text, integer, instant, day, hash, primaryKey, index, check } = kit;

  // The books.

  const entry = table('entry', {
    id: id('id', 'ent').primaryKey(),
    kind: text('kind').notNull(),
    /** The open business day it was booked on. */
    businessDay: day('business_day').notNull(),
    effectiveAt: instant('effective_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    /** The id of what it is about: a grant, a voucher, a redemption. */
    subject: text('subject').notNull(),
    reverses: id('reverses', 'ent'),
    /** The paths of its accounts, separated by spaces: they lead to its postings without a second index. */
    accounts: text('accounts').notNull(),
  });

  /** Stored in account order, so that an account's statement is one range and a batch touches few pages. */
  const posting = table(
    'posting',
    {
      account: text('account').notNull(),
      entry: id('entry', 'ent').notNull(),
      seq: integer('seq').notNull(),
      /** Debit positive, credit negative, in the account's unit. */
      amount: integer('amount').notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.account, t.entry, t.seq] }),
      check('posting_amount', sql`${t.amount} <> 0 and ${t.amount} between -9007199254740991 and 9007199254740991`),
    ],
  );

  const account = table(
    'account',
    {
      path: text('path').primaryKey(),
      kind: text('kind').notNull(),
      /** The community in whose book it stands. */
      community: text('community').notNull(),
      unit: text('unit').notNull(),
      /** Debits less credits of all its postings. */
      balance: integer('balance').notNull(),
    },
    (t) => [
      check('account_unit', sql`${t.unit} in ('point', 'fen')`),
      check('account_wallet_floor', sql`${t.kind} <> 'wallet' or ${t.balance} <= 0`),
      check('account_balance', sql`${t.balance} between -9007199254740991 and 9007199254740991`),
    ],
  );

  /** One row a command ever accepted: idempotency and audit trail in one. */
  const request = table(
    'request',
    {
      client: id('client', 'cli').notNull(),
      key: text('key').notNull(),
      /** Keyed hash of method, route and the body as sent. Empty for a tombstone. */
      hash: hash('hash').notNull(),
      command: text('command').notNull(),
      commandId: text('command_id').notNull(),
      /** Who acted: an officer, a resident, a merchant, or the client itself. */
      actor: text('actor').notNull(),
      at: instant('at').notNull(),
      /** JSON: `{"reply": …}` or `{"refused": code, "details": …}`; ids only, no names; secrets sealed. */
      outcome: text('outcome').notNull(),
      /** Set by a void: from then on this request number only ever answers `request_voided`. */
      voidedAt: instant('voided_at'),
      version: integer('version').notNull(),
    },
    (t) => [primaryKey({ columns: [t.client, t.key] })],
  );

  const businessDay = table('business_day', { day: day('day').primaryKey(), closedAt: instant('closed_at').notNull() });

  /** What has been used of a limit. The limit itself belongs to the command that increments it. */
  const limitUse = table('limit_use', { key: text('key').primaryKey(), used: integer('used').notNull() }, (t) => [
    check('limit_use_used', sql`${t.used} >= 0`),
  ]);

  /** Facts of the whole database: when it was founded, the fingerprints of its keys. */
  const scheme = table('scheme', { name: text('name').primaryKey(), value: text('value').notNull() });

  // Communities and people.

  const community = table('community', {
    /** Stable for ever, short, ASCII; it stands in account paths. */
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    /** The statistical code, where one is known. */
    code: text('code'),
    openedAt: instant('opened_at').notNull(),
    version: integer('version').notNull(),
  });
  const communityId = () =>
    text('community_id')
      .notNull()
      .references(() => community.id);

  const resident = table(
    'resident',
    {
      id: id('id', 'res').primaryKey(),
      communityId: communityId(),
      name: text('name').notNull(),
      phoneHash: hash('phone_hash').notNull(),
      phoneSealed: text('phone_sealed').notNull(),
      status: text('status').notNull(),
      statusReason: text('status_reason'),
      registeredAt: instant('registered_at').notNull(),
      version: integer('version').notNull(),
    },
    (t) => [index('resident_community').on(t.communityId, t.id)],
  );

  /** A phone belongs to one resident. */
  const residentPhone = table('resident_phone', {
    hash: hash('hash').primaryKey(),
    residentId: id('resident_id', 'res').notNull(),
  });

  const merchant = table(
    'merchant',
    {
      id: id('id', 'mer').primaryKey(),
      /** Its home community: the acquirer. */
      communityId: communityId(),
      name: text('name').notNull(),
      status: text('status').notNull(),
      statusReason: text('status_reason'),
      version: integer('version').notNull(),
    },
    (t) => [index('merchant_community').on(t.communityId, t.id)],
  );

  const store = table(
    'store',
    {
      id: id('id', 'sto').primaryKey(),
      merchantId: id('merchant_id', 'mer').notNull(),
      name: text('name').notNull(),
      version: integer('version').notNull(),
    },
    (t) => [index('store_merchant').on(t.merchantId, t.id)],
  );

  const terminal = table(
    'terminal',
    {
      id: id('id', 'ter').primaryKey(),
      storeId: id('store_id', 'sto').notNull(),
      merchantId: id('merchant_id', 'mer').notNull(),
      name: text('name').notNull(),
      version: integer('version').notNull(),
    },
    (t) => [index('terminal_store').on(t.storeId, t.id)],
  );

  const officer = table(
    'officer',
    {
      id: id('id', 'off').primaryKey(),
      /** Null: an officer of the street office. */
      communityId: text('community_id').references(() => community.id),
      name: text('name').notNull(),
      version: integer('version').notNull(),
    },
    (t) => [index('officer_community').on(t.communityId, t.id)],
  );

  /** A credential: of a till, an officer, a resident or another machine, bound to what it may act for. */
  const client = table(
    'client',
    {
      id: id('id', 'cli').primaryKey(),
      kind: text('kind').notNull(),
      name: text('name').notNull(),
      /** Separated by spaces. */
      scopes: text('scopes').notNull(),
      communityId: text('community_id').references(() => community.id),
      merchantId: id('merchant_id', 'mer'),
      storeId: id('store_id', 'sto'),
      officerId: id('officer_id', 'off'),
      residentId: id('resident_id', 'res'),
      secretHash: hash('secret_hash').notNull(),
      /** The secret before the last rotation, good until `previousSecretUntil`. */
      previousSecretHash: hash('previous_secret_hash'),
      previousSecretUntil: instant('previous_secret_until'),
      status: text('status').notNull(),
      createdAt: instant('created_at').notNull(),
      version: integer('version').notNull(),
    },
    (t) => [index('client_community').on(t.communityId, t.id), index('client_merchant').on(t.merchantId, t.id)],
  );

  const actionRule = table(
    'action_rule',
    {
      id: id('id', 'rul').notNull(),
      ruleVersion: integer('rule_version').notNull(),
      communityId: communityId(),
      class: text('class').notNull(),
      name: text('name').notNull(),
      per: text('per').notNull(),
      /** Points for one hour or one event; for a commendation, the most it may be. */
      points: integer('points').notNull(),
      capDay: integer('cap_day'),
      capMonth: integer('cap_month'),
      capYear: integer('cap_year'),
      validFrom: day('valid_from').notNull(),
      validUntil: day('valid_until'),
      setAt: instant('set_at').notNull(),
      setBy: text('set_by').notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.id, t.ruleVersion] }),
      index('action_rule_community').on(t.communityId, t.id),
      check('action_rule_points', sql`${t.points} > 0`),
    ],
  );

  const grant = table(
    'point_grant',
    {
      id: id('id', 'grt').primaryKey(),
      /** The issuer. */
      communityId: communityId(),
      residentId: id('resident_id', 'res').notNull(),
      ruleId: id('rule_id', 'rul').notNull(),
      ruleVersion: integer('rule_version').notNull(),
      quantity: integer('quantity').notNull(),
      points: integer('points').notNull(),
      /** Points of it still in the wallet: not in a voucher, not expired, not reversed. */
      remaining: integer('remaining').notNull(),
      occurredOn: day('occurred_on').notNull(),
      /** The last day of the lot it belongs to. */
      expiresOn: day('expires_on').notNull(),
      description: text('description').notNull(),
      externalReference: text('external_reference'),
      grantedAt: instant('granted_at').notNull(),
      grantedBy: text('granted_by').notNull(),
      approvedBy: text('approved_by'),
      reversedAt: instant('reversed_at'),
      reversalReason: text('reversal_reason'),
      version: integer('version').notNull(),
    },
    (t) => [
      index('grant_community').on(t.communityId, t.id),
      index('grant_unspent')
        .on(t.residentId, t.communityId, t.expiresOn)
        .where(sql`remaining > 0`),
      index('grant_resident').on(t.residentId, t.id),
      check('grant_remaining', sql`${t.remaining} between 0 and ${t.points}`),
    ],
  );

  /** A community's own reference for a grant counts once. */
  const grantReference = table(
    'grant_reference',
    {
      communityId: text('community_id').notNull(),
      reference: text('reference').notNull(),
      grantId: id('grant_id', 'grt').notNull(),
    },
    (t) => [primaryKey({ columns: [t.communityId, t.reference] })],
  );

  /** A resident's points of one issuer with one expiry date exist; how many is the balance of the wallet account. */
  const lot = table(
    'lot',
    {
      residentId: id('resident_id', 'res').notNull(),
      communityId: text('community_id').notNull(),
      expiresOn: day('expires_on').notNull(),
    },
    (t) => [primaryKey({ columns: [t.residentId, t.communityId, t.expiresOn] })],
  );

  const proposal = table(
    'proposal',
    {
      id: id('id', 'pro').primaryKey(),
      command: text('command').notNull(),
      /** JSON of the command's input. */
      input: text('input').notNull(),
      /** Null: a matter of the street office. */
      communityId: text('community_id').references(() => community.id),
      reason: text('reason').notNull(),
      proposedBy: id('proposed_by', 'off').notNull(),
      proposedAt: instant('proposed_at').notNull(),
      lapsesAt: instant('lapses_at').notNull(),
      status: text('status').notNull(),
      decidedBy: id('decided_by', 'off'),
      decidedAt: instant('decided_at'),
      decisionReason: text('decision_reason'),
      /** JSON of the command's reply once approved. */
      result: text('result'),
      version: integer('version').notNull(),
    },
    (t) => [index('proposal_community').on(t.communityId, t.id)],
  );

  const policy = table(
    'policy',
    {
      name: text('name').notNull(),
      policyVersion: integer('policy_version').notNull(),
      /** JSON. */
      value: text('value').notNull(),
      effectiveFrom: instant('effective_from').notNull(),
      setAt: instant('set_at').notNull(),
      proposedBy: text('proposed_by').notNull(),
      approvedBy: text('approved_by').notNull(),
    },
    (t) => [primaryKey({ columns: [t.name, t.policyVersion] })],
  );

  // Spending.

  const offer = table(
    'offer',
    {
      id: id('id', 'ofr').primaryKey(),
      kind: text('kind').notNull(),
      title: text('title').notNull(),
      /** The price; for cash, the price of one multiple. */
      points: integer('points').notNull(),
      /** What the merchant is owed for an item, in fen; null for cash, whose face follows the rate. */
      settlementFen: integer('settlement_fen'),
      merchantId: id('merchant_id', 'mer'),
      communityId: text('community_id').references(() => community.id),
      status: text('status').notNull(),
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
      kind: text('kind').notNull(),
      points: integer('points').notNull(),
      /** What it takes off, fixed when issued. */
      faceFen: integer('face_fen').notNull(),
      /** JSON, in community order: `[{"issuer","points","fen"}]`; sums to `points` and `faceFen`. */
      shares: text('shares').notNull(),
      /** The only merchant that may redeem it; null: any. */
      merchantId: id('merchant_id', 'mer'),
      state: text('state').notNull(),
      stateReason: text('state_reason'),
      issuedAt: instant('issued_at').notNull(),
      issuedBy: text('issued_by').notNull(),
      /** The first instant at which it is no longer valid. */
      validUntil: instant('valid_until').notNull(),
      /** How often it was redeemed. */
      cycles: integer('cycles').notNull(),
      /** The redemption that holds it while `state` is `redeemed`. */
      redemptionId: id('redemption_id', 'red'),
      version: integer('version').notNull(),
    },
    (t) => [
      index('voucher_resident').on(t.residentId, t.id),
      index('voucher_open')
        .on(t.validUntil)
        .where(sql`state in ('issued', 'suspended')`),
      check('voucher_state', sql`${t.state} in ('issued', 'redeemed', 'cancelled', 'expired', 'suspended')`),
      check('voucher_redemption', sql`(${t.state} = 'redeemed') = (${t.redemptionId} is not null)`),
    ],
  );

  /** Which grants a voucher holds. */
  const voucherSource = table(
    'voucher_source',
    {
      voucherId: id('voucher_id', 'vch').notNull(),
      grantId: id('grant_id', 'grt').notNull(),
      points: integer('points').notNull(),
    },
    (t) => [primaryKey({ columns: [t.voucherId, t.grantId] }), index('voucher_source_grant').on(t.grantId)],
  );

  const code = table('code', {
    hash: hash('hash').primaryKey(),
    voucherId: id('voucher_id', 'vch').notNull(),
    mintedAt: instant('minted_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    /** The redemption that used it up. */
    usedBy: id('used_by', 'red'),
    version: integer('version').notNull(),
  });

  const redemption = table(
    'redemption',
    {
      id: id('id', 'red').primaryKey(),
      voucherId: id('voucher_id', 'vch').notNull(),
      merchantId: id('merchant_id', 'mer').notNull(),
      storeId: id('store_id', 'sto').notNull(),
      terminalId: id('terminal_id', 'ter'),
      client: id('client', 'cli').notNull(),
      requestNo: text('request_no').notNull(),
      orderNo: text('order_no').notNull(),
      orderAmountFen: integer('order_amount_fen'),
      points: integer('points').notNull(),
      fen: integer('fen').notNull(),
      businessDay: day('business_day').notNull(),
      at: instant('at').notNull(),
      /** When the code was shown, of a redemption that was stored and forwarded. */
      presentedAt: instant('presented_at'),
      reversibleUntil: instant('reversible_until').notNull(),
    },
    (t) => [index('redemption_store_day').on(t.storeId, t.businessDay, t.id)],
  );

  /** A redemption is reversed at most once: its id is the key. */
  const redemptionReversal = table(
    'redemption_reversal',
    {
      redemptionId: id('redemption_id', 'red').primaryKey(),
      id: id('id', 'rev').notNull(),
      kind: text('kind').notNull(),
      reason: text('reason').notNull(),
      storeId: id('store_id', 'sto').notNull(),
      client: id('client', 'cli').notNull(),
      businessDay: day('business_day').notNull(),
      at: instant('at').notNull(),
    },
    (t) => [
      index('redemption_reversal_store_day').on(t.storeId, t.businessDay, t.id),
      check('redemption_reversal_kind', sql`${t.kind} in ('reversed', 'voided')`),
    ],
  );

  return {
    entry,
    posting,
    account,
    request,
    businessDay,
    limitUse,
    scheme,
    community,
    resident,
    residentPhone,
    merchant,
    store,
    terminal,
    officer,
    client,
    actionRule,
    grant,
    grantReference,
    lot,
    proposal,
    policy,
    offer,
    voucher,
    voucherSource,
    code,
    redemption,
    redemptionReversal,
  };
}

export type Tables = ReturnType<typeof tables>;
export type TableName = keyof Tables;
/** The row of each table as the code sees it. */
export type Rows = { [N in TableName]: Tables[N]['$inferSelect'] };
export type Row<N extends TableName> = Rows[N];
