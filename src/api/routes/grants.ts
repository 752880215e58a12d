import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { grant as grantPoints, grantById, grantsPage, reverseGrant } from '../../communities/index.ts';
import { created } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import { deed, grant, granted, grantOf, grantsPresenter, presentGranted } from './grant-wire.ts';
import { assertSees, communityAsked } from '../office.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { officerOf, requires, writes } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { onWire } from '../http/names.ts';
import { communityId, count, id, reason, time } from '../http/wire.ts';

const tags = ['grants'];
const params = z.strictObject({ id: id('grt') });
const granting = {
  tags,
  operationId: 'grantPoints',
  summary: 'Grant points for a deed',
  description: 'The resident may belong to any community. A commendation takes a second officer: POST /v1/proposals.',
  body: deed,
  response: { 201: granted },
};
const listing = {
  tags,
  operationId: 'listGrants',
  summary: "The grants of the caller's own community, newest first",
  description: 'For an officer who looks through what was granted, to everybody or to the resident that is named.',
  querystring: pageQuery(id('grt')).extend({
    resident_id: id('res').optional(),
    community_id: communityId.optional().meta({ description: 'The issuer, for the street office.' }),
  }),
  response: { 200: pageOf(grant) },
};
const reading = {
  tags,
  operationId: 'getGrant',
  summary: 'A grant',
  description: 'For reading one grant by its id, with what remains of it.',
  params,
  response: { 200: grant },
};
const reversing = {
  tags,
  operationId: 'reverseGrant',
  summary: 'Take a grant back while all of its points are in the wallet',
  description:
    'For an officer who granted by mistake. Once some of its points are spent or expired, two officers claw it back instead: `POST /v1/proposals`, command `clawback`.',
  params,
  body: z.strictObject({ reason }),
  response: {
    201: z.strictObject({ grant_id: id('grt'), points: count, reversed_at: time, entry_id: id('ent') }).meta({ id: 'GrantReversal' }),
  },
};

export const grants =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, submit } = deps;
    app.post('/v1/grants', { schema: granting, config: writes('grants:write') }, async (request, reply) => {
      const by = officerOf(request);
      const made = await submit(request, reply, grantPoints, { ...grantOf(request.body, null), by, approvedBy: null });
      created(reply, `/v1/grants/${made.id}`);
      return presentGranted(made, request.body, by.id);
    });

    app.get('/v1/grants', { schema: listing, config: requires('grants:read') }, async (request) => {
      const { limit, cursor, resident_id: residentId, community_id: named } = request.query;
      const filter = { communityId: communityAsked(request, named), residentId };
      const rows = await grantsPage(store, filter, { limit, after: cursor });
      return page(rows, limit, (row) => row.id, await grantsPresenter(store, request, rows));
    });

    app.get('/v1/grants/:id', { schema: reading, config: requires('grants:read') }, async (request) => {
      const found = await grantById(store, request.params.id);
      if (!found) throw new Problem('grant_not_found', { details: { grant_id: request.params.id } });
      assertSees(request, found.communityId);
      return (await grantsPresenter(store, request, [found]))(found);
    });

    app.post('/v1/grants/:id/reversals', { schema: reversing, config: writes('grants:write') }, async (request, reply) => {
      const input = { by: officerOf(request), grantId: request.params.id, reason: request.body.reason };
      const made = await submit(request, reply, reverseGrant, input);
      created(reply, `/v1/grants/${made.grant_id}`);
      return onWire(made);
    });
  };
