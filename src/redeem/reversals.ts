import { idOf } from '../store/index.ts';
import {
  type Call,
  type Command,
  type Decision,
  type EntryDraft,
  entryId,
  type Facts,
  type Known,
  mirror,
  one,
  put,
  type Refusal,
  type Row,
  type RowChange,
  type Want,
} from '../ledger/index.ts';
import { ended } from './ending.ts';
import { keyOfRedemption } from './orders.ts';
import { redeem, redemptionEntry, redemptionPostings, wantBearers } from './redemptions.ts';
import { refuse } from './refusals.ts';
import { grantsIn, wantReturn } from './sources.ts';

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

/** Whether a redemption belongs to the till's merchant, and to its store if it is bound to one. */
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
  /** The redemption that the request had made, if it had made one. */
  redemption_id: string | null;
  /** Whether this void reversed that redemption; false if there was nothing left to reverse. */
  reversed: boolean;
  voided_at: number;
};

/**
 * Makes sure that a redemption request never counts: reverses its redemption, or leaves a tombstone if the request never arrived. There is
 * no time limit; only an adjustment by two officers prevents it. From then on the request number answers `request_voided`, so that a late
 * duplicate takes nothing off.
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

/** The redemption that a request made; undefined if it was refused, was voided before it arrived, or is not a redemption. */
export function redemptionOf({ command, commandId, outcome }: Row<'request'>): string | undefined {
  return command === redeem.name && outcome === null ? idOf('red', commandId) : undefined;
}

/** The row of a request that was voided before it was ever seen. */
function tombstone(client: string, key: string, { id, at, actor }: { id: string; at: number; actor: string }): Row<'request'> {
  const outcome = JSON.stringify({ refused: 'request_voided', details: { voided_at: at } });
  return { client, key, hash: '', command: redeem.name, commandId: id, actor, at, outcome, voidedAt: at, version: 0 };
}

/** The facts that undoing a redemption at `at` needs. */
function wantUndo(redemptionId: string, known: Known, at: number): Want[] {
  const redemption = known.get('redemption', redemptionId);
  const wants = [one('redemption', redemptionId)];
  if (!redemption) return wants;
  const { voucherId, merchantId } = redemption;
  const order = keyOfRedemption(redemption);
  wants.push(one('voucher', voucherId), one('merchant', merchantId));
  if (order !== null) wants.push(one('limitUse', order));
  const voucher = known.get('voucher', voucherId);
  const merchant = known.get('merchant', merchantId);
  // Read after the voucher: its version makes a concurrent reversal or adjustment a conflict.
  if (voucher) wants.push(one('redemptionReversal', redemptionId), one('adjustment', redemptionEntry(redemptionId)));
  if (voucher && merchant) wants.push(...wantBearers(voucher, merchant, known));
  return [...wants, ...wantReturn(voucherId, known, at)];
}

/** The refusal to undo a redemption that two officers have adjusted: they decide who bears it and who is paid, and no longer the till. */
function adjusted(facts: Facts, redemptionId: string): Refusal | undefined {
  const found = facts.get('adjustment', redemptionEntry(redemptionId));
  return found && refuse('redemption_adjusted', { redemption_id: redemptionId, adjusted_at: found.at });
}

/**
 * Undoes a redemption: the mirror of the postings that it would have on the day of the reversal, and the changes of `reopened` to the
 * voucher. So the successors of the communities that bore the fen take them back, and nothing is booked for a community that was succeeded.
 */
function undo(
  facts: Facts,
  redemption: Row<'redemption'>,
  kind: 'reversed' | 'voided',
  reason: string,
  { id, at, day, client }: { id: string; at: number; day: string; client: string },
) {
  const voucher = facts.get('voucher', redemption.voucherId)!;
  const merchant = facts.get('merchant', redemption.merchantId)!;
  const { storeId, fen } = redemption;
  const order = keyOfRedemption(redemption);
  const entry: EntryDraft = {
    kind: 'redemption_reversal',
    effectiveAt: at,
    subject: redemption.id,
    reverses: redemptionEntry(redemption.id),
    postings: mirror(redemptionPostings(facts, voucher, merchant, day)),
  };
  const reversal = { redemptionId: redemption.id, id: idOf('rev', id), kind, reason, storeId, client, businessDay: day, at };
  const { entries, rows } = reopened(facts, voucher, at);
  return {
    entries: [entry, ...entries],
    rows: [put('redemptionReversal', reversal), ...rows],
    uses: order === null ? [] : [{ key: order, add: 0 - fen }],
  };
}

/**
 * A voucher whose redemption is undone is good again. If its date is past it expires at once, since the job no longer looks for it; if it
 * holds points of a grant that was clawed back it is cancelled at once, since they must not be spent again.
 */
function reopened(facts: Facts, voucher: Row<'voucher'>, at: number): { entries: EntryDraft[]; rows: RowChange[] } {
  const open = { ...voucher, state: 'issued', redemptionId: null };
  const grants = grantsIn(facts, voucher.id);
  const clawedBack = grants.find(({ clawedBackAt }) => clawedBackAt !== null);
  if (clawedBack || at >= voucher.validUntil) return ended(facts, [open], at, clawedBack?.reversalReason ?? null);
  // The grants do not change, but are written all the same: if one is clawed back meanwhile, this command is decided again.
  return { entries: [], rows: [put('voucher', open), ...grants.map((grant) => put('grant', grant))] };
}
