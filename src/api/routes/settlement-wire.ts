/** How settlement runs look on the wire. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { runById } from '../../clearing/index.ts';
import type { Row } from '../../store/index.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problem.ts';
import { codecOf } from '../http/codec.ts';
import { count, id, reference } from '../http/wire.ts';

export const ofRun = z.strictObject({ id: id('run') });

export const bankReference = reference(64).meta({
  description: "The bank's reference of this movement on this community's account. Upper and lower case and full width make no difference.",
  examples: ['2026120100012345'],
});

const ofRunRow = codecOf('settlementRun', ['id', 'fromDay', 'openedAt', 'closedAt'], {
  number: '1 for the first run.',
  state: z.enum(['open', 'closed', 'confirmed', 'paid']),
  throughDay: 'The cut-off: the last business day that it settles.',
  confirmedAt: 'The time by which both sides of every payment had confirmed it.',
  paidAt: 'The time by which every payment and every payout was booked.',
  grossFen: 'The amount that communities owed each other before netting.',
  netFen: 'The amount left to be paid after it.',
  escalatesAt: 'From when on the street office may confirm for a community that has not.',
  unconfirmed: 'Confirmations that are missing: two a payment.',
  unpaid: 'Payments and payouts that are not booked.',
});
export const run = z
  .strictObject({ ...ofRunRow.shape, saved_fen: count.nullable().meta({ description: 'The amount that netting saves: gross less net.' }) })
  .meta({ id: 'SettlementRun' });

export function presentRun(row: Row<'settlementRun'>): z.output<typeof run> {
  return { ...ofRunRow.present(row), saved_fen: row.grossFen === null ? null : row.grossFen - row.netFen! };
}

const ofParty = codecOf('settlementParty', ['communityId', 'dueToFen', 'dueFromFen'], {
  name: 'As it was when the run closed.',
  netFen: 'To receive; negative: to pay.',
  payableFen: 'The amount that its merchants are owed for the period.',
  payouts: 'The number of merchants to be paid.',
});
export const party = z.strictObject(ofParty.shape).meta({ id: 'SettlementParty' });
export const presentParty = ofParty.present;

export const payoutState = z.enum(['due', 'paid', 'failed', 'carried']);

const ofPayout = codecOf('payout', ['id', 'communityId', 'merchantId', 'bankReference', 'decidedAt'], {
  merchantName: 'As it was when the run closed.',
  fen: 'The amount owed; if it is not above zero, it was carried when the run closed.',
  state: payoutState,
  failure: "The bank's reason for a payout that failed; and the reason why it was then carried.",
});
export const payout = z.strictObject(ofPayout.shape).meta({ id: 'Payout' });
export const presentPayout = ofPayout.present;

/** The run that a path names. Throws `settlement_run_not_found`. */
export async function knownRun({ store }: Deps, { params }: FastifyRequest): Promise<Row<'settlementRun'>> {
  const { id: runId } = params as { id: string };
  const found = await runById(store, runId);
  if (!found) throw new Problem('settlement_run_not_found', { details: { run_id: runId } });
  return found;
}
