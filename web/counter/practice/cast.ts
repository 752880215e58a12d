/** The cases that can be practised, each with a code. */
import { checkDigit } from '../code.ts';

export const PRACTICE_PIN = '246810';

/** Cases by name; the words tell what happens with each. */
const numbers = {
  cash: 1,
  large: 2,
  item: 3,
  used: 4,
  expired: 5,
  elsewhere: 6,
  paper: 7,
  lost: 8,
} as const;

export type Case = keyof typeof numbers;

export const cases = Object.keys(numbers) as Case[];

/** The digits of a case's code. They look like others, and the API knows none of them. */
export function codeOf(name: Case): string {
  const body = `77000000000000${String(numbers[name]).padStart(3, '0')}`;
  return body + checkDigit(body);
}

export function caseOf(code: string): Case | undefined {
  return cases.find((name) => codeOf(name) === code);
}

/** The refusals of the practice teller by code, in the API's own words to a cashier (`src/redeem/refusals.ts`; a test holds them equal). */
export const refusals = {
  code_unknown: '券码无效，请居民刷新券码',
  code_used: '券码已使用，请居民刷新券码',
  voucher_expired: '该券已过期',
  voucher_at_other_merchant: '该券仅限指定商户使用',
  order_amount_exceeded: '该订单号的抵扣合计超过订单金额；若是另一单，请更换订单号',
  order_amount_required: '请输入订单金额',
  pin_wrong: '密码错误，请居民重新输入',
  request_voided: '该请求已作废，请勿抵扣，请重新发起',
  redemption_reversed: '该笔核销已撤销',
} as const;
