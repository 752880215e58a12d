import { type Facts, one, type Refusal, type Want } from '../../ledger/index.ts';
import { refuse } from '../refusals.ts';

/** The facts that `refuseOwnPeople` needs. */
export function wantOwnPeople(officerIds: readonly string[]): Want[] {
  return officerIds.map((id) => one('officer', id));
}

/** The refusal of a list in which one of these officers stands; undefined: none does. */
export function refuseOwnPeople(facts: Facts, officerIds: readonly string[], residentIds: readonly string[]): Refusal | undefined {
  const listed = new Set(residentIds);
  for (const officerId of officerIds) {
    const own = facts.get('officer', officerId)?.residentId;
    if (own && listed.has(own)) return refuse('officer_in_list', { officer_id: officerId, resident_id: own });
  }
  return undefined;
}
