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
import { guesserOf } from '../http/guess-guard.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { merchantOf, requires, writes } from '../http/principal.ts';
import { fieldProblem, Problem } from '../http/problem.ts';
import { presentMade, presentRefusal, presentState, redemption, redemptionRequest, requestNo } from './redemption-wire.ts';
import { code, pin, pinHashOf, tillOf } from '../till.ts';
import { foldedReference } from '../../text/index.ts';
import { comparedBy } from '../http/same-input.ts';
import { day, fen, id, reason, rfc3339, text, time } from '../http/wire.ts';

/** The body of a redemption. */
export const redemptionBody = z.strictObject({
  code,
  pin: pin.optional(),
  store_id: id('sto').optional().meta({ description: 'Required if the client is bound to no store.' }),
  terminal_id: id('ter').optional(),
  order_no: comparedBy(text(64), foldedReference).meta({ description: "The till's own reference; not unique." }),
  order_amount_fen: fen.optional().meta({ description: 'The amount of the order before the voucher; required for a cash voucher.' }),
});

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
  summary: 'Redeem a voucher',
  description:
    'The Idempotency-Key is the request number. If there is no answer, read what became of it (`GET /v1/redemptions?request_no=`), send the same again, or void it. A replay tells of then; `now` and `cashier_message` tell how the redemption stands now.',
  body: redemptionBody,
  response: { 201: redemption },
};
const reading = { tags, summary: 'A redemption', params, response: { 200: redemption } };
const listing = {
  tags,
  summary: 'The outcome of a request number, or the redemptions of a store and day',
  querystring: pageQuery(id('red')).extend({
    request_no: requestNo.optional().meta({ description: "This client's request with this number. 404 is not final." }),
    store_id: id('sto').optional(),
    day: day.optional().meta({ description: 'With store_id: the redemptions of a business day.' }),
  }),
  response: { 200: pageOf(redemptionRequest) },
};
const reversing = { tags, summary: 'Reverse a redemption', params, body: z.strictObject({ reason }), response: { 201: reversal } };
const voiding = {
  tags,
  summary: 'Make sure that a request number never counts',
  description:
    'Undoes the redemption that this client made under the number, or else the one that another client of the same merchant and store made under it. If none did, the number is refused from now on, under every active one of these clients.',
  body: z.strictObject({ request_no: requestNo, reason }),
  response: { 200: voided },
};

export const redemptions =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, submit, submitOutcome, guards, clock } = deps;

    app.post('/v1/redemptions', { schema: redeeming, config: writes('redemptions:write') }, async (request, reply) => {
      guards.guesses.check(guesserOf(request), clock());
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

    app.get('/v1/redemptions', { schema: listing, config: requires('redemptions:read') }, async (request) => {
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
    });

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
