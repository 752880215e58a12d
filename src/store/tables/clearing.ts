/** Clearing: settlement runs, their frozen amounts, and their payments. */
import { sql } from 'drizzle-orm';
import type { Kit } from '../kit.ts';
import type { CommunityTable } from './communities.ts';

export function clearingTables(kit: Kit, community: CommunityTable) {
  const { table, id, anyId, communityId, word, reference, name, text, integer, fen, instant, day, hash, primaryKey, index, check } = kit;
  const communityOf = (column: string) =>
    communityId(column)
      .notNull()
      .references(() => community.id);

  /** The flows of a closed business day between communities. Derived: it saves reading the day's redemptions again. */
  const dayFlows = table('day_flows', {
    day: day('day').primaryKey(),
    /** JSON, in the order of the communities' ids: `[{"issuer","acquirer","points","fen","redemptions","reversals"}]`. */
    flows: word('flows').notNull(),
    talliedAt: instant('tallied_at').notNull(),
  });

  /** The figures of a closed business day, by community. Derived, as the flows are. */
  const dayFigures = table('day_figures', {
    day: day('day').primaryKey(),
    /** JSON, in the order of the communities' ids; see `src/clearing/figures.ts`. */
    figures: word('figures').notNull(),
    talliedAt: instant('tallied_at').notNull(),
  });

  const settlementRun = table(
    'settlement_run',
    {
      /** Follows from its number, so that two can never be opened at once. */
      id: id('id', 'run').primaryKey(),
      /** 1 for the first, then without a gap. */
      number: integer('number').notNull(),
      /** The first and the last business day that it settles: the first one follows the last one of the run before. */
      fromDay: day('from_day').notNull(),
      throughDay: day('through_day').notNull(),
      state: word('state').notNull(),
      openedAt: instant('opened_at').notNull(),
      openedBy: anyId('opened_by').notNull(),
      closedAt: instant('closed_at'),
      closedBy: anyId('closed_by'),
      confirmedAt: instant('confirmed_at'),
      paidAt: instant('paid_at'),
      /** Fen that communities owed each other before netting, and fen left to be paid after it. */
      grossFen: fen('gross_fen'),
      netFen: fen('net_fen'),
      /** The instant from which unconfirmed payments are escalated. */
      escalatesAt: instant('escalates_at'),
      /** Confirmations that are still missing: two a payment. */
      unconfirmed: integer('unconfirmed').notNull(),
      /** Payments between communities that are not received, and payouts that are not paid. */
      unpaid: integer('unpaid').notNull(),
      version: integer('version').notNull(),
    },
    (t) => [check('settlement_run_state', sql`${t.state} in ('open', 'closed', 'confirmed', 'paid')`)],
  );

  /** A community in a run, by the name that it had when the run closed. Amounts are fen. */
  const settlementParty = table(
    'settlement_party',
    {
      runId: id('run_id', 'run').notNull(),
      communityId: communityOf('community_id'),
      name: name('name').notNull(),
      dueToFen: fen('due_to_fen').notNull(),
      dueFromFen: fen('due_from_fen').notNull(),
      /** Due from less due to: to receive, or, negative, to pay. */
      netFen: fen('net_fen').notNull(),
      /** The amount that its merchants are owed for the period, and the number of them that are to be paid. */
      payableFen: fen('payable_fen').notNull(),
      payouts: integer('payouts').notNull(),
    },
    (t) => [primaryKey({ columns: [t.runId, t.communityId] })],
  );

  /** A community's position with another in a run. */
  const settlementPosition = table(
    'settlement_position',
    {
      runId: id('run_id', 'run').notNull(),
      communityId: communityOf('community_id'),
      counterpartyId: communityOf('counterparty_id'),
      dueToFen: fen('due_to_fen').notNull(),
      dueFromFen: fen('due_from_fen').notNull(),
      disputedAt: instant('disputed_at'),
      disputedBy: anyId('disputed_by'),
      disputeReason: text('dispute_reason'),
      resolvedAt: instant('resolved_at'),
      resolvedBy: anyId('resolved_by'),
      resolution: text('resolution'),
      version: integer('version').notNull(),
    },
    (t) => [primaryKey({ columns: [t.runId, t.communityId, t.counterpartyId] })],
  );

  /** A net payment of a run, from a community to another. */
  const settlementPayment = table(
    'settlement_payment',
    {
      id: id('id', 'pay').primaryKey(),
      runId: id('run_id', 'run').notNull(),
      debtorId: communityOf('debtor_id'),
      creditorId: communityOf('creditor_id'),
      fen: fen('fen').notNull(),
      debtorConfirmedAt: instant('debtor_confirmed_at'),
      debtorConfirmedBy: anyId('debtor_confirmed_by'),
      creditorConfirmedAt: instant('creditor_confirmed_at'),
      creditorConfirmedBy: anyId('creditor_confirmed_by'),
      /** When the debtor's payment was booked, and its bank reference; the same of the creditor's receipt. */
      madeAt: instant('made_at'),
      madeReference: reference('made_reference'),
      receivedAt: instant('received_at'),
      receivedReference: reference('received_reference'),
      version: integer('version').notNull(),
    },
    (t) => [index('settlement_payment_run').on(t.runId, t.id), check('settlement_payment_fen', sql`${t.fen} > 0`)],
  );

  /** The payment to a merchant by its home community, for the days of a run. */
  const payout = table(
    'payout',
    {
      id: id('id', 'pyo').primaryKey(),
      runId: id('run_id', 'run').notNull(),
      communityId: communityOf('community_id'),
      merchantId: id('merchant_id', 'mer').notNull(),
      /** By the name that it had when the run closed. */
      merchantName: name('merchant_name').notNull(),
      /** The amount owed. If it is not above zero, it was carried when the run closed. */
      fen: fen('fen').notNull(),
      state: word('state').notNull(),
      bankReference: reference('bank_reference'),
      /** The bank's reason for a payout that failed; and the reason why it was then carried. */
      failure: text('failure'),
      /** When it was carried, paid or failed. */
      decidedAt: instant('decided_at'),
      version: integer('version').notNull(),
    },
    (t) => [
      index('payout_run').on(t.runId, t.communityId, t.id),
      check('payout_state', sql`${t.state} in ('due', 'paid', 'failed', 'carried')`),
    ],
  );

  /** A movement on a community's bank account. The bank's reference for it counts once. */
  const bankMovement = table(
    'bank_movement',
    {
      reference: reference('reference').notNull(),
      communityId: communityOf('community_id'),
      kind: word('kind').notNull(),
      /** Positive came in, negative went out. */
      fen: fen('fen').notNull(),
      /** The contribution, payment or payout that it belongs to. */
      subject: anyId('subject').notNull(),
      entryId: id('entry_id', 'ent').notNull(),
      bookedAt: instant('booked_at').notNull(),
    },
    (t) => [primaryKey({ columns: [t.reference, t.communityId] }), index('bank_movement_community').on(t.communityId, t.entryId)],
  );

  /** A bank's reference in the form in which references are compared: another spelling of it stands for the same movement. */
  const bankReference = table(
    'bank_reference',
    {
      folded: reference('folded').notNull(),
      communityId: communityOf('community_id'),
      /** The reference as it was booked, by which its movement is known. */
      reference: reference('reference').notNull(),
    },
    (t) => [primaryKey({ columns: [t.folded, t.communityId] })],
  );

  /** A file as it was when first read: from then on it never changes. */
  const settlementFile = table(
    'settlement_file',
    {
      runId: id('run_id', 'run').notNull(),
      /** `community:<id>`, `merchant:<id>` or `payouts:<community>`. */
      name: word('name').notNull(),
      sha256: hash('sha256').notNull(),
      rowCount: integer('row_count').notNull(),
      /** JSON: the control totals. */
      totals: word('totals').notNull(),
      content: text('content').notNull(),
      madeAt: instant('made_at').notNull(),
    },
    (t) => [primaryKey({ columns: [t.runId, t.name] })],
  );

  /** The correction of an entry that a closed run settled: its mirror, and the right entry. An entry is corrected once. */
  const adjustment = table('adjustment', {
    /** The wrong entry. */
    entryId: id('entry_id', 'ent').primaryKey(),
    id: id('id', 'adj').notNull(),
    mirrorId: id('mirror_id', 'ent').notNull(),
    /** Null: nothing should have been booked. */
    rightId: id('right_id', 'ent'),
    businessDay: day('business_day').notNull(),
    reason: text('reason').notNull(),
    proposedBy: id('proposed_by', 'off').notNull(),
    approvedBy: id('approved_by', 'off').notNull(),
    at: instant('at').notNull(),
  });

  return {
    dayFigures,
    dayFlows,
    settlementRun,
    settlementParty,
    settlementPosition,
    settlementPayment,
    payout,
    bankMovement,
    bankReference,
    settlementFile,
    adjustment,
  };
}
