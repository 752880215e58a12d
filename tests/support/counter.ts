/** The small world over HTTP: a till of the supermarket in Wanhe, the resident of Gexiang, and an officer of each community. */
import type { Binding } from '../../src/access/index.ts';
import { appointOfficer } from '../../src/communities/index.ts';
import { newCode } from '../../src/redeem/index.ts';
import { onTestFinished } from 'vitest';
import { type Api, openApi } from './api.ts';
import { expectSameAgain, rememberWrite, type Write } from './replays.ts';
import { openWorld, type World } from './world.ts';

const TOKEN_AGE_MS = 9 * 60_000;

export type Answer = {
  readonly status: number;
  readonly body: Record<string, any>;
  readonly headers: Record<string, string>;
  readonly text: string;
};

/** Someone with a token. `key` names the attempt; without one each write gets a fresh one. */
export type Caller = {
  get(path: string): Promise<Answer>;
  post(path: string, body: object, key?: string): Promise<Answer>;
  put(path: string, body: object, key?: string): Promise<Answer>;
  /** Posts a body as it is, under these headers. */
  send(path: string, body: string | Buffer, headers: Readonly<Record<string, string>>): Promise<Answer>;
  authorize(): Promise<string>;
};

export type Counter = {
  readonly world: World;
  readonly api: Api;
  readonly till: Caller;
  readonly resident: Caller;
  readonly officer: Caller;
  readonly wanheOfficer: Caller;
  readonly street: Caller;
  /** Someone with a credential for a binding, whose token is renewed when it runs out. */
  readonly as: (binding: Binding) => Promise<Caller>;
  /** A voucher for the resident, and a fresh code that presents it. */
  readonly readyCode: () => Promise<{ voucherId: string; code: string }>;
  /** The body of a redemption of a code. */
  readonly order: (code: string, more?: object) => object;
};

export async function openCounter(): Promise<Counter> {
  const world = await openWorld();
  const api = await openApi(world);
  let keys = 0;
  const writes = new Map<string, Write>();
  onTestFinished(async ({ task }) => {
    if (task.result?.state !== 'fail') await expectSameAgain(world, [...writes.values()]);
  });

  function caller(authorize: () => Promise<string>): Caller {
    const send = async (method: 'post' | 'put', path: string, body: object, key = `attempt-${++keys}`) => {
      const again = async () => {
        const headers = { authorization: await authorize(), 'idempotency-key': key };
        return (await api.http[method](path).set(headers).send(body)) as unknown as Answer;
      };
      const answer = await again();
      rememberWrite(writes, { name: `${method} ${path}`, answer, again });
      return answer;
    };
    return {
      authorize,
      get: async (path) => await api.http.get(path).set({ authorization: await authorize() }),
      post: (path, body, key) => send('post', path, body, key),
      async send(path, body, headers) {
        const again = async () =>
          (await api.http
            .post(path)
            .set({ authorization: await authorize(), ...headers })
            .send(body)) as unknown as Answer;
        const answer = await again();
        if ('idempotency-key' in headers) rememberWrite(writes, { name: `send ${path}`, answer, again });
        return answer;
      },
      put: (path, body, key) => send('put', path, body, key),
    };
  }

  async function as(binding: Binding): Promise<Caller> {
    const credentials = await api.clientFor(binding);
    let token = { at: 0, bearer: '' };
    return caller(async () => {
      if (world.clock.now - token.at > TOKEN_AGE_MS) token = { at: world.clock.now, bearer: await api.bearer(credentials) };
      return token.bearer;
    });
  }

  const { id: clerk } = await world.must(appointOfficer, { name: '李二', communityId: null, residentId: null });
  const resident = await as({ kind: 'resident', residentId: world.residentId });

  return {
    world,
    api,
    as,
    till: await as({ kind: 'till', merchantId: world.merchantId, storeId: world.storeId }),
    resident,
    officer: await as({ kind: 'officer', officerId: world.gexiang.id }),
    wanheOfficer: await as({ kind: 'officer', officerId: world.wanhe.id }),
    street: await as({ kind: 'officer', officerId: clerk }),
    async readyCode() {
      await world.grantHours(world.gexiang, world.residentId, 10);
      const voucherId = await world.takeVoucher();
      const { body } = await resident.post(`/v1/me/vouchers/${voucherId}/codes`, {});
      return { voucherId, code: body['code'] as string };
    },
    order: (code, more = {}) => ({ code, order_no: 'A-1001', order_amount_fen: 5_680, ...more }),
  };
}

/** A well-formed code that nobody minted. */
export function codeOf(n: number): string {
  return newCode(() => Buffer.from(n.toString(16).padStart(16, '0'), 'hex'));
}
