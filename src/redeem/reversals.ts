import { idOf } from '../store/index.ts';
import { type Call, type Command, type Decision, entryId, type Facts, type Known, one, put, type Row, type Want } from '../ledger/index.ts';
import { adjusted, redeem, undo, wantUndo } from './redemptions.ts';
import { refuse } from './refusals.ts';

export type ReverseRedemptionInput = {
  /** The merchant that the till is bound to. */
  readonly merchantId: string;
  /** The store that it is bound to; null: any of the merchant. */
  readonly storeId: string | null;
  readonly redemptionId: string;
  readonly reason: string;
};

export type ReversalReply = { id: string; redemption_id: string; business_day: string; reversed_at: number; entry_id: string };

/** Reverses a redemption within the window that was fixed in it. */
export const reverseRedemption: Command<ReverseRedemptionInput, ReversalReply> = {
  name: 'reverse-redemption',
  load: loadReverseRedemption,
  decide: decideReverseRedemption,
};

function loadReverseRedemption({ redemptionId }: ReverseRedemptionInput, known: Known, at: number): readonly Want[] {
  return wantUndo(redemptionId, known, at);
}

function decideReverseRedemption(
  facts: Facts,
  { merchantId, storeId, redemptionId, reason }: ReverseRedemptionInput,
  call: Call,
): Decision<ReversalReply> {
  const redemption = facts.get('redemption', redemptionId);
  if (!redemption || !isOwn(redemption, merchantId, storeId)) return refuse('redemption_not_found', { redemption_id: redemptionId });
  const reversal = facts.get('redemptionReversal', redemptionId);
  if (reversal) return refuse('redemption_reversed', { redemption_id: redemptionId, status: reversal.kind, reversed_at: reversal.at });
  const moved = adjusted(facts, redemptionId);
  if (moved) return moved;
  const { reversibleUntil } = redemption;
  if (call.at >= reversibleUntil) return refuse('reversal_window_over', { reversible_until: reversibleUntil });
  return {
    ...undo(facts, redemption, 'reversed', reason, call),
    reply: {
      id: idOf('rev', call.id),
      redemption_id: redemptionId,
      business_day: call.day,
      reversed_at: call.at,
      entry_id: entryId(call),
    },
  };
}

/** Whether a redemption is of the till's merchant, and of its store where it is bound to one. */
export function isOwn(redemption: Row<'redemption'>, merchantId: string, storeId: string | null): boolean {
  return redemption.merchantId === merchantId && (storeId === null || redemption.storeId === storeId);
}

export type VoidInput = {
  /** The client whose request is voided: the one that asks. */
  readonly client: string;
  /** The request number of the redemption that must never count. */
  readonly requestNo: string;
  readonly reason: string;
};

export type VoidReply = {
  id: string;
  request_no: string;
  /** The redemption that it had made, if it had made one. */
  redemption_id: string | null;
  /** Whether this void reversed that redemption; false if there was nothing left to reverse. */
  reversed: boolean;
  voided_at: number;
};

/**
 * Makes sure that a redemption request never counts: reverses what it did, or leaves a tombstone if it was never seen.
 * It heeds no window, only an adjustment by two officers; from then on the request number answers `request_voided`, so that a late duplicate
 * gives nobody anything.
 */
export const voidRedemption: Command<VoidInput, VoidReply> = {
  name: 'void-redemption',
  load: loadVoidRedemption,
  decide: decideVoidRedemption,
};

function loadVoidRedemption({ client, requestNo }: VoidInput, known: Known, at: number): readonly Want[] {
  const request = known.get('request', requestNo, client);
  const redemptionId = request && redemptionOf(request);
  return [one('request', requestNo, client), ...(redemptionId ? wantUndo(redemptionId, known, at) : [])];
}

function decideVoidRedemption(facts: Facts, { client, requestNo, reason }: VoidInput, call: Call): Decision<VoidReply> {
  const request = facts.get('request', requestNo, client);
  if (request && request.command !== redeem.name) return refuse('request_not_voidable', { request_no: requestNo });
  const redemptionId = (request && redemptionOf(request)) ?? null;
  const standing = redemptionId !== null && !facts.get('redemptionReversal', redemptionId);
  const moved = standing ? adjusted(facts, redemptionId) : undefined;
  if (moved) return moved;
  const undone = standing ? undo(facts, facts.get('redemption', redemptionId)!, 'voided', reason, call) : { rows: [] };
  const voided = { ...(request ?? tombstone(client, requestNo, call)), voidedAt: request?.voidedAt ?? call.at };
  return {
    ...undone,
    rows: [...undone.rows, put('request', voided)],
    reply: {
      id: idOf('vod', call.id),
      request_no: requestNo,
      redemption_id: redemptionId,
      reversed: standing,
      voided_at: voided.voidedAt,
    },
  };
}

/** The redemption that a request made, or undefined: it was refused, voided unseen, or not a redemption. */
export function redemptionOf({ command, commandId, outcome }: Row<'request'>): string | undefined {
  return command === redeem.name && outcome === null ? idOf('red', commandId) : undefined;
}

/** The row of a request that was voided before it was ever seen. */
function tombstone(client: string, key: string, { id, at, actor }: { id: string; at: number; actor: string }): Row<'request'> {
  const outcome = JSON.stringify({ refused: 'request_voided', details: { voided_at: at } });
  return { client, key, hash: '', command: redeem.name, commandId: id, actor, at, outcome, voidedAt: at, version: 0 };
}
