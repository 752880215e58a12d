/** A caller of the service: gets a token, sends a request, reads the answer. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Credential } from '../../../seeds/index.ts';

const ATTEMPTS = 5;
const RETRY_MS = 1_000;

export type Request = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** The Idempotency-Key of a write. */
  readonly key?: string;
  readonly body?: object;
  /** Drops the connection when the answer begins to arrive, so that the caller never learns it. */
  readonly answerLost?: true;
};

export type Answer = { readonly status: number; readonly replayed: boolean; readonly body: Readonly<Record<string, unknown>> };

export type Caller = {
  readonly baseUrl: string;
  token(credential: Credential): Promise<Answer>;
  send(credential: Credential, request: Request): Promise<Answer>;
};

export function callerOf(baseUrl: string): Caller {
  const tokens = new Map<string, string>();

  async function token(credential: Credential): Promise<Answer> {
    const response = await fetchPatiently(`${baseUrl}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ grant_type: 'client_credentials', ...credential }),
    });
    const answer = await answerOf(response);
    tokens.set(credential.client_id, textIn(answer, 'access_token'));
    return answer;
  }

  return {
    baseUrl,
    token,
    async send(credential, { method, path, key, body, answerLost }) {
      if (!tokens.has(credential.client_id)) await token(credential);
      const line = new AbortController();
      const response = await fetchPatiently(baseUrl + path, {
        method,
        signal: line.signal,
        headers: {
          authorization: `Bearer ${tokens.get(credential.client_id)}`,
          ...(key !== undefined && { 'idempotency-key': key }),
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      if (!answerLost) return answerOf(response);
      line.abort();
      return { status: 0, replayed: false, body: {} };
    },
  };
}

/** An overloaded service answers 503: then the same request is sent again with the same key. */
async function fetchPatiently(url: string, init: RequestInit): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(url, init);
    if (response.status !== 503 || attempt === ATTEMPTS) return response;
    await response.body?.cancel();
    await sleep(RETRY_MS);
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const body = (await response.json()) as Answer['body'];
  return { status: response.status, replayed: response.headers.get('idempotency-replayed') === 'true', body };
}

/** A text at a path in an answer: `voucher.id`. */
export function textIn({ status, body }: Answer, path: string): string {
  const value = valueAt(body, path);
  if (typeof value !== 'string') throw new Error(`an answer (${status}) has no ${path}: ${JSON.stringify(body)}`);
  return value;
}

export function valueAt(body: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], body);
}
