export type { AdjustReply } from './adjustments.ts';
export { clearingChecks } from './audit.ts';
export { closeSettlementRun, type CloseRunReply } from './closing.ts';
export { disputePosition, resolveDispute } from './disputes.ts';
export { frozenOf, payablesOfRun } from './frozen.ts';
export { tallyClosedDays } from './jobs.ts';
export { bookPaymentMade, bookPaymentReceived, confirmPayment } from './payments.ts';
export { bookPayouts, type PayoutResult } from './payouts.ts';
export { dailyPositions, type Position, positionsOf } from './positions.ts';
export { clearingProposables, type ProposedAdjustment } from './proposables.ts';
export {
  adjustmentsPage,
  newestRun,
  nextRunNumber,
  partiesOf,
  paymentById,
  paymentsOfRun,
  payoutsOfRun,
  payoutsPage,
  positionsOfRun,
  runById,
  runsPage,
} from './queries.ts';
export { clearingRefusals } from './refusals.ts';
export { openSettlementRun, type RunState } from './runs.ts';
export { settleThrough } from './settle.ts';
