import { conflict, type Instant, invalid, refuserOf } from './refusing.ts';

/** The refusals of this folder. */
export const ledgerRefusals = {
  idempotency_key_reused: invalid(
    'This key was used for another request',
    (d: { first_used_at: Instant }) => `The Idempotency-Key was first used at ${d.first_used_at} for another request.`,
    'First ask what became of the request that had this key: it may have been carried out. For a redemption, GET /v1/redemptions?request_no= tells, and a void undoes it. Only then begin a new attempt, with a new key.',
    '该请求号已用于另一笔请求，请先查询其结果；确认未核销后，再重新发起',
  ),
  request_voided: conflict(
    'This request was voided',
    (d: { voided_at: Instant }) => `The request number was voided at ${d.voided_at} and never counts.`,
    'Do not hand out anything for this request; begin a new attempt with a new key.',
    '该请求已作废，请勿抵扣，请重新发起',
  ),
  business_day_closed: conflict(
    'This business day is closed',
    (d: { day: string }) => `The business day ${d.day} is already closed.`,
    'Nothing to do: a closed day never changes.',
    '该营业日已结',
  ),
  business_day_not_over: conflict(
    'This business day is not over yet',
    (d: { day: string }) => `The business day ${d.day} can be closed only after it ends.`,
    'Close it on a later day.',
    '该营业日尚未结束',
  ),
};

export const refuse = refuserOf(ledgerRefusals);
