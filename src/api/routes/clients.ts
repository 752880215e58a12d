import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  type Binding,
  clientById,
  clientKinds,
  clientsPage,
  createClient,
  revokeClient,
  rotateClient,
  secretReplacedAt,
  textsOfNewCredential,
  textsOfSecret,
} from '../../access/index.ts';
import { residentsNamed } from '../../communities/index.ts';
import { type Row, rowsById, type View } from '../../store/index.ts';
import { clientSecret, described, force, newSecret, presentRotated, rotated, scopesAsked } from './client-wire.ts';
import { created } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import { assertSees, communityAsked, officeOf, officerName, officerNames, residentNameFor } from '../office.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { officerOf, requires, writes } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { codecOf } from '../http/codec.ts';
import { communityId, id, nothing } from '../http/wire.ts';
import { withExamples } from '../http/openapi-bodies.ts';

const body = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('till'),
    ...described,
    merchant_id: id('mer'),
    store_id: id('sto').optional().meta({ description: 'Default: any store of the merchant.' }),
  }),
  z.strictObject({ kind: z.literal('resident'), ...described, resident_id: id('res') }),
  z.strictObject({
    kind: z.literal('machine'),
    ...described,
    community_id: communityId
      .optional()
      .meta({ description: "Default: the officer's own community; for the street office, the whole scheme." }),
  }),
]);
type Wanted = z.output<typeof body>;
/** A binding that one officer may make alone. */
type OwnBinding = Exclude<Binding, { kind: 'officer' }>;

const shown = codecOf('client', ['id', 'name', 'communityId', 'merchantId', 'storeId', 'officerId', 'residentId', 'createdAt'], {
  kind: z.enum(clientKinds),
  status: z.enum(['active', 'revoked']),
  previousSecretUntil: 'Until when the secret before the last rotation is good.',
});
const bare = z.strictObject({ ...shown.shape, scopes: z.array(z.string()) });
const client = bare
  .extend({
    merchant_name: z.string().nullable(),
    store_name: z.string().nullable(),
    officer_name: officerName,
    resident_name: z.string().nullable(),
  })
  .meta({ id: 'Client' });
const withSecret = bare.extend({ client_secret: clientSecret }).meta({ id: 'ClientWithSecret' });

const tags = ['clients'];
const params = z.strictObject({ id: id('cli') });
const creating = {
  tags,
  operationId: 'createClient',
  summary: 'Make a credential for a till, a resident or another machine',
  description:
    "A resident's credential is made by the home community. An officer's credential takes two officers of the street office: `POST /v1/proposals`, command `credential`. The secret stands only in this answer and its replays.",
  body: withExamples(body, {
    till: { kind: 'till', name: '高教路店收银', merchant_id: 'mer_0199c2a4e1f07c3d8a5b6c7d8e9f0a1b' },
    resident: { kind: 'resident', name: '王秀英的手机', resident_id: 'res_0199c2a4e1f07c3d8a5b6c7d8e9f0a1b' },
    machine: { kind: 'machine', name: '社区数据大屏', scopes: ['positions:read'] },
  }),
  response: { 201: withSecret },
};
const listing = {
  tags,
  operationId: 'listClients',
  summary: "The clients of the caller's own office, or, for the street office, of a community",
  description: 'For an officer who looks which credentials exist, newest first. It shows no secret.',
  querystring: pageQuery(id('cli')).extend({ community_id: communityId.optional(), kind: z.enum(clientKinds).optional() }),
  response: { 200: pageOf(client) },
};
const reading = {
  tags,
  operationId: 'getClient',
  summary: 'A client',
  description: 'For reading one credential by its id. It shows no secret.',
  params,
  response: { 200: client },
};
const rotating = {
  tags,
  operationId: 'rotateClientSecret',
  summary: 'Give a client a new secret; the old one stays good for a day',
  description:
    "Only the officer gives an officer's client a new secret, and the old one ends at once. The home community gives one to a resident's client. While an old secret is still good, another rotation is refused unless it is forced, since only one old secret stays good. A till gives itself a new one: `POST /v1/till/rotation`.",
  params,
  body: z.strictObject({ force }).nullish(),
  response: { 200: rotated },
};
const revoking = {
  tags,
  operationId: 'revokeClient',
  summary: 'End a credential for good',
  description: "An officer's credential is ended by that officer, or by any officer of the street office.",
  params,
  body: nothing,
  response: { 200: z.strictObject({ id: id('cli'), status: z.literal('revoked') }) },
};

export const clients =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, submit, tell } = deps;

    app.post('/v1/clients', { schema: creating, config: writes('clients:write') }, async (request, reply) => {
      const { name, scopes } = request.body;
      const binding = bindingOf(request, request.body);
      const input = { by: officerOf(request), approvedBy: null, name, binding, scopes: scopesAsked(scopes), ...newSecret(deps) };
      const made = await submit(request, reply, createClient, input);
      created(reply, `/v1/clients/${made.id}`);
      const row = (await clientById(store, made.id))!;
      for (const text of textsOfNewCredential(row)) tell?.(text);
      return { ...present({ ...row, ...begun }), client_secret: deps.secrets.open(made.sealed_secret) };
    });

    app.get('/v1/clients', { schema: listing, config: requires('clients:read') }, async (request) => {
      const { limit, cursor, kind, community_id: named } = request.query;
      const rows = await clientsPage(store, { communityId: communityAsked(request, named), kind }, { limit, after: cursor });
      return page(rows, limit, (row) => row.id, await clientsPresenter(store, request, rows));
    });

    app.get('/v1/clients/:id', { schema: reading, config: requires('clients:read') }, async (request) => {
      const found = await clientById(store, request.params.id);
      if (!found) throw new Problem('client_not_found', { details: { client_id: request.params.id } });
      assertSees(request, found.communityId);
      return (await clientsPresenter(store, request, [found]))(found);
    });
  };

export const clientSecrets =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post('/v1/clients/:id/rotation', { schema: rotating, config: writes('clients:write') }, async (request, reply) => {
      const { params: named, body: asked } = request;
      const input = { by: officerOf(request), id: named.id, force: asked?.force ?? false, ...newSecret(deps) };
      const made = await deps.submit(request, reply, rotateClient, input);
      deps.auth.forget(made.id);
      const { residentId } = (await clientById(deps.store, made.id))!;
      const replacedAt = secretReplacedAt({ previousSecretUntil: made.previous_secret_until })!;
      for (const text of textsOfSecret({ id: made.id, residentId }, replacedAt)) deps.tell?.(text);
      return presentRotated(made, deps);
    });

    app.post('/v1/clients/:id/revocation', { schema: revoking, config: writes('clients:write') }, async (request, reply) => {
      const made = await deps.submit(request, reply, revokeClient, { by: officerOf(request), id: request.params.id });
      deps.auth.forget(made.id);
      return made;
    });
  };

function bindingOf(request: FastifyRequest, wanted: Wanted): OwnBinding {
  switch (wanted.kind) {
    case 'till':
      return { kind: 'till', merchantId: wanted.merchant_id, storeId: wanted.store_id ?? null };
    case 'resident':
      return { kind: 'resident', residentId: wanted.resident_id };
    case 'machine':
      return { kind: 'machine', communityId: wanted.community_id ?? officeOf(request) };
  }
}

/** The initial state of a client, which a replay shows too, also after later changes. */
const begun = { status: 'active', previousSecretUntil: null } as const;

/** Presents clients with the names of the parties that they are bound to. */
async function clientsPresenter(view: View, request: FastifyRequest, rows: readonly Row<'client'>[]) {
  const idsIn = (column: 'merchantId' | 'storeId' | 'residentId') => rows.flatMap((row) => row[column] ?? []);
  const [merchants, stores, residents, officerNamed] = await Promise.all([
    rowsById(view, 'merchant', idsIn('merchantId')),
    rowsById(view, 'store', idsIn('storeId')),
    residentsNamed(view, idsIn('residentId')),
    officerNames(
      request,
      view,
      rows.map(({ officerId }) => officerId),
    ),
  ]);
  return (row: Row<'client'>): z.output<typeof client> => ({
    ...present(row),
    merchant_name: merchants.get(row.merchantId ?? '')?.name ?? null,
    store_name: stores.get(row.storeId ?? '')?.name ?? null,
    officer_name: officerNamed(row.officerId),
    resident_name: row.residentId === null ? null : residentNameFor(request, residents.get(row.residentId)!),
  });
}

function present(row: Row<'client'>): z.output<typeof bare> {
  return { ...shown.present(row), scopes: row.scopes.split(' ') };
}
