/** Whether a resident may earn, and whether a resident may spend: each is judged in one place. */
import type { Refusal, Row } from '../../ledger/index.ts';
import { refuse } from '../refusals.ts';

/**
 * `unconfirmed`: registered on their own phone, and earns, but cannot spend until an officer confirms it. `suspended`: neither earns nor spends
 * until it is `active` again. `declined`: no officer confirmed it, and it stays so.
 */
export type Standing = 'active' | 'unconfirmed' | 'suspended' | 'declined';

type Judged = Pick<Row<'resident'>, 'id' | 'status'>;

/** The figures of the refusal: a till is not told the id. */
type Told = { readonly resident_id?: string };

/** The refusal to give points to a resident, or undefined if they may earn. */
export function notEarning(resident: Judged, told: Told = { resident_id: resident.id }): Refusal | undefined {
  if (resident.status === 'active' || resident.status === 'unconfirmed') return undefined;
  return refuse(resident.status === 'declined' ? 'resident_declined' : 'resident_suspended', told);
}

/** The refusal to let a resident spend points or vouchers, or undefined if they may. */
export function notSpending(resident: Judged, told: Told = { resident_id: resident.id }): Refusal | undefined {
  if (resident.status === 'unconfirmed') return refuse('resident_unconfirmed', told);
  return notEarning(resident, told);
}
