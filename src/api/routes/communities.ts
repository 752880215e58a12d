import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { addCommunity, communitiesPage, communityById } from '../../communities/index.ts';
import type { Row } from '../../store/index.ts';
import { created } from '../commands.ts';
import type { Deps } from '../deps.ts';
import { page, pageOf, pageQuery } from '../page.ts';
import { requires, writes } from '../principal.ts';
import { Problem } from '../problem.ts';
import { communityId, rfc3339, text, time } from '../wire.ts';

const code = z
  .string()
  .regex(/^\d{12}$/, 'must be 12 digits')
  .meta({ description: 'The statistical code (统计用区划代码).' });
const community = z.strictObject({ id: communityId, name: text(40), code: code.nullable(), opened_at: time }).meta({ id: 'Community' });

const tags = ['communities'];
const params = z.strictObject({ id: communityId });
const listing = { tags, summary: 'All communities, by id', querystring: pageQuery(communityId), response: { 200: pageOf(community) } };
const reading = { tags, summary: 'A community', params, response: { 200: community } };
const opening = {
  tags,
  summary: 'Open a community',
  description: 'The id stands in account paths and never changes.',
  body: z.strictObject({ id: communityId, name: text(40), code: code.optional() }),
  response: { 201: community },
};

export const communities =
  ({ store, submit }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post('/v1/communities', { schema: opening, config: writes('communities:write') }, async (request, reply) => {
      const input = { ...request.body, code: request.body.code ?? null };
      const made = await submit(request, reply, addCommunity, input);
      created(reply, `/v1/communities/${made.id}`);
      return { ...input, opened_at: rfc3339(made.opened_at) };
    });

    app.get('/v1/communities', { schema: listing, config: requires('communities:read') }, async ({ query: { limit, cursor } }) =>
      page(await communitiesPage(store, { limit, after: cursor }), limit, ({ id }) => id, present),
    );

    app.get('/v1/communities/:id', { schema: reading, config: requires('communities:read') }, async ({ params: { id } }) => {
      const found = await communityById(store, id);
      if (!found) throw new Problem('community_not_found', { details: { community_id: id } });
      return present(found);
    });
  };

function present({ id, name, code: statistical, openedAt }: Row<'community'>): z.output<typeof community> {
  return { id, name, code: statistical, opened_at: rfc3339(openedAt) };
}
