import { dayOf, type Facts, many, type Row, type Want } from '../../ledger/index.ts';
import { isOnePerson, wantOnePerson } from './two-people.ts';

/** The facts that `sharedHousehold` needs of two residents. */
export function wantSharedHousehold(a: string, b: string): Want[] {
  return a === b ? [] : [...wantOnePerson(a, b), many('householdMember', 'person', a), many('householdMember', 'person', b)];
}

/**
 * Whether two residents were in one household on any day of Asia/Shanghai from `from` to `to`, or are one person. A household that one of
 * them left meanwhile counts for the days before, and for the day of leaving.
 */
export function sharedHousehold(facts: Facts, a: string, b: string, from: string, to: string): boolean {
  if (isOnePerson(facts, a, b)) return true;
  const others = facts.list('householdMember', 'person', b);
  return facts
    .list('householdMember', 'person', a)
    .some((own) => others.some((other) => own.householdId === other.householdId && meet([own, other], from, to)));
}

type Time = Pick<Row<'householdMember'>, 'since' | 'until'>;

/** Whether there is a day from `from` to `to` that belongs to all of these times. */
function meet(times: readonly Time[], from: string, to: string): boolean {
  const begins = [from, ...times.map(({ since }) => dayOf(since))];
  const ends = [to, ...times.flatMap(({ until }) => (until === null ? [] : [dayOf(until)]))];
  return begins.every((begin) => ends.every((end) => begin <= end));
}
