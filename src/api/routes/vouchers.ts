import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { cancelVoucher, issueVoucher, namesOfOffer, setVoucherStatus, voucherById, voucherState } from '../../redeem/index.ts';
import { created } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import { ownResident } from '../office.ts';
import { pageOf, pageQuery } from '../http/page.ts';
import { officerOf, requires, writes } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { cancellation, newVoucher, presentIssued, presentVoucher, voucher, vouchersPage } from './voucher-wire.ts';
import { onWire } from '../http/names.ts';
import { id, reason } from '../http/wire.ts';

const tags = ['vouchers'];
const ofResident = z.strictObject({ id: id('res') });
const params = z.strictObject({ id: id('vch') });
const status = z.enum(['issued', 'suspended']);
const listing = {
  tags,
  operationId: 'listVouchersOfResident',
  summary: "A resident's vouchers",
  description: 'For an officer at the counter of a community, newest first.',
  params: ofResident,
  querystring: pageQuery(id('vch')),
  response: { 200: pageOf(voucher) },
};
const issuing = {
  tags,
  operationId: 'issueVoucher',
  summary: "Issue a voucher on a resident's behalf",
  description: 'For an officer who serves a resident without a phone. The voucher is then printed: `POST /v1/vouchers/{id}/papers`.',
  params: ofResident,
  body: newVoucher,
  response: { 201: voucher },
};
const reading = {
  tags,
  operationId: 'getVoucher',
  summary: 'A voucher',
  description: "For an officer who answers a resident's question about one voucher.",
  params,
  response: { 200: voucher },
};
const cancelling = {
  tags,
  operationId: 'cancelVoucher',
  summary: "Cancel a voucher on a resident's behalf",
  description: 'For an officer who serves a resident without a phone: the points come back to the wallet.',
  params,
  body: z.strictObject({ reason }),
  response: { 200: cancellation },
};
const setting = {
  tags,
  operationId: 'setVoucherStatus',
  summary: 'Suspend a voucher, or make it good again',
  description: 'For an officer who is told of a lost paper or suspects misuse. No till redeems a suspended voucher.',
  params,
  body: z.strictObject({ status, reason }),
  response: { 200: z.strictObject({ id: id('vch'), status }) },
};

/** An officer's view of vouchers, and commands on them, for residents of the officer's own community. */
export const vouchers =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, submit, clock } = deps;

    app.get('/v1/residents/:id/vouchers', { schema: listing, config: requires('vouchers:read') }, async (request) => {
      const { id: residentId } = await ownResident(store, request, request.params.id);
      return vouchersPage(deps, residentId, request.query);
    });

    app.post('/v1/residents/:id/vouchers', { schema: issuing, config: writes('vouchers:write') }, async (request, reply) => {
      const { offer_id: offerId, quantity } = request.body;
      const input = { by: officerOf(request), residentId: request.params.id, offerId, quantity };
      const made = await submit(request, reply, issueVoucher, input);
      created(reply, `/v1/vouchers/${made.id}`);
      return presentIssued(made, await namesOfOffer(store, made.offer_id));
    });

    app.get('/v1/vouchers/:id', { schema: reading, config: requires('vouchers:read') }, async (request) =>
      presentVoucher(await voucherState(store, await ownVoucher(deps, request, request.params.id)), clock()),
    );

    app.post('/v1/vouchers/:id/cancellation', { schema: cancelling, config: writes('vouchers:write') }, async (request, reply) => {
      const input = { by: officerOf(request), voucherId: request.params.id, reason: request.body.reason };
      return onWire(await submit(request, reply, cancelVoucher, input));
    });

    app.put('/v1/vouchers/:id/status', { schema: setting, config: writes('vouchers:write') }, async (request, reply) =>
      submit(request, reply, setVoucherStatus, { by: officerOf(request), id: request.params.id, ...request.body }),
    );
  };

async function ownVoucher(deps: Deps, request: FastifyRequest, voucherId: string) {
  const found = await voucherById(deps.store, voucherId);
  if (!found) throw new Problem('voucher_not_found', { details: { voucher_id: voucherId } });
  await ownResident(deps.store, request, found.residentId);
  return found;
}
