/** Changes of a number by its owner, who has both the old and the new one. */
import { areRight, type CodeTyped, isFree, usedUp, wantTyped, type WrongCode, wrongCode } from '../../access/index.ts';
import { type Call, type Command, type Decision, type Facts, type Known, type Want } from '../../ledger/index.ts';
import { refuse } from '../refusals.ts';
import { byCodes, changed, type NewPhone, notChangeable, wantChange } from './phone-changes.ts';

export type ChangePhoneInput = {
  readonly residentId: string;
  /** The session in which it is changed; it continues. */
  readonly sessionId: string;
  readonly phone: NewPhone;
  /** The hash of the number to which the code of the old one was sent. */
  readonly formerHash: string;
  /** The codes that were sent to the old and to the new number; each is good for this pair of numbers alone. */
  readonly codes: readonly [from: CodeTyped, to: CodeTyped];
};

type ChangePhoneReply =
  | WrongCode
  | { readonly phone_change_id: string; readonly changed_at: number; readonly ended_session_ids: readonly string[] };

/** Gives a resident another number. A number that somebody else has is told only to those who hold a code of it. */
export const changePhone: Command<ChangePhoneInput, ChangePhoneReply> = {
  name: 'change-phone',
  load: loadChangePhone,
  decide: decideChangePhone,
};

function loadChangePhone({ residentId, phone, codes }: ChangePhoneInput, known: Known): readonly Want[] {
  return [...wantChange(residentId, phone.phoneHash, known), ...wantTyped(codes)];
}

function decideChangePhone(
  facts: Facts,
  { residentId, sessionId, phone, formerHash, codes }: ChangePhoneInput,
  call: Call,
): Decision<ChangePhoneReply> {
  const resident = facts.get('resident', residentId)!;
  const unchangeable = notChangeable(resident, call.at);
  if (unchangeable) return unchangeable;
  if (resident.phoneHash === phone.phoneHash) return refuse('phone_unchanged');
  if (resident.phoneHash !== formerHash || !areRight(facts, codes, call.at)) return wrongCode(facts, codes, call.at);
  if (!isFree(facts.get('residentPhone', phone.phoneHash), call.at)) return refuse('phone_taken');

  // From here on it succeeds.
  const { rows, change, endedSessionIds } = changed(facts, resident, phone, byCodes, call, sessionId);
  return {
    rows: [...rows, ...usedUp(facts, codes)],
    reply: { phone_change_id: change.id, changed_at: call.at, ended_session_ids: endedSessionIds },
  };
}
