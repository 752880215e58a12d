/** The outcomes of payouts to merchants: the bank's answers, and the carrying of payouts that cannot be paid. */
import assert from 'node:assert/strict';
import {
  account,
  type Call,
  type Command,
  cr,
  type Decision,
  dr,
  type EntryDraft,
  entryId,
  type Facts,
  type Known,
  one,
  put,
  type Refusal,
  type Row,
  type RowChange,
  type Want,
} from '../ledger/index.ts';
import type { Acting } from '../access/index.ts';
import { foldedReference } from '../text/index.ts';
import { bankMoved, bankReferenceUsed, wantBankReference } from './bank.ts';
import type { DayPayable } from './frozen.ts';
import { refuse } from './refusals.ts';
import { advanced } from './runs.ts';

/** A line of the bank's answer. */
export type PayoutResult = {
  readonly payoutId: string;
  /** The amount in the payout file. */
  readonly fen: number;
  readonly result: 'paid' | 'failed';
  /** The bank's reference of a payment; null for one that failed. */
  readonly bankReference: string | null;
  /** The bank's reason for one that failed. */
  readonly failure: string | null;
  /** Its line in the file, to be named in a refusal; by default its place among the others, from 1. */
  readonly line?: number;
};

export type BookPayoutsInput = {
  /** An officer of the community that the bank account belongs to. */
  readonly by: Acting;
  readonly runId: string;
  /** Each payout and each reference once. */
  readonly results: readonly PayoutResult[];
  /** The community's payables to these merchants for the days of the run: see `frozen.ts`. */
  readonly payables: readonly DayPayable[];
};

export type PayoutOutcome = { id: string; state: 'paid' | 'failed'; changed: boolean };
export type BookPayoutsReply = { run_id: string; run_state: string; paid_fen: number; outcomes: PayoutOutcome[] };

/**
 * Books the bank's answer as a whole: paid amounts leave the bank account, failed payouts stay owed and may be paid by a later answer. A
 * line that repeats a known result changes nothing; one that contradicts a recorded result refuses all lines.
 */
export const bookPayouts: Command<BookPayoutsInput, BookPayoutsReply> = {
  name: 'book-payouts',
  load: loadBookPayouts,
  decide: decideBookPayouts,
};

function loadBookPayouts({ by, runId, results }: BookPayoutsInput, known: Known): readonly Want[] {
  return [
    one('settlementRun', runId),
    ...results.map(({ payoutId }) => one('payout', payoutId)),
    ...results.flatMap(({ bankReference }) =>
      bankReference === null || by.communityId === null ? [] : wantBankReference(by.communityId, bankReference, known),
    ),
  ];
}

function decideBookPayouts(facts: Facts, { by, runId, results, payables }: BookPayoutsInput, call: Call): Decision<BookPayoutsReply> {
  const run = facts.get('settlementRun', runId);
  if (!run) return refuse('settlement_run_not_found', { run_id: runId });
  if (run.state === 'open') return refuse('settlement_run_not_closed', { run_id: runId });
  const wrong = firstOf(results, (result, n) => contradiction(facts, by, runId, result, result.line ?? n + 1));
  if (wrong) return wrong;
  assertOnce(results.map(({ payoutId }) => payoutId));
  assertOnce(results.flatMap(({ bankReference }) => (bankReference === null ? [] : foldedReference(bankReference))));

  // From here on it succeeds.
  const news = results.map((result) => ({ result, payout: facts.get('payout', result.payoutId)! })).filter(isNews);
  const paid = news.filter(({ result }) => result.result === 'paid');
  const row = advanced({ ...run, unpaid: run.unpaid - paid.length }, call.at);
  const owed = Map.groupBy(payables, ({ community, merchantId }) => `${community}:${merchantId}`);
  const changed = new Set(news.map(({ payout }) => payout.id));
  return {
    entries: paid.map(({ payout }) => payoutEntry(payout, owed, call)),
    rows: [
      ...(paid.length > 0 ? [put('settlementRun', row)] : []),
      ...news.map(({ payout, result }) => put('payout', decidedPayout(payout, result, call.at))),
      ...paid.flatMap((each, n) => movementOf(each, n, call)),
    ],
    reply: {
      run_id: runId,
      run_state: row.state,
      paid_fen: paid.reduce((sum, { payout }) => sum + payout.fen, 0),
      outcomes: results.map(({ payoutId, result }) => ({ id: payoutId, state: result, changed: changed.has(payoutId) })),
    },
  };
}

type Answered = { readonly payout: Row<'payout'>; readonly result: PayoutResult };

/** The refusal of a line, or undefined. */
function contradiction(facts: Facts, by: Acting, runId: string, result: PayoutResult, line: number): Refusal | undefined {
  const { payoutId, fen, bankReference } = result;
  const payout = facts.get('payout', payoutId);
  if (!payout || payout.runId !== runId || (payout.state === 'carried' && result.result === 'paid'))
    return refuse('payout_not_found', { payout_id: payoutId, line });
  if (by.communityId !== payout.communityId) return refuse('foreign_community', { community_id: payout.communityId, line });
  if (payout.fen !== fen) return refuse('payout_altered', { payout_id: payoutId, line, expected_fen: payout.fen, given_fen: fen });
  if (!isNews({ payout, result })) return undefined;
  if (payout.state === 'paid') return refuse('payout_paid', { payout_id: payoutId, line, bank_reference: payout.bankReference! });
  const used = bankReference === null ? undefined : bankReferenceUsed(facts, payout.communityId, bankReference);
  return used && { ...used, details: { ...used.details, line } };
}

/** Whether a line has a result that is not recorded yet. The failure of a payout that was carried is known already. */
function isNews({ payout, result }: Answered): boolean {
  if (payout.state === 'carried') return false;
  if (payout.state !== result.result) return true;
  return payout.state === 'paid' ? !isSameReference(payout.bankReference, result.bankReference) : payout.failure !== result.failure;
}

function isSameReference(a: string | null, b: string | null): boolean {
  return a === null || b === null ? a === b : foldedReference(a) === foldedReference(b);
}

function decidedPayout(payout: Row<'payout'>, { result, bankReference, failure }: PayoutResult, at: number): Row<'payout'> {
  return { ...payout, state: result, bankReference, failure, decidedAt: at };
}

export type CarryPayoutInput = {
  /** An officer of the community that owes it. */
  readonly by: Acting;
  readonly runId: string;
  readonly payoutId: string;
  /** The reason why it is not to be paid as it is. */
  readonly reason: string;
  /** The community's payables to its merchants for the days of the run: see `frozen.ts`. */
  readonly payables: readonly DayPayable[];
};

export type CarryPayoutReply = { id: string; run_id: string; run_state: string; fen: number; carried_at: number };

/**
 * Carries a payout that the bank refused: the amount joins the merchant's next payout, together with the reductions of adjustments
 * meanwhile, and the run has one payout less to pay.
 */
export const carryPayout: Command<CarryPayoutInput, CarryPayoutReply> = {
  name: 'carry-payout',
  load: loadCarryPayout,
  decide: decideCarryPayout,
};

function loadCarryPayout({ runId, payoutId }: CarryPayoutInput): readonly Want[] {
  return [one('settlementRun', runId), one('payout', payoutId)];
}

function decideCarryPayout(
  facts: Facts,
  { by, runId, payoutId, reason, payables }: CarryPayoutInput,
  call: Call,
): Decision<CarryPayoutReply> {
  const run = facts.get('settlementRun', runId);
  if (!run) return refuse('settlement_run_not_found', { run_id: runId });
  const payout = facts.get('payout', payoutId);
  if (!payout || payout.runId !== runId) return refuse('payout_not_found', { payout_id: payoutId });
  const { communityId, merchantId, state, fen, failure } = payout;
  if (by.communityId !== communityId) return refuse('foreign_community', { community_id: communityId });
  if (state !== 'failed') return refuse('payout_not_failed', { payout_id: payoutId, state });

  // From here on it succeeds.
  const row = advanced({ ...run, unpaid: run.unpaid - 1 }, call.at);
  const days = payables.filter((each) => each.community === communityId && each.merchantId === merchantId);
  return {
    entries: carryEntries(payout, days, call),
    rows: [put('settlementRun', row), put('payout', { ...payout, state: 'carried', failure: `${failure}；${reason}`, decidedAt: call.at })],
    reply: { id: payoutId, run_id: runId, run_state: row.state, fen, carried_at: call.at },
  };
}

/**
 * Moves the amount that a merchant is owed for the days of a run to the open day, and so to its next payout. No entry if all days are at
 * zero.
 */
export function carryEntries(
  { id, communityId, merchantId, fen }: Row<'payout'>,
  payables: readonly DayPayable[],
  call: Call,
): EntryDraft[] {
  const days = payables.filter((each) => each.fen !== 0);
  const settled = days.map((each) => dr(account.payable(communityId, merchantId, each.day), each.fen));
  const postings = [...settled, cr(account.payable(communityId, merchantId, call.day), fen)];
  return days.length > 0 ? [{ kind: 'payout_carry', effectiveAt: call.at, subject: id, postings }] : [];
}

/** The reader of the answer refuses duplicates before. */
function assertOnce(names: readonly string[]): void {
  assert.equal(new Set(names).size, names.length, 'an answer names a payout or a reference twice');
}

type Owed = ReadonlyMap<string, readonly DayPayable[]>;

function payoutEntry({ id, communityId, merchantId, fen }: Row<'payout'>, owed: Owed, { at }: Call): EntryDraft {
  const days = owed.get(`${communityId}:${merchantId}`)!;
  const settled = days.map((each) => dr(account.payable(communityId, merchantId, each.day), each.fen));
  return { kind: 'payout', effectiveAt: at, subject: id, postings: [...settled, cr(account.bank(communityId), fen)] };
}

function movementOf({ payout, result }: Answered, n: number, call: Call): RowChange[] {
  const { id, communityId, fen } = payout;
  return bankMoved(
    { communityId, reference: result.bankReference!, kind: 'payout', fen: 0 - fen, subject: id, entryId: entryId(call, n) },
    call.at,
  );
}

function firstOf<T, R>(items: readonly T[], find: (item: T, n: number) => R | undefined): R | undefined {
  for (const [n, item] of items.entries()) {
    const found = find(item, n);
    if (found !== undefined) return found;
  }
  return undefined;
}
