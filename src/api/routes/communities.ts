import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { addCommunity, communitiesPage, communityById, openCommunities, renameCommunity } from '../../communities/index.ts';
import { dayOf } from '../../ledger/index.ts';
import { created } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { requires, writes } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { codecOf } from '../http/codec.ts';
import { communityId, digits, properName } from '../http/wire.ts';
import { withExamples } from '../http/openapi-bodies.ts';

const code = digits(12, '330110014001').meta({ description: 'The statistical code (统计用区划代码).' });
const name = properName(40);
const shown = codecOf('community', ['id', 'name', 'openedAt', 'succeededFrom'], {
  code: 'The statistical code (统计用区划代码).',
  successorId: 'The community that bears its cost and pays its merchants from `succeeded_from` on.',
});
const community = z.strictObject(shown.shape).meta({ id: 'Community' });
const { present } = shown;

const CACHE = 'public, max-age=300';

const tags = ['communities'];
const params = z.strictObject({ id: communityId });
const listing = {
  tags,
  operationId: 'listCommunities',
  summary: 'All communities, by id',
  description: 'For choosing a community: everybody who is signed in may read the list.',
  querystring: pageQuery(communityId),
  response: { 200: pageOf(community) },
};
const naming = {
  tags,
  operationId: 'listCommunityNames',
  summary: 'The communities in which somebody can register, by id',
  description: 'For somebody who registers on their own phone: everybody may read it. A community that another has succeeded is left out.',
  response: { 200: z.strictObject({ items: z.array(z.strictObject({ id: communityId, name })) }) },
};
const reading = {
  tags,
  operationId: 'getCommunity',
  summary: 'A community',
  description: 'For reading one community by its id.',
  params,
  response: { 200: community },
};
const opening = {
  tags,
  operationId: 'openCommunity',
  summary: 'Open a community',
  description: 'The id stands in account paths and never changes.',
  body: withExamples(z.strictObject({ id: communityId, name, code: code.optional() }), {
    community: { id: 'gexiang', name: '葛巷社区', code: '330110012001' },
  }),
  response: { 201: community },
};
const renaming = {
  tags,
  operationId: 'renameCommunity',
  summary: 'Rename a community',
  description: 'Its id stays, and statements made before keep the old name.',
  params,
  body: withExamples(z.strictObject({ name }), { community: { name: '葛巷新社区' } }),
  response: { 200: z.strictObject({ id: communityId, name }) },
};

export const communities =
  ({ store, clock, submit }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post('/v1/communities', { schema: opening, config: writes('communities:write') }, async (request, reply) => {
      const input = { ...request.body, code: request.body.code ?? null };
      const made = await submit(request, reply, addCommunity, input);
      created(reply, `/v1/communities/${made.id}`);
      return present({ ...input, openedAt: made.opened_at, successorId: null, succeededFrom: null, version: 0 });
    });

    app.get('/v1/communities', { schema: listing, config: requires('communities:read') }, async ({ query: { limit, cursor } }) =>
      page(await communitiesPage(store, { limit, after: cursor }), limit, ({ id }) => id, present),
    );

    app.get('/v1/community-names', { schema: naming, config: { public: true } }, async (_request, reply) => {
      reply.header('cache-control', CACHE);
      return { items: await openCommunities(store, dayOf(clock())) };
    });

    app.get('/v1/communities/:id', { schema: reading, config: requires('communities:read') }, async ({ params: { id } }) => {
      const found = await communityById(store, id);
      if (!found) throw new Problem('community_not_found', { details: { community_id: id } });
      return present(found);
    });

    app.put('/v1/communities/:id/name', { schema: renaming, config: writes('communities:write') }, async (request, reply) => {
      const input = { id: request.params.id, name: request.body.name };
      const { id } = await submit(request, reply, renameCommunity, input);
      return { id, name: input.name };
    });
  };
