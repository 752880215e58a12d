import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { appointOfficer, officerById, officersPage } from '../../communities/index.ts';
import type { Row } from '../../store/index.ts';
import { created } from '../commands.ts';
import type { Deps } from '../deps.ts';
import { assertSees, communityAsked } from '../office.ts';
import { page, pageOf, pageQuery } from '../page.ts';
import { requires, writes } from '../principal.ts';
import { Problem } from '../problem.ts';
import { communityId, id, text } from '../wire.ts';

const officer = z
  .strictObject({ id: id('off'), community_id: communityId.nullable().meta({ description: 'Null: the street office.' }), name: text(40) })
  .meta({ id: 'Officer' });

const tags = ['officers'];
const appointing = {
  tags,
  summary: 'Appoint an officer',
  body: z.strictObject({
    name: text(40),
    community_id: communityId.nullable().meta({ description: 'Null: an officer of the street office.' }),
  }),
  response: { 201: officer },
};
const listing = {
  tags,
  summary: "The officers of one's own office; of a community, for the street",
  querystring: pageQuery(id('off')).extend({ community_id: communityId.optional() }),
  response: { 200: pageOf(officer) },
};
const reading = { tags, summary: 'An officer', params: z.strictObject({ id: id('off') }), response: { 200: officer } };

export const officers =
  ({ store, submit }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post('/v1/officers', { schema: appointing, config: writes('officers:write') }, async (request, reply) => {
      const { name, community_id: of } = request.body;
      const made = await submit(request, reply, appointOfficer, { name, communityId: of });
      created(reply, `/v1/officers/${made.id}`);
      return { ...made, name };
    });

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

function present({ id: officerId, communityId: of, name }: Row<'officer'>): z.output<typeof officer> {
  return { id: officerId, community_id: of, name };
}
