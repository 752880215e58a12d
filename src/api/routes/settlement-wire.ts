/** How settlement runs look on the wire. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { runById, type RunState } from '../../clearing/index.ts';
import type { Row } from '../../store/index.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problem.ts';
import { communityId, count, day, id, rfc3339, rfc3339OrNull, text, time } from '../http/wire.ts';

export const ofRun = z.strictObject({ id: id('run') });

export const bankReference = text(64).meta({
  description: "The bank's reference of this movement of this community's account.",
  examples: ['2026120100012345'],
});

export const run = z
  .strictObject({
    id: id('run'),
    number: count.meta({ description: '1 for the first run.' }),
    state: z.enum(['open', 'closed', 'confirmed', 'paid']),
    from_day: day,
    through_day: day.meta({ description: 'The cut-off: the last business day that it settles.' }),
    opened_at: time,
    closed_at: time.nullable(),
    confirmed_at: time.nullable().meta({ description: 'When both sides of every payment had confirmed it.' }),
    paid_at: time.nullable().meta({ description: 'When every payment and every payout was booked.' }),
    gross_fen: count.nullable().meta({ description: 'What communities owed each other before netting.' }),
    net_fen: count.nullable().meta({ description: 'What is left to be paid after it.' }),
    saved_fen: count.nullable().meta({ description: 'What netting saves: gross less net.' }),
    escalates_at: time.nullable().meta({ description: 'From when on the street office may confirm for a community that has not.' }),
    unconfirmed: count.meta({ description: 'Confirmations that are missing: two a payment.' }),
    unpaid: count.meta({ description: 'Payments and payouts that are not booked.' }),
  })
  .meta({ id: 'SettlementRun' });

export function presentRun(row: Row<'settlementRun'>): z.output<typeof run> {
  return {
    id: row.id,
    number: row.number,
    state: row.state as RunState,
    from_day: row.fromDay,
    through_day: row.throughDay,
    opened_at: rfc3339(row.openedAt),
    closed_at: rfc3339OrNull(row.closedAt),
    confirmed_at: rfc3339OrNull(row.confirmedAt),
    paid_at: rfc3339OrNull(row.paidAt),
    gross_fen: row.grossFen,
    net_fen: row.netFen,
    saved_fen: row.grossFen === null ? null : row.grossFen - row.netFen!,
    escalates_at: rfc3339OrNull(row.escalatesAt),
    unconfirmed: row.unconfirmed,
    unpaid: row.unpaid,
  };
}

export const party = z
  .strictObject({
    community_id: communityId,
    name: z.string().meta({ description: 'As it was when the run closed.' }),
    due_to_fen: count,
    due_from_fen: count,
    net_fen: count.meta({ description: 'To receive; negative: to pay.' }),
    payable_fen: count.meta({ description: 'What its merchants are owed for the period.' }),
    payouts: count.meta({ description: 'How many merchants are to be paid.' }),
  })
  .meta({ id: 'SettlementParty' });

export function presentParty(row: Row<'settlementParty'>): z.output<typeof party> {
  return {
    community_id: row.communityId,
    name: row.name,
    due_to_fen: row.dueToFen,
    due_from_fen: row.dueFromFen,
    net_fen: row.netFen,
    payable_fen: row.payableFen,
    payouts: row.payouts,
  };
}

export const payoutState = z.enum(['due', 'paid', 'failed', 'carried']);

export const payout = z
  .strictObject({
    id: id('pyo'),
    community_id: communityId,
    merchant_id: id('mer'),
    merchant_name: z.string().meta({ description: 'As it was when the run closed.' }),
    fen: count.meta({ description: 'What is owed; not above zero, it was carried when the run closed.' }),
    state: payoutState,
    bank_reference: z.string().nullable(),
    failure: z.string().nullable().meta({ description: 'What the bank said, of a payout that failed; and why it was carried then.' }),
    decided_at: time.nullable(),
  })
  .meta({ id: 'Payout' });

export function presentPayout(row: Row<'payout'>): z.output<typeof payout> {
  return {
    id: row.id,
    community_id: row.communityId,
    merchant_id: row.merchantId,
    merchant_name: row.merchantName,
    fen: row.fen,
    state: row.state as z.output<typeof payout>['state'],
    bank_reference: row.bankReference,
    failure: row.failure,
    decided_at: rfc3339OrNull(row.decidedAt),
  };
}

/** The run that a path names. Throws `settlement_run_not_found`. */
export async function knownRun({ store }: Deps, { params }: FastifyRequest): Promise<Row<'settlementRun'>> {
  const { id: runId } = params as { id: string };
  const found = await runById(store, runId);
  if (!found) throw new Problem('settlement_run_not_found', { details: { run_id: runId } });
  return found;
}
