import { ApiProblem, type Schemas } from '../../api/client.ts';
import { refusals } from './cast.ts';

/** A refusal of practice. */
export type RefusalCode = keyof typeof refusals;

export function refusalOf(code: RefusalCode): Schemas['Refusal'] {
  return { code, title: code, detail: '', action: '', cashier_message: refusals[code] };
}

export function problemOf(code: RefusalCode): ApiProblem {
  const refusal = refusalOf(code);
  return new ApiProblem(409, { ...refusal, type: 'about:blank', status: 409, request_id: '', retryable: false });
}
