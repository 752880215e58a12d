/**
 * Corrections of entries that a closed run has settled. A statement never changes: the mirror of the wrong entry and the right one are
 * booked on the open business day, and the next run settles both. Only money moves: points stay where the redemption, or its reversal, has
 * put them.
 */
import { idOf } from '../store/index.ts';
import {
  accountFacts,
  type Call,
  type Command,
  type Decision,
  type EntryDraft,
  entryId,
  type Facts,
  type Known,
  many,
  mirror,
  one,
  type Posting,
  put,
  type Refusal,
  type Row,
  type Want,
} from '../ledger/index.ts';
import { bearerOf, duePostings, matter, wantSuccession } from '../communities/index.ts';
import { refuse } from './refusals.ts';
import { isSettled, wantClosedRuns } from './runs.ts';

/** The amounts that should have been booked: a merchant is owed these shares, each borne by a community. */
export type RightDue = {
  readonly merchantId: string;
  /** At least one; whole fen above zero. */
  readonly shares: readonly { readonly communityId: string; readonly fen: number }[];
};

type AdjustInput = {
  /** The wrong entry. */
  readonly entryId: string;
  /** Null: nothing should have been booked. */
  readonly right: RightDue | null;
  readonly reason: string;
  /** Two officers of the street office. */
  readonly proposedBy: string;
  readonly approvedBy: string;
};

export type AdjustReply = {
  id: string;
  entry_id: string;
  mirror_id: string;
  right_id: string | null;
  business_day: string;
  adjusted_at: number;
};

/**
 * Adjusts the effective entry of a redemption: its own entry, that of its reversal, or the entry that an earlier adjustment has put in its
 * place. Each entry is adjusted once. Reached through a proposal only: it takes two officers of the street.
 */
export const adjust: Command<AdjustInput, AdjustReply> = { name: 'adjust', load: wantAdjustFacts, decide: decideAdjust };

/** The proposal's reason is the adjustment's. */
export const adjustmentMatter = matter('adjustment', {
  office: 'street',
  command: adjust,
  complete: (wrong: Pick<AdjustInput, 'entryId' | 'right'>, { proposedBy, approvedBy, reason }) => ({
    ...wrong,
    reason,
    proposedBy: proposedBy.id,
    approvedBy,
  }),
});

function decideAdjust(
  facts: Facts,
  { entryId: wrongId, right, reason, proposedBy, approvedBy }: AdjustInput,
  call: Call,
): Decision<AdjustReply> {
  const wrong = facts.get('entry', wrongId);
  if (!wrong) return refuse('entry_not_found', { entry_id: wrongId });
  if (!isAdjustable(facts, wrong)) return refuse('entry_not_adjustable', { entry_id: wrongId, kind: wrong.kind });
  const problem = notStanding(facts, wrong) ?? (right && notRight(facts, wrong, right));
  if (problem) return problem;

  // From here on it succeeds.
  const entries = [mirrorEntry(facts, wrong, call), ...(right ? [rightEntry(facts, wrong, right, call)] : [])];
  const id = idOf('adj', call.id);
  const rightId = right ? entryId(call, 1) : null;
  const made = { id, mirrorId: entryId(call), rightId, businessDay: call.day, reason, proposedBy, approvedBy, at: call.at };
  return {
    entries,
    rows: [put('adjustment', { entryId: wrongId, ...made }), ...heldVoucher(facts, wrong)],
    reply: {
      id,
      entry_id: wrongId,
      mirror_id: made.mirrorId,
      right_id: rightId,
      business_day: call.day,
      adjusted_at: call.at,
    },
  };
}

/**
 * The kinds of entries that book money for a redemption, and whether only a settled one may be adjusted: the till can undo one that is not
 * settled.
 */
const kinds = new Map([
  ['redemption', { settled: true }],
  ['adjustment', { settled: false }],
  ['adjustment_mirror', { settled: false }],
]);

/** The rows that the voucher's version guards are read after it: the version makes a concurrent reversal or adjustment a conflict. */
function wantAdjustFacts({ entryId: wrongId, right }: AdjustInput, known: Known): Want[] {
  const wrong = known.get('entry', wrongId);
  const wants = [one('entry', wrongId), ...wantClosedRuns(), ...wantRight(right, known)];
  if (!wrong || !kinds.has(wrong.kind)) return wants;
  const redemption = known.get('redemption', wrong.subject);
  const voucher = redemption && known.get('voucher', redemption.voucherId);
  return [
    ...wants,
    ...(wrong.reverses === null ? [] : [one('adjustment', wrong.reverses)]),
    many('posting', 'entry', wrongId),
    ...known.list('posting', 'entry', wrongId).map(({ account }) => one('account', account)),
    one('redemption', wrong.subject),
    ...(redemption ? [one('voucher', redemption.voucherId)] : []),
    ...(voucher ? [one('redemptionReversal', wrong.subject), one('adjustment', wrongId)] : []),
  ];
}

function wantRight(right: RightDue | null, known: Known): Want[] {
  if (!right) return [];
  const home = known.get('merchant', right.merchantId)?.communityId;
  const communities = right.shares.map(({ communityId }) => communityId);
  return [one('merchant', right.merchantId), ...wantSuccession(known, ...communities, ...(home === undefined ? [] : [home]))];
}

/** Whether an entry books money for a redemption. An adjustment does so by the right entry, or by its mirror if there is no right entry. */
function isAdjustable(facts: Facts, { id, kind, reverses }: Row<'entry'>): boolean {
  if (!kinds.has(kind) || moneyOf(facts, id).length === 0) return false;
  return kind !== 'adjustment_mirror' || facts.get('adjustment', reverses!)!.rightId === null;
}

/** The refusal of an entry that another one has already replaced, or that can still be undone in another way. */
function notStanding(facts: Facts, { id, kind, subject, businessDay }: Row<'entry'>): Refusal | undefined {
  const adjusted = facts.get('adjustment', id);
  if (adjusted) return refuse('entry_adjusted', { adjustment_id: adjusted.id, adjusted_at: adjusted.at });
  const reversal = kind === 'redemption' ? facts.get('redemptionReversal', subject) : undefined;
  if (reversal) return refuse('entry_undone', { redemption_id: subject, reversed_at: reversal.at });
  if (kinds.get(kind)!.settled && !isSettled(facts, businessDay)) {
    return refuse('entry_not_settled', { entry_id: id, business_day: businessDay });
  }
  return undefined;
}

/** The refusal of shares that cannot be the right ones for an entry. */
function notRight(facts: Facts, { id, subject }: Row<'entry'>, { merchantId, shares }: RightDue): Refusal | undefined {
  if (!moneyOf(facts, id).some(isCharge)) return refuse('entry_takes_back', { entry_id: id });
  if (!facts.get('merchant', merchantId)) return refuse('merchant_not_found', { merchant_id: merchantId });
  const unknown = shares.find(({ communityId }) => !facts.get('community', communityId));
  if (unknown) return refuse('community_not_found', { community_id: unknown.communityId });
  const rightFen = shares.reduce((sum, { fen }) => sum + fen, 0);
  const faceFen = facts.get('redemption', subject)!.fen;
  return rightFen > faceFen ? refuse('adjustment_above_face', { right_fen: rightFen, face_fen: faceFen }) : undefined;
}

/** Whether a leg charges a community with a cost. */
function isCharge({ account, amount }: Posting): boolean {
  return accountFacts(account).kind === 'cost' && amount > 0;
}

/** The legs of an entry in fen. */
function moneyOf(facts: Facts, id: string): Posting[] {
  return facts
    .list('posting', 'entry', id)
    .toSorted((a, b) => a.seq - b.seq)
    .map(({ account, amount }) => ({ account: facts.get('account', account)!.path, amount }))
    .filter(({ account }) => accountFacts(account).unit === 'fen');
}

/** Takes back the money of the wrong entry from the communities that it was booked for, on the accounts of the open day. */
function mirrorEntry(facts: Facts, { id, subject }: Row<'entry'>, { at, day }: Call): EntryDraft {
  const postings = mirror(moneyOf(facts, id)).map(({ account, amount }) => ({ account: onDay(account, day), amount }));
  return { kind: 'adjustment_mirror', effectiveAt: at, subject, reverses: id, postings };
}

/** The same account for another business day, if it is an account of a day. */
function onDay(path: string, day: string): string {
  return path.replace(/:\d{4}-\d{2}-\d{2}$/, `:${day}`);
}

/** Books the right shares on the open day, and so for the communities that bear them on that day. */
function rightEntry(facts: Facts, { subject }: Row<'entry'>, { merchantId, shares }: RightDue, { at, day }: Call): EntryDraft {
  const borne = shares.map(({ communityId, fen }) => ({ community: bearerOf(facts, communityId, day), fen }));
  const acquirer = bearerOf(facts, facts.get('merchant', merchantId)!.communityId, day);
  return { kind: 'adjustment', effectiveAt: at, subject, postings: duePostings(borne, acquirer, merchantId, day) };
}

/**
 * The voucher of an adjusted redemption is written unchanged: its version makes it a conflict if a till undoes the redemption meanwhile.
 */
function heldVoucher(facts: Facts, { kind, subject }: Row<'entry'>) {
  return kind === 'redemption' ? [put('voucher', facts.get('voucher', facts.get('redemption', subject)!.voucherId)!)] : [];
}
