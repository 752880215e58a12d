/** The household of a member who is erased. */
import { type Facts, type Known, many, one, put, type Row, type RowChange, type Want } from '../../ledger/index.ts';

/** The facts that `householdLeft` needs. */
export function wantHouseholdOf(residentId: string, known: Known): Want[] {
  const householdId = known.get('householdOf', residentId)?.householdId;
  return [
    one('householdOf', residentId),
    ...(householdId == null ? [] : [one('household', householdId), many('householdMember', 'household', householdId)]),
  ];
}

/**
 * The person leaves at `at`. A household whose head leaves goes on under whoever has been in it longest; one that nobody is left in ends.
 */
export function householdLeft(facts: Facts, residentId: string, at: number): RowChange[] {
  const mine = facts.get('householdOf', residentId);
  if (mine?.householdId == null) return [];
  const household = facts.get('household', mine.householdId)!;
  const members = facts.list('householdMember', 'household', mine.householdId).filter(({ until }) => until === null);
  const [self, others] = [
    members.filter((each) => each.residentId === residentId),
    members.filter((each) => each.residentId !== residentId),
  ];
  const oldest = others.toSorted(byStay)[0];
  const after = oldest === undefined ? { endedAt: at } : household.headId === residentId ? { headId: oldest.residentId } : {};
  return [
    put('householdOf', { ...mine, householdId: null }),
    put('household', { ...household, ...after }),
    ...self.map((each) => put('householdMember', { ...each, until: at })),
  ];
}

function byStay(a: Row<'householdMember'>, b: Row<'householdMember'>): number {
  if (a.since !== b.since) return a.since - b.since;
  return a.residentId < b.residentId ? -1 : 1;
}
