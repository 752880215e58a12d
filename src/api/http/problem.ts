/** RFC 9457 problems: the one shape of everything that is not a success. */
import type { Refusal } from '../../ledger/index.ts';
import { catalogue, type Code, isCode } from '../catalogue.ts';
import type { Details, Figures } from '../catalogue/entry.ts';
import { onWire } from './names.ts';

/** A field that is not as it should be. `pointer` is a JSON pointer into the body, `query/…`, `path/…`, `header/…`, or `line/…` of a file. */
export type FieldError = { readonly pointer: string; readonly detail: string };

export type ProblemOptions = {
  /** The figures that explain it. `retry_after_seconds` also becomes the Retry-After header. */
  readonly details?: Details;
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
};

/** Thrown anywhere in a request, and answered as problem+json. */
export class Problem extends Error {
  override name = 'Problem';
  readonly code: Code;
  readonly details: Details;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: Code, { details = {}, errors = [], headers = {}, cause }: ProblemOptions = {}) {
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

/** The problem that a command's refusal is to its caller. */
export function problemOf({ refused, details }: Refusal): Problem {
  if (!isCode(refused)) throw new Error(`${refused} is not in the catalogue`);
  return new Problem(refused, { details });
}

/** A refusal in words, for whoever is told of it otherwise than over HTTP: what happened, and what to do. */
export function sentenceOf(refusal: Refusal): string {
  const { code, details } = problemOf(refusal);
  const { detail, action } = catalogue[code];
  return `${detail(texts(onWire(details)))} ${action}`;
}

/** A problem that names one field. */
export function fieldProblem(pointer: string, detail: string): Problem {
  return new Problem('validation_failed', { errors: [{ pointer, detail }] });
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
  details?: Details;
};

/** What goes over the wire. */
export function problemBody({ code, details, errors }: Problem, requestId: string): ProblemBody {
  const { title, status, detail, retryable, action, cashierMessage } = catalogue[code];
  const figures = onWire(details);
  return {
    type: `/problems/${code}`,
    title,
    status,
    detail: detail(texts(figures)),
    code,
    request_id: requestId,
    retryable,
    action,
    cashier_message: cashierMessage,
    ...(errors.length > 0 && { errors }),
    ...(Object.keys(figures).length > 0 && { details: figures }),
  };
}

function texts(details: Details): Figures {
  const known = Object.entries(details).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(known.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)]));
}
