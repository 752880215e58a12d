/** RFC 9457 problems: the single shape of all answers that are not a success. */
import type { Refusal } from '../../ledger/index.ts';
import { catalogue, type Code, type Details, isCode } from '../catalogue.ts';
import { type FieldError, fieldError, type FiguresArgument, type SaidCode } from './field-codes.ts';
import { onWire } from './names.ts';

type Figures = Readonly<Record<string, unknown>>;

type Always = {
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
};

/** The options of a code: its figures, if it has any. `retry_after_seconds` among them also becomes the Retry-After header. */
export type ProblemOptions<C extends Code> = Always & WithDetails<Details<C>>;
type WithDetails<F> = {} extends F ? (keyof F extends never ? unknown : { readonly details?: F }) : { readonly details: F };

/** Thrown anywhere in a request, and answered as problem+json. */
export class Problem<C extends Code = Code> extends Error {
  override name = 'Problem';
  readonly code: C;
  readonly details: Figures;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: C, ...[options]: {} extends ProblemOptions<C> ? [options?: ProblemOptions<C>] : [options: ProblemOptions<C>]) {
    const { details = {}, errors = [], headers = {}, cause }: Always & { readonly details?: Figures } = options ?? {};
    super(code, { cause });
    this.code = code;
    this.details = details;
    this.errors = errors;
    this.headers = headers;
  }

  get status(): number {
    return catalogue[this.code].status;
  }
}

/** The problem for a command's refusal. */
export function problemOf({ refused, details }: Refusal): Problem {
  if (!isCode(refused)) throw new Error(`${refused} is not in the catalogue`);
  // A refusal may come from the store, where its figures have no types.
  return new Problem(refused, { details } as ProblemOptions<Code>);
}

/** A refusal in words, for uses outside HTTP: the occurrence, and the remedy. */
export function sentenceOf(refusal: Refusal): string {
  const { code, details } = problemOf(refusal);
  const { detail, action } = catalogue[code];
  return `${detail(onWire(details))} ${action}`;
}

/** A problem that names one field. */
export function fieldProblem<C extends SaidCode>(pointer: string, code: C, ...details: FiguresArgument<C>): Problem {
  return new Problem('validation_failed', { errors: [fieldError(pointer, code, ...details)] });
}

export type ProblemBody = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: Code;
  request_id: string;
  retryable: boolean;
  action: string;
  cashier_message: string;
  errors?: readonly FieldError[];
  details?: Figures;
};

/** The body that goes over the wire. */
export function problemBody({ code, details, errors }: Problem, requestId: string): ProblemBody {
  const { title, status, detail, retryable, action, cashierMessage } = catalogue[code];
  const figures = onWire(details);
  return {
    type: `/problems/${code}`,
    title,
    status,
    detail: detail(figures),
    code,
    request_id: requestId,
    retryable,
    action,
    cashier_message: cashierMessage,
    ...(errors.length > 0 && { errors }),
    ...(Object.keys(figures).length > 0 && { details: figures }),
  };
}
