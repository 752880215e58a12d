import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  cancelVoucher,
  issueVoucher,
  namesOfOffer,
  setVoucherStatus,
  voucherById,
  vouchersOf,
  voucherState,
  voucherStates,
} from '../../redeem/index.ts';
import { created } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import { ownResident } from '../office.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { officerOf, requires, writes } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { cancellation, presentIssued, presentVoucher, quantity, voucher } from './voucher-wire.ts';
import { id, reason, rfc3339 } from '../http/wire.ts';

/** Vouchers as an officer sees and handles them for residents of their own community. */
export const vouchers =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, submit, clock } = deps;
    const tags = ['vouchers'];
    const ofResident = z.strictObject({ id: id('res') });
    const params = z.strictObject({ id: id('vch') });

    app.get(
      '/v1/residents/:id/vouchers',
      {
        schema: {
          tags,
          summary: "A resident's vouchers",
          params: ofResident,
          querystring: pageQuery(id('vch')),
          response: { 200: pageOf(voucher) },
        },
        config: requires('vouchers:read'),
      },
      async (request) => {
        await ownResident(deps.store, request, request.params.id);
        const { limit, cursor } = request.query;
        const rows = await vouchersOf(store, request.params.id, { limit, after: cursor });
        const at = clock();
        return page(
          await voucherStates(store, rows),
          limit,
          ({ voucher: { id: last } }) => last,
          (state) => presentVoucher(state, at),
        );
      },
    );

    app.post(
      '/v1/residents/:id/vouchers',
      {
        schema: {
          tags,
          summary: "Issue a voucher on a resident's behalf",
          params: ofResident,
          body: z.strictObject({ offer_id: id('ofr'), quantity }),
          response: { 201: voucher },
        },
        config: writes('vouchers:write'),
      },
      async (request, reply) => {
        const { offer_id: offerId, quantity: multiples } = request.body;
        const input = { by: officerOf(request), residentId: request.params.id, offerId, quantity: multiples };
        const made = await submit(request, reply, issueVoucher, input);
        created(reply, `/v1/vouchers/${made.id}`);
        return presentIssued(made, await namesOfOffer(store, made.offer_id));
      },
    );

    app.get(
      '/v1/vouchers/:id',
      { schema: { tags, summary: 'A voucher', params, response: { 200: voucher } }, config: requires('vouchers:read') },
      async (request) => presentVoucher(await voucherState(store, await ownVoucher(deps, request, request.params.id)), clock()),
    );

    app.post(
      '/v1/vouchers/:id/cancellation',
      {
        schema: {
          tags,
          summary: "Cancel a voucher on a resident's behalf",
          params,
          body: z.strictObject({ reason }),
          response: { 200: cancellation },
        },
        config: writes('vouchers:write'),
      },
      async (request, reply) => {
        const input = { by: officerOf(request), voucherId: request.params.id, reason: request.body.reason };
        const made = await submit(request, reply, cancelVoucher, input);
        return { ...made, cancelled_at: rfc3339(made.cancelled_at) };
      },
    );

    const status = z.enum(['issued', 'suspended']);
    app.put(
      '/v1/vouchers/:id/status',
      {
        schema: {
          tags,
          summary: 'Suspend a voucher, or make it good again',
          params,
          body: z.strictObject({ status, reason }),
          response: { 200: z.strictObject({ id: id('vch'), status }) },
        },
        config: writes('vouchers:write'),
      },
      async (request, reply) =>
        submit(request, reply, setVoucherStatus, { by: officerOf(request), id: request.params.id, ...request.body }),
    );
  };

async function ownVoucher(deps: Deps, request: FastifyRequest, voucherId: string) {
  const found = await voucherById(deps.store, voucherId);
  if (!found) throw new Problem('voucher_not_found', { details: { voucher_id: voucherId } });
  await ownResident(deps.store, request, found.residentId);
  return found;
}
