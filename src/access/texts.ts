/**
 * Messages to residents' phones. A command that leads to one writes the row of it as well, so that nobody is left untold if a process ends
 * in that moment; sending it is another matter.
 */
import { type Facts, one, put, type Row, type RowChange, type Want } from '../ledger/index.ts';

/** `number_changed_former` goes to the number before, everything else to the resident's number. */
export type TextKind = 'number_changed_former' | 'number_changed' | 'paper_printed' | 'credential_made' | 'secret_replaced';

/** A message to a phone: what happened, and to whom. */
export type TextSubject = {
  readonly residentId: string;
  readonly kind: TextKind;
  /** The id of a change of number, of a paper's voucher, or of a credential. */
  readonly subject: string;
  /** When it happened, in epoch milliseconds. */
  readonly at: number;
};

/** The message about a subject that is new: nobody has tried to send it. */
export function toTell(text: TextSubject): RowChange {
  return put('messageSent', { ...text, claimedAt: text.at, tries: 0, deliveredAt: null, version: 0 });
}

/** The row of a message. */
export function wantText({ residentId, kind, subject, at }: TextSubject): Want {
  return one('messageSent', residentId, kind, subject, at);
}

/** The message about something that may happen twice in one instant, of which the phone is told once. */
export function toTellOnce(facts: Facts, text: TextSubject): RowChange[] {
  return facts.get('messageSent', text.residentId, text.kind, text.subject, text.at) ? [] : [toTell(text)];
}

/** The messages of a change of number: one to each. */
export function textsOfChange({ id, residentId, changedAt }: Pick<Row<'phoneChange'>, 'id' | 'residentId' | 'changedAt'>): TextSubject[] {
  const common = { residentId, subject: id, at: changedAt };
  return [
    { ...common, kind: 'number_changed_former' },
    { ...common, kind: 'number_changed' },
  ];
}

type Credential = Pick<Row<'client'>, 'id' | 'residentId'>;

/** The message of a new credential, if it is a resident's. */
export function textsOfNewCredential({ id, residentId, createdAt }: Credential & Pick<Row<'client'>, 'createdAt'>): TextSubject[] {
  return residentId === null ? [] : [{ residentId, kind: 'credential_made', subject: id, at: createdAt }];
}

/** The message that a credential was given another secret `at` an instant (epoch milliseconds), if it is a resident's. */
export function textsOfSecret({ id, residentId }: Credential, at: number): TextSubject[] {
  return residentId === null ? [] : [{ residentId, kind: 'secret_replaced', subject: id, at }];
}
