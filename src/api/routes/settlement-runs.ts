import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  asClosed,
  asOpened,
  closeSettlementRun,
  frozenOf,
  type Left,
  leftOf,
  nextRunNumber,
  openSettlementRun,
  partiesOf,
  payoutsPage,
  runById,
  runsPage,
} from '../../clearing/index.ts';
import type { Row } from '../../store/index.ts';
import { created } from '../commands.ts';
import type { Deps } from '../deps.ts';
import { communityAsked, officeOf } from '../office.ts';
import { page, pageOf, pageQuery } from '../page.ts';
import { officerOf, requires, writes } from '../principal.ts';
import { knownRun, ofRun, party, presentParty, presentRun, run } from '../settlement-wire.ts';
import { communityId, count, day, id, nothing, rfc3339OrNull, time } from '../wire.ts';

const payout = z
  .strictObject({
    id: id('pyo'),
    community_id: communityId,
    merchant_id: id('mer'),
    merchant_name: z.string().meta({ description: 'As it was when the run closed.' }),
    fen: count.meta({ description: 'What is owed; not above zero, it is carried to the next run.' }),
    state: z.enum(['due', 'paid', 'failed', 'carried']),
    bank_reference: z.string().nullable(),
    failure: z.string().nullable().meta({ description: 'What the bank said, of a payout that failed.' }),
    decided_at: time.nullable(),
  })
  .meta({ id: 'Payout' });

const left = z
  .strictObject({ due_to_fen: count, due_from_fen: count, payable_fen: count, clearing_fen: count })
  .meta({ id: 'SettlementLeft', description: "What stands on the accounts of the run's days, by the books: all zero once it is paid." });

const tags = ['settlement'];
const opening = {
  tags,
  summary: 'Open a settlement run',
  description: 'It settles the business days that follow the run before, up to `through_day`. One run is open at a time.',
  body: z.strictObject({ through_day: day }),
  response: { 201: run },
};
const listing = { tags, summary: 'Settlement runs, newest first', querystring: pageQuery(id('run')), response: { 200: pageOf(run) } };
const reading = {
  tags,
  summary: 'A settlement run and its communities',
  description: 'A community sees itself, the street office all.',
  params: ofRun,
  response: { 200: run.extend({ parties: z.array(party), left }).meta({ id: 'SettlementRunWithParties' }) },
};
const closing = {
  tags,
  summary: 'Close a settlement run',
  description:
    'Its business days must be closed. Its totals freeze, what communities owe each other is netted, and what is to be paid is written down. What arrives later belongs to the next run.',
  params: ofRun,
  body: nothing,
  response: { 200: run },
};
const payouts = {
  tags,
  summary: 'What merchants are paid for a run',
  params: ofRun,
  querystring: pageQuery(id('pyo')).extend({ community_id: communityId.optional() }),
  response: { 200: pageOf(payout) },
};

export const settlementRuns =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, submit } = deps;

    app.post('/v1/settlement-runs', { schema: opening, config: writes('settlements:write') }, async (request, reply) => {
      const number = await nextRunNumber(store);
      const input = { by: officerOf(request), number, throughDay: request.body.through_day };
      const made = await submit(request, reply, openSettlementRun, input);
      created(reply, `/v1/settlement-runs/${made.id}`);
      return presentRun(asOpened((await runById(store, made.id))!));
    });

    app.get('/v1/settlement-runs', { schema: listing, config: requires('settlements:read') }, async ({ query: { limit, cursor } }) =>
      page(await runsPage(store, { limit, after: cursor }), limit, (row) => row.id, presentRun),
    );

    app.get('/v1/settlement-runs/:id', { schema: reading, config: requires('settlements:read') }, async (request) => {
      const found = await knownRun(deps, request);
      const office = officeOf(request);
      const parties = (await partiesOf(store, found.id)).filter((row) => office === null || row.communityId === office);
      return { ...presentRun(found), parties: parties.map(presentParty), left: presentLeft(await leftOf(store, found, office)) };
    });

    app.post('/v1/settlement-runs/:id/close', { schema: closing, config: writes('settlements:write') }, async (request, reply) => {
      const by = officerOf(request);
      const found = await knownRun(deps, request);
      const closed = await submit(request, reply, closeSettlementRun, { by, runId: found.id, ...(await frozenOf(store, found)) });
      return presentRun(asClosed((await runById(store, found.id))!, closed));
    });

    app.get('/v1/settlement-runs/:id/payouts', { schema: payouts, config: requires('settlements:read') }, async (request) => {
      const { id: runId } = await knownRun(deps, request);
      const { limit, cursor, community_id: named } = request.query;
      const rows = await payoutsPage(store, runId, communityAsked(request, named), { limit, after: cursor });
      return page(rows, limit, (row) => row.id, presentPayout);
    });
  };

function presentLeft({ dueToFen, dueFromFen, payableFen, clearingFen }: Left): z.output<typeof left> {
  return { due_to_fen: dueToFen, due_from_fen: dueFromFen, payable_fen: payableFen, clearing_fen: clearingFen };
}

function presentPayout(row: Row<'payout'>): z.output<typeof payout> {
  return {
    id: row.id,
    community_id: row.communityId,
    merchant_id: row.merchantId,
    merchant_name: row.merchantName,
    fen: row.fen,
    state: row.state as z.output<typeof payout>['state'],
    bank_reference: row.bankReference,
    failure: row.failure,
    decided_at: rfc3339OrNull(row.decidedAt),
  };
}
