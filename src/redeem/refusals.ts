import { accessRefusals } from '../access/index.ts';
import { communityRefusals } from '../communities/index.ts';
import { conflict, type Instant, invalid, noSuch, notFound, refuserOf } from '../ledger/index.ts';

const newCode = 'Ask the resident to show a fresh code.';

/** The refusals of this folder. */
export const redeemRefusals = {
  code_expired: conflict(
    'This code has expired',
    (d: { expired_at: Instant }) => `The code expired at ${d.expired_at}.`,
    newCode,
    '券码已过期，请居民刷新券码',
  ),
  code_unknown: notFound('This code is unknown', 'This code belongs to no voucher.', newCode, '券码无效，请居民刷新券码'),
  code_used: conflict('This code is already used', 'The code was used for a redemption.', newCode, '券码已使用，请居民刷新券码'),
  insufficient_points: invalid(
    'Not enough points',
    (d: { needed: number; available: number }) => `${d.needed} points are needed, but the wallet has ${d.available}.`,
    'Choose something for fewer points.',
    '积分不足',
  ),
  merchant_suspended: conflict(
    'The merchant is suspended',
    (d: { merchant_id: string }) => `The merchant ${d.merchant_id} is suspended.`,
    "Ask the merchant's home community.",
    '商户已停用，无法核销',
  ),
  offer_above_rate: invalid(
    'The settlement value exceeds what the points are worth',
    (d: { settlement_fen: number; at_most_fen: number }) =>
      `The settlement value is ${d.settlement_fen} fen, but the points are worth ${d.at_most_fen} fen.`,
    'Lower the settlement value or raise the points.',
    '结算金额超过积分价值',
  ),
  offer_not_found: noSuch('offer', 'offer_id', '未找到兑换项目'),
  offer_withdrawn: conflict(
    'This offer is withdrawn',
    (d: { offer_id: string }) => `The offer ${d.offer_id} was withdrawn.`,
    'Choose another offer.',
    '该项目已下架',
  ),
  order_amount_exceeded: invalid(
    'The vouchers exceed the amount of the order',
    (d: {
      order_amount_fen: number;
      used_fen: number;
      face_fen: number;
      redemptions?: number;
      redemption_ids?: readonly string[];
      first_redeemed_at?: Instant;
      last_redeemed_at?: Instant;
    }) =>
      `The order is ${d.order_amount_fen} fen, ${d.used_fen} are already taken off${takenOffWhen(d)}, and this voucher takes off ${d.face_fen}.`,
    'Redeem fewer vouchers on this order; another order needs a number that the store has not used since 04:00.',
    '该订单号的抵扣合计超过订单金额；若是另一单，请更换订单号',
  ),
  order_amount_required: invalid(
    'A cash voucher needs the amount of the order',
    'The order amount is missing.',
    'Send order_amount_fen with a new key.',
    '请输入订单金额',
  ),
  paper_withdrawn: conflict(
    'This paper voucher is no longer good',
    'The paper was printed before the resident changed the number: papers from before ended with it.',
    "Ask the resident's home community to print it again; the voucher itself is still valid.",
    '居民已换号，该纸质券已作废，请居民到所属社区重新打印',
  ),
  pin_locked: conflict(
    'This paper voucher is blocked',
    (d: { at_most: number }) => `A wrong PIN was entered ${d.at_most} times for this code.`,
    "Ask the resident's home community to print it again; the voucher itself is still valid.",
    '密码错误次数过多，该纸质券已不能使用，请居民到所属社区重新打印',
  ),
  pin_required: invalid(
    'This paper voucher needs its PIN',
    'The code was printed for a resident without a phone: it needs the 6-digit PIN that the resident was given.',
    'Ask the resident to enter the PIN, and send it as `pin` with a new Idempotency-Key.',
    '纸质券，请居民输入 6 位密码',
  ),
  pin_wrong: invalid(
    'This PIN is wrong',
    (d: { tries_left: number }) => `The PIN does not belong to this code; ${d.tries_left} tries are left.`,
    'Ask the resident to enter it again, and send it with a new Idempotency-Key.',
    '密码错误，请居民重新输入',
  ),
  presented_at_out_of_range: invalid(
    'The time at which the voucher was shown is too old or in the future',
    (d: { earliest_at: Instant; latest_at: Instant; presented_at?: Instant; direction?: 'ahead' | 'behind' }) =>
      d.direction === undefined
        ? `presented_at must be from ${d.earliest_at} to ${d.latest_at}.`
        : `${d.presented_at} is ${d.direction}: presented_at must be from ${d.earliest_at} to ${d.latest_at}.`,
    'Ahead: the clock of the till is fast. Behind: it is slow, or the redemption was forwarded too late. Compare the clock with the Date header of any answer, set it, and send `sent_at` with each batch. If the redemption was in time, forward it once more with the right time and a new request number.',
    '离线核销时间超出允许范围：收银机时钟偏快或偏慢，或补传过晚，请校准时钟',
  ),
  quantity_not_allowed: invalid(
    'This quantity is not available',
    (d: { at_most: number }) => `You may take at most ${d.at_most} of this at once.`,
    'Take one at a time.',
    '数量不支持',
  ),
  redemption_adjusted: conflict(
    'The street office adjusted this redemption',
    (d: { redemption_id: string; adjusted_at: Instant }) =>
      `Two officers of the street office adjusted the redemption ${d.redemption_id} at ${d.adjusted_at}.`,
    'Ask the street office: only it can correct its adjustment, and the till can no longer reverse this redemption.',
    '该笔核销已由街道调整，不能撤销',
  ),
  redemption_not_found: noSuch('redemption', 'redemption_id', '未找到核销记录'),
  redemption_reversed: conflict(
    'This redemption is already reversed or voided',
    (d: { status: string; reversed_at: Instant; redemption_id: string }) => `The redemption was ${d.status} at ${d.reversed_at}.`,
    'Nothing to do: it no longer counts.',
    '该笔核销已撤销',
  ),
  request_no_shared: conflict(
    'Several redemptions have this request number',
    (d: { request_no: string; redemption_ids: readonly string[] }) =>
      `Clients of this merchant have used the request number ${d.request_no} for the redemptions ${d.redemption_ids.join(' and ')}, and none of them is your own.`,
    'Reverse the right one by its id, or void the number by the client that sent it.',
    '多笔核销使用了同一请求号，请在核销记录中确认后逐笔撤销',
  ),
  request_not_voidable: conflict(
    'Only redemptions can be voided',
    (d: { request_no: string }) => `The request number ${d.request_no} belongs to another kind of request.`,
    'Name the request number of a redemption.',
    '该请求不是核销请求，无法作废',
  ),
  reversal_window_over: conflict(
    'It is too late to reverse this',
    (d: { reversible_until: Instant }) => `The redemption could be reversed until ${d.reversible_until}.`,
    'Nothing to do. If you lost the response, void the request: there is no time limit.',
    '已超过可撤销时间',
  ),
  spending_closed: conflict(
    'Points cannot be spent for now',
    (d: { spends_from: Instant }) =>
      `The number of the resident was changed at a counter: until ${d.spends_from} points are earned, and not spent.`,
    'Wait until then: vouchers can be used again without anything being done. The owner of the old number may stop the change at any counter.',
    '积分暂时不能使用：居民刚在社区窗口更换手机号，72 小时后自动恢复',
  ),
  terminal_not_found: noSuch('terminal', 'terminal_id', '未找到收银终端'),
  voucher_at_other_merchant: invalid(
    'This voucher is for another merchant',
    'The voucher can be redeemed only at the merchant for which it was issued.',
    'Tell the resident to go to that merchant.',
    '该券仅限指定商户使用',
  ),
  voucher_cancelled: conflict<{ voucher_id: string }>(
    'This voucher is cancelled',
    'The voucher was cancelled, and its points were returned.',
    'Ask the resident to take another voucher.',
    '该券已退',
  ),
  voucher_cycles_exhausted: conflict(
    'This voucher was redeemed and reversed too often',
    (d: { at_most: number }) => `A voucher can be redeemed at most ${d.at_most} times, counting the reversed ones.`,
    'Ask the resident to cancel it and take another one.',
    '该券核销次数已达上限',
  ),
  voucher_expired: conflict(
    'This voucher has expired',
    (d: { valid_until: Instant; voucher_id: string }) => `The voucher was valid until ${d.valid_until}.`,
    'Ask the resident to take another voucher.',
    '该券已过期',
  ),
  voucher_not_found: noSuch('voucher', 'voucher_id', '未找到代金券'),
  voucher_not_due: conflict<{ voucher_id: string }>(
    'This voucher is not due to expire',
    'The voucher is still valid, or it is no longer open.',
    'Nothing to do.',
    '该券尚未到期',
  ),
  voucher_redeemed: conflict(
    'This voucher is already redeemed',
    (d: { redeemed_at?: Instant; voucher_id: string; redemption_id?: string; request_no?: string }) =>
      d.redeemed_at ? `The voucher was redeemed at ${d.redeemed_at}.` : 'The voucher is already redeemed.',
    'Give no discount; if the redemption is your own, read it by its request number.',
    '该券已核销，请勿重复抵扣',
  ),
  voucher_suspended: conflict<{ voucher_id: string }>(
    'This voucher is suspended',
    'The voucher is suspended until an officer of its community resumes it.',
    "Ask the resident's home community.",
    '该券已冻结，请联系所属社区',
  ),
  voucher_worthless: invalid(
    'The points are worth less than one fen',
    (d: { points: number }) => `${d.points} points are worth less than one fen at the rate in force.`,
    'Take more points at once.',
    '积分不足一分钱',
  ),
};

export const refuse = refuserOf({ ...redeemRefusals, ...communityRefusals, ...accessRefusals });

/** When the faces on an order were taken off, as far as their redemptions are known. */
function takenOffWhen(d: { redemptions?: number; first_redeemed_at?: Instant; last_redeemed_at?: Instant }): string {
  if (d.redemptions === undefined) return '';
  if (d.redemptions === 1) return ` (at ${d.first_redeemed_at})`;
  return ` (by ${d.redemptions} redemptions from ${d.first_redeemed_at} to ${d.last_redeemed_at})`;
}
