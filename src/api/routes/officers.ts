import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { officerById, officersPage } from '../../communities/index.ts';
import type { Deps } from '../deps.ts';
import { assertSees, communityAsked } from '../office.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { requires } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { codecOf } from '../http/codec.ts';
import { communityId, id } from '../http/wire.ts';

const shown = codecOf('officer', ['id', 'name'], { communityId: 'Null: the street office.' });
const officer = z.strictObject(shown.shape).meta({ id: 'Officer' });
const { present } = shown;

const tags = ['officers'];
const listing = {
  tags,
  operationId: 'listOfficers',
  summary: "The officers of the caller's own office, or, for the street office, of a community",
  description:
    'For an office that looks through its people. An officer is appointed by a proposal: `POST /v1/proposals`, command `officer`.',
  querystring: pageQuery(id('off')).extend({ community_id: communityId.optional() }),
  response: { 200: pageOf(officer) },
};
const reading = {
  tags,
  operationId: 'getOfficer',
  summary: 'An officer',
  description: 'For reading one officer by the id that grants and proposals name.',
  params: z.strictObject({ id: id('off') }),
  response: { 200: officer },
};

export const officers =
  ({ store }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get('/v1/officers', { schema: listing, config: requires('officers:read') }, async (request) => {
      const { limit, cursor, community_id: named } = request.query;
      const rows = await officersPage(store, communityAsked(request, named), { limit, after: cursor });
      return page(rows, limit, (row) => row.id, present);
    });

    app.get('/v1/officers/:id', { schema: reading, config: requires('officers:read') }, async (request) => {
      const found = await officerById(store, request.params.id);
      if (!found) throw new Problem('officer_not_found', { details: { officer_id: request.params.id } });
      assertSees(request, found.communityId);
      return present(found);
    });
  };
