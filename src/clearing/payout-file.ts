import assert from 'node:assert/strict';
import type { Row, View } from '../store/index.ts';
import { type Cell, csvHead, csvText, type FileDraft, yuan } from './csv.ts';
import { partyOf, payoutsOfRun } from './queries.ts';

/** The totals of a payout file. */
export type PayoutTotals = { readonly payouts: number; readonly fen: number };

const columns = ['payout_id', 'merchant_id', 'merchant_name', 'amount_fen', 'amount_yuan', 'run', 'remark'];

/**
 * A line for each merchant that the community pays for the run. Undefined if the community had no part in the run. Throws if the lines do
 * not sum to the frozen payouts.
 */
export async function payoutFile(view: View, run: Row<'settlementRun'>, communityId: string): Promise<FileDraft | undefined> {
  const party = await partyOf(view, run.id, communityId);
  if (!party) return undefined;
  const all = await payoutsOfRun(view, run.id, communityId);
  // Totals not above zero were carried when the run closed. The file is the same whether or not the others are paid or carried by now.
  const due = all.filter(({ fen }) => fen > 0);
  assert.deepEqual([due.length, totalFen(all)], [party.payouts, party.payableFen], `the payouts of ${communityId} are not what was frozen`);
  const totals: PayoutTotals = { payouts: due.length, fen: totalFen(due) };
  return { content: csvHead(columns) + csvText(due.map((payout) => cellsOf(run, payout))), rowCount: due.length, totals };
}

function cellsOf({ number, fromDay, throughDay }: Row<'settlementRun'>, { id, merchantId, merchantName, fen }: Row<'payout'>): Cell[] {
  return [id, merchantId, merchantName, fen, yuan(fen), number, `积分商户结算第${number}期 ${fromDay}至${throughDay}`];
}

function totalFen(payouts: readonly Row<'payout'>[]): number {
  return payouts.reduce((sum, { fen }) => sum + fen, 0);
}
