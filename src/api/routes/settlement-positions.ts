import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { disputePosition, positionsOfRun, resolveDispute } from '../../clearing/index.ts';
import type { Row } from '../../store/index.ts';
import type { Deps } from '../deps.ts';
import { communityMeant, officeOf } from '../office.ts';
import { officerOf, requires, writes } from '../http/principal.ts';
import { knownRun, ofRun } from './settlement-wire.ts';
import { codecOf } from '../http/codec.ts';
import { onWire } from '../http/names.ts';
import { communityId as community, count, id, reason, rfc3339, text, time } from '../http/wire.ts';

const ended = codecOf('settlementPosition', ['resolvedAt', 'resolution'], { resolvedBy: id('off') });
const dispute = z.strictObject({ at: time, by: id('off'), reason: z.string(), ...ended.shape });
const pair = codecOf('settlementPosition', ['communityId', 'counterpartyId', 'dueToFen', 'dueFromFen']);
const position = z
  .strictObject({
    ...pair.shape,
    net_fen: count.meta({ description: 'Due from less due to.' }),
    dispute: dispute.nullable().meta({ description: "The community's last dispute, if there was any." }),
    counterparty_dispute: dispute.nullable().meta({ description: "The other community's last dispute." }),
  })
  .meta({ id: 'SettledPosition' });
const marked = z.strictObject({ run_id: id('run'), community_id: community, counterparty_id: community, at: time });

const tags = ['settlement'];
const params = ofRun.extend({ counterparty_id: community });
const listing = {
  tags,
  operationId: 'listPositionsOfRun',
  summary: 'The positions of a run',
  description: 'A community sees its own positions, the street office all.',
  params: ofRun,
  response: { 200: z.strictObject({ items: z.array(position) }) },
};
const disputing = {
  tags,
  operationId: 'disputePosition',
  summary: 'Dispute a position with another community',
  description:
    'A dispute marks the position and never holds the run up: a justified one leads to an adjustment, which a later run settles.',
  params,
  body: z.strictObject({ reason }),
  response: { 200: marked },
};
const resolving = {
  tags,
  operationId: 'resolveDispute',
  summary: 'Record how a dispute ended',
  description: 'For the street office, or for the community that takes its dispute back.',
  params,
  body: z.strictObject({
    community_id: community.optional().meta({ description: 'The community whose dispute it is; a community leaves it out for its own.' }),
    resolution: text(200),
  }),
  response: { 200: marked },
};

export const settlementPositions =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, submit } = deps;

    app.get('/v1/settlement-runs/:id/positions', { schema: listing, config: requires('settlements:read') }, async (request) => {
      const { id: runId } = await knownRun(deps, request);
      const office = officeOf(request);
      // Each side of a pair has its own row: the other side's shows its dispute.
      const rows = await positionsOfRun(store, runId, null);
      const byPair = new Map(rows.map((row) => [`${row.communityId} ${row.counterpartyId}`, row]));
      const own = rows.filter(({ communityId }) => office === null || communityId === office);
      return { items: own.map((row) => present(row, byPair.get(`${row.counterpartyId} ${row.communityId}`)!)) };
    });

    app.post(
      '/v1/settlement-runs/:id/positions/:counterparty_id/dispute',
      { schema: disputing, config: writes('settlements:write') },
      async (request, reply) => {
        const by = officerOf(request);
        const { id: runId, counterparty_id: counterpartyId } = request.params;
        const made = await submit(request, reply, disputePosition, { by, runId, counterpartyId, reason: request.body.reason });
        return onWire(made);
      },
    );

    app.post(
      '/v1/settlement-runs/:id/positions/:counterparty_id/resolution',
      { schema: resolving, config: writes('settlements:write') },
      async (request, reply) => {
        const by = officerOf(request);
        const { id: runId, counterparty_id: counterpartyId } = request.params;
        const { community_id: named, resolution } = request.body;
        const communityId = communityMeant(request, named, '/community_id');
        const made = await submit(request, reply, resolveDispute, { by, runId, communityId, counterpartyId, resolution });
        return onWire(made);
      },
    );
  };

function present(row: Row<'settlementPosition'>, other: Row<'settlementPosition'>): z.output<typeof position> {
  return {
    ...pair.present(row),
    net_fen: row.dueFromFen - row.dueToFen,
    dispute: presentDispute(row),
    counterparty_dispute: presentDispute(other),
  };
}

function presentDispute(row: Row<'settlementPosition'>): z.output<typeof dispute> | null {
  const { disputedAt, disputedBy, disputeReason } = row;
  if (disputedAt === null) return null;
  return { at: rfc3339(disputedAt), by: disputedBy!, reason: disputeReason!, ...ended.present(row) };
}
