import { dayOf, type Facts, type Known, one, type Refusal, type Want } from '../../ledger/index.ts';
import { refuse } from '../refusals.ts';
import { sharedHousehold, wantSharedHousehold } from './shared-household.ts';

/** A deed of a list: the resident and its day. */
type Deed = { readonly residentId: string; readonly occurredOn: string };

/** The facts that `refuseOwnPeople` needs. */
export function wantOwnPeople(officerIds: readonly string[], residentIds: readonly string[], known: Known): Want[] {
  const own = officerIds.map((id) => known.get('officer', id)?.residentId).filter((id) => id != null);
  const listed = [...new Set(residentIds)];
  return [...officerIds.map((id) => one('officer', id)), ...own.flatMap((id) => listed.flatMap((other) => wantSharedHousehold(id, other)))];
}

/** The refusal of a list in which one of these officers stands, or somebody of their household from the deed to `at`; undefined: none does. */
export function refuseOwnPeople(facts: Facts, officerIds: readonly string[], deeds: readonly Deed[], at: number): Refusal | undefined {
  for (const officerId of officerIds) {
    const own = facts.get('officer', officerId)?.residentId ?? null;
    const near =
      own === null ? undefined : deeds.find(({ residentId, occurredOn }) => sharedHousehold(facts, own, residentId, occurredOn, dayOf(at)));
    if (near) return refuse('officer_in_list', { officer_id: officerId, resident_id: near.residentId });
  }
  return undefined;
}
