export { adjust, adjustmentMatter, type AdjustReply } from './adjustments.ts';
export { clearingChecks } from './audit.ts';
export { closeSettlementRun, type CloseRunReply } from './closing.ts';
export { type CommunityTotals } from './community-statement.ts';
export { type CsvRecord, csvRecords, yuan } from './csv.ts';
export { disputePosition, resolveDispute } from './disputes.ts';
export { figuresOfDays, FiguresSum, lastDayOfFigures } from './figures.ts';
export { type Fund, fundOf, movementsPage } from './fund-queries.ts';
export { contribute, type ContributionReply } from './funds.ts';
export { type LineKind, lineKinds } from './day-lines.ts';
export { type GrantBehind, grantsBehind, type PairLine, pairLines, type PairLineKey } from './drill-down.ts';
export { communityFile, merchantFile, payoutsFile } from './files.ts';
export { frozenOf, type Left, leftOf, payablesOfRun } from './frozen.ts';
export { tallyClosedDays } from './jobs.ts';
export { type MerchantTotals } from './merchant-statement.ts';
export { bookPaymentMade, bookPaymentReceived, confirmPayment } from './payments.ts';
export { bookPayouts, carryPayout, type PayoutResult } from './payouts.ts';
export { type PairLimit, type PairNet, positionWarnings } from './position-limits.ts';
export { dailyPositions, type Position, positionsOf } from './positions.ts';
export {
  adjustmentsPage,
  businessDayAt,
  newestRun,
  nextRunNumber,
  partiesOf,
  partyOf,
  paymentById,
  paymentsOfRun,
  payoutById,
  payoutsOfRun,
  payoutsOfMerchant,
  payoutsPage,
  positionsOfRun,
  runById,
  runsPage,
} from './queries.ts';
export { clearingRefusals } from './refusals.ts';
export { asClosed, asOpened, openSettlementRun, type RunState } from './runs.ts';
export { settleThrough } from './settle.ts';
