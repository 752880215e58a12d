import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Acting } from '../../access/index.ts';
import {
  addOffer,
  type AddOfferInput,
  type MerchantStatus,
  type AddOfferReply,
  offerById,
  offersOnSale,
  offerState,
  type OfferState,
  offerStates,
  setOfferStatus,
} from '../../redeem/index.ts';
import { created } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { officerOf, requires, writes } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { codecOf } from '../http/codec.ts';
import { onWire } from '../http/names.ts';
import { kind } from './voucher-wire.ts';
import { communityId, count, fen, id, properName, namedCommunity, namedMerchant, points, reason, time } from '../http/wire.ts';
import { faulty } from '../http/field-codes.ts';

const status = z.enum(['active', 'withdrawn']);
const offered = codecOf('offer', ['id', 'communityId', 'title'], {
  kind,
  points: 'The price; of cash, the price of one multiple.',
  settlementFen: 'The amount that the merchant is owed for an item.',
  merchantId: 'The merchant that redeems an item; null: any.',
  status,
});
const offer = z
  .strictObject({
    ...offered.shape,
    face_fen: count.meta({ description: 'The amount that one voucher takes off at the current rate; an issued voucher keeps its own.' }),
    valid_until: time.meta({ description: 'The end of a voucher that is taken now.' }),
    merchant: namedMerchant
      .extend({ status: z.enum(['active', 'suspended']).meta({ description: 'Suspended: nobody can take the offer now.' }) })
      .nullable()
      .meta({ description: 'The same merchant by name.' }),
    community: namedCommunity.nullable().meta({ description: 'Its home community by name.' }),
  })
  .meta({ id: 'Offer' });

/** A cash offer is priced in hundreds, so that its face is whole at the rate of 100 points to 10 yuan. */
const CASH_STEP_POINTS = 100;

const cash = z.strictObject({
  kind: z.literal('cash'),
  title: properName(60),
  points: points.multipleOf(CASH_STEP_POINTS, faulty('not_a_multiple', { of: CASH_STEP_POINTS })),
});
const item = z.strictObject({ kind: z.literal('item'), title: properName(60), points, merchant_id: id('mer'), settlement_fen: fen });
const body = z.discriminatedUnion('kind', [cash, item]);

function inputOf(by: Acting, sent: z.output<typeof body>): AddOfferInput {
  const { title, points: price } = sent;
  if (sent.kind === 'cash') return { by, kind: 'cash', title, points: price };
  return { by, kind: 'item', title, points: price, merchantId: sent.merchant_id, settlementFen: sent.settlement_fen };
}

const tags = ['offers'];
const params = z.strictObject({ id: id('ofr') });
const adding = {
  tags,
  operationId: 'addOffer',
  summary: 'Put something on sale',
  description: 'For an officer who decides what residents get for how many points: an amount off at any shop, or an item of one merchant.',
  body,
  response: { 201: offer },
};
const listing = {
  tags,
  operationId: 'listOffers',
  summary: 'Offers on sale',
  description: "For a resident's page, and for an officer who issues a voucher, newest first.",
  querystring: pageQuery(id('ofr')).extend({ community_id: communityId.optional() }),
  response: { 200: pageOf(offer) },
};
const reading = {
  tags,
  operationId: 'getOffer',
  summary: 'An offer',
  description: 'For reading one offer by its id.',
  params,
  response: { 200: offer },
};
const setting = {
  tags,
  operationId: 'setOfferStatus',
  summary: 'Withdraw an offer, or put it back on sale',
  description: 'For an officer who takes an offer off the list, for a while or for good. Vouchers that were issued from it stay good.',
  params,
  body: z.strictObject({ status, reason }),
  response: { 200: z.strictObject({ id: id('ofr'), status }) },
};

export const offers =
  ({ store, submit, clock }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post('/v1/offers', { schema: adding, config: writes('offers:write') }, async (request, reply) => {
      const made = await submit(request, reply, addOffer, inputOf(officerOf(request), request.body));
      created(reply, `/v1/offers/${made.id}`);
      const row = (await offerById(store, made.id))!;
      return { ...presentOffer(asTold(await offerState(store, row, row.createdAt), made)), status: 'active' as const };
    });

    app.get('/v1/offers', { schema: listing, config: requires('offers:read') }, async ({ query: { limit, cursor, community_id: of } }) => {
      const states = await offerStates(store, await offersOnSale(store, of, { limit, after: cursor }), clock());
      return page(states, limit, ({ offer: { id: last } }) => last, presentOffer);
    });

    app.get('/v1/offers/:id', { schema: reading, config: requires('offers:read') }, async (request) => {
      const found = await offerById(store, request.params.id);
      if (!found) throw new Problem('offer_not_found', { details: { offer_id: request.params.id } });
      return presentOffer(await offerState(store, found, clock()));
    });

    app.put('/v1/offers/:id/status', { schema: setting, config: writes('offers:write') }, async (request, reply) =>
      submit(request, reply, setOfferStatus, { by: officerOf(request), id: request.params.id, ...request.body }),
    );
  };

/** An offer as it was told when it was put on sale, whatever the rate, the names and the merchant's status are now. */
function asTold(state: OfferState, { told }: AddOfferReply): OfferState {
  if (!told) return state;
  const { faceFen, validUntil, communityName: name, merchantStatus } = told;
  return {
    ...state,
    faceFen,
    validUntil,
    merchant: state.merchant && { ...state.merchant, status: merchantStatus ?? state.merchant.status },
    community: state.community && { ...state.community, name: name ?? state.community.name },
  };
}

function presentOffer({ offer: row, faceFen, validUntil, merchant, community }: OfferState): z.output<typeof offer> {
  return {
    ...offered.present(row),
    ...onWire({ faceFen, validUntil }),
    merchant: merchant && { id: merchant.id, name: merchant.name, status: merchant.status as MerchantStatus },
    community: community && { id: community.id, name: community.name },
  };
}
