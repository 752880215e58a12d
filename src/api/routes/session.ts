import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  beginTotp,
  clientById,
  confirmTotp,
  endSession,
  loginById,
  removeTotp,
  sessionById,
  sessionsPage,
  setPassword,
} from '../../access/index.ts';
import type { Row } from '../../store/index.ts';
import { residentById } from '../../communities/index.ts';
import type { Deps } from '../deps.ts';
import type { Signer } from '../http/device-cookie.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { loginOf, ofSession, personOf } from '../http/principal.ts';
import { fieldProblem } from '../http/problem.ts';
import { clearSessionCookie } from '../http/session-cookie.ts';
import { failedTry, totpTried, triedAt } from './sign-in-tries.ts';
import { sessionTrier } from './triers.ts';
import { newPassword, presentSignedIn, signedIn, sixDigits, triedPassword } from './sign-in-wire.ts';
import { newTotpSecret, totpUri } from './totp.ts';
import { codecOf } from '../http/codec.ts';
import { onWire } from '../http/names.ts';
import { id, nothing, time } from '../http/wire.ts';

const tags = ['sign-in'];
const answer = { 200: signedIn };
const reading = {
  tags,
  operationId: 'getSession',
  summary: 'The person who is signed in',
  description: 'For a page that opens: the name, the office or shop, and the scopes of whoever the cookie belongs to.',
  response: answer,
};
const settingPassword = {
  tags,
  operationId: 'setPassword',
  summary: 'Set another password; every other session of the login ends',
  description:
    'For people who change their own password, and for those who must replace a temporary one first. Sent again, it fails with `sign_in_failed`, since the current password is another one now.',
  body: z.strictObject({ current_password: triedPassword, password: newPassword }),
  response: answer,
};
const beginningTotp = {
  tags,
  operationId: 'beginTotp',
  summary: 'Get the secret of an authenticator app',
  description:
    'The app takes effect once its first code was sent: `PUT /v1/session/totp`. Sent again, it gives another secret, and the earlier one is forgotten.',
  body: nothing,
  response: {
    200: z.strictObject({
      secret: z.string().meta({ description: 'Base32, to be typed.' }),
      uri: z.string().meta({ description: 'To be shown as a QR code.' }),
    }),
  },
};
const confirmingTotp = {
  tags,
  operationId: 'confirmTotp',
  summary: 'Send the first code of the authenticator app; from now on every sign-in needs one',
  description:
    'For the second step of setting up an authenticator app, after its secret was scanned. Sent again, it is refused with `totp_confirmed`.',
  body: z.strictObject({ code: sixDigits }),
  response: answer,
};
const removingTotp = {
  tags,
  operationId: 'removeTotp',
  summary: 'Remove the authenticator app',
  description: 'For people who change their phone, or no longer want a second factor. Sent again, it changes nothing more.',
  body: z.strictObject({ password: triedPassword }),
  response: answer,
};

/** People's own session and login: reads and changes. */
export const session =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, secrets, clock, chance, passwords, submitOnce } = deps;

    async function present({ principal }: FastifyRequest) {
      const [row, client] = await Promise.all([sessionById(store, principal.session!), clientById(store, principal.clientId)]);
      return presentSignedIn(store, row!, client!, principal.scopes);
    }

    const preHandler = (request: FastifyRequest) => countChange(deps, request);

    async function ownLogin(request: FastifyRequest): Promise<Row<'login'>> {
      return (await loginById(store, loginOf(request)))!;
    }

    app.get('/v1/session', { schema: reading, config: ofSession }, present);

    const setting = { ...ofSession, setsCookie: true } as const;
    app.put('/v1/session/password', { schema: settingPassword, config: setting, preHandler }, async (request, reply) => {
      const { current_password: current, password } = request.body;
      if (password === current) throw fieldProblem('/password', 'same_as_before');
      const login = await ownLogin(request);
      const sessionId = request.principal.session!;
      const tried = await triedAt(deps, login, current, { by: sessionTrier(secrets, sessionId) });
      const passwordHash = await passwords.hash(password);
      const made = await submitOnce(request, setPassword, { loginId: login.id, current: tried, sessionId, passwordHash });
      if ('failed' in made) throw failedTry(made, clock());
      deps.auth.forget(login.id, ...made.ended_session_ids);
      deps.devices.mark(request, reply, { loginId: login.id, passwordHash }, sessionId);
      return present(request);
    });

    const beginning = { ...ofSession, mayRefuse: ['totp_confirmed'] } as const;
    app.post('/v1/session/totp', { schema: beginningTotp, config: beginning, preHandler }, async (request) => {
      const login = await ownLogin(request);
      const secret = newTotpSecret(chance);
      await submitOnce(request, beginTotp, { loginId: login.id, totpSealed: secrets.seal(secret) });
      return { secret, uri: totpUri(secret, login.name) };
    });

    const confirming = { ...ofSession, mayRefuse: ['totp_not_begun', 'totp_code_wrong'] } as const;
    app.put('/v1/session/totp', { schema: confirmingTotp, config: confirming, preHandler }, async (request) => {
      const login = await ownLogin(request);
      const totp = totpTried(secrets, login, request.body.code, clock());
      await submitOnce(request, confirmTotp, { loginId: login.id, totp });
      return present(request);
    });

    app.post('/v1/session/totp/removal', { schema: removingTotp, config: ofSession, preHandler }, async (request) => {
      const login = await ownLogin(request);
      const by = sessionTrier(secrets, request.principal.session!);
      const password = await triedAt(deps, login, request.body.password, { by });
      const made = await submitOnce(request, removeTotp, { loginId: login.id, password });
      if ('failed' in made) throw failedTry(made, clock());
      return present(request);
    });
  };

/** Counts what leaves a row each time. Throws `done_too_often`. */
async function countChange({ paces, clock }: Deps, { principal }: FastifyRequest): Promise<void> {
  paces.settings.take(principal.session!, clock());
}

/** The person who is signed in, as a device knows them. */
async function signerOf({ store }: Deps, { principal: { login, resident } }: FastifyRequest): Promise<Signer> {
  if (login === undefined) return { phoneHash: (await residentById(store, resident!))!.phoneHash };
  return { loginId: login, passwordHash: (await loginById(store, login))!.passwordHash };
}

const shown = codecOf('session', ['id', 'startedAt', 'expiresAt', 'endedAt'], { device: 'A browser and a system.' });
const ofPerson = z
  .strictObject({ ...shown.shape, current: z.boolean().meta({ description: 'Whether it is the session of this request.' }) })
  .meta({ id: 'Session' });
const listing = {
  tags,
  operationId: 'listSessions',
  summary: 'My sessions, newest first',
  description: 'For a page that shows people where they are signed in, so that a forgotten or foreign session can be ended.',
  querystring: pageQuery(id('ses')),
  response: { 200: pageOf(ofPerson) },
};
const ending = {
  tags,
  operationId: 'endSession',
  summary: 'End one of my sessions; ending the session of this request signs out',
  description:
    'For signing out, here or on another device. Sent again, it answers the time at which the session ended; a session that ended itself by it answers 401.',
  params: z.strictObject({ id: id('ses') }),
  body: nothing,
  response: { 200: z.strictObject({ id: id('ses'), ended_at: time }) },
};

export const sessions =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get('/v1/sessions', { schema: listing, config: ofSession }, async (request) => {
      const { limit, cursor } = request.query;
      const rows = await sessionsPage(deps.store, personOf(request), { limit, after: cursor });
      return page(
        rows,
        limit,
        (row) => row.id,
        (row) => ({ ...shown.present(row), current: row.id === request.principal.session }),
      );
    });

    app.post('/v1/sessions/:id/revocation', { schema: ending, config: { ...ofSession, setsCookie: true } }, async (request, reply) => {
      // Signing out always works: it ends what is counted.
      if (request.params.id !== request.principal.session) await countChange(deps, request);
      const made = await deps.submitOnce(request, endSession, { ...personOf(request), id: request.params.id });
      deps.auth.forget(made.id);
      if (made.id === request.principal.session) {
        clearSessionCookie(reply, deps.config.publicUrl);
        // A person who signs out at a device is still known there; one who ends another session takes that from its device.
        deps.devices.mark(request, reply, await signerOf(deps, request), made.id, true);
      }
      return onWire(made);
    });
  };
