import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { grant as grantPoints } from '../../communities/index.ts';
import { inTurns, requestKey, unavailable } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import { type Faults, newFaults } from '../http/field-errors.ts';
import { batchDeed, granted, grantOf, presentGranted } from './grant-wire.ts';
import { warning, warningFor } from './limits.ts';
import { officerOf, writes } from '../http/principal.ts';
import { Problem, problemBody, problemOf } from '../http/problem.ts';
import { refusal } from './redemption-wire.ts';
import { fieldErrorShown } from '../http/field-codes.ts';

const ITEMS_MAX = 1_000;
/** A thousand items of the longest texts. */
const BODY_LIMIT_BYTES = 2 * 1_024 * 1_024;

// Parsed one by one in the handler, so that a bad item does not spoil the others; described here by its own schema.
const item = z.unknown().meta(described(batchDeed));
const problem = refusal.extend({ errors: z.array(fieldErrorShown).optional() }).meta({ id: 'ItemProblem' });
const result = z.strictObject({
  external_reference: z.string().nullable().meta({ description: "The item's own reference; null if it has none." }),
  status: z.enum(['granted', 'refused']),
  grant: granted.nullable(),
  problem: problem.nullable(),
});
type Result = z.output<typeof result>;

const schema = {
  tags: ['grants'],
  operationId: 'grantBatch',
  summary: `Grant points for up to ${ITEMS_MAX} deeds`,
  description:
    'A 200 means that every item has its outcome, in the order sent. Each item is an attempt of its own, under the key of the batch and its place. An item that does not match the schema is refused and not stored: it may be corrected and sent again with the same key.',
  body: z.strictObject({ items: z.array(item).min(1).max(ITEMS_MAX) }),
  response: { 200: z.strictObject({ items: z.array(result), warning }) },
};

export const grantBatches =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const options = { schema, config: writes('grants:write'), bodyLimit: BODY_LIMIT_BYTES };
    app.post('/v1/grant-batches', options, async (request) => {
      const batchKey = requestKey(request);
      const faults = newFaults();
      // No key that a caller may send contains `#`.
      const items = await inTurns(request.body.items, (sent, n) => grantItem(deps, request, { key: `${batchKey}#${n}`, sent, n, faults }));
      const { communityId } = officerOf(request);
      return { items, warning: communityId === null ? null : await warningFor(deps, communityId) };
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
  const parsed = batchDeed.safeParse(sent);
  if (!parsed.success) {
    return refused(referenceIn(sent), new Problem('validation_failed', { errors: faults.of(parsed.error, `/items/${n}`) }), request.id);
  }
  const input = { ...grantOf(parsed.data, null), by, approvedBy: null };
  const outcome = await submitItem(request, { key, sent }, grantPoints, input);
  const { external_reference: reference } = parsed.data;
  if (!('refused' in outcome)) {
    return { external_reference: reference, status: 'granted', grant: presentGranted(outcome.reply, parsed.data, by.id), problem: null };
  }
  // Some items may be done: the same batch sent again shows which.
  if (outcome.refused === 'unavailable') throw unavailable();
  if (outcome.refused === 'internal_error') throw new Problem('internal_error');
  return refused(reference, problemOf(outcome), request.id);
}

function refused(reference: string | null, why: Problem, requestId: string): Result {
  const { code, title, detail, action, cashier_message, errors, details } = problemBody(why, requestId);
  const figures = { ...(errors && { errors: [...errors] }), ...(details && { details }) };
  return {
    external_reference: reference,
    status: 'refused',
    grant: null,
    problem: { code, title, detail, action, cashier_message, ...figures },
  };
}

function referenceIn(sent: unknown): string | null {
  const reference = typeof sent === 'object' && sent !== null && 'external_reference' in sent ? sent.external_reference : null;
  return batchDeed.shape.external_reference.safeParse(reference).data ?? null;
}

/** The JSON Schema of a request. */
function described(sent: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...description } = z.toJSONSchema(sent, { io: 'input' });
  return description;
}
