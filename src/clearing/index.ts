export { clearingChecks } from './audit.ts';
export { closeSettlementRun, type CloseRunReply } from './closing.ts';
export { disputePosition, resolveDispute } from './disputes.ts';
export { type Fund, fundOf, movementsPage } from './fund-queries.ts';
export { contribute, type ContributionReply } from './funds.ts';
export { type LineKind, lineKinds } from './day-lines.ts';
export { type GrantBehind, grantsBehind, type PairLine, pairLines, type PairLineKey } from './drill-down.ts';
export { frozenOf, payablesOfRun } from './frozen.ts';
export { tallyClosedDays } from './jobs.ts';
export { bookPaymentMade, bookPaymentReceived, confirmPayment } from './payments.ts';
export { bookPayouts, type PayoutResult } from './payouts.ts';
export { type PairLimit, type PairNet, positionWarnings } from './position-limits.ts';
export { dailyPositions, type Position, positionsOf } from './positions.ts';
export {
  businessDayAt,
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
export { asClosed, asOpened, openSettlementRun, type RunState } from './runs.ts';
export { settleThrough } from './settle.ts';
