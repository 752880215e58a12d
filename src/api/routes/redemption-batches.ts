import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Done } from '../../ledger/index.ts';
import { redeem, type RedemptionReply } from '../../redeem/index.ts';
import { inTurns } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import { newFaults } from '../http/field-errors.ts';
import { merchantOf, requires } from '../http/principal.ts';
import { fieldProblem, Problem } from '../http/problem.ts';
import { finalOf, itemProblem, itemsOf, orProblem, presentItemProblem, readItem, textUnder } from './batch-items.ts';
import { presentMade, redemption, requestNo } from './redemption-wire.ts';
import { instant, isInRange } from '../http/wire.ts';
import { withExamples } from '../http/openapi-bodies.ts';
import { anOrder, redeemInput, redemptionBody } from './redemptions.ts';
import type { Attempt } from '../till.ts';

const ITEMS_MAX = 200;

const item = redemptionBody.extend({
  request_no: requestNo,
  presented_at: instant.meta({ description: 'The time at which the code was shown: at most 24 hours ago, by the policy.' }),
});
const result = z.strictObject({
  request_no: z.string().nullable().meta({ description: "The item's own; null if it has none that can be read." }),
  status: z.enum(['succeeded', 'refused']),
  redemption: redemption.nullable(),
  refusal: itemProblem.nullable(),
});
type Result = z.output<typeof result>;

const forwarding = {
  tags: ['redemptions'],
  operationId: 'forwardRedemptions',
  summary: 'Forward redemptions that were stored while offline',
  description:
    "For a till that was offline. Each item is an attempt of its own with its `request_no`, so this needs no Idempotency-Key: send the same batch again until the answer is 200. A 200 means that every item has its outcome, in the order sent. An item that does not match the schema, or that repeats the `request_no` of an earlier one, is refused in its place and not stored: it may be corrected and sent again with the same number. With `sent_at`, the times of the items are corrected by the difference between the till's clock and the server's. An attempt that was sent online before has an outcome of its own: read it by its number, or void it.",
  body: withExamples(
    z.strictObject({
      sent_at: instant.optional().meta({
        description:
          "The time of this sending by the till's clock, by which `presented_at` was taken: set it anew whenever the batch is sent again. It is no part of an item's input.",
      }),
      items: itemsOf(item, ITEMS_MAX),
    }),
    { offline: { items: [{ ...anOrder, request_no: 'till-3-20261123-0187', presented_at: '2026-11-23T10:00:00+08:00' }] } },
  ),
  response: { 200: z.strictObject({ items: z.array(result) }) },
};

/** Store and forward: redemptions that a till made without a network. A 200 means that every item has its final outcome. */
export const redemptionBatches =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post('/v1/redemption-batches', { schema: forwarding, config: requires('redemptions:write') }, async (request) => {
      const at = deps.clock();
      // A caller who is no till is told so before any item is read.
      merchantOf(request);
      const { items, sent_at: sentAt = at } = request.body;
      const read = readerOf(deps, request, items, at - sentAt);
      const attempts = items.map((sent, n) => orProblem(() => read(sent, n)));
      const outcomes = await inTurns(attempts, async (attempt) =>
        attempt instanceof Problem ? attempt : deps.redeeming(request, attempt),
      );
      // Only now, when each is decided and counted: the first without a final outcome ends the answer.
      const finals = outcomes.map((outcome) => (outcome instanceof Problem ? outcome : finalOf(outcome)));
      return { items: await inTurns(finals, async (final, n) => presentItem(deps, request, textUnder(items[n], 'request_no'), final)) };
    });
  };

/** Reads the items of a batch: the n-th as an attempt whose times are later by `behindMs`. Throws the problem of one that cannot be read. */
function readerOf(deps: Deps, request: FastifyRequest, items: readonly unknown[], behindMs: number) {
  const numbers = items.map((sent) => textUnder(sent, 'request_no'));
  const faults = newFaults();
  return (sent: unknown, n: number): Attempt => {
    const { request_no: key, presented_at: presentedAt, ...body } = readItem(item, sent, `/items/${n}`, faults);
    if (numbers.indexOf(key) < n) throw fieldProblem(`/items/${n}/request_no`, 'repeated_in_batch');
    const shownAt = presentedAt + behindMs;
    if (!isInRange(shownAt)) throw fieldProblem(`/items/${n}/presented_at`, 'year_out_of_range');
    const input = redeemInput(request, body, deps, shownAt, `/items/${n}/store_id`);
    return { key, input, submit: () => deps.submitItem(request, { key, sent, schema: item }, redeem, input) };
  };
}

async function presentItem(
  { store }: Deps,
  request: FastifyRequest,
  number: string | null,
  final: Done<RedemptionReply> | Problem,
): Promise<Result> {
  if (!(final instanceof Problem)) {
    return { request_no: number, status: 'succeeded', redemption: await presentMade(store, final), refusal: null };
  }
  return { request_no: number, status: 'refused', redemption: null, refusal: presentItemProblem(final, request.id) };
}
