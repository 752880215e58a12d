/** The parts that every change of a resident's number has in common. */
import { idOf } from '../../store/index.ts';
import { endSessionsOf, freePhone, textsOfChange, toTell, wantSessionsOf } from '../../access/index.ts';
import { type Call, type Facts, type Known, one, put, type Refusal, type Row, type RowChange, type Want } from '../../ledger/index.ts';
import { refuse } from '../refusals.ts';
import { notRegistered, notStaying } from './standing.ts';
import { changedSearchKeys, wantSearchKeys } from './search-keys.ts';

/** A number as a command takes it: its keyed hash (hex), by which it is looked up, and the sealed number. */
export type NewPhone = Pick<Row<'resident'>, 'phoneHash' | 'phoneSealed'>;

/** The refusal to change a resident's number at `at`, whatever the new one is; undefined: it may be changed. */
export function notChangeable(resident: Row<'resident'>, at: number): Refusal | undefined {
  const barred = notRegistered(resident) ?? notStaying(resident);
  if (barred) return barred;
  const { spendsFrom } = resident;
  // Until then the owner of the number before may stop the change: another one would take the number away from under it.
  if (spendsFrom !== null && at < spendsFrom) return refuse('phone_change_open', { closed_until: spendsFrom });
  return undefined;
}

/**
 * The facts that `changed` needs. The sessions are read once the number is known: a sign-in writes the number's row, so that one which came
 * between the two conflicts, and its session is not left behind.
 */
export function wantChange(residentId: string, phoneHash: string, known: Known): Want[] {
  const resident = known.get('resident', residentId);
  const former = resident && known.get('residentPhone', resident.phoneHash);
  return [
    one('resident', residentId),
    one('residentPhone', phoneHash),
    ...wantSearchKeys(residentId),
    ...(resident ? [one('residentPhone', resident.phoneHash)] : []),
    ...(former ? [wantSessionsOf(residentId)] : []),
  ];
}

/** The officers who made a change, and the instant until which it may be stopped; all null: the person made it. */
export type ChangedBy = Pick<Row<'phoneChange'>, 'proposedBy' | 'approvedBy' | 'closedUntil'>;

/** The person, by a code to each number. */
export const byCodes: ChangedBy = { proposedBy: null, approvedBy: null, closedUntil: null };

/**
 * Gives a resident another number: papers that were printed before are no longer good, and every session ends but the one in `except`. The
 * number before is free at once; if the change may be stopped, it is held for its owner until then, and nobody signs in with it.
 */
export function changed(
  facts: Facts,
  resident: Row<'resident'>,
  phone: NewPhone,
  by: ChangedBy,
  { id, at }: Call,
  except?: string,
): { readonly rows: RowChange[]; readonly change: Row<'phoneChange'>; readonly endedSessionIds: string[] } {
  const { closedUntil } = by;
  const former = facts.get('residentPhone', resident.phoneHash)!;
  const sessions = endSessionsOf(facts, resident.id, at, except);
  const change: Row<'phoneChange'> = {
    id: idOf('phc', id),
    residentId: resident.id,
    formerHash: resident.phoneHash,
    formerSealed: resident.phoneSealed,
    newHash: phone.phoneHash,
    how: closedUntil === null ? 'codes' : 'counter',
    changedAt: at,
    ...by,
    stoppedAt: null,
    stoppedBy: null,
    version: 0,
  };
  const rows = [
    put('resident', { ...resident, ...phone, papersFrom: at, spendsFrom: closedUntil }),
    put('residentPhone', closedUntil === null ? freePhone(former.hash) : { ...former, heldUntil: closedUntil }),
    put('residentPhone', { ...freePhone(phone.phoneHash), residentId: resident.id, heardAt: at }),
    put('phoneChange', change),
    ...textsOfChange(change).map(toTell),
    ...changedSearchKeys(facts, resident, null),
    ...sessions.rows,
  ];
  return { rows, change, endedSessionIds: sessions.ids };
}
