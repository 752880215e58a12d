/** Changes of a number at a counter, for somebody who no longer has the old one. */
import { type Acting, actsFor, isFree } from '../../access/index.ts';
import { type Call, type Command, type Decision, type Facts, type Known, type Want } from '../../ledger/index.ts';
import { matter } from '../matter.ts';
import { refuse } from '../refusals.ts';
import { changed, type NewPhone, notChangeable, wantChange } from './phone-changes.ts';

/** The time in which the owner of the old number may stop the change, and nothing can be spent. */
const CLOSED_MS = 72 * 3_600_000;

/** The input that a proposal stores: the new number by its hash, and sealed. */
type ReplacePhone = NewPhone & { readonly residentId: string };

type ReplacePhoneInput = ReplacePhone & { readonly by: Acting; readonly approvedBy: string };

type ReplacePhoneReply = {
  phone_change_id: string;
  resident_id: string;
  changed_at: number;
  closed_until: number;
  ended_session_ids: readonly string[];
};

/**
 * Gives a resident another number without a code to the old one. It takes two officers of the home community, and for 72 hours points are
 * earned but not spent: as long, whoever has the old number may stop it.
 */
const replacePhone: Command<ReplacePhoneInput, ReplacePhoneReply> = {
  name: 'replace-phone',
  load: loadReplacePhone,
  decide: decideReplacePhone,
};

export const phoneMatter = matter('phone', {
  office: 'community',
  command: replacePhone,
  complete: (stored: ReplacePhone, { proposedBy, approvedBy }) => ({ ...stored, by: proposedBy, approvedBy }),
  concerned: { resident: (_, { residentId }) => residentId },
});

function loadReplacePhone({ residentId, phoneHash }: ReplacePhoneInput, known: Known): readonly Want[] {
  return wantChange(residentId, phoneHash, known);
}

function decideReplacePhone(
  facts: Facts,
  { by, approvedBy, residentId, phoneHash, phoneSealed }: ReplacePhoneInput,
  call: Call,
): Decision<ReplacePhoneReply> {
  const resident = facts.get('resident', residentId);
  if (!resident) return refuse('resident_not_found', { resident_id: residentId });
  if (!actsFor(by, resident.communityId)) return refuse('foreign_community', { community_id: resident.communityId });
  const unchangeable = notChangeable(resident, call.at);
  if (unchangeable) return unchangeable;
  if (resident.phoneHash === phoneHash) return refuse('phone_unchanged');
  if (!isFree(facts.get('residentPhone', phoneHash), call.at)) return refuse('phone_taken');

  // From here on it succeeds.
  const closedUntil = call.at + CLOSED_MS;
  const officers = { proposedBy: by.id, approvedBy, closedUntil };
  const { rows, change, endedSessionIds } = changed(facts, resident, { phoneHash, phoneSealed }, officers, call);
  return {
    rows,
    reply: {
      phone_change_id: change.id,
      resident_id: residentId,
      changed_at: call.at,
      closed_until: closedUntil,
      ended_session_ids: endedSessionIds,
    },
  };
}
