/** The stop of a change that was made at a counter, by whoever has the old number. */
import {
  type Acting,
  areRight,
  type CodeTyped,
  endSessionsOf,
  freePhone,
  usedUp,
  wantSessionsOf,
  wantTyped,
  type WrongCode,
  wrongCode,
} from '../../access/index.ts';
import {
  type Call,
  type Command,
  type Decision,
  type Facts,
  type Known,
  one,
  put,
  type Refusal,
  type Row,
  type Want,
} from '../../ledger/index.ts';
import { refuse } from '../refusals.ts';
import { notRegistered } from './standing.ts';
import { changedSearchKeys, wantSearchKeys } from './search-keys.ts';

export type StopPhoneChangeInput = {
  /** An officer of any community, or of the street office. */
  readonly by: Acting;
  readonly id: string;
  /** The code that was sent to the old number. */
  readonly code: CodeTyped;
};

type StopPhoneChangeReply =
  | WrongCode
  | { readonly id: string; readonly resident_id: string; readonly stopped_at: number; readonly ended_session_ids: readonly string[] };

/** Gives a resident the old number back, and ends every session. Points can be spent again: the owner of the old number stands at the counter. */
export const stopPhoneChange: Command<StopPhoneChangeInput, StopPhoneChangeReply> = {
  name: 'stop-phone-change',
  load: loadStopPhoneChange,
  decide: decideStopPhoneChange,
};

function loadStopPhoneChange({ id, code }: StopPhoneChangeInput, known: Known): readonly Want[] {
  const change = known.get('phoneChange', id);
  const concerned = change
    ? [
        one('resident', change.residentId),
        one('residentPhone', change.formerHash),
        one('residentPhone', change.newHash),
        // As for a change: a sign-in in between must not leave its session behind.
        ...(known.get('residentPhone', change.newHash) ? [wantSessionsOf(change.residentId)] : []),
        ...wantSearchKeys(change.residentId),
      ]
    : [];
  return [one('phoneChange', id), ...concerned, ...wantTyped([code])];
}

function decideStopPhoneChange(facts: Facts, { by, id, code }: StopPhoneChangeInput, { at }: Call): Decision<StopPhoneChangeReply> {
  const change = facts.get('phoneChange', id);
  if (!change) return refuse('phone_change_not_found', { phone_change_id: id });
  const unstoppable = notStoppable(change, at);
  if (unstoppable) return unstoppable;
  const gone = notRegistered(facts.get('resident', change.residentId)!);
  if (gone) return gone;
  if (!areRight(facts, [code], at)) return wrongCode(facts, [code], at);

  // From here on it succeeds.
  const resident = facts.get('resident', change.residentId)!;
  const former = facts.get('residentPhone', change.formerHash)!;
  const sessions = endSessionsOf(facts, resident.id, at);
  const restored = { phoneHash: change.formerHash, phoneSealed: change.formerSealed, spendsFrom: null, papersFrom: at };
  return {
    rows: [
      put('resident', { ...resident, ...restored }),
      // The code shows who has the number, not who that is: one that was silent for long asks for the registered name at the next sign-in.
      put('residentPhone', { ...former, heldUntil: null }),
      put('residentPhone', freePhone(change.newHash)),
      put('phoneChange', { ...change, stoppedAt: at, stoppedBy: by.id }),
      ...changedSearchKeys(facts, resident, null),
      ...sessions.rows,
      ...usedUp(facts, [code]),
    ],
    reply: { id, resident_id: resident.id, stopped_at: at, ended_session_ids: sessions.ids },
  };
}

/** The refusal to stop a change at `at`, or undefined if it may be stopped. */
export function notStoppable({ id, closedUntil, stoppedAt }: Row<'phoneChange'>, at: number): Refusal | undefined {
  // The owner made it by a code to each number: there is nobody who could not have known.
  if (closedUntil === null) return refuse('phone_change_not_found', { phone_change_id: id });
  if (stoppedAt !== null) return refuse('phone_change_stopped', { stopped_at: stoppedAt });
  return at >= closedUntil ? refuse('phone_change_over', { closed_until: closedUntil }) : undefined;
}
