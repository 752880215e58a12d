import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { voucherById, voucherMarks, voucherStates } from '../../redeem/index.ts';
import { rowsById } from '../../store/index.ts';
import type { Deps } from '../deps.ts';
import { requires, residentOf } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { presentVoucher } from './voucher-wire.ts';
import { VoucherWatch } from './voucher-watch.ts';
import { id } from '../http/wire.ts';

const watching = {
  tags: ['me'],
  operationId: 'watchVoucher',
  summary: 'Events of one of my vouchers',
  description:
    'Server-sent events: `event: voucher` with a Voucher as its data, in one line of JSON, at once and whenever the voucher changes, wherever it was redeemed. A comment comes every 15 seconds. The stream ends after 5 minutes; an EventSource then connects again by itself.',
  params: z.strictObject({ id: id('vch') }),
  response: { 200: { description: 'Events, as they occur.', content: { 'text/event-stream': { schema: z.string() } } } },
};

/** The events that tell a resident's phone that the voucher on its screen was redeemed. */
export const voucherEvents =
  ({ store, clock, logger }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const watch = new VoucherWatch({
      marks: (ids) => voucherMarks(store, ids, clock()),
      async show(ids) {
        const at = clock();
        const rows = await rowsById(store, 'voucher', ids);
        const states = await voucherStates(store, [...rows.values()]);
        return new Map(states.map((state) => [state.voucher.id, JSON.stringify(presentVoucher(state, at))]));
      },
      failed: (err) => logger.warn({ err }, 'vouchers cannot be watched just now'),
    });
    app.addHook('preClose', async () => watch.close());

    // There is no HEAD route, since a stream without a reader has no content.
    const options = { schema: watching, config: requires('me:read'), exposeHeadRoute: false };
    app.get('/v1/me/vouchers/:id/events', options, async (request, reply) => {
      const { id: voucherId } = request.params;
      const found = await voucherById(store, voucherId);
      if (found?.residentId !== residentOf(request)) throw new Problem('voucher_not_found', { details: { voucher_id: voucherId } });
      return sendEvents(reply, watch.open(request.principal.clientId, voucherId));
    });
  };

/** A proxy must not buffer the events, and the connection must not stay open when the service closes. */
function sendEvents(reply: FastifyReply, events: Readable): FastifyReply {
  reply.header('x-accel-buffering', 'no').header('connection', 'close');
  return reply.type('text/event-stream').send(events);
}
