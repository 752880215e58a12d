import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { communitiesPage, limitsOf } from '../../communities/index.ts';
import type { Deps } from '../deps.ts';
import { limit, presentLimit } from './limit-wire.ts';
import { officeOf } from '../office.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { requires } from '../http/principal.ts';
import { communityId } from '../http/wire.ts';

const listing = {
  tags: ['limits'],
  summary: 'How much communities may grant, and why',
  description: "One's own community's; every community's for the street office, by id.",
  querystring: pageQuery(communityId),
  response: { 200: pageOf(limit) },
};

export const limits =
  ({ store, clock }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get('/v1/limits', { schema: listing, config: requires('limits:read') }, async (request) => {
      const { limit: atMost, cursor } = request.query;
      const own = officeOf(request);
      const ids = own === null ? (await communitiesPage(store, { limit: atMost, after: cursor })).map(({ id }) => id) : [own];
      const found = await limitsOf(store, ids.slice(0, atMost), clock());
      return page(
        ids,
        atMost,
        (id) => id,
        (id) => presentLimit(id, found[ids.indexOf(id)]!),
      );
    });
  };
