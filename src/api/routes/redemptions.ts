import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { storeById } from '../../communities/index.ts';
import {
  isOwn,
  namesOfRedemptions,
  redeem,
  type RedeemInput,
  redemptionById,
  redemptionsOfStore,
  type RedemptionState,
  reverseRedemption,
  voidRedemption,
} from '../../redeem/index.ts';
import { type Refusal, requestByNumber } from '../../ledger/index.ts';
import { idOf, type Row, type View } from '../../store/index.ts';
import { created, doneOf, requestKey } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { merchantOf, requires, writes } from '../http/principal.ts';
import { fieldProblem, Problem } from '../http/problem.ts';
import { presentMade, presentRefusal, presentState, redemption, redemptionRequest, requestNo } from './redemption-wire.ts';
import { code, pin, pinHashOf, tillOf } from '../till.ts';
import { day, fen, id, orderNo, reason, rfc3339, time } from '../http/wire.ts';
import { withExamples } from '../http/openapi-bodies.ts';

/** The body of a redemption. */
export const redemptionBody = z.strictObject({
  code,
  pin: pin.optional(),
  store_id: id('sto').optional().meta({ description: 'Required if the client is bound to no store.' }),
  terminal_id: id('ter').optional().meta({ description: 'The terminal that asks: wrong codes and PINs are counted by it.' }),
  order_no: orderNo,
  order_amount_fen: fen.optional().meta({ description: 'The amount of the order before the voucher; required for a cash voucher.' }),
});

/** The body that a till sends for a cash voucher. */
export const anOrder = { code: '771234567890123450', order_no: '20261123-0187', order_amount_fen: 5_680 };

/** The command's input for the body of a till. */
export function redeemInput(
  request: FastifyRequest,
  body: z.output<typeof redemptionBody>,
  { secrets }: Pick<Deps, 'secrets'>,
  presentedAt: number | null,
  storePointer?: string,
): RedeemInput {
  return {
    ...tillOf(request, body.store_id, storePointer),
    terminalId: body.terminal_id ?? null,
    codeHash: secrets.hash('code', body.code),
    pinHash: body.pin === undefined ? null : pinHashOf({ secrets }, body.code, body.pin),
    orderNo: body.order_no,
    orderAmountFen: body.order_amount_fen ?? null,
    presentedAt,
  };
}

const reversal = z
  .strictObject({ id: id('rev'), redemption_id: id('red'), business_day: day, reversed_at: time, entry_id: id('ent') })
  .meta({ id: 'Reversal' });
const voided = z
  .strictObject({
    id: id('vod'),
    request_no: z.string(),
    redemption_id: id('red').nullable().meta({ description: 'The redemption that the request had made, if it had made one.' }),
    reversed: z.boolean().meta({ description: 'Whether this void undid that redemption; false: nothing was left to undo.' }),
    voided_at: time,
  })
  .meta({ id: 'RedemptionVoid' });

const tags = ['redemptions'];
const params = z.strictObject({ id: id('red') });
const redeeming = {
  tags,
  operationId: 'redeemVoucher',
  summary: 'Redeem a voucher',
  description:
    'For a till at the moment of payment: 201 means that the discount is granted, and nothing else does. The `Idempotency-Key` is the number of the attempt (`request_no`), kept for ever: after a lost answer send the same again with the same key, read the outcome by `GET /v1/redemptions?request_no=`, or void it by `POST /v1/redemption-voids`. A refusal is kept under its key as well, so a new attempt takes a new key. A replay tells of then; `now` and `cashier_message` tell how the redemption stands now.',
  body: withExamples(redemptionBody, { cash: anOrder, paper: { ...anOrder, pin: '123456' } }),
  response: { 201: redemption },
};
const reading = {
  tags,
  operationId: 'getRedemption',
  summary: 'A redemption',
  description: "For a till or a shop's page that shows one redemption as it stands now, with its reversal if there is one.",
  params,
  response: { 200: redemption },
};
const listing = {
  tags,
  operationId: 'listRedemptions',
  summary: 'The outcome of a request number, or the redemptions of a store and day',
  description:
    "For a till that got no answer: with `request_no` it tells what became of that attempt of this client, as it stands now. With `day`, it lists a store's redemptions for the cashier, newest first.",
  querystring: pageQuery(id('red')).extend({
    request_no: requestNo.optional().meta({ description: "This client's request with this number. 404 is not final." }),
    store_id: id('sto').optional(),
    day: day.optional().meta({ description: 'With store_id: the redemptions of a business day.' }),
  }),
  response: { 200: pageOf(redemptionRequest) },
};
const reversing = {
  tags,
  operationId: 'reverseRedemption',
  summary: 'Reverse a redemption',
  description:
    'For a cashier who takes back a sale within `reversible_until`: the voucher is good again, unless it has run out meanwhile. A redemption is reversed whole, and only once: under another key it is refused as reversed already.',
  params,
  body: withExamples(z.strictObject({ reason }), { returned: { reason: '顾客退货' } }),
  response: { 201: reversal },
};
const voiding = {
  tags,
  operationId: 'voidRedemption',
  summary: 'Make sure that a request number never counts',
  description:
    'For a till that gives up an attempt whose answer it never got. It undoes the redemption that this client made under the number, or else the one that another client of the same merchant and store made under it. If none did, the number is refused from now on, under every active one of these clients. It heeds no window, and has a key of its own, other than the number that it voids. Under another key it changes nothing more.',
  body: withExamples(z.strictObject({ request_no: requestNo, reason }), {
    lost: { request_no: 'till-3-20261123-0187', reason: '未收到结果' },
  }),
  response: { 200: voided },
};

export const redemptions =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, submit, submitOutcome } = deps;

    app.post('/v1/redemptions', { schema: redeeming, config: writes('redemptions:write') }, async (request, reply) => {
      const input = redeemInput(request, request.body, deps, null);
      const attempt = { key: requestKey(request), input, submit: () => submitOutcome(request, reply, redeem, input) };
      const made = doneOf(await deps.redeeming(request, attempt));
      created(reply, `/v1/redemptions/${made.reply.id}`);
      return presentMade(store, made);
    });

    app.get('/v1/redemptions/:id', { schema: reading, config: requires('redemptions:read') }, async (request) => {
      const found = await redemptionById(store, request.params.id);
      const { merchantId, storeId = null } = merchantOf(request);
      if (!found || !isOwn(found.redemption, merchantId, storeId)) {
        throw new Problem('redemption_not_found', { details: { redemption_id: request.params.id } });
      }
      return (await statesPresenter(store, [found]))(found);
    });

    app.get(
      '/v1/redemptions',
      { schema: listing, config: requires('redemptions:read', 'redemption_request_unknown', 'store_not_found') },
      async (request) => {
        const { request_no: number, store_id: storeId, day: of, limit, cursor } = request.query;
        if (number !== undefined) return { items: [await presentRequest(deps, request, number)], next_cursor: null };
        if (of === undefined) throw fieldProblem('query/day', 'request_no_or_day_missing');
        const till = tillOf(request, storeId, 'query/store_id');
        const named = await storeById(store, till.storeId);
        if (named?.merchantId !== till.merchantId) throw new Problem('store_not_found', { details: { store_id: till.storeId } });
        const rows = await redemptionsOfStore(store, till.storeId, of, { limit, after: cursor });
        const present = await statesPresenter(store, rows);
        return page(
          rows,
          limit,
          (row) => row.redemption.id,
          (row) => {
            const shown = present(row);
            return { request_no: shown.request_no, status: shown.status, redemption: shown, refusal: null };
          },
        );
      },
    );

    app.post('/v1/redemptions/:id/reversals', { schema: reversing, config: writes('redemptions:write') }, async (request, reply) => {
      const { merchantId, storeId = null } = merchantOf(request);
      const input = { merchantId, storeId, redemptionId: request.params.id, reason: request.body.reason };
      const made = await submit(request, reply, reverseRedemption, input);
      created(reply, `/v1/redemptions/${made.redemption_id}`);
      return { ...made, reversed_at: rfc3339(made.reversed_at) };
    });

    app.post('/v1/redemption-voids', { schema: voiding, config: writes('redemptions:write') }, async (request, reply) => {
      merchantOf(request);
      const { request_no: number, reason: why } = request.body;
      if (number === requestKey(request)) throw fieldProblem('/request_no', 'own_key');
      const input = { client: request.principal.clientId, requestNo: number, reason: why };
      const made = await submit(request, reply, voidRedemption, input);
      return { ...made, voided_at: rfc3339(made.voided_at) };
    });
  };

/** Presents redemptions as they stand, with the names behind their ids. */
async function statesPresenter(view: View, states: readonly RedemptionState[]) {
  const names = await namesOfRedemptions(
    view,
    states.map((state) => state.redemption),
  );
  return (state: RedemptionState) => presentState(state, names.get(state.redemption.id));
}

async function presentRequest({ store }: Deps, request: FastifyRequest, number: string): Promise<z.output<typeof redemptionRequest>> {
  const found = await requestByNumber(store, request.principal.clientId, number);
  if (found?.command !== redeem.name) throw new Problem('redemption_request_unknown', { details: { request_no: number } });
  const made = await redemptionById(store, idOf('red', found.commandId));
  const shown = made ? presentState(made) : null;
  if (found.voidedAt !== null) return { request_no: number, status: 'voided', redemption: shown, refusal: null };
  if (shown) return { request_no: number, status: shown.status, redemption: shown, refusal: null };
  return { request_no: number, status: 'refused', redemption: null, refusal: presentRefusal(refusalOf(found), request.id) };
}

function refusalOf({ outcome }: Row<'request'>): Refusal {
  return JSON.parse(outcome!) as Refusal;
}
