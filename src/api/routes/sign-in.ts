import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  askSignInCode,
  lockedOutNow,
  lockedUntil,
  loginByName,
  signInByCode,
  signInByPassword,
  signInCodes as signInCodesIn,
  type SignInReply,
} from '../../access/index.ts';
import { residentByPhone } from '../../communities/index.ts';
import { sameHash } from '../../ledger/index.ts';
import { addressOf } from '../http/address.ts';
import type { Deps } from '../deps.ts';
import type { Signer } from '../http/device-cookie.ts';
import { Problem } from '../http/problem.ts';
import { assertSameOrigin } from '../http/session-cookie.ts';
import { beginSession } from './begin-session.ts';
import { countAsked } from './code-asks.ts';
import { signedIn, signInBody } from './sign-in-wire.ts';
import { failedTry, newSignInCode, signInCodeHash, totpTried, triedAt } from './sign-in-tries.ts';
import { codeRows, passwordTrier, slotFor, type Someone } from './triers.ts';
import { onWire } from '../http/names.ts';
import { phone, time } from '../http/wire.ts';
import { withExamples } from '../http/openapi-bodies.ts';

const BODY_LIMIT_BYTES = 4 * 1_024;

const tags = ['sign-in'];
const asking = {
  tags,
  operationId: 'sendSignInCode',
  summary: 'Send a one-time code to a phone',
  description:
    'The answer is the same, and takes as long, whether or not a resident has the phone. A code is good for 5 minutes and 5 tries. Sent again, it sends another code, and only the newest is good.',
  body: z.strictObject({ phone }),
  response: {
    202: z.strictObject({ expires_at: time, resend_at: time.meta({ description: 'The time from which another code may be requested.' }) }),
  },
};
const signingIn = {
  tags,
  operationId: 'signIn',
  summary: 'Sign in, by phone and code or by login and password',
  description:
    'Sets the cookie of the session. If the login has an authenticator app, the answer to the password alone is `totp_required`; if nobody signed in with the phone for 180 days, that to the code alone is `name_required`, and the code stays good. Five wrong passwords in a row lock those out who sent them, from one address, for a minute, further ones for five and then fifteen; never anybody else. The cookie `callmi_devices` shows that somebody signed in with this browser before: wrong tries of others do not count for them. Sent again, it begins another session; a one-time code is good only once.',
  body: withExamples(signInBody, {
    resident: { phone: '13800001234', code: '123456' },
    officer: { login: 'wang.yi', password: 'correct horse battery', totp: '123456' },
  }),
  response: { 201: signedIn },
};

export const signInCodes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { secrets, chance, config, devices, deliverCode } = deps;
    const toDeliver = new WeakMap<FastifyRequest, { readonly number: string; readonly code: string }>();

    /** The resident with the phone is looked up after the answer is sent. */
    async function deliver(request: FastifyRequest): Promise<void> {
      const asked = toDeliver.get(request);
      if (!asked) return;
      try {
        if (await residentByPhone(deps.store, secrets.hash('phone', asked.number))) await deliverCode!(asked.number, asked.code);
      } catch (error) {
        request.log.error({ err: error }, 'a sign-in code could not be delivered');
      }
    }

    const route = {
      schema: asking,
      config: { public: true, mayRefuse: ['cross_site_request', 'codes_not_deliverable'] },
      bodyLimit: BODY_LIMIT_BYTES,
      onResponse: deliver,
    } as const;
    app.post('/v1/sign-in-codes', route, async (request, reply) => {
      assertSameOrigin(request, config.publicUrl, 'passes');
      if (!deliverCode) throw new Problem('codes_not_deliverable');
      const number = request.body.phone;
      const phoneHash = secrets.hash('phone', number);
      const known = await devices.knownBy(request, { phoneHash });
      const nextFrom = known === undefined ? countAsked(deps, phoneHash, addressOf(request)) : 0;
      const code = newSignInCode(chance);
      const [row] = codeRows(secrets, number, known);
      const input = {
        row,
        codeHash: signInCodeHash(secrets, number, code),
        slot: slotFor(secrets, 'asked', row),
        known: known !== undefined,
      };
      const made = await deps.submitOnce(request, askSignInCode, input);
      toDeliver.set(request, { number, code });
      reply.code(202).header('cache-control', 'no-store');
      return onWire({ ...made, resend_at: Math.max(made.resend_at, nextFrom) });
    });
  };

type Body = z.output<typeof signInBody>;

/** The outcome of a try, and whose it was. */
type Tried = { readonly made: SignInReply; readonly someone: Someone; readonly signer: Signer };

/** The id that a name has which no login has. */
const NOBODYS_LOGIN = `lgn_${'0'.repeat(32)}`;

/** The two ways to sign in: each prepares a try, and has it decided. */
function triesOf(deps: Deps) {
  const { store, secrets, clock, guards, paces, devices } = deps;

  /**
   * Answers a wrong try from an address that misses too often: it is counted in memory, so that it leaves no rows. A right one passes:
   * nobody is turned away for what others at the same address do.
   */
  function turnAwayIfFlooded({ known, address }: Someone, who: string, right: boolean): void {
    if (known !== undefined || !guards.signIns.isFull({ address }, clock())) return;
    const guesser = { client: `${who} ${address}` };
    guards.floods.check(guesser, clock());
    if (right) return;
    guards.floods.miss(guesser, clock());
    throw new Problem('sign_in_failed');
  }

  async function byCode(request: FastifyRequest, { phone: number, code, name }: Body): Promise<Tried> {
    const phoneHash = secrets.hash('phone', number!);
    const someone = { known: await devices.knownBy(request, { phoneHash }), address: addressOf(request) };
    const rows = codeRows(secrets, number!, someone.known);
    const codes = await signInCodesIn(store, rows);
    const codeHash = signInCodeHash(secrets, number!, code!);
    const right = codes.some((row) => sameHash(row.codeHash, codeHash));
    turnAwayIfFlooded(someone, phoneHash, right);
    const slot = slotFor(secrets, 'code', someone.known ?? someone.address, ...codes.map((row) => row.codeHash));
    const device = deviceOf(request);
    const made = await deps.submitOnce(request, signInByCode, { phoneHash, codeHash, rows, slot, device, name });
    return { made, someone, signer: { phoneHash } };
  }

  async function byPassword(request: FastifyRequest, { login: name, password, totp }: Body): Promise<Tried> {
    const login = await loginByName(store, name!);
    const signer = { loginId: login?.id ?? NOBODYS_LOGIN, passwordHash: login?.passwordHash ?? '' };
    const someone = { known: await devices.knownBy(request, signer), address: addressOf(request) };
    const by = passwordTrier(secrets, { name: name!, login }, someone);
    const until = await lockedOutNow(store, by, clock());
    if (until !== null) throw failedTry(lockedUntil(until).reply, clock());
    const tried = await triedAt(deps, login, password!, { by, strangerAt: someone.known === undefined ? someone.address : undefined });
    turnAwayIfFlooded(someone, name!, tried.good);
    if (tried.good) paces.signIns.take(`${signer.loginId} ${someone.address}`, clock());
    const code = totp === undefined ? null : totpTried(secrets, login, totp, clock());
    const device = deviceOf(request);
    return { made: await deps.submitOnce(request, signInByPassword, { password: tried, totp: code, device }), someone, signer };
  }

  return { byCode, byPassword };
}

export const signIn =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { clock, config, guards } = deps;
    const { byCode, byPassword } = triesOf(deps);

    const route = {
      schema: signingIn,
      config: { public: true, setsCookie: true, mayRefuse: ['sign_in_failed', 'cross_site_request'] },
      bodyLimit: BODY_LIMIT_BYTES,
    } as const;
    app.post('/v1/sessions', route, async (request, reply) => {
      reply.header('cache-control', 'no-store');
      assertSameOrigin(request, config.publicUrl, 'passes');
      const { body } = request;
      const { made, someone, signer } = await (body.phone === undefined ? byPassword(request, body) : byCode(request, body));
      if ('failed' in made) {
        const isMiss = made.failed === 'wrong' || made.failed === 'locked';
        if (isMiss && someone.known === undefined) guards.signIns.miss({ address: someone.address }, clock());
        throw failedTry(made, clock());
      }
      reply.code(201);
      return beginSession(deps, request, reply, { signer, sessionId: made.session_id });
    });
  };

const browsers: readonly [RegExp, string][] = [
  [/MicroMessenger/, 'WeChat'],
  [/AlipayClient/, 'Alipay'],
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

const systems: readonly [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone|iPad|iPod/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Linux|X11/, 'Linux'],
];

/** The device that signed in, in a few fixed words, without a version and without the caller's own text: `Chrome, Windows`. */
export function deviceOf({ headers }: Pick<FastifyRequest, 'headers'>): string {
  const agent = headers['user-agent'];
  const known = [browsers, systems].map((list) => list.find(([pattern]) => pattern.test(agent ?? ''))?.[1]);
  return known.filter((name) => name !== undefined).join(', ') || 'unknown';
}
