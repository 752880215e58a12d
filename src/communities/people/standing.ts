/** Whether a resident may earn, and whether a resident may spend: each is judged in one place. */
import type { Refusal, Row } from '../../ledger/index.ts';
import { refuse } from '../refusals.ts';

/**
 * `unconfirmed`: registered on their own phone, and earns, but cannot spend until an officer confirms it. `suspended`: neither earns nor spends
 * until it is `active` again. `declined`: no officer confirmed it, and it stays so. `ended`: erased, for good.
 */
export type Standing = 'active' | 'unconfirmed' | 'suspended' | 'declined' | 'ended';

type Judged = Pick<Row<'resident'>, 'id' | 'status'>;

/** The figures of the refusal: a till is not told the id. */
type Told = { readonly resident_id?: string };

/** Whether somebody was erased: their row stays, and names nobody. */
export function isErased({ status }: Pick<Judged, 'status'>): boolean {
  return status === 'ended';
}

/** Whether officers find the resident by name and number. */
export function isFound({ status }: Pick<Judged, 'status'>): boolean {
  return status !== 'declined' && status !== 'ended';
}

/** The refusal to write anything about a resident who was erased, or undefined: they are still there. */
export function notThere(resident: Judged, told: Told = { resident_id: resident.id }): Refusal | undefined {
  return isErased(resident) ? refuse('resident_erased', told) : undefined;
}

/** The refusal to change the register of a resident who has left or is about to, or undefined: they stay. */
export function notStaying({ erasureId, ...resident }: Judged & Pick<Row<'resident'>, 'erasureId'>): Refusal | undefined {
  const gone = notThere(resident);
  if (gone || erasureId === null) return gone;
  return refuse('resident_leaving', { resident_id: resident.id, erasure_id: erasureId });
}

/** The refusal of a resident who was erased or whose registration was declined: the number may be somebody else's by now. */
export function notRegistered(resident: Judged): Refusal | undefined {
  if (resident.status === 'declined') return refuse('resident_declined', { resident_id: resident.id });
  return notThere(resident);
}

/** The refusal to move a resident, or undefined: they may move. The community of a registration decides about it before. */
export function notMovable(resident: Judged & Pick<Row<'resident'>, 'erasureId'>): Refusal | undefined {
  if (resident.status === 'unconfirmed') return refuse('resident_unconfirmed', { resident_id: resident.id });
  return notRegistered(resident) ?? notStaying(resident);
}

/** The refusal to give points to a resident, or undefined if they may earn. */
export function notEarning(resident: Judged, told: Told = { resident_id: resident.id }): Refusal | undefined {
  if (resident.status === 'active' || resident.status === 'unconfirmed') return undefined;
  return notThere(resident, told) ?? refuse(resident.status === 'declined' ? 'resident_declined' : 'resident_suspended', told);
}

/** The refusal to let a resident spend points or vouchers, or undefined if they may. */
export function notSpending(resident: Judged, told: Told = { resident_id: resident.id }): Refusal | undefined {
  if (resident.status === 'unconfirmed') return refuse('resident_unconfirmed', told);
  return notEarning(resident, told);
}
