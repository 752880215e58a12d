import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  asClosed,
  asOpened,
  carryPayout,
  closeSettlementRun,
  frozenOf,
  leftOf,
  nextRunNumber,
  openSettlementRun,
  partiesOf,
  payablesOfRun,
  payoutById,
  payoutsPage,
  runById,
  runsPage,
} from '../../clearing/index.ts';
import { created } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import { communityAsked, officeOf } from '../office.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { officerOf, requires, writes } from '../http/principal.ts';
import { knownRun, ofRun, party, payout, payoutState, presentParty, presentPayout, presentRun, run } from './settlement-wire.ts';
import { onWire } from '../http/names.ts';
import { communityId, count, day, id, nothing, reason } from '../http/wire.ts';

const left = z
  .strictObject({ due_to_fen: count, due_from_fen: count, payable_fen: count, clearing_fen: count })
  .meta({ id: 'SettlementLeft', description: "The balances of the accounts of the run's days: all zero once it is paid." });

const tags = ['settlement'];
const opening = {
  tags,
  operationId: 'openSettlementRun',
  summary: 'Open a settlement run',
  description: 'The run settles the business days after the last run, up to `through_day`. Only one run is open at a time.',
  body: z.strictObject({ through_day: day }),
  response: { 201: run },
};
const listing = {
  tags,
  operationId: 'listSettlementRuns',
  summary: 'Settlement runs, newest first',
  description: 'For an office that follows the clearing between communities.',
  querystring: pageQuery(id('run')),
  response: { 200: pageOf(run) },
};
const reading = {
  tags,
  operationId: 'getSettlementRun',
  summary: 'A settlement run and its communities',
  description: 'A community sees itself, the street office all.',
  params: ofRun,
  response: { 200: run.extend({ parties: z.array(party), left }).meta({ id: 'SettlementRunWithParties' }) },
};
const closing = {
  tags,
  operationId: 'closeSettlementRun',
  summary: 'Close a settlement run',
  description:
    'Its business days must be closed. Its totals freeze, the dues between communities are netted, and the payments and payouts are recorded. Later redemptions and reversals belong to the next run.',
  params: ofRun,
  body: nothing,
  response: { 200: run },
};
const payouts = {
  tags,
  operationId: 'listPayouts',
  summary: 'The payouts to merchants for a run',
  description: 'For the office that pays merchants: what each is owed, and what became of it at the bank.',
  params: ofRun,
  querystring: pageQuery(id('pyo')).extend({ community_id: communityId.optional(), state: payoutState.optional() }),
  response: { 200: pageOf(payout) },
};
const carrying = {
  tags,
  operationId: 'carryPayout',
  summary: 'Carry a payout that the bank refused',
  description:
    "For an officer of the community that owes it. The amount joins the merchant's next payout, and the run no longer waits for it. Only a payout that `failed` is carried: one that the bank may still pay could be paid twice.",
  params: ofRun.extend({ payout_id: id('pyo') }),
  body: z.strictObject({ reason }),
  response: { 200: payout },
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
      return { ...presentRun(found), parties: parties.map(presentParty), left: onWire(await leftOf(store, found, office)) };
    });

    app.post('/v1/settlement-runs/:id/close', { schema: closing, config: writes('settlements:write') }, async (request, reply) => {
      const by = officerOf(request);
      const found = await knownRun(deps, request);
      const closed = await submit(request, reply, closeSettlementRun, { by, runId: found.id, ...(await frozenOf(store, found)) });
      return presentRun(asClosed((await runById(store, found.id))!, closed));
    });

    app.get('/v1/settlement-runs/:id/payouts', { schema: payouts, config: requires('settlements:read') }, async (request) => {
      const { id: runId } = await knownRun(deps, request);
      const { limit, cursor, community_id: named, state } = request.query;
      const rows = await payoutsPage(store, runId, communityAsked(request, named), { limit, after: cursor, state });
      return page(rows, limit, (row) => row.id, presentPayout);
    });

    app.post(
      '/v1/settlement-runs/:id/payouts/:payout_id/carry',
      { schema: carrying, config: writes('settlements:write') },
      async (request, reply) => {
        const by = officerOf(request);
        const { id: runId, payout_id: payoutId } = request.params;
        // The command refuses a run that does not exist, so that the key is checked first.
        const found = await runById(store, runId);
        const payables = found && by.communityId !== null ? await payablesOfRun(store, found, by.communityId) : [];
        const input = { by, runId, payoutId, reason: request.body.reason, payables };
        const made = await submit(request, reply, carryPayout, input);
        return presentPayout((await payoutById(store, made.id))!);
      },
    );
  };
