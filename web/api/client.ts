/** The pages' way to the API: typed by its own schemas, with its problems as errors. */
import createClient from 'openapi-fetch';
import { getCommunities } from './bounds.ts';
import { timedFetch } from './clock.ts';
import type { components, paths } from './contract.d.ts';

/** The API's schemas by name: `Schemas['Voucher']`. */
export type Schemas = components['schemas'];

/** The answer of a `GET`: `Answer<'/v1/me/wallet'>`. */
export type Answer<P extends keyof paths> = paths[P] extends { get: { responses: { 200: { content: { 'application/json': infer T } } } } }
  ? T
  : never;

export const api = createClient<paths>({ baseUrl: location.origin, fetch: timedFetch });

/** A problem that the API answered (RFC 9457). */
export class ApiProblem extends Error {
  override name = 'ApiProblem';
  readonly status: number;
  readonly body: Schemas['Problem'];

  constructor(status: number, body: Schemas['Problem']) {
    super(body.detail);
    this.status = status;
    this.body = body;
  }

  get code(): string {
    return this.body.code;
  }

  /** Seconds after which it may be tried again, where the API says. */
  get retryAfterSeconds(): number | undefined {
    const seconds = this.body.details?.['retry_after_seconds'];
    return typeof seconds === 'number' ? seconds : undefined;
  }

  /** Whether the API does not know who asks: the form to sign in comes up, and nothing was done. */
  get signedOut(): boolean {
    return this.status === 401 && ['unauthorized', 'invalid_token'].includes(this.code);
  }

  /**
   * Whether what was asked may have been done all the same: then only the same request with the same key tells. A 503 is such an answer,
   * and so is whatever else a server in trouble says; a 501 is none, for it says that this service does not do what was asked.
   */
  get outcomeUnknown(): boolean {
    return this.status >= 500 && this.status !== 501;
  }
}

/** No answer came: there is no network, or it was lost on the way. */
export class NoAnswer extends Error {
  override name = 'NoAnswer';
}

type Call<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

const sessionLost = new Set<() => void>();

/** Hears that the API no longer knows who asks. Gives the function that stops listening. */
export function onSessionLost(listener: () => void): () => void {
  sessionLost.add(listener);
  return () => sessionLost.delete(listener);
}

/** The answer to a call of `api`. Throws `ApiProblem`, or `NoAnswer`. */
export async function answer<T>(call: Call<T>): Promise<T> {
  const { data, error, response } = await call.catch((cause: unknown) => {
    throw new NoAnswer('no answer', { cause });
  });
  if (response.ok) return data as T;
  const problem = new ApiProblem(response.status, problemIn(error, response));
  if (problem.signedOut) for (const tell of sessionLost) tell();
  throw problem;
}

/** The problem in an error's body. A proxy may answer in its own words: then only the status is known, and trying again may help. */
function problemIn(error: unknown, { status, statusText }: Response): Schemas['Problem'] {
  if (typeof error === 'object' && error !== null && 'code' in error) return error as Schemas['Problem'];
  return {
    type: 'about:blank',
    title: statusText,
    status,
    detail: `The service answered ${status}.`,
    code: 'unknown',
    request_id: '',
    retryable: true,
    action: 'Try again.',
    cashier_message: '服务暂时没有响应，请稍后再试',
  };
}

/** The items of the largest page that the API gives: the same of every list. */
export const PAGE_MAX = getCommunities.limit.maximum;

type Page<T> = { readonly items: readonly T[]; readonly next_cursor: string | null };

/** Every item of a list that is read in pages, as far as `atMost`. */
export async function allPages<T>(read: (cursor: string | undefined) => Promise<Page<T>>, atMost = 1_000): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await read(cursor ?? undefined);
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor !== null && items.length < atMost);
  return items;
}
