/** The counters of what officers grant without a second one, as the grants make them. */
import { byDay, type Counters, dayOf, limitKey, type Tally } from '../ledger/index.ts';
import type { Row, View } from '../store/index.ts';
import { byResident, grantsById } from './counters.ts';
import { versionsOf } from './policies.ts';

/** Points by officer and day, and by officer, resident and month: those of the act, not of the deed. */
export const aloneCounters: readonly Counters[] = [ofDays, toResidents];

type Grant = Row<'grant'>;

async function* ofDays(view: View): ReturnType<Counters> {
  const countedFrom = await aloneCountedFrom(view);
  yield* byDay(grantsById(view), (tally, grant) => {
    const { grantedBy, grantedAt } = grant;
    const day = dayOf(grantedAt);
    const counter = { group: day, key: limitKey(day, 'alone', grantedBy), what: () => `what ${grantedBy} granted alone on ${day}` };
    addAlone(tally, grant, counter, countedFrom);
    return day;
  });
}

async function* toResidents(view: View): ReturnType<Counters> {
  const countedFrom = await aloneCountedFrom(view);
  yield* byResident(view, (tally, grant) => {
    const { grantedBy, grantedAt, residentId } = grant;
    const month = dayOf(grantedAt).slice(0, 7);
    const what = () => `what ${grantedBy} granted alone to ${residentId} in ${month}`;
    addAlone(tally, grant, { group: residentId, key: limitKey(month, 'alone', grantedBy, residentId), what }, countedFrom);
  });
}

type Place = { readonly group: string; readonly key: string; readonly what: () => string };

/** A reversal gives nothing of it back: it counts what an officer did. */
function addAlone(
  tally: Tally,
  { grantedBy, approvedBy, grantedAt, points }: Grant,
  { group, key, what }: Place,
  countedFrom: number,
): void {
  if (!grantedBy.startsWith('off_') || approvedBy !== null) return;
  // In the last millisecond before, grants may have been made on either side.
  if (grantedAt < countedFrom - 1) return;
  tally.add(group, key, what, grantedAt >= countedFrom ? points : 0, points);
}

/**
 * The instant from which what an officer grants alone is counted: that at which the policy was first set. In a scheme that is older than the
 * policy, the migration that brought it wrote the millisecond after the last grant. A scheme that was founded with it counts from the
 * beginning.
 */
async function aloneCountedFrom(view: View): Promise<number> {
  const [alone, rate] = await Promise.all(['grant_alone', 'rate'].map(async (name) => firstOf(await versionsOf(view).execute({ name }))));
  return !alone || alone.setAt === rate?.setAt ? 0 : alone.setAt;
}

function firstOf(versions: readonly Row<'policy'>[]): Row<'policy'> | undefined {
  return versions.find(({ policyVersion }) => policyVersion === 1);
}
