import { ApiProblem, type Schemas } from '../../api/client.ts';

/** What the practice teller may refuse, in the API's own words to a cashier (`src/api/catalogue/redeem.ts`; a test holds them equal). */
export const refusals = {
  code_unknown: '券码无效,请居民刷新券码',
  code_used: '券码已使用,请居民刷新券码',
  voucher_expired: '该券已过期',
  voucher_at_other_merchant: '该券仅限指定商户使用',
  order_amount_exceeded: '优惠金额超过订单金额',
  order_amount_required: '请输入订单金额',
  pin_wrong: '密码错误,请居民重新输入',
  request_voided: '该请求已作废,请勿优惠',
  redemption_reversed: '该笔核销已撤销',
} as const;

export type RefusalCode = keyof typeof refusals;

export function refusalOf(code: RefusalCode): Schemas['Refusal'] {
  return { code, title: code, detail: '', action: '', cashier_message: refusals[code] };
}

export function problemOf(code: RefusalCode): ApiProblem {
  const refusal = refusalOf(code);
  return new ApiProblem(409, { ...refusal, type: 'about:blank', status: 409, request_id: '', retryable: false });
}
