/** How much an officer grants without a second one: the street's policy `grant_alone`, and what counts towards it. */
import { dayOf, type Facts, limitKey, one, type Want } from '../../ledger/index.ts';
import { policyAt, wantPolicies } from '../policies.ts';
import { isPersonStated } from './officer-person.ts';

/** The points that an officer has granted alone in a day count under this key. */
export function aloneDayKey(officerId: string, at: number): string {
  return limitKey(dayOf(at), 'alone', officerId);
}

/** The points that an officer has granted alone to a resident in a month count under this key. */
export function aloneMonthKey(officerId: string, residentId: string, at: number): string {
  return limitKey(dayOf(at).slice(0, 7), 'alone', officerId, residentId);
}

/** The facts that `mayGoAlone` needs. */
export function wantAlone(officerId: string, residentIds: readonly string[], at: number): Want[] {
  const months = residentIds.map((residentId) => one('limitUse', aloneMonthKey(officerId, residentId, at)));
  return [...wantPolicies('grant_alone'), one('officer', officerId), one('limitUse', aloneDayKey(officerId, at)), ...months];
}

/**
 * Why grants take a second officer: nobody has stated lately which resident the officer is, or one of them, the officer's day, or a resident's
 * month comes to more than one officer may give.
 */
export type Beyond = 'officer_unstated' | 'grant' | 'officer_day' | 'resident_month';

/** Whether an officer may make these grants without a second one; null: yes, and otherwise the reason. */
export function mayGoAlone(
  facts: Facts,
  officerId: string,
  grants: readonly { readonly residentId: string; readonly points: number }[],
  at: number,
): Beyond | null {
  if (!isPersonStated(facts.get('officer', officerId), at)) return 'officer_unstated';
  const most = policyAt(facts, 'grant_alone', at);
  if (grants.some(({ points }) => points > most.points)) return 'grant';
  if (facts.used(aloneDayKey(officerId, at)) + pointsOf(grants) > most.points_day) return 'officer_day';
  const byResident = Map.groupBy(grants, ({ residentId }) => residentId);
  const over = [...byResident].some(
    ([residentId, own]) => facts.used(aloneMonthKey(officerId, residentId, at)) + pointsOf(own) > most.points_resident_month,
  );
  return over ? 'resident_month' : null;
}

function pointsOf(grants: readonly { readonly points: number }[]): number {
  return grants.reduce((sum, { points }) => sum + points, 0);
}
