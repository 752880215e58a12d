import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { grant as grantPoints } from '../../communities/index.ts';
import { inTurns, requestKey } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import { type Faults, newFaults } from '../http/field-errors.ts';
import { batchDeed, granted, grantOf, presentGranted } from './grant-wire.ts';
import { officerOf, writes } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { finalOf, itemProblem, itemsOf, orProblem, presentItemProblem, readItem, textUnder } from './batch-items.ts';

const ITEMS_MAX = 1_000;
/** A thousand items of the longest texts. */
const BODY_LIMIT_BYTES = 2 * 1_024 * 1_024;

const result = z.strictObject({
  external_reference: z.string().nullable().meta({ description: "The item's own reference; null if it has none." }),
  status: z.enum(['granted', 'refused']),
  grant: granted.nullable(),
  problem: itemProblem.nullable(),
});
type Result = z.output<typeof result>;

const schema = {
  tags: ['grants'],
  operationId: 'grantBatch',
  summary: `Grant points for up to ${ITEMS_MAX} deeds`,
  description:
    'A 200 means that every item has its outcome, in the order sent. Each item is an attempt of its own, under the key of the batch and its place. An item that does not match the schema is refused and not stored: it may be corrected and sent again with the same key.',
  body: z.strictObject({ items: itemsOf(batchDeed, ITEMS_MAX) }),
  response: { 200: z.strictObject({ items: z.array(result) }) },
};

export const grantBatches =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const options = { schema, config: writes('grants:write'), bodyLimit: BODY_LIMIT_BYTES };
    app.post('/v1/grant-batches', options, async (request) => {
      const batchKey = requestKey(request);
      // A caller who is no officer is told so before any item is read.
      officerOf(request);
      const faults = newFaults();
      // No key that a caller may send contains `#`.
      const items = await inTurns(request.body.items, (sent, n) => grantItem(deps, request, { key: `${batchKey}#${n}`, sent, n, faults }));
      return { items };
    });
  };

type Item = {
  readonly key: string;
  readonly sent: unknown;
  readonly n: number;
  /** The faults of the whole batch. */
  readonly faults: Faults;
};

async function grantItem({ submitItem }: Deps, request: FastifyRequest, { key, sent, n, faults }: Item): Promise<Result> {
  const by = officerOf(request);
  const read = orProblem(() => readItem(batchDeed, sent, `/items/${n}`, faults));
  if (read instanceof Problem) return refused(textUnder(sent, 'external_reference'), read, request.id);
  const input = { ...grantOf(read, null), by, approvedBy: null };
  const made = finalOf(await submitItem(request, { key, sent, schema: batchDeed }, grantPoints, input));
  if (made instanceof Problem) return refused(read.external_reference, made, request.id);
  const grant = presentGranted(made.reply, read, by.id);
  return { external_reference: read.external_reference, status: 'granted', grant, problem: null };
}

function refused(reference: string | null, why: Problem, requestId: string): Result {
  return { external_reference: reference, status: 'refused', grant: null, problem: presentItemProblem(why, requestId) };
}
