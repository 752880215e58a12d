import { accessRefusals } from '../access/index.ts';
import { communityRefusals } from '../communities/index.ts';
import { conflict, type Instant, invalid, ledgerRefusals, noSuch, notFound, refuserOf } from '../ledger/index.ts';

const readTheRun = 'Read the settlement run: it shows the current state.';

/** The refusals of this folder. */
export const clearingRefusals = {
  adjustment_above_face: invalid(
    'The shares exceed what the voucher took off',
    (d: { right_fen: number; face_fen: number }) => `The shares add up to ${d.right_fen} fen, but the redemption took off ${d.face_fen}.`,
    'Propose shares that add up to no more than the redemption took off.',
    '调整金额超过代金券面额',
  ),
  bank_reference_used: conflict(
    'This bank reference is used already',
    (d: { bank_reference: string; stored_as?: string; booked_at: Instant; kind: string; subject: string; fen: number; line?: number }) =>
      `The bank reference ${d.bank_reference} was booked${d.stored_as === undefined ? '' : ` as ${d.stored_as}`} at ${d.booked_at} for ${d.kind} ${d.subject}, ${d.fen} fen.`,
    'Check the reference on the bank statement: each one names a single movement of one account.',
    '银行流水号已使用',
  ),
  dispute_not_open: conflict<{ resolved_at: Instant | null }>(
    'This position is not disputed',
    'This position has no open dispute to resolve.',
    readTheRun,
    '该净额没有待处理的异议',
  ),
  dispute_open: conflict(
    'This position is already disputed',
    (d: { disputed_at: Instant }) => `The position has been disputed since ${d.disputed_at}.`,
    'Resolve the open dispute before you begin another one.',
    '该净额已有异议',
  ),
  entry_adjusted: conflict(
    'This entry is already adjusted',
    (d: { adjustment_id: string; adjusted_at: Instant }) => `The adjustment ${d.adjustment_id} was made at ${d.adjusted_at}.`,
    'If that adjustment is wrong too, adjust its right entry, or its mirror if it has no right entry.',
    '该分录已调整',
  ),
  entry_not_adjustable: invalid(
    'This entry cannot be adjusted',
    (d: { entry_id: string; kind: string }) => `The entry ${d.entry_id} has the kind ${d.kind}, or another entry has replaced it.`,
    'Name the entry of a redemption or of its reversal, or the entry with which an adjustment replaced it.',
    '该分录不能调整',
  ),
  entry_not_found: noSuch('entry', 'entry_id', '未找到分录'),
  entry_not_settled: conflict(
    'This entry is not settled yet',
    (d: { entry_id: string; business_day: string }) => `No closed settlement run covers the business day ${d.business_day}.`,
    'Have the till reverse or void the redemption, or adjust it after its day is settled.',
    '该笔尚未清算，请撤销或作废',
  ),
  entry_takes_back: invalid(
    'This entry took back another one',
    (d: { entry_id: string }) => `The entry ${d.entry_id} took back what was booked: no other entry can replace it.`,
    'Adjust it without a right entry: this books again what it took back. You can then adjust the new entry.',
    '该分录为冲销分录，只能恢复原分录',
  ),
  entry_undone: conflict(
    'This redemption was taken back',
    (d: { redemption_id: string; reversed_at: Instant }) =>
      `The redemption ${d.redemption_id} was reversed or voided at ${d.reversed_at}: its money was taken back.`,
    'If the reversal was wrong, adjust the entry of the reversal.',
    '该笔核销已撤销',
  ),
  payment_booked: conflict(
    'This payment is already booked',
    (d: { booked_at: Instant; bank_reference: string }) =>
      `The payment was booked at ${d.booked_at} with the bank reference ${d.bank_reference}.`,
    readTheRun,
    '该付款已登记',
  ),
  payment_confirmed: conflict(
    'This payment is already confirmed',
    (d: { payment_id: string }) => `The payment ${d.payment_id} is already confirmed.`,
    readTheRun,
    '该付款已确认',
  ),
  payment_not_confirmed: conflict(
    'This payment is not confirmed',
    (d: { payment_id: string }) => `The payment ${d.payment_id} must be confirmed by both sides before it is paid.`,
    'Ask both communities to confirm it.',
    '该付款尚未经双方确认',
  ),
  payment_not_escalated: conflict(
    'The communities still have time to confirm',
    (d: { escalates_at: Instant }) => `The street office may confirm for a community only from ${d.escalates_at} on.`,
    'Wait until the communities confirm or the payment is escalated.',
    '尚未到街道代为确认的时间',
  ),
  payment_not_found: noSuch('payment', 'payment_id', '未找到社区间款项'),
  payout_altered: invalid(
    "The bank's answer does not match the payout file",
    (d: { line: number; given_fen: number; payout_id: string; expected_fen: number }) =>
      `Line ${d.line} says ${d.given_fen} fen for the payout ${d.payout_id}, but the payout is ${d.expected_fen} fen.`,
    'Nothing was booked. Ask the bank for its answer to the file that you sent.',
    '银行回单与付款文件不符',
  ),
  payout_not_failed: conflict(
    'The bank has not rejected this payout',
    (d: { payout_id: string; state: string }) => `The payout ${d.payout_id} is ${d.state}: only a failed payout can be carried over.`,
    "Read the payouts of the run. If this one is due, import the bank's answer first.",
    '该商户付款未失败，不能结转',
  ),
  payout_not_found: notFound(
    'There is no such payout',
    (d: { payout_id: string; line?: number }) =>
      `This settlement run has no payout ${d.payout_id} to pay${d.line === undefined ? '' : ` (line ${d.line})`}.`,
    'Check the id.',
    '未找到商户付款',
  ),
  payout_paid: conflict(
    'This payout is already paid',
    (d: { payout_id: string; line: number; bank_reference: string }) =>
      `The payout ${d.payout_id} (line ${d.line}) was paid with the bank reference ${d.bank_reference}.`,
    'Nothing was booked. Ask the bank which of its two answers is right.',
    '该商户付款已支付',
  ),
  position_not_found: notFound(
    'There is no such position',
    (d: { community_id: string; counterparty_id: string; run_id: string }) =>
      `${d.community_id} and ${d.counterparty_id} owed each other nothing in the run ${d.run_id}.`,
    'Read the positions of the run.',
    '未找到该净额',
  ),
  settlement_day_settled: conflict(
    'These days are already settled',
    (d: { from_day: string; through_day: string }) => `The next run begins on ${d.from_day}, and ${d.through_day} is before that day.`,
    'Choose a later last day.',
    '该日期已清算',
  ),
  settlement_days_open: conflict(
    'The run still has open business days',
    (d: { through_day: string }) => `The run can be closed after the business day ${d.through_day} is closed.`,
    'Close the run after its last business day: the day closes by itself after the cut-off.',
    '营业日尚未结束，不能关账',
  ),
  settlement_file_not_found: notFound(
    'There is no such statement or file',
    (d: { run_id: string }) => `They had nothing to settle in the run ${d.run_id}.`,
    'Check the ids: the run lists its communities and its payouts.',
    '该期清算没有相应的结算单',
  ),
  settlement_period_too_long: invalid(
    'The period is too long',
    (d: { from_day: string; latest_through_day: string }) =>
      `A run that begins on ${d.from_day} can end on ${d.latest_through_day} at the latest.`,
    'Choose an earlier last day.',
    '清算周期过长',
  ),
  settlement_run_closed: conflict(
    'This settlement run is closed',
    (d: { run_id: string; closed_at: Instant; state: string }) => `The run ${d.run_id} was closed at ${d.closed_at} and never changes.`,
    'Correct errors in it by an adjustment, which the next run settles.',
    '该期清算已关账',
  ),
  settlement_run_not_closed: conflict(
    'This settlement run is not closed',
    (d: { run_id: string }) => `The run ${d.run_id} is still open.`,
    'Close the run first.',
    '该期清算尚未关账',
  ),
  settlement_run_not_found: noSuch('settlement run', 'run_id', '未找到该期清算'),
  settlement_run_open: conflict(
    'A settlement run is open',
    (d: { run_id: string }) => `The run ${d.run_id} is still open.`,
    'Close it before you open the next one.',
    '已有一期清算尚未关账',
  ),
};

export const refuse = refuserOf({ ...clearingRefusals, ...communityRefusals, ...accessRefusals, ...ledgerRefusals });
