import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Outcome } from '../../ledger/index.ts';
import { redeem, type RedemptionReply } from '../../redeem/index.ts';
import { inTurns, unavailable } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import { requires } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { presentRefusal, presentReply, redemption, refusal, requestNo } from './redemption-wire.ts';
import { instant } from '../http/wire.ts';
import { withExamples } from '../http/openapi-bodies.ts';
import { anOrder, redeemInput, redemptionBody } from './redemptions.ts';
import { faulty } from '../http/field-codes.ts';

const ITEMS_MAX = 200;

const item = redemptionBody.extend({
  request_no: requestNo,
  presented_at: instant.meta({ description: 'The time at which the code was shown: at most 24 hours ago, by the policy.' }),
});
const result = z.strictObject({
  request_no: z.string(),
  status: z.enum(['succeeded', 'refused']),
  redemption: redemption.nullable(),
  refusal: refusal.nullable(),
});

/** A batch contains an attempt only once. */
function refuseRepeated(items: readonly { readonly request_no: string }[], context: z.RefinementCtx): void {
  for (const [n, { request_no: number }] of items.entries()) {
    if (items.findIndex((each) => each.request_no === number) === n) continue;
    context.addIssue({ code: 'custom', path: [n, 'request_no'], message: faulty('repeated_in_batch') });
  }
}

const forwarding = {
  tags: ['redemptions'],
  operationId: 'forwardRedemptions',
  summary: 'Forward redemptions that were stored while offline',
  description:
    'Each item is an attempt of its own with its `request_no`, so this needs no Idempotency-Key: send the same batch again until the answer is 200. Do not forward an attempt that was sent online before: read it by its number, or void it.',
  body: withExamples(z.strictObject({ items: z.array(item).min(1).max(ITEMS_MAX).superRefine(refuseRepeated) }), {
    offline: { items: [{ ...anOrder, request_no: 'till-3-20261123-0187', presented_at: '2026-11-23T10:00:00+08:00' }] },
  }),
  response: { 200: z.strictObject({ items: z.array(result) }) },
};

/** Store and forward: redemptions that a till made without a network. A 200 means that every item has its final outcome. */
export const redemptionBatches =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { submitItem, redeeming } = deps;

    app.post(
      '/v1/redemption-batches',
      { schema: forwarding, config: requires('redemptions:write', 'store_not_found') },
      async (request) => {
        const sent = (request.sentBody as { items: unknown[] }).items;
        // All items are read before any is submitted: a batch with an unreadable item does nothing.
        const inputs = request.body.items.map(({ request_no: key, presented_at: presentedAt, ...body }, n) => ({
          key,
          input: redeemInput(request, body, deps, presentedAt, `/items/${n}/store_id`),
        }));
        const outcomes = await inTurns(inputs, ({ key, input }, n) => {
          const submit = () => submitItem(request, { key, sent: sent[n] }, redeem, input);
          return redeeming(request, { key, input, submit });
        });
        return { items: outcomes.map((outcome, n) => presentItem(inputs[n]!.key, outcome, request.id)) };
      },
    );
  };

/** An item's final outcome. Throws if it has none. Some items may be done then: the same batch sent again shows which. */
function presentItem(number: string, outcome: Outcome<RedemptionReply>, requestId: string): z.output<typeof result> {
  if (!('refused' in outcome)) return { request_no: number, status: 'succeeded', redemption: presentReply(outcome.reply), refusal: null };
  if (outcome.refused === 'unavailable') throw unavailable();
  if (outcome.refused === 'internal_error') throw new Problem('internal_error');
  return { request_no: number, status: 'refused', redemption: null, refusal: presentRefusal(outcome, requestId) };
}
