import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { addMerchant, merchantById, merchantsPage, setMerchantStatus, storesPage } from '../../communities/index.ts';
import { created } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import { communityMeant } from '../office.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { officerOf, requires, writes } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { codecOf } from '../http/codec.ts';
import { communityId, id, properName, reason } from '../http/wire.ts';
import { withExamples } from '../http/openapi-bodies.ts';
import { presentStore, store as storeSchema } from './stores.ts';

const STORES_SHOWN = 100;

const status = z.enum(['active', 'suspended']);
const shown = codecOf('merchant', ['id', 'name', 'statusReason'], {
  communityId: 'The home community, which pays it: the acquirer.',
  status,
});
const merchant = z.strictObject(shown.shape).meta({ id: 'Merchant' });
const { present } = shown;
const withStores = merchant
  .extend({ stores: z.array(storeSchema).meta({ description: `The newest ${STORES_SHOWN}; all are at \`/stores\`.` }) })
  .meta({ id: 'MerchantWithStores' });

const tags = ['merchants'];
const params = z.strictObject({ id: id('mer') });
const registering = {
  tags,
  operationId: 'registerMerchant',
  summary: 'Register a merchant',
  description: 'For an officer of the community in which the shops are. Stores and credentials of tills are added afterwards.',
  body: withExamples(
    z.strictObject({
      name: properName(60),
      community_id: communityId.optional().meta({ description: "The home community; default: the officer's own." }),
    }),
    { shop: { name: '太炎超市' } },
  ),
  response: { 201: merchant },
};
const listing = {
  tags,
  operationId: 'listMerchants',
  summary: 'Merchants of all communities, or of one',
  description: 'For choosing a merchant, newest first.',
  querystring: pageQuery(id('mer')).extend({ community_id: communityId.optional() }),
  response: { 200: pageOf(merchant) },
};
const reading = {
  tags,
  operationId: 'getMerchant',
  summary: 'A merchant and its stores',
  description: "For an officer's page of one merchant.",
  params,
  response: { 200: withStores },
};
const setting = {
  tags,
  operationId: 'setMerchantStatus',
  summary: 'Suspend a merchant, or let its tills redeem again',
  description: "For an officer of the merchant's community. Tills of a suspended merchant redeem nothing; reversals and voids go on.",
  params,
  body: z.strictObject({ status, reason }),
  response: { 200: z.strictObject({ id: id('mer'), status }) },
};

export const merchants =
  ({ store, submit }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post('/v1/merchants', { schema: registering, config: writes('merchants:write') }, async (request, reply) => {
      const { name, community_id: named } = request.body;
      const home = communityMeant(request, named, '/community_id');
      const made = await submit(request, reply, addMerchant, { by: officerOf(request), communityId: home, name });
      created(reply, `/v1/merchants/${made.id}`);
      return { ...made, name, status: 'active' as const, status_reason: null };
    });

    app.get('/v1/merchants', { schema: listing, config: requires('merchants:read') }, async ({ query }) => {
      const { limit, cursor, community_id: named } = query;
      return page(await merchantsPage(store, named ?? null, { limit, after: cursor }), limit, (row) => row.id, present);
    });

    app.get('/v1/merchants/:id', { schema: reading, config: requires('merchants:read') }, async (request) => {
      const found = await merchantById(store, request.params.id);
      if (!found) throw new Problem('merchant_not_found', { details: { merchant_id: request.params.id } });
      const rows = await storesPage(store, found.id, { limit: STORES_SHOWN });
      return { ...present(found), stores: rows.slice(0, STORES_SHOWN).map(presentStore) };
    });

    app.put('/v1/merchants/:id/status', { schema: setting, config: writes('merchants:write') }, async (request, reply) =>
      submit(request, reply, setMerchantStatus, { by: officerOf(request), id: request.params.id, ...request.body }),
    );
  };
