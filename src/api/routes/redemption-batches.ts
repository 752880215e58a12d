import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { redeem } from '../../redeem/index.ts';
import { inTurns, unavailable } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import { requires } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { presentRefusal, presentReply, redemption, refusal, requestNo } from './redemption-wire.ts';
import { guesserOf, isGuess } from '../till.ts';
import { instant } from '../http/wire.ts';
import { redeemInput, redemptionBody } from './redemptions.ts';

const ITEMS_MAX = 200;

const item = redemptionBody.extend({
  request_no: requestNo,
  presented_at: instant.meta({ description: 'When the code was shown: at most 24 hours back, by the policy.' }),
});
const result = z.strictObject({
  request_no: z.string(),
  status: z.enum(['succeeded', 'refused']),
  redemption: redemption.nullable(),
  refusal: refusal.nullable(),
});

/** An attempt stands in a batch once. */
function refuseRepeated(items: readonly { readonly request_no: string }[], context: z.RefinementCtx): void {
  for (const [n, { request_no: number }] of items.entries()) {
    if (items.findIndex((each) => each.request_no === number) === n) continue;
    context.addIssue({ code: 'custom', path: [n, 'request_no'], message: 'stands in this batch already' });
  }
}

/** Store and forward: what a till redeemed while it had no network. A 200 means that every item has its final outcome. */
export const redemptionBatches =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { submitItem, guard, pins, clock } = deps;
    const schema = {
      tags: ['redemptions'],
      summary: 'Forward redemptions that were stored while offline',
      description:
        'Each item is an attempt of its own under its `request_no`, so this needs no Idempotency-Key: send the same batch again until it answers 200. An attempt that was sent online before is not forwarded: read it by its number, or void it.',
      body: z.strictObject({ items: z.array(item).min(1).max(ITEMS_MAX).superRefine(refuseRepeated) }),
      response: { 200: z.strictObject({ items: z.array(result) }) },
    };

    app.post('/v1/redemption-batches', { schema, config: requires('redemptions:write') }, async (request) => {
      const guesser = guesserOf(request);
      guard.check(guesser, clock());
      const sent = (request.sentBody as { items: unknown[] }).items;
      // All are read before any is submitted: a batch that cannot be read as a whole does nothing.
      const inputs = request.body.items.map(({ request_no: key, presented_at: presentedAt, ...body }, n) => ({
        key,
        input: redeemInput(request, body, deps, presentedAt, `/items/${n}/store_id`),
      }));
      const outcomes = await inTurns(inputs, async ({ key, input }, n) => ({
        key,
        outcome: await pins.inTurn(input, async () => {
          const decided = await submitItem(request, { key, sent: sent[n] }, redeem, input);
          if ('refused' in decided && decided.refused === 'pin_wrong') await pins.countWrong(request, key, input);
          return decided;
        }),
      }));
      return {
        items: outcomes.map(({ key, outcome }) => {
          if (!('refused' in outcome))
            return { request_no: key, status: 'succeeded' as const, redemption: presentReply(outcome.reply), refusal: null };
          if (isGuess(outcome.refused) && !outcome.replayed) guard.miss(guesser, clock());
          // Some items may be done; which, the same batch sent again will tell.
          if (outcome.refused === 'unavailable') throw unavailable();
          if (outcome.refused === 'internal_error') throw new Problem('internal_error');
          return { request_no: key, status: 'refused' as const, redemption: null, refusal: presentRefusal(outcome, request.id) };
        }),
      };
    });
  };
