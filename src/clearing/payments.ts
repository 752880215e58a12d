/**
 * The steps after netting: both sides of a payment confirm it, the debtor makes it, the creditor receives it. Each books its own bank
 * account.
 */
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
  type Row,
  type Want,
} from '../ledger/index.ts';
import type { Acting } from '../access/index.ts';
import { bankMoved, bankReferenceUsed, wantBankReference } from './bank.ts';
import { refuse } from './refusals.ts';
import { advanced } from './runs.ts';

type Side = 'debtor' | 'creditor';

export type ConfirmPaymentInput = {
  /** An officer of either side; once the payment is escalated also of the street office, for a side that has not confirmed. */
  readonly by: Acting;
  readonly paymentId: string;
};

/** The payment as it was then; replies that are stored from before have none. */
type Told = { payment?: Row<'settlementPayment'> };

export type ConfirmPaymentReply = { id: string; run_id: string; run_state: string; confirmed: Side[]; confirmed_at: number } & Told;

/** Confirms that a net payment is right. Both sides do so; if one does not in time, the street office may confirm for it. */
export const confirmPayment: Command<ConfirmPaymentInput, ConfirmPaymentReply> = {
  name: 'confirm-payment',
  load: loadConfirmPayment,
  decide: decideConfirmPayment,
};

function loadConfirmPayment({ paymentId }: ConfirmPaymentInput, known: Known): readonly Want[] {
  return wantPayment(paymentId, known);
}

function decideConfirmPayment(facts: Facts, { by, paymentId }: ConfirmPaymentInput, { at }: Call): Decision<ConfirmPaymentReply> {
  const payment = facts.get('settlementPayment', paymentId);
  if (!payment) return refuse('payment_not_found', { payment_id: paymentId });
  const run = facts.get('settlementRun', payment.runId)!;
  const sides = sidesOf(payment, by);
  if (sides.length === 0) return refuse('foreign_community', { community_id: payment.debtorId });
  if (by.communityId === null && at < run.escalatesAt!) return refuse('payment_not_escalated', { escalates_at: run.escalatesAt! });
  const missing = sides.filter((side) => payment[`${side}ConfirmedAt`] === null);
  if (missing.length === 0) return refuse('payment_confirmed', { payment_id: paymentId });

  // From here on it succeeds.
  const marks = missing.flatMap((side) => [[`${side}ConfirmedAt`, at] as const, [`${side}ConfirmedBy`, by.id] as const]);
  const confirmed = { ...payment, ...Object.fromEntries(marks) };
  const row = advanced({ ...run, unconfirmed: run.unconfirmed - missing.length }, at);
  return {
    rows: [put('settlementPayment', confirmed), put('settlementRun', row)],
    reply: { id: paymentId, run_id: run.id, run_state: row.state, confirmed: missing, confirmed_at: at, payment: confirmed },
  };
}

export type BookPaymentInput = {
  /** An officer of the side that the bank account belongs to. */
  readonly by: Acting;
  readonly paymentId: string;
  /** The reference of this community's bank for this movement. */
  readonly bankReference: string;
};

export type BookPaymentReply = { id: string; run_id: string; run_state: string; fen: number; booked_at: number; entry_id: string } & Told;

/** The differences between the two sides of a payment. The creditor's bank account goes up, the debtor's down. */
const booking = {
  debtor: { name: 'book-payment-made', entryKind: 'payment_made', fields: { at: 'madeAt', reference: 'madeReference' }, sign: -1 },
  creditor: {
    name: 'book-payment-received',
    entryKind: 'payment_received',
    fields: { at: 'receivedAt', reference: 'receivedReference' },
    sign: 1,
  },
} as const;

/** Books that the debtor has paid: its bank account goes down, and so does the amount that it has left to pay. */
export const bookPaymentMade = bookPayment('debtor');

/** Books that the creditor has received the payment. */
export const bookPaymentReceived = bookPayment('creditor');

function bookPayment(side: Side): Command<BookPaymentInput, BookPaymentReply> {
  return {
    name: booking[side].name,
    load: loadBookPayment,
    decide: (facts, input, call) => decideBookPayment(side, facts, input, call),
  };
}

function loadBookPayment({ by, paymentId, bankReference }: BookPaymentInput, known: Known): readonly Want[] {
  const reference = by.communityId === null ? [] : wantBankReference(by.communityId, bankReference, known);
  return [...wantPayment(paymentId, known), ...reference];
}

function decideBookPayment(
  side: Side,
  facts: Facts,
  { by, paymentId, bankReference }: BookPaymentInput,
  call: Call,
): Decision<BookPaymentReply> {
  const { entryKind: kind, fields, sign } = booking[side];
  const payment = facts.get('settlementPayment', paymentId);
  if (!payment) return refuse('payment_not_found', { payment_id: paymentId });
  const communityId = payment[`${side}Id`];
  if (by.communityId !== communityId) return refuse('foreign_community', { community_id: communityId });
  if (payment.debtorConfirmedAt === null || payment.creditorConfirmedAt === null) {
    return refuse('payment_not_confirmed', { payment_id: paymentId });
  }
  const booked = payment[fields.at];
  if (booked !== null) return refuse('payment_booked', { booked_at: booked, bank_reference: payment[fields.reference]! });
  const used = bankReferenceUsed(facts, communityId, bankReference);
  if (used) return used;

  // From here on it succeeds.
  const { fen, runId } = payment;
  const run = facts.get('settlementRun', runId)!;
  const entry: EntryDraft = {
    kind,
    effectiveAt: call.at,
    subject: paymentId,
    postings: [dr(account.bank(communityId), sign * fen), cr(account.clearing(communityId, run.throughDay), sign * fen)],
  };
  const paid = { ...payment, [fields.at]: call.at, [fields.reference]: bankReference };
  const settled = paid.madeAt !== null && paid.receivedAt !== null;
  const row = advanced({ ...run, unpaid: run.unpaid - (settled ? 1 : 0) }, call.at);
  const moved = { communityId, reference: bankReference, kind, fen: sign * fen, subject: paymentId, entryId: entryId(call) };
  return {
    entries: [entry],
    rows: [put('settlementPayment', paid), put('settlementRun', row), ...bankMoved(moved, call.at)],
    reply: { id: paymentId, run_id: runId, run_state: row.state, fen, booked_at: call.at, entry_id: entryId(call), payment: paid },
  };
}

function wantPayment(paymentId: string, known: Known): Want[] {
  const payment = known.get('settlementPayment', paymentId);
  return [one('settlementPayment', paymentId), ...(payment ? [one('settlementRun', payment.runId)] : [])];
}

/** The sides of a payment that an officer may confirm for. */
function sidesOf({ debtorId, creditorId }: Row<'settlementPayment'>, { communityId }: Acting): Side[] {
  if (communityId === null) return ['debtor', 'creditor'];
  return (['debtor', 'creditor'] as const).filter((side) => communityId === { debtor: debtorId, creditor: creditorId }[side]);
}
