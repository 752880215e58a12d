import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createLogin, endLogin, loginsPage, type LoginWithClient, loginWithClient, resetPassword } from '../../access/index.ts';
import { created } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import { assertSees, communityAsked } from '../office.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { officerOf, requires, writes } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { loginName, temporaryPassword } from './sign-in-wire.ts';
import { codecOf } from '../http/codec.ts';
import { communityId, id, properName, nothing } from '../http/wire.ts';

const shown = codecOf('login', ['id', 'name', 'personName', 'createdAt'], {
  clientId: 'The client that is acted through; the same for all logins of one counter.',
  status: z.enum(['active', 'ended']),
  lockedUntil: 'Until when the latest wrong tries lock those out who made them.',
});
const bound = codecOf('client', ['merchantId', 'storeId', 'officerId'], {
  kind: z.enum(['till', 'officer']),
  communityId: 'Null: the street office.',
});
const login = z.strictObject({ ...shown.shape, ...bound.shape, password_temporary: z.boolean(), totp: z.boolean() }).meta({ id: 'Login' });

const tags = ['logins'];
const params = z.strictObject({ id: id('lgn') });
const creating = {
  tags,
  operationId: 'createLogin',
  summary: 'Make a login for a cashier',
  description: "An officer's login takes two officers of the street office: `POST /v1/proposals`, command `login`.",
  body: z.strictObject({
    name: loginName,
    person_name: properName(40),
    merchant_id: id('mer'),
    store_id: id('sto').optional().meta({ description: 'Default: any store of the merchant.' }),
  }),
  response: { 201: login.extend({ temporary_password: temporaryPassword }).meta({ id: 'LoginWithPassword' }) },
};
const listing = {
  tags,
  operationId: 'listLogins',
  summary: "The logins of the caller's own office, or, for the street office, of a community",
  description: "For an officer who looks after cashiers' logins, newest first.",
  querystring: pageQuery(id('lgn')).extend({ community_id: communityId.optional() }),
  response: { 200: pageOf(login) },
};
const reading = {
  tags,
  operationId: 'getLogin',
  summary: 'A login',
  description: 'For reading one login by its id: whether its password is still temporary, and whether it has an authenticator app.',
  params,
  response: { 200: login },
};
const resetting = {
  tags,
  operationId: 'resetPassword',
  summary: "Give a cashier's login a new password: it is unlocked, its sessions end, and its authenticator app is removed",
  description:
    'For an officer whom a cashier asks because the password is forgotten or the login is locked. The new password is temporary: its owner sets another at the first sign-in.',
  params,
  body: nothing,
  response: { 200: z.strictObject({ id: id('lgn'), temporary_password: temporaryPassword }) },
};
const ending = {
  tags,
  operationId: 'revokeLogin',
  summary: 'End a login and its sessions',
  description: "An officer's login is ended by that officer, or by any officer of the street office.",
  params,
  body: nothing,
  response: { 200: z.strictObject({ id: id('lgn'), status: z.literal('ended') }) },
};

export const logins =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, secrets, passwords, submit } = deps;

    app.post('/v1/logins', { schema: creating, config: writes('clients:write') }, async (request, reply) => {
      const { name, person_name: personName, merchant_id: merchantId, store_id: storeId = null } = request.body;
      const binding = { kind: 'till', merchantId, storeId } as const;
      const input = { by: officerOf(request), name, personName, temporary: true, binding, ...(await passwords.fresh()) };
      const made = await submit(request, reply, createLogin, input);
      created(reply, `/v1/logins/${made.id}`);
      const found = (await loginWithClient(store, made.id))!;
      return { ...present(found), ...begun, temporary_password: secrets.open(made.sealed_password) };
    });

    app.get('/v1/logins', { schema: listing, config: requires('clients:read') }, async (request) => {
      const { limit, cursor, community_id: named } = request.query;
      const rows = await loginsPage(store, communityAsked(request, named), { limit, after: cursor });
      return page(rows, limit, (row) => row.login.id, present);
    });

    app.get('/v1/logins/:id', { schema: reading, config: requires('clients:read') }, async (request) => {
      const found = await loginWithClient(store, request.params.id);
      if (!found) throw new Problem('login_not_found', { details: { login_id: request.params.id } });
      assertSees(request, found.client.communityId);
      return present(found);
    });

    app.post('/v1/logins/:id/password-reset', { schema: resetting, config: writes('clients:write') }, async (request, reply) => {
      const input = { by: officerOf(request), id: request.params.id, ...(await passwords.fresh()) };
      const made = await submit(request, reply, resetPassword, input);
      deps.auth.forget(made.id, ...made.ended_session_ids);
      return { id: made.id, temporary_password: secrets.open(made.sealed_password) };
    });

    app.post('/v1/logins/:id/revocation', { schema: ending, config: writes('clients:write') }, async (request, reply) => {
      const made = await submit(request, reply, endLogin, { by: officerOf(request), id: request.params.id });
      deps.auth.forget(made.id, ...made.ended_session_ids);
      return { id: made.id, status: made.status };
    });
  };

/** The initial state of a login, which a replay shows too, also after later changes. */
const begun = { status: 'active', password_temporary: true, totp: false, locked_until: null } as const;

function present({ login: row, client }: LoginWithClient): z.output<typeof login> {
  const flags = { password_temporary: row.passwordTemporary === 1, totp: row.totpConfirmed === 1 };
  return { ...shown.present(row), ...bound.present(client), ...flags };
}
