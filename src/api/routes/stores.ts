import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  addStore,
  addTerminal,
  merchantById,
  type Place,
  setStorePlace,
  storeById,
  type StoreFound,
  storesFound,
  storesPage,
  terminalById,
  terminalsPage,
} from '../../communities/index.ts';
import type { Row } from '../../store/index.ts';
import { codecOf } from '../http/codec.ts';
import { communityId, id, namedCommunity, namedMerchant, properName, text } from '../http/wire.ts';
import { withExamples } from '../http/openapi-bodies.ts';
import { created } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { officerOf, requires, writes } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { faulty } from '../http/field-codes.ts';

const MILLION = 1_000_000;

/**
 * Degrees of WGS 84 with at most six decimals, a tenth of a metre. The bounds are those of the country, so that swapped degrees are
 * refused.
 */
function degrees(min: number, max: number) {
  return z
    .number()
    .min(min)
    .max(max)
    .refine((sent) => Math.round(sent * MILLION) / MILLION === sent, faulty('too_many_decimals', { at_most: 6 }));
}

const latitude = degrees(3, 54).meta({ description: 'Degrees north, WGS 84, at most 6 decimals.', examples: [30.2906] });
const longitude = degrees(73, 136).meta({ description: 'Degrees east, WGS 84, at most 6 decimals.', examples: [119.9823] });
const address = text(120).meta({ description: 'Its place, in words.' });

/** The members of a new store in a body. */
const newStore = z
  .strictObject({ name: properName(60), address: address.optional(), latitude: latitude.optional(), longitude: longitude.optional() })
  .superRefine(bothOrNeither);

/** The new place of a store; null: unknown. */
const place = z
  .strictObject({ address: address.nullable(), latitude: latitude.nullable(), longitude: longitude.nullable() })
  .superRefine(bothOrNeither);

type Sent = {
  readonly address?: string | null | undefined;
  readonly latitude?: number | null | undefined;
  readonly longitude?: number | null | undefined;
};

function bothOrNeither({ latitude: north = null, longitude: east = null }: Sent, context: z.RefinementCtx): void {
  if ((north === null) === (east === null)) return;
  context.addIssue({ code: 'custom', path: [north === null ? 'latitude' : 'longitude'], message: faulty('other_place_missing') });
}

function placeOf({ address: words = null, latitude: north = null, longitude: east = null }: Sent): Place {
  return { address: words, latitudeE6: micro(north), longitudeE6: micro(east) };
}

function micro(sent: number | null): number | null {
  return sent === null ? null : Math.round(sent * MILLION);
}

function decimal(millionths: number | null): number | null {
  return millionths === null ? null : millionths / MILLION;
}

const shownPlace = { address: z.string().nullable(), latitude: z.number().nullable(), longitude: z.number().nullable() };

const shown = codecOf('store', ['id', 'merchantId', 'name']);
export const store = z.strictObject({ ...shown.shape, ...shownPlace }).meta({ id: 'Store' });

export function presentStore(row: Row<'store'>): z.output<typeof store> {
  return { ...shown.present(row), ...presentPlace(row) };
}

function presentPlace({ address: words, latitudeE6, longitudeE6 }: Place) {
  return { address: words, latitude: decimal(latitudeE6), longitude: decimal(longitudeE6) };
}

const storeFound = z
  .strictObject({ id: id('sto'), name: z.string(), merchant: namedMerchant, community: namedCommunity, ...shownPlace })
  .meta({ id: 'StoreFound' });

function presentFound({ store: row, merchant, community }: StoreFound): z.output<typeof storeFound> {
  return {
    id: row.id,
    name: row.name,
    merchant: { id: merchant.id, name: merchant.name },
    community: { id: community.id, name: community.name },
    ...presentPlace(row),
  };
}

const shownTerminal = codecOf('terminal', ['id', 'storeId', 'merchantId', 'name']);
const terminal = z.strictObject(shownTerminal.shape).meta({ id: 'Terminal' });
const presentTerminal = shownTerminal.present;

const tags = ['merchants'];
const named = z.strictObject({ name: properName(60) });
const ofMerchant = z.strictObject({ id: id('mer') });
const ofStore = z.strictObject({ id: id('sto') });
const storeSchemas = {
  add: {
    tags,
    operationId: 'addStore',
    summary: 'Add a store to a merchant',
    description:
      "For an officer of the merchant's community: the place where vouchers are redeemed, with its address if it should be found on a map.",
    params: ofMerchant,
    body: withExamples(newStore, {
      store: { name: '高教路店', address: '高教路 1 号', latitude: 30.2906, longitude: 119.9823 },
    }),
    response: { 201: store },
  },
  list: {
    tags,
    operationId: 'listStoresOfMerchant',
    summary: "A merchant's stores",
    description: 'For an officer who looks after one merchant, newest first.',
    params: ofMerchant,
    querystring: pageQuery(id('sto')),
    response: { 200: pageOf(store) },
  },
  read: {
    tags,
    operationId: 'getStore',
    summary: 'A store',
    description: 'For reading one store by its id.',
    params: ofStore,
    response: { 200: store },
  },
  find: {
    tags,
    operationId: 'findStores',
    summary: 'Stores where vouchers are redeemed',
    description: 'The stores of active merchants, newest first: of all communities, of one, or of one merchant.',
    querystring: pageQuery(id('sto')).extend({ community_id: communityId.optional(), merchant_id: id('mer').optional() }),
    response: { 200: pageOf(storeFound) },
  },
  place: {
    tags,
    operationId: 'setStorePlace',
    summary: 'Set the place of a store',
    description: 'For an officer who corrects an address or the point on the map. All three members are replaced together.',
    params: ofStore,
    body: place,
    response: { 200: store },
  },
};
const terminalSchemas = {
  add: {
    tags,
    operationId: 'addTerminal',
    summary: 'Add a terminal to a store',
    description: 'For merchants that tell their lanes apart: a till may then name the terminal in each redemption.',
    params: ofStore,
    body: withExamples(named, { lane: { name: '1 号收银台' } }),
    response: { 201: terminal },
  },
  list: {
    tags,
    operationId: 'listTerminals',
    summary: "A store's terminals",
    description: 'For setting up tills: the ids that a redemption may name, newest first.',
    params: ofStore,
    querystring: pageQuery(id('ter')),
    response: { 200: pageOf(terminal) },
  },
  read: {
    tags,
    operationId: 'getTerminal',
    summary: 'A terminal',
    description: 'For reading one terminal by its id.',
    params: z.strictObject({ id: id('ter') }),
    response: { 200: terminal },
  },
};

export const stores =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post('/v1/merchants/:id/stores', { schema: storeSchemas.add, config: writes('merchants:write') }, async (request, reply) => {
      const { name } = request.body;
      const input = { by: officerOf(request), merchantId: request.params.id, name, place: placeOf(request.body) };
      const made = await deps.submit(request, reply, addStore, input);
      created(reply, `/v1/stores/${made.id}`);
      return presentStore({ id: made.id, merchantId: made.merchant_id, name, ...input.place, version: 0 });
    });

    app.get('/v1/merchants/:id/stores', { schema: storeSchemas.list, config: requires('merchants:read') }, async ({ params, query }) => {
      const { limit, cursor } = query;
      if (!(await merchantById(deps.store, params.id))) {
        throw new Problem('merchant_not_found', { details: { merchant_id: params.id } });
      }
      return page(await storesPage(deps.store, params.id, { limit, after: cursor }), limit, (row) => row.id, presentStore);
    });

    app.get('/v1/stores/:id', { schema: storeSchemas.read, config: requires('merchants:read') }, async ({ params }) =>
      presentStore(await knownStore(deps, params.id)),
    );

    app.get('/v1/stores', { schema: storeSchemas.find, config: requires('offers:read') }, async ({ query }) => {
      const { limit, cursor, community_id: communityOf = null, merchant_id: merchantOf = null } = query;
      const of = { communityId: communityOf, merchantId: merchantOf };
      return page(await storesFound(deps.store, of, { limit, after: cursor }), limit, ({ store: row }) => row.id, presentFound);
    });

    app.put('/v1/stores/:id/place', { schema: storeSchemas.place, config: writes('merchants:write') }, async (request, reply) => {
      const input = { by: officerOf(request), id: request.params.id, place: placeOf(request.body) };
      const { id: storeId } = await deps.submit(request, reply, setStorePlace, input);
      return presentStore({ ...(await knownStore(deps, storeId)), ...input.place });
    });
  };

export const terminals =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post('/v1/stores/:id/terminals', { schema: terminalSchemas.add, config: writes('merchants:write') }, async (request, reply) => {
      const { name } = request.body;
      const made = await deps.submit(request, reply, addTerminal, { by: officerOf(request), storeId: request.params.id, name });
      created(reply, `/v1/terminals/${made.id}`);
      return { ...made, name };
    });

    app.get('/v1/stores/:id/terminals', { schema: terminalSchemas.list, config: requires('merchants:read') }, async ({ params, query }) => {
      const { limit, cursor } = query;
      const { id: storeId } = await knownStore(deps, params.id);
      return page(await terminalsPage(deps.store, storeId, { limit, after: cursor }), limit, (row) => row.id, presentTerminal);
    });

    app.get('/v1/terminals/:id', { schema: terminalSchemas.read, config: requires('merchants:read') }, async ({ params }) => {
      const found = await terminalById(deps.store, params.id);
      if (!found) throw new Problem('terminal_not_found', { details: { terminal_id: params.id } });
      return presentTerminal(found);
    });
  };

async function knownStore(deps: Deps, storeId: string): Promise<Row<'store'>> {
  const found = await storeById(deps.store, storeId);
  if (!found) throw new Problem('store_not_found', { details: { store_id: storeId } });
  return found;
}
