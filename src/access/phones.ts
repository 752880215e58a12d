/** Phone numbers of residents: whose each one is, and whether somebody may have it. */
import type { Row } from '../store/index.ts';

type Phone = Row<'residentPhone'>;

/** A phone that belongs to nobody. */
export function freePhone(hash: string): Phone {
  return { hash, residentId: null, heldUntil: null, heardAt: null, version: 0 };
}

/** Whether somebody may register a phone at `at`: nobody has it, and nobody holds it against a change. */
export function isFree(phone: Phone | undefined, at: number): boolean {
  if (!phone || phone.residentId === null) return true;
  return phone.heldUntil !== null && at >= phone.heldUntil;
}

/** The resident who signs in with a phone; undefined: nobody has it any more. */
export function ownerOf(phone: Phone | undefined): string | undefined {
  return phone?.heldUntil === null ? (phone.residentId ?? undefined) : undefined;
}
