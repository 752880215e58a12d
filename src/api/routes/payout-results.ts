import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { bookPayouts, payablesOfRun } from '../../clearing/index.ts';
import { requestKey } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import { answerFile, payoutResultsIn } from './payout-results-wire.ts';
import { officerOf, writes } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { knownRun, ofRun } from './settlement-wire.ts';
import { count, id } from '../http/wire.ts';
import { faulty, fieldError } from '../http/field-codes.ts';

const BODY_LIMIT_BYTES = 512 * 1_024;
const CHECKSUM = 'x-content-sha256';

const outcome = z.strictObject({
  payout_id: id('pyo'),
  state: z.enum(['paid', 'failed']),
  changed: z.boolean().meta({ description: 'False: it was known already.' }),
});
const answer = z
  .strictObject({
    run_id: id('run'),
    run_state: z.enum(['closed', 'confirmed', 'paid']),
    row_count: count,
    changed: count.meta({ description: 'The number of payouts for which this answer had a new result.' }),
    paid_fen: count.meta({ description: 'The amount booked as paid now.' }),
    outcomes: z.array(outcome),
  })
  .meta({ id: 'PayoutResults' });

const schema = {
  tags: ['settlement'],
  operationId: 'importPayoutResults',
  summary: "Import the bank's answer to a payout file",
  description:
    'For an officer of the community that the bank account belongs to. All lines are booked or none. A payout that failed stays owed, and a later answer may pay it; a line that repeats a known result changes nothing.',
  params: ofRun,
  // Other headers are not checked.
  headers: z.looseObject({
    [CHECKSUM]: z
      .string()
      .regex(/^[0-9a-fA-F]{64}$/, faulty('not_hex_digits', { digits: 64 }))
      .meta({ description: 'The SHA-256 of the body.' }),
  }),
  body: { content: { 'text/csv': { schema: answerFile } } },
  response: { 200: answer },
};

/** The bank's answers to the payouts of a community. */
export const payoutResults =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, submit } = deps;
    takeCsv(app);
    app.post(
      '/v1/settlement-runs/:id/payout-results',
      { schema, config: writes('settlements:write'), bodyLimit: BODY_LIMIT_BYTES },
      async (request, reply) => {
        const by = officerOf(request);
        requestKey(request);
        assertChecksum(request);
        const results = await payoutResultsIn(textOf(request));
        const run = await knownRun(deps, request);
        const payables = by.communityId === null ? [] : await payablesOfRun(store, run, by.communityId);
        const made = await submit(request, reply, bookPayouts, { by, runId: run.id, results, payables });
        return {
          run_id: made.run_id,
          run_state: made.run_state as z.output<typeof answer>['run_state'],
          row_count: made.outcomes.length,
          changed: made.outcomes.filter(({ changed }) => changed).length,
          paid_fen: made.paid_fen,
          outcomes: made.outcomes.map(({ id: payoutId, state, changed }) => ({ payout_id: payoutId, state, changed })),
        };
      },
    );
  };

/**
 * Lets the routes of this plugin, and no others, take CSV. Its bytes are kept like those of other bodies, and are read once they are
 * complete.
 */
function takeCsv(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    request.rawBody = body;
    done(null, body.toString('latin1'));
  });
}

function assertChecksum({ headers, rawBody }: FastifyRequest): void {
  const sha256 = createHash('sha256').update(rawBody).digest('hex');
  if (String(headers[CHECKSUM]).toLowerCase() === sha256) return;
  const errors = [fieldError(`header/${CHECKSUM}`, 'not_the_checksum')];
  throw new Problem('checksum_mismatch', { errors, details: { sha256 } });
}

/** The body as text, in the charset of its media type, which may be GBK for a bank; the default is UTF-8. */
function textOf({ headers, rawBody }: FastifyRequest): string {
  const charset = /;\s*charset="?([^";\s]+)/i.exec(headers['content-type'] ?? '')?.[1] ?? 'UTF-8';
  try {
    return new TextDecoder(charset, { fatal: true }).decode(rawBody);
  } catch (cause) {
    throw new Problem('malformed_csv', { cause, details: { reason: `it is not ${charset}` } });
  }
}
