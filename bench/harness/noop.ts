import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { writes } from '../../src/api/http/principal.ts';
import { presentReply, redemption } from '../../src/api/routes/redemption-wire.ts';
import { redemptionBody } from '../../src/api/routes/redemptions.ts';

const DIGITS = '0199c2a4e1f07c3d8a5b6c7d8e9f0a1b';

const made = {
  id: `red_${DIGITS}`,
  voucher_id: `vch_${DIGITS}`,
  merchant_id: `mer_${DIGITS}`,
  store_id: `sto_${DIGITS}`,
  terminal_id: `ter_${DIGITS}`,
  request_no: '0199c2a4-e1f0-7c3d-8a5b-6c7d8e9f0a1b',
  order_no: 'A-1000001',
  points: 100,
  discount_fen: 1_000,
  business_day: '2026-11-24',
  redeemed_at: 1_795_485_600_000,
  presented_at: null,
  reversible_until: 1_795_572_000_000,
  entry_id: `ent_${DIGITS}`,
};

/**
 * Adds `POST /v1/noop`, which costs as much as a redemption apart from redeeming: the same token, key, limits, body, schemas and log line,
 * and a constant answer.
 */
export function addNoop(app: FastifyInstance): void {
  const schema = { hide: true, body: redemptionBody, response: { 201: redemption } };
  const answer = presentReply(made);
  app
    .withTypeProvider<ZodTypeProvider>()
    .post('/v1/noop', { schema, config: writes('redemptions:write') }, async (_request, reply) => reply.code(201).send(answer));
}
