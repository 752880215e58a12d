import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  askSignInCode,
  clientById,
  loginByName,
  sessionById,
  signInByCode,
  signInByPassword,
  type SignInReply,
} from '../../access/index.ts';
import { residentByPhone } from '../../communities/index.ts';
import { addressOf } from '../http/address.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problem.ts';
import { assertSameOrigin, setSessionCookie } from '../http/session-cookie.ts';
import { presentSignedIn, signedIn, signInBody } from './sign-in-wire.ts';
import { failedTry, newSignInCode, signInCodeHashes, totpTried, triedAt } from './sign-in-tries.ts';
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
    'Sets the cookie of the session. If the login has an authenticator app, the answer to the password alone is `totp_required`. Five wrong passwords in a row lock a login for a minute, further ones for five and then fifteen. Sent again, it begins another session; a one-time code is good only once.',
  body: withExamples(signInBody, {
    resident: { phone: '13800001234', code: '123456' },
    officer: { login: 'wang.yi', password: 'correct horse battery', totp: '123456' },
  }),
  response: { 201: signedIn },
};

export const signInCodes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { secrets, chance, clock, config, guards, deliverCode } = deps;
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
      const asker = { client: secrets.hash('phone', number), address: addressOf(request) };
      guards.asks.check(asker, clock());
      guards.asks.miss(asker, clock());
      const code = newSignInCode(chance);
      const made = await deps.submitOnce(request, askSignInCode, signInCodeHashes(secrets, number, code));
      toDeliver.set(request, { number, code });
      reply.code(202).header('cache-control', 'no-store');
      return onWire(made);
    });
  };

type Body = z.output<typeof signInBody>;

export const signIn =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, secrets, clock, config, guards } = deps;

    async function byCode(request: FastifyRequest, { phone: number, code }: Body): Promise<SignInReply> {
      const device = deviceOf(request.headers['user-agent']);
      return deps.submitOnce(request, signInByCode, { ...signInCodeHashes(secrets, number!, code!), device });
    }

    async function byPassword(request: FastifyRequest, { login: name, password, totp }: Body): Promise<SignInReply> {
      const device = deviceOf(request.headers['user-agent']);
      const login = await loginByName(store, name!);
      const tried = await triedAt(deps, login, password!);
      const code = totp === undefined ? null : totpTried(secrets, login, totp, clock());
      return deps.submitOnce(request, signInByPassword, { password: tried, totp: code, device });
    }

    async function begin(reply: FastifyReply, sessionId: string) {
      const session = (await sessionById(store, sessionId))!;
      const client = (await clientById(store, session.clientId))!;
      setSessionCookie(reply, config.publicUrl, await deps.auth.issueSession(client, session), session.expiresAt);
      return presentSignedIn(store, session, client, client.scopes.split(' '));
    }

    const route = {
      schema: signingIn,
      config: { public: true, setsCookie: true, mayRefuse: ['sign_in_failed', 'cross_site_request'] },
      bodyLimit: BODY_LIMIT_BYTES,
    } as const;
    app.post('/v1/sessions', route, async (request, reply) => {
      reply.header('cache-control', 'no-store');
      assertSameOrigin(request, config.publicUrl, 'passes');
      const { body } = request;
      const address = addressOf(request);
      const who = body.phone === undefined ? body.login! : secrets.hash('phone', body.phone);
      const guesser = { client: `${who} ${address}`, address };
      guards.signIns.check(guesser, clock());
      const made = await (body.phone === undefined ? byPassword(request, body) : byCode(request, body));
      if ('failed' in made) {
        if (made.failed !== 'totp_required') guards.signIns.miss(guesser, clock());
        throw failedTry(made, clock());
      }
      reply.code(201);
      return begin(reply, made.session_id);
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
export function deviceOf(agent: string | undefined): string {
  const known = [browsers, systems].map((list) => list.find(([pattern]) => pattern.test(agent ?? ''))?.[1]);
  return known.filter((name) => name !== undefined).join(', ') || 'unknown';
}
