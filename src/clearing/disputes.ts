/**
 * A dispute marks the position of two communities in a run. It never holds the run up: a justified one leads to an adjustment in a later
 * run.
 */
import { type Call, type Command, type Decision, type Facts, one, put, type Want } from '../ledger/index.ts';
import type { Acting } from '../access/index.ts';
import { refuse } from './refusals.ts';

type Position = { readonly runId: string; readonly communityId: string; readonly counterpartyId: string };

export type DisputeInput = Omit<Position, 'communityId'> & {
  /** An officer of the community that the position belongs to. */
  readonly by: Acting;
  readonly reason: string;
};

type DisputeReply = { run_id: string; community_id: string; counterparty_id: string; at: number };

/** Marks a community's own position of a closed run as disputed. */
export const disputePosition: Command<DisputeInput, DisputeReply> = {
  name: 'dispute-position',
  load: loadDisputePosition,
  decide: decideDisputePosition,
};

function loadDisputePosition({ by, runId, counterpartyId }: DisputeInput): readonly Want[] {
  return by.communityId === null ? [] : [one('settlementPosition', runId, by.communityId, counterpartyId)];
}

function decideDisputePosition(facts: Facts, { by, runId, counterpartyId, reason }: DisputeInput, { at }: Call): Decision<DisputeReply> {
  if (by.communityId === null) return refuse('community_only');
  const position = { runId, communityId: by.communityId, counterpartyId };
  const row = facts.get('settlementPosition', runId, by.communityId, counterpartyId);
  if (!row) return refuse('position_not_found', named(position));
  if (row.disputedAt !== null && row.resolvedAt === null) return refuse('dispute_open', { disputed_at: row.disputedAt });
  const dispute = { disputedAt: at, disputedBy: by.id, disputeReason: reason, resolvedAt: null, resolvedBy: null, resolution: null };
  return { rows: [put('settlementPosition', { ...row, ...dispute })], reply: { ...named(position), at } };
}

export type ResolveDisputeInput = Position & {
  /** An officer of the street office, or of the community, which may take its dispute back. */
  readonly by: Acting;
  readonly resolution: string;
};

/** Records how a dispute ended. */
export const resolveDispute: Command<ResolveDisputeInput, DisputeReply> = {
  name: 'resolve-dispute',
  load: loadResolveDispute,
  decide: decideResolveDispute,
};

function loadResolveDispute({ runId, communityId, counterpartyId }: ResolveDisputeInput): readonly Want[] {
  return [one('settlementPosition', runId, communityId, counterpartyId)];
}

function decideResolveDispute(facts: Facts, { by, resolution, ...position }: ResolveDisputeInput, { at }: Call): Decision<DisputeReply> {
  const { runId, communityId, counterpartyId } = position;
  if (by.communityId !== null && by.communityId !== communityId) return refuse('foreign_community', { community_id: communityId });
  const row = facts.get('settlementPosition', runId, communityId, counterpartyId);
  if (!row) return refuse('position_not_found', named(position));
  if (row.disputedAt === null || row.resolvedAt !== null) return refuse('dispute_not_open', { resolved_at: row.resolvedAt });
  return {
    rows: [put('settlementPosition', { ...row, resolvedAt: at, resolvedBy: by.id, resolution })],
    reply: { ...named(position), at },
  };
}

function named({ runId, communityId, counterpartyId }: Position) {
  return { run_id: runId, community_id: communityId, counterparty_id: counterpartyId };
}
