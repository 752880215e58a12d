import type { businessDayRefusals, engineRefusals } from '../../ledger/index.ts';
import type { CatalogueEntry } from './entry.ts';

export const ledgerCatalogue: Record<(typeof engineRefusals | typeof businessDayRefusals)[number], CatalogueEntry> = {
  idempotency_key_reused: {
    status: 422,
    title: 'This key was used for another request',
    detail: (d) => `The Idempotency-Key was first used at ${d.first_used_at} for another request.`,
    retryable: false,
    action: 'Use a new key for a new attempt; repeat an attempt exactly as it was sent.',
    cashierMessage: '请求号重复，请重新发起',
  },
  request_voided: {
    status: 409,
    title: 'This request was voided',
    detail: (d) => `The request number was voided at ${d.voided_at} and never counts.`,
    retryable: false,
    action: 'Do not hand out anything for this request; begin a new attempt with a new key.',
    cashierMessage: '该请求已作废，请勿抵扣，请重新发起',
  },
  business_day_closed: {
    status: 409,
    title: 'This business day is closed',
    detail: (d) => `The business day ${d.day} is already closed.`,
    retryable: false,
    action: 'Nothing to do: a closed day never changes.',
    cashierMessage: '该营业日已结',
  },
  business_day_not_over: {
    status: 409,
    title: 'This business day is not over yet',
    detail: (d) => `The business day ${d.day} can be closed only after it ends.`,
    retryable: false,
    action: 'Close it on a later day.',
    cashierMessage: '该营业日尚未结束',
  },
};
