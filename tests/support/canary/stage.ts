/** The offices, and ways to write that remember what was sent and where: so that it can be sent again, and what was left out can be named. */
import { expect } from 'vitest';
import { textingOf } from '../../../src/communities/index.ts';
import type { Api } from '../api.ts';
import type { Answer, Caller } from '../counter.ts';
import { openSettling, type Settling } from '../settling-offices.ts';

type Sent = { readonly path: string; readonly body: object; readonly send: () => Promise<Answer> };

/** A write that succeeded. */
export type Written = { readonly method: 'post' | 'put'; readonly path: string; readonly body: unknown };

export type Stage = Settling & {
  readonly sent: Sent[];
  readonly written: Written[];
  /** The texts that the gateway for messages was given. */
  readonly texts: string[];
  readonly write: (caller: Caller, path: string, body?: object) => Promise<Record<string, any>>;
};

/** Whether a path sets something, where most make something. */
function isPut(path: string): boolean {
  return /\/(status|name|person)$|^\/v1\/same-person-questions\//.test(path);
}

/** The same socket, which notes what was written by it. */
function noting(http: Api['http'], written: Written[]): Api['http'] {
  return new Proxy(http, {
    get(target, name: keyof Api['http']) {
      if (name !== 'post' && name !== 'put') return target[name];
      return (path: string) => {
        const test = target[name](path);
        const send = test.send.bind(test);
        let body: unknown;
        test.send = (told) => {
          body = told;
          return send(told);
        };
        return test.on('response', ({ status }: Answer) => {
          if (status < 300) written.push({ method: name, path, body });
        });
      };
    },
  });
}

export async function openStage(): Promise<Stage> {
  const settling = await openSettling();
  const sent: Sent[] = [];
  const written: Written[] = [];
  const api = { ...settling.api, http: noting(settling.api.http, written) };
  return {
    ...settling,
    api,
    sent,
    written,
    texts: [],
    async write(caller, path, body = {}) {
      const key = `canary-${sent.length}`;
      // Nobody is so fast as to do two things in one millisecond.
      settling.world.clock.advance(1);
      const send = async () => {
        const headers = { authorization: await caller.authorize(), 'idempotency-key': key };
        return (await api.http[isPut(path) ? 'put' : 'post'](path).set(headers).send(body)) as unknown as Answer;
      };
      sent.push({ path, body, send });
      const answer = await send();
      expect(answer.status, `${path}: ${answer.text}`).toBeLessThan(300);
      return answer.body;
    },
  };
}

/** Two officers of an office agree, or the second declines; gives what was agreed. */
export async function decided(
  { write }: Stage,
  [first, second]: readonly [Caller, Caller],
  command: string,
  input: object,
  { how = 'approval', reason }: { readonly how?: 'approval' | 'decline'; readonly reason: string },
): Promise<Record<string, any>> {
  const { id } = await write(first, '/v1/proposals', { command, input, reason });
  return write(second, `/v1/proposals/${id}/${how}`, { reason });
}

/** Sends a file as somebody, and remembers it as sent. */
export async function sendFile(
  { api, written }: Stage,
  caller: Caller,
  path: string,
  file: string,
  headers: Readonly<Record<string, string>>,
) {
  const authorization = await caller.authorize();
  const answer = (await api.http
    .post(path)
    .set({ authorization, 'content-type': 'text/csv', ...headers })
    .send(file)) as unknown as Answer;
  expect(answer.status, `${path}: ${answer.text}`).toBeLessThan(300);
  expect(written.at(-1)?.path).toBe(path);
  return answer;
}

/** Sends to phones what is to be told there. */
export async function tellPhones({ world, api, texts }: Stage): Promise<void> {
  const { store: view, engine, clock } = world;
  const deliver = async (_: string, text: string) => void texts.push(text);
  const deps = { view, engine, clock: () => clock.now, secrets: api.keys.secrets, deliver, pause: async () => {} };
  const texting = textingOf({ ...deps, onFailure: (error) => expect.unreachable(String(error)) });
  await texting.resend();
  await texting.stop();
}
