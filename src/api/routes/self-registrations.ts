/** People register on their own phone: a code shows that it is theirs, and an officer confirms it later. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { askSignInCode, type CodeTyped, signInCodes } from '../../access/index.ts';
import { registerOneself } from '../../communities/index.ts';
import type { Deps } from '../deps.ts';
import { addressOf } from '../http/address.ts';
import { onWire } from '../http/names.ts';
import { Problem } from '../http/problem.ts';
import { assertSameOrigin } from '../http/session-cookie.ts';
import { communityId, id, phone, properName, rfc3339, time } from '../http/wire.ts';
import { beginSession } from './begin-session.ts';
import { countAsked } from './code-asks.ts';
import { codesOf } from './phone-codes.ts';
import { deviceOf } from './sign-in.ts';
import { newSignInCode } from './sign-in-tries.ts';
import { signedIn, sixDigits } from './sign-in-wire.ts';
import { slotFor } from './triers.ts';

const BODY_LIMIT_BYTES = 4 * 1_024;

const tags = ['registrations'];
const asking = {
  tags,
  operationId: 'sendRegistrationCode',
  summary: 'Send a one-time code to a phone, to register with',
  description:
    'The answer is the same whether or not the phone is registered. A code is good for 5 minutes, 5 tries of one address and 15 in all, and for a registration alone. Sent again, it sends another code, and only the newest is good.',
  body: z.strictObject({ phone }),
  response: {
    202: z.strictObject({ expires_at: time, resend_at: time.meta({ description: 'The time from which another code may be requested.' }) }),
  },
};
const registering = {
  tags,
  operationId: 'registerOneself',
  summary: 'Register oneself, on the phone that the code was sent to',
  description:
    'For somebody of at least 14 years who has read the privacy notice (`GET /v1/privacy-notice`). It begins a session, as signing in does. The registration is `unconfirmed` until an officer of the community confirms it: points can be earned, and nothing can be spent. Whether the phone is registered already is told to the holder of a right code alone. Sent again, it fails, since a code is good only once: then sign in.',
  body: z.strictObject({
    name: properName(40),
    phone,
    code: sixDigits.meta({ description: 'The code that was sent to the phone.' }),
    community_id: communityId,
    consent: z.strictObject({
      notice_version: z.int().min(1).meta({ description: 'The version of the privacy notice that was shown and agreed to.' }),
      aged_14: z
        .literal(true)
        .meta({ description: 'The person says that they are at least 14: a younger one is registered by a guardian.' }),
    }),
  }),
  response: {
    201: z.strictObject({ id: id('res'), status: z.literal('unconfirmed'), registered_at: time, session: signedIn }),
  },
};

/** The row in which the code for a phone's registration is, and the hash of a code. A code to sign in has another row and another hash. */
function codeFor({ secrets }: Pick<Deps, 'secrets'>, number: string, code: string): CodeTyped {
  return {
    row: secrets.hash('try', `registration of ${number}`),
    codeHash: secrets.hash('sign-in-code', `registration ${number} ${code}`),
  };
}

export const selfRegistrations =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, secrets, chance, clock, config, guards, deliverCode, submitOnce } = deps;
    // Every phone gets its code, so that the holder of a registered one learns that it is.
    const codes = codesOf(deps);

    const askingRoute = {
      schema: asking,
      config: { public: true, mayRefuse: ['cross_site_request', 'codes_not_deliverable'] },
      bodyLimit: BODY_LIMIT_BYTES,
      onResponse: codes.onResponse,
    } as const;
    app.post('/v1/registrations/codes', askingRoute, async (request, reply) => {
      assertSameOrigin(request, config.publicUrl, 'passes');
      if (!deliverCode) throw new Problem('codes_not_deliverable');
      const number = request.body.phone;
      const phoneHash = secrets.hash('phone', number);
      const address = addressOf(request);
      guards.registrationCodes.check({ address }, clock());
      const nextFrom = countAsked(deps, phoneHash, address);
      guards.registrationCodes.miss({ address }, clock());
      const code = newSignInCode(chance);
      // The requests of a day are counted together with those for codes to sign in.
      const input = { ...codeFor(deps, number, code), slot: slotFor(secrets, 'asked', phoneHash), known: false };
      const made = await submitOnce(request, askSignInCode, input);
      codes.sendAfter(request, [{ purpose: 'register', phone: number, code }]);
      reply.code(202).header('cache-control', 'no-store');
      return onWire({ ...made, resend_at: Math.max(made.resend_at, nextFrom) });
    });

    const route = {
      schema: registering,
      config: {
        public: true,
        setsCookie: true,
        mayRefuse: ['sign_in_failed', 'cross_site_request', 'community_not_found', 'phone_registered', 'notice_outdated'],
      },
      bodyLimit: BODY_LIMIT_BYTES,
    } as const;
    app.post('/v1/registrations', route, async (request, reply) => {
      reply.header('cache-control', 'no-store');
      assertSameOrigin(request, config.publicUrl, 'passes');
      const { name, phone: number, code, community_id: home, consent } = request.body;
      const [phoneHash, address] = [secrets.hash('phone', number), addressOf(request)];
      const trier = { client: `${phoneHash} ${address}`, address };
      guards.registrationTries.check({ client: trier.client }, clock());
      const typed = codeFor(deps, number, code);
      const [sent] = await signInCodes(store, [typed.row]);
      const slot = slotFor(secrets, 'code', address, sent?.codeHash ?? '');
      const told = { name, communityId: home, phoneHash, phoneSealed: secrets.seal(number), noticeVersion: consent.notice_version };
      const input = { ...told, code: { ...typed, slot }, device: deviceOf(request) };
      const made = await submitOnce(request, registerOneself, input);
      if ('failed' in made) {
        // A right code passes, whatever others at the same address do; a wrong one was counted where the code is, and so is no free guess.
        guards.registrationTries.check({ address }, clock());
        guards.registrationTries.miss(trier, clock());
        throw new Problem('sign_in_failed');
      }
      reply.code(201);
      const session = await beginSession(deps, request, reply, { signer: { phoneHash }, sessionId: made.session_id });
      return { id: made.id, status: 'unconfirmed' as const, registered_at: rfc3339(made.registered_at), session };
    });
  };
