/** The grants that an officer may make: never to oneself or one's household, and without a second officer only so much. */
import { type Acting, isSystem } from '../../access/index.ts';
import { dayAfter, dayOf, type Facts, type Known, one, type Refusal, type Use, type Want } from '../../ledger/index.ts';
import { policyAt, wantPolicies } from '../policies.ts';
import { refuse } from '../refusals.ts';
import { aloneDayKey, aloneMonthKey } from './may-go-alone.ts';
import { isPersonStated, personUntil } from './officer-person.ts';
import { sharedHousehold, wantSharedHousehold } from './shared-household.ts';

type Granting = {
  readonly by: Acting;
  readonly residentId: string;
  /** The day of the deed. */
  readonly occurredOn: string;
  /** The second officer; null: none. */
  readonly approvedBy: string | null;
};

/** The officers who answer for a grant. The system's own acts have none. */
function officersOf({ by, approvedBy }: Granting): string[] {
  return [by.id, approvedBy].filter((id) => id !== null && !isSystem({ id, communityId: null })) as string[];
}

/** Whether one officer answers for it alone. */
function isAlone({ by, approvedBy }: Granting): boolean {
  return approvedBy === null && !isSystem(by);
}

/** The facts that `toOwnHousehold` and `aloneUses` need. */
export function wantGranting(granting: Granting, known: Known, at: number): Want[] {
  const officers = officersOf(granting);
  const people = officers.map((id) => known.get('officer', id)?.residentId).filter((id) => id != null);
  return [
    ...officers.map((id) => one('officer', id)),
    ...people.flatMap((id) => wantSharedHousehold(id, granting.residentId)),
    ...(isAlone(granting) ? [...wantPolicies('grant_alone'), ...aloneKeys(granting, at).map((key) => one('limitUse', key))] : []),
  ];
}

/** The refusal of a grant whose proposer or approver has shared a household with the resident on a day from the deed to the act. */
export function toOwnHousehold(facts: Facts, granting: Granting, at: number): Refusal | undefined {
  const { residentId, occurredOn } = granting;
  const near = officersOf(granting).find((id) => {
    const person = facts.get('officer', id)?.residentId ?? null;
    return person !== null && sharedHousehold(facts, person, residentId, occurredOn, dayOf(at));
  });
  return near === undefined ? undefined : refuse('grant_to_own_household', { officer_id: near, resident_id: residentId });
}

/** A limit of what an officer grants alone: the points that it allows, those that are used, and those that are left. */
export type AloneLimit = {
  readonly per: 'grant' | 'day' | 'month';
  readonly limit: number;
  readonly used: number;
  readonly left: number;
  /** The day on which it begins anew; null: it holds for each grant. */
  readonly freesOn: string | null;
};

/** The limits of what the officer grants alone, for this resident, without this grant. The facts must be those of a grant without a second officer. */
export function aloneLimits(facts: Facts, granting: Granting, at: number): AloneLimit[] {
  const policy = policyAt(facts, 'grant_alone', at);
  const [day, month] = aloneKeys(granting, at);
  const limitOf = (per: AloneLimit['per'], limit: number, used: number, freesOn: string | null) => ({
    per,
    limit,
    used,
    freesOn,
    left: Math.max(0, limit - used),
  });
  return [
    limitOf('grant', policy.points, 0, null),
    limitOf('day', policy.points_day, facts.used(day), dayAfter(dayOf(at))),
    limitOf('month', policy.points_resident_month, facts.used(month), dayAfter(monthOf(at))),
  ];
}

/**
 * The amounts that a grant adds to the officer's counters, or the refusal of one that takes a second officer. A reversal gives nothing back:
 * otherwise one could grant, spend nothing and grant anew without end.
 */
export function aloneUses(facts: Facts, granting: Granting, points: number, at: number): readonly Use[] | Refusal {
  if (!isAlone(granting)) return [];
  const officer = facts.get('officer', granting.by.id);
  if (!isPersonStated(officer, at)) {
    const ended = (officer && personUntil(officer)) ?? undefined;
    return refuse('officer_person_unstated', { officer_id: granting.by.id, ...(ended !== undefined && { ended_at: ended }) });
  }
  const limits = aloneLimits(facts, granting, at);
  const over = limits.find(({ left }) => points > left);
  if (over) return refuse('grant_alone_exceeded', { per: over.per, limit: over.limit, used: over.used, requested: points });
  const [, day, month] = limits;
  const [dayKey, monthKey] = aloneKeys(granting, at);
  return [
    { key: dayKey, add: points, atMost: day!.limit },
    { key: monthKey, add: points, atMost: month!.limit },
  ];
}

/** The refusals of a grant that the same officer may propose. */
export const takesTwo: ReadonlySet<string> = new Set(['second_officer_required', 'officer_person_unstated', 'grant_alone_exceeded']);

function aloneKeys({ by, residentId }: Granting, at: number): [string, string] {
  return [aloneDayKey(by.id, at), aloneMonthKey(by.id, residentId, at)];
}

function monthOf(at: number): string {
  return dayOf(at).slice(0, 7);
}
