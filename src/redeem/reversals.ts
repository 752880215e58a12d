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
import { isErased } from '../communities/index.ts';
import { ended } from './ending.ts';
import { keyOfRedemption } from './orders.ts';
import { redemptionEntry, redemptionPostings, wantBearers } from './redemptions.ts';
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
export function isOwn(redemption: Pick<Row<'redemption'>, 'merchantId' | 'storeId'>, merchantId: string, storeId: string | null): boolean {
  return redemption.merchantId === merchantId && (storeId === null || redemption.storeId === storeId);
}

/** The facts that undoing a redemption at `at` needs. */
export function wantUndo(redemptionId: string, known: Known, at: number): Want[] {
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
  if (voucher)
    wants.push(
      one('resident', voucher.residentId),
      one('redemptionReversal', redemptionId),
      one('adjustment', redemptionEntry(redemptionId)),
    );
  if (voucher && merchant) wants.push(...wantBearers(voucher, merchant, known));
  return [...wants, ...wantReturn(voucherId, known, at)];
}

/** The refusal to undo a redemption that two officers have adjusted: they decide who bears it and who is paid, and no longer the till. */
export function adjusted(facts: Facts, redemptionId: string): Refusal | undefined {
  const found = facts.get('adjustment', redemptionEntry(redemptionId));
  return found && refuse('redemption_adjusted', { redemption_id: redemptionId, adjusted_at: found.at });
}

/**
 * Undoes a redemption: the mirror of the postings that it would have on the day of the reversal, and the changes of `reopened` to the
 * voucher. So the successors of the communities that bore the fen take them back, and nothing is booked for a community that was succeeded.
 */
export function undo(
  facts: Facts,
  redemption: Row<'redemption'>,
  kind: 'reversed' | 'voided',
  reason: string,
  { id, at, day, client }: Call,
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
  // Nothing is written about somebody who has left.
  const said = isErased(facts.get('resident', voucher.residentId)!) ? '' : reason;
  const reversal = { redemptionId: redemption.id, id: idOf('rev', id), kind, reason: said, storeId, client, businessDay: day, at };
  const { entries, rows } = reopened(facts, voucher, at);
  return {
    entries: [entry, ...entries],
    rows: [put('redemptionReversal', reversal), ...rows],
    uses: order === null ? [] : [{ key: order, add: 0 - fen }],
  };
}

/**
 * A voucher whose redemption is undone is good again. If its date is past it expires at once, since the job no longer looks for it; if it
 * holds points of a grant that was clawed back, or if its owner has left, it is cancelled at once, since they must not be spent again.
 */
function reopened(facts: Facts, voucher: Row<'voucher'>, at: number): { entries: EntryDraft[]; rows: RowChange[] } {
  // One that was redeemed before this was kept names its last redemption from now on.
  const open = { ...voucher, state: 'issued', redemptionId: null, lastRedemptionId: voucher.redemptionId };
  const grants = grantsIn(facts, voucher.id);
  const clawedBack = grants.find(({ clawedBackAt }) => clawedBackAt !== null);
  const gone = isErased(facts.get('resident', voucher.residentId)!);
  if (clawedBack || gone || at >= voucher.validUntil) return ended(facts, [open], at, clawedBack?.reversalReason ?? null);
  // The grants do not change, but are written all the same: if one is clawed back meanwhile, this command is decided again.
  return { entries: [], rows: [put('voucher', open), ...grants.map((grant) => put('grant', grant))] };
}
