/** People who sign in, as browsers do: with a cookie, from a page of the service. */
import type { Test } from 'supertest';
import { vi } from 'vitest';
import { createLogin, giveOfficerLogin, hashPassword } from '../../src/access/index.ts';
import type { Answer, Caller } from './counter.ts';
import { type Api, PUBLIC_URL } from './api.ts';
import { street, type World } from './world.ts';

const FROM_PAGE = { origin: PUBLIC_URL, 'sec-fetch-site': 'same-origin' } as const;

/** A browser: it keeps the cookies that it was given. */
export type Browser = Caller & {
  /** Signs in, and keeps the cookies if that succeeds. */
  signIn(body: object): Promise<Answer>;
  /** Asks for a one-time code. */
  askCode(phone: string): Promise<Answer>;
  /** `name=value` of the session's cookie; '' if there is none. */
  readonly cookie: string;
  /** The same of the cookie that shows who signed in here before. */
  readonly device: string;
  /** Sends a request with the cookie of the session, under these headers instead of those of a page of the service. */
  from(headers: Readonly<Record<string, string>>, method: 'post' | 'put' | 'get', path: string, body?: object): Promise<Answer>;
};

const SESSION = '__Host-callmi_session';
const DEVICES = '__Host-callmi_devices';

/** `headers` are sent with every request: those of a proxy. */
export function browserOf({ http }: Pick<Api, 'http'>, headersOfAll: Readonly<Record<string, string>> = {}): Browser {
  const jar = new Map<string, string>();
  let keys = 0;
  const kept = (name: string) => (jar.has(name) ? `${name}=${jar.get(name)}` : '');

  async function sent(test: Test, headers: Readonly<Record<string, string>>, body?: object): Promise<Answer> {
    const cookie = [kept(SESSION), kept(DEVICES)].filter((each) => each !== '').join('; ');
    const request = test.set({ ...(cookie !== '' && { cookie }), ...headersOfAll, ...headers });
    const answer = (await (body === undefined ? request : request.send(body))) as unknown as Answer;
    for (const set of (answer.headers['set-cookie'] as unknown as string[] | undefined) ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!;
      if (value === '') jar.delete(name!);
      else jar.set(name!, value!);
    }
    return answer;
  }

  const keyed = (key = `page-${++keys}`) => ({ ...FROM_PAGE, 'idempotency-key': key });
  return {
    get cookie() {
      return kept(SESSION);
    },
    get device() {
      return kept(DEVICES);
    },
    authorize: async () => '',
    signIn: (body) => sent(http.post('/v1/sessions'), FROM_PAGE, body),
    askCode: (phone) => sent(http.post('/v1/sign-in-codes'), FROM_PAGE, { phone }),
    get: (path) => sent(http.get(path), FROM_PAGE),
    post: (path, body, key) => sent(http.post(path), keyed(key), body),
    put: (path, body, key) => sent(http.put(path), keyed(key), body),
    send: async (path, body, headers) =>
      http
        .post(path)
        .set({ cookie: kept(SESSION), ...FROM_PAGE, ...headers })
        .send(body),
    from: (headers, method, path, body) => sent(http[method](path), headers, body),
  };
}

/** A password as a command takes it, hashed so that it costs next to nothing. */
export async function freshPassword(password: string, sealedPassword = 'sealed') {
  return { passwordHash: await hashPassword(password, new Uint8Array(16).fill(7), { memoryKiB: 16, passes: 1 }), sealedPassword };
}

export const PASSWORD = '十月的稻谷 2026';

/** A login for the supermarket's counter, with a password of its owner's. */
export async function counterLogin(world: World, name = 'zhang.san'): Promise<string> {
  const binding = { kind: 'till', merchantId: world.merchantId, storeId: world.storeId } as const;
  const login = { by: street, name, personName: '张三', temporary: false, binding };
  return (await world.must(createLogin, { ...login, ...(await freshPassword(PASSWORD)) })).id;
}

/** The login of an officer, with a password of their own. */
export async function officerLogin(world: World, officerId: string, name = 'wang.yi'): Promise<string> {
  return (await world.must(giveOfficerLogin, { by: street, officerId, name, temporary: false, ...(await freshPassword(PASSWORD)) })).id;
}

/** Has a code sent to a phone, and gives it. */
export async function codeFor({ http, delivered }: Pick<Api, 'http' | 'delivered'>, phone: string): Promise<string> {
  const before = delivered.length;
  const asked = await http.post('/v1/sign-in-codes').send({ phone });
  if (asked.status !== 202) throw new Error(`no code: ${asked.text}`);
  // It is sent after the answer.
  const delivery = () => {
    if (delivered.length === before) throw new Error('no code was delivered');
  };
  await vi.waitFor(delivery, { timeout: 60_000 });
  return delivered.at(-1)!.code;
}
