/** The consents of people: to a version of the privacy notice, on paper, at a counter, or on their own phone. */
import { type Acting, isSystem, keepsRegisterOf } from '../../access/index.ts';
import { type Call, type Command, type Decision, type Facts, one, put, type Row, type RowChange, type Want } from '../../ledger/index.ts';
import { refuse } from '../refusals.ts';
import { NOTICE_VERSION } from './notice.ts';
import { notThere } from './standing.ts';

/** A consent that an officer took. */
export type ConsentGiven = {
  readonly how: 'paper' | 'counter';
  /** The number of the signed sheet; null: it has none. */
  readonly paperNumber: string | null;
  /** The guardian who consented for a child under 14; null: the person did. */
  readonly guardian: string | null;
};

/** The row of a consent to the notice as it stands now, which an officer took at `at`. */
export function consentTaken(residentId: string, given: ConsentGiven, by: Acting, at: number): RowChange {
  // The system registers people only where a scheme is set up.
  const takenBy = isSystem(by) ? null : by.id;
  return put('consent', { residentId, noticeVersion: NOTICE_VERSION, ...given, takenBy, at, version: 0 });
}

/** The row of a consent to the notice as it stands now, which the person gave on their own phone at `at`. */
export function consentOnPhone(residentId: string, at: number): RowChange {
  const given = { how: 'phone', paperNumber: null, guardian: null, takenBy: null };
  return put('consent', { residentId, noticeVersion: NOTICE_VERSION, ...given, at, version: 0 });
}

export type RecordConsentInput = { readonly by: Acting; readonly residentId: string; readonly consent: ConsentGiven };

type RecordConsentReply = { resident_id: string; notice_version: number; at: number };

/** Records the consent of a resident who was registered before consents were, or to whom a new notice was shown. */
export const recordConsent: Command<RecordConsentInput, RecordConsentReply> = {
  name: 'record-consent',
  load: loadRecordConsent,
  decide: decideRecordConsent,
};

function loadRecordConsent({ residentId }: RecordConsentInput): readonly Want[] {
  return [one('resident', residentId), one('consent', residentId, NOTICE_VERSION)];
}

function decideRecordConsent(facts: Facts, { by, residentId, consent }: RecordConsentInput, { at }: Call): Decision<RecordConsentReply> {
  const resident = facts.get('resident', residentId);
  if (!resident) return refuse('resident_not_found', { resident_id: residentId });
  if (!keepsRegisterOf(by, resident.communityId)) return refuse('foreign_community', { community_id: resident.communityId });
  const gone = notThere(resident);
  if (gone) return gone;
  const before: Row<'consent'> | undefined = facts.get('consent', residentId, NOTICE_VERSION);
  if (before) return refuse('consent_recorded', { resident_id: residentId, consented_at: before.at });

  // From here on it succeeds.
  return {
    // The resident is written as it is: somebody who is erased meanwhile gets no further guardian's name.
    rows: [put('resident', resident), consentTaken(residentId, consent, by, at)],
    reply: { resident_id: residentId, notice_version: NOTICE_VERSION, at },
  };
}
