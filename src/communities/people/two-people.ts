import { isSystem } from '../../access/index.ts';
import { type Facts, type Known, one, type Want } from '../../ledger/index.ts';
import { pairOf } from './same-person.ts';

/** The facts that `isOnePerson` needs of two residents. */
export function wantOnePerson(a: string, b: string): Want[] {
  return a === b ? [] : [one('samePerson', ...pairOf(a, b))];
}

/** Whether two residents are one, or two registrations of one person, as an officer said. */
export function isOnePerson(facts: Facts, a: string, b: string): boolean {
  return a === b || facts.get('samePerson', ...pairOf(a, b))?.same === 1;
}

type Officers = readonly [officerId: string, otherId: string];

/** The facts that `areTwoPeople` needs. */
export function wantTwoPeople(officers: Officers, known: Known): Want[] {
  const [a, b] = residentsOf(known, officers);
  return [...officers.filter(isPerson).map((id) => one('officer', id)), ...(a === null || b === null ? [] : wantOnePerson(a, b))];
}

/** Whether two officers are two people: neither one officer, nor two of whom one resident is stated. */
export function areTwoPeople(facts: Facts, officers: Officers): boolean {
  const [a, b] = residentsOf(facts, officers);
  return officers[0] !== officers[1] && (a === null || b === null || !isOnePerson(facts, a, b));
}

/** Whether an id is an officer's. The service itself proposes and approves where a scheme is founded. */
function isPerson(id: string): boolean {
  return !isSystem({ id, communityId: null });
}

/** The resident who each officer is; null: none, or it is not stated. */
function residentsOf(known: Pick<Known, 'get'>, [a, b]: Officers): [string | null, string | null] {
  const residentOf = (id: string) => (isPerson(id) ? (known.get('officer', id)?.residentId ?? null) : null);
  return [residentOf(a), residentOf(b)];
}
