import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { communityFile, csvRecords, merchantFile, partyOf, payoutsFile, payoutsOfMerchant } from '../../clearing/index.ts';
import { isRefusal, type Refusal } from '../../ledger/index.ts';
import type { Row } from '../../store/index.ts';
import type { Deps } from '../deps.ts';
import { compressAnswers } from '../http/compression.ts';
import { assertSees, communityMeant, officeOf } from '../office.ts';
import { merchantOf, requires } from '../http/principal.ts';
import { fieldProblem, Problem, problemOf } from '../http/problem.ts';
import { knownRun, ofRun } from './settlement-wire.ts';
import { PAGE_POLICY, statementPage } from './statement-page.ts';
import {
  communityHead,
  communityStatement,
  format,
  merchantHead,
  merchantStatement,
  type StatementHead,
  statementJson,
} from './statement-wire.ts';
import { communityId, id } from '../http/wire.ts';

const tags = ['settlement'];
const csv = { 'text/csv': { schema: z.string() } };

function statement(schema: z.ZodType) {
  const content = { 'application/json': { schema }, ...csv, 'text/html': { schema: z.string() } };
  const description =
    'As JSON, as the CSV file of the same lines, or as a page to print. The files of a closed run never change. The CSV is UTF-8 with a byte order mark; a file that was frozen without one stays without.';
  return { 200: { description, content } };
}

const acquirer = communityId.optional().meta({
  description: 'The community that owes the merchant; required only if several do, after a succession.',
});
const ofCommunity = {
  tags,
  operationId: 'getCommunityStatement',
  summary: "A community's statement of a run",
  description:
    "The amounts that it owed the others and was owed, with a line for each counterparty and business day. A community reads its own statement, the street office everybody's.",
  params: ofRun.extend({ community_id: communityId }),
  querystring: z.strictObject({ format }),
  response: statement(communityStatement),
};
const ofMerchant = {
  tags,
  operationId: 'getMerchantStatement',
  summary: "A merchant's statement of a run",
  description:
    "The amounts that the merchant was owed, line by line. A community reads the statements of the merchants that it pays, the street office everybody's.",
  params: ofRun.extend({ merchant_id: id('mer') }),
  querystring: z.strictObject({ format, community_id: acquirer }),
  response: statement(merchantStatement),
};
const ofOwn = {
  ...ofMerchant,
  operationId: 'getOwnStatement',
  summary: "The merchant's own statement of a settlement run",
  description:
    'For the merchant itself: the amounts that it was owed in the run, line by line. Only a client that is bound to none of its stores may read it. `GET /v1/reconciliations/settlements/{id}` is its first address, which goes on.',
  params: ofRun,
};
const payouts = {
  tags,
  operationId: 'getPayoutFile',
  summary: 'The payout file of a community, for its bank',
  description:
    "For an officer who hands the payouts of a closed run to the bank. The bank's answer comes back by `POST /v1/settlement-runs/{id}/payout-results`.",
  params: ofRun,
  querystring: z.strictObject({ community_id: communityId.optional() }),
  response: { 200: { description: 'CSV; it never changes.', content: csv } },
};

/** Statements of closed runs and files for the bank: made when they are first read, and never changed. */
export const settlementFiles =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await compressAnswers(app);
    const { store, engine } = deps;
    const files = { view: store, engine };
    const config = requires('settlements:read', 'settlement_run_not_closed');

    app.get('/v1/settlement-runs/:id/statements/communities/:community_id', { schema: ofCommunity, config }, async (request, reply) => {
      const run = await knownRun(deps, request);
      const { community_id: community } = request.params;
      assertSees(request, community);
      const file = settled(await communityFile(files, run, community));
      const party = (await partyOf(store, run.id, community))!;
      return send(reply, request.query.format, file, `statement-${run.number}-${community}`, communityHead({ run, party, file }));
    });

    /**
     * Sends a merchant's statement with the community that owes it; `seen` is the only community that the caller may see, or null for any.
     */
    async function sendMerchants(request: FastifyRequest, reply: FastifyReply, merchantId: string, seen: string | null) {
      const run = await knownRun(deps, request);
      const query = request.query as z.output<typeof ofMerchant.querystring>;
      if (run.state === 'open') throw new Problem('settlement_run_not_closed', { details: { run_id: run.id } });
      const owed = await payoutsOfMerchant(store, run.id, merchantId, query.community_id ?? seen);
      const [payout, another] = owed;
      if (another) throw fieldProblem('query/community_id', 'debtor_missing', { community_ids: owed.map((each) => each.communityId) });
      if (!payout) throw new Problem('settlement_file_not_found', { details: { run_id: run.id } });
      const file = settled(await merchantFile(files, run, payout.communityId, merchantId));
      const party = (await partyOf(store, run.id, payout.communityId))!;
      const name = `statement-${run.number}-${party.communityId}-${merchantId}`;
      return send(reply, query.format, file, name, merchantHead({ run, party, file }, payout));
    }

    app.get('/v1/settlement-runs/:id/statements/merchants/:merchant_id', { schema: ofMerchant, config }, async (request, reply) => {
      const { community_id: named } = request.query;
      if (named !== undefined) assertSees(request, named);
      return sendMerchants(request, reply, request.params.merchant_id, officeOf(request));
    });

    async function sendOwn(request: FastifyRequest, reply: FastifyReply) {
      const { merchantId, storeId } = merchantOf(request);
      // The statement covers all stores and the merchant's payment, which a till of one store may not see.
      if (storeId !== undefined) throw new Problem('wrong_client', { details: { needed: 'a merchant as a whole' } });
      return sendMerchants(request, reply, merchantId, null);
    }

    const own = requires('reconciliations:read', 'settlement_run_not_closed');
    app.get('/v1/settlement-runs/:id/statements/own', { schema: ofOwn, config: own }, sendOwn);
    // Its first address goes on for whoever uses it. Beside `/v1/reconciliations/{date}/diff` a reader of the document could not tell the two apart.
    app.get('/v1/reconciliations/settlements/:id', { schema: { ...ofOwn, hide: true }, config: own }, sendOwn);

    app.get('/v1/settlement-runs/:id/payout-file', { schema: payouts, config }, async (request, reply) => {
      const run = await knownRun(deps, request);
      const community = communityMeant(request, request.query.community_id, 'query/community_id');
      assertSees(request, community);
      return sendCsv(reply, settled(await payoutsFile(files, run, community)), `payouts-${run.number}-${community}`);
    });
  };

function settled(file: Row<'settlementFile'> | Refusal): Row<'settlementFile'> {
  if (isRefusal(file)) throw problemOf(file);
  return file;
}

type Format = z.output<typeof format>;

function send(reply: FastifyReply, as: Format, file: Row<'settlementFile'>, name: string, head: StatementHead): FastifyReply {
  if (as === 'csv') return sendCsv(reply, file, name);
  const records = csvRecords(file.content);
  if (as === 'json') return reply.type('application/json; charset=utf-8').send(Readable.from(gathered(statementJson(head, records))));
  reply.header('content-security-policy', PAGE_POLICY);
  return reply.type('text/html; charset=utf-8').send(Readable.from(gathered(statementPage(head, records))));
}

/** The number of characters sent at once. */
const PIECE = 16 * 1_024;

async function* gathered(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let held = '';
  for await (const piece of pieces) {
    held += piece;
    if (held.length < PIECE) continue;
    yield held;
    held = '';
  }
  yield held;
}

function sendCsv(reply: FastifyReply, { content, sha256, rowCount }: Row<'settlementFile'>, name: string): FastifyReply {
  reply.header('content-disposition', `attachment; filename="${name}.csv"`);
  reply.header('x-content-sha256', sha256).header('x-row-count', String(rowCount));
  return reply.type('text/csv; charset=utf-8').send(content);
}
