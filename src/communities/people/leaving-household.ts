/** The household of a member who is erased. */
import { type Facts, type Known, many, one, put, type RowChange, type Want } from '../../ledger/index.ts';
import { isNowIn, leaves, type Member, membersNow } from './households.ts';

/** The facts that `householdLeft` needs. */
export function wantHouseholdOf(residentId: string, known: Known): Want[] {
  const householdId = known.get('householdOf', residentId)?.householdId;
  return [
    one('householdOf', residentId),
    ...(householdId == null ? [] : [one('household', householdId), many('householdMember', 'household', householdId)]),
  ];
}

/**
 * Notes that somebody who is in no household is in none: whoever founds one with them or has them join at the same time conflicts, and finds
 * the person gone.
 */
export function heldInNone(facts: Facts, residentId: string): RowChange[] {
  const isInOne = (facts.get('householdOf', residentId)?.householdId ?? null) !== null;
  return isInOne ? [] : [isNowIn(facts, residentId, null)];
}

/** The person leaves at `at`. A household whose head leaves goes on under whoever has been in it longest; one that nobody is left in ends. */
export function householdLeft(facts: Facts, residentId: string, at: number): RowChange[] {
  const householdId = facts.get('householdOf', residentId)?.householdId ?? null;
  if (householdId === null) return [];
  const household = facts.get('household', householdId)!;
  const members = membersNow(facts, householdId);
  const [oldest] = members.filter((each) => each.residentId !== residentId).toSorted(byStay);
  const after = oldest === undefined ? { endedAt: at } : household.headId === residentId ? { headId: oldest.residentId } : {};
  const own = members.find((each) => each.residentId === residentId)!;
  return [put('household', { ...household, ...after }), ...leaves(facts, own, at, null)];
}

function byStay(a: Member, b: Member): number {
  if (a.since !== b.since) return a.since - b.since;
  return a.residentId < b.residentId ? -1 : 1;
}
