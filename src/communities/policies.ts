import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { placed, preparing, type View } from '../store/index.ts';
import {
  type Call,
  type Command,
  type Decision,
  type Facts,
  type Known,
  many,
  one,
  put,
  remembering,
  type Row,
  type Want,
} from '../ledger/index.ts';
import { matter } from './matter.ts';
import { refuse } from './refusals.ts';

const count = z.int().min(1);
const dayOff = z.iso.date();
const PAIR = /^[a-z][a-z0-9-]{1,31}>[a-z][a-z0-9-]{1,31}$/;

/** A policy: the schema of its values, and its first value in a new scheme. */
function policyOf<S extends z.ZodRawShape>(shape: S, first: z.output<z.ZodObject<S>>) {
  return { schema: z.strictObject(shape), first };
}

/**
 * The street's policies by name, each a value with versions: the version in force at an instant is the newest one that is effective then. A
 * change is never retroactive: vouchers, lots and redemptions keep the values that were fixed in them. The key of a number is its unit, and
 * the pages' form is made from these bounds.
 */
const policies = {
  /** The number of points that are worth the number of fen. */
  rate: policyOf({ points: count.max(1_000_000), fen: count.max(1_000_000) }, { points: 100, fen: 1_000 }),
  voucher_validity: policyOf({ days: count.max(3_650) }, { days: 90 }),
  /** A lot lasts to the end of the calendar year that is this many years after the deed's. */
  lot_validity: policyOf({ years: count.max(10) }, { years: 1 }),
  reversal_window: policyOf({ hours: count.max(720) }, { hours: 24 }),
  /**
   * The time after a deed in which points may still be granted. It is at most a year: a lot must not be past its last day when it begins.
   */
  grant_backdating: policyOf({ days: count.max(365) }, { days: 90 }),
  /** The most points of one issuer that may be in wallets and vouchers: for every community, and for some by name. */
  exposure_limit: policyOf(
    { points: count.max(1_000_000_000_000), communities: z.record(z.string().max(32), count.max(1_000_000_000_000)).default({}) },
    { points: 10_000_000, communities: {} },
  ),
  /** Hours of working days: those of days off do not count. */
  proposal_validity: policyOf({ hours: count.max(8_760) }, { hours: 72 }),
  /** Working days: Monday to Friday, without the days `off`, and with the days `on`. */
  calendar: policyOf({ off: z.array(dayOff).max(400), on: z.array(dayOff).max(400) }, { off: [], on: [] }),
  /** The points that an officer grants without a second officer: a grant, an officer and day, and from one officer to one resident a month. */
  grant_alone: policyOf(
    { points: count.max(1_000_000_000), points_day: count.max(1_000_000_000), points_resident_month: count.max(1_000_000_000) },
    { points: 200, points_day: 2_000, points_resident_month: 600 },
  ),
  code_validity: policyOf({ seconds: count.max(3_600) }, { seconds: 60 }),
  /** The greatest age of a redemption that was stored and forwarded. */
  offline_window: policyOf({ hours: count.max(168) }, { hours: 24 }),
  /** The number of times that one voucher may be redeemed, with reversals between. */
  redemption_cycles: policyOf({ max: count.max(100) }, { max: 5 }),
  /** The hour of Shanghai at which a business day is over: 24 is midnight; after an earlier hour, redemptions belong to the next day. */
  cut_off: policyOf({ hour: count.max(24) }, { hour: 24 }),
  /**
   * A community that has a fund may not grant more than the fund can pay for. If `required`, a community without a fund may not grant at
   * all. `warn_percents` are the parts of its limit, in percent, from which on a community is warned.
   */
  fund: policyOf(
    { required: z.boolean(), warn_percents: z.array(count.max(100)).min(1).max(5).default([70, 90]) },
    { required: false, warn_percents: [70, 90] },
  ),
  /**
   * The net fen that one community may come to owe another in a period before both are warned; null: no limit. For all pairs, and for some
   * by name, the debtor first: `gexiang>wanhe`. It warns and never refuses.
   */
  position_limit: policyOf(
    {
      fen: count.max(1_000_000_000_000).nullable(),
      pairs: z.record(z.string().regex(PAIR, 'must be named debtor>creditor'), count.max(1_000_000_000_000)).default({}),
    },
    { fen: null, pairs: {} },
  ),
  /** The time that both sides of a payment have to confirm it before it is escalated to the street office. */
  confirmation: policyOf({ days: count.max(365) }, { days: 7 }),
} as const;

type Policies = typeof policies;
export type PolicyName = keyof Policies;
export type PolicyValue<N extends PolicyName> = z.output<Policies[N]['schema']>;
export const policyNames = Object.keys(policies) as PolicyName[];

/** The schema of each policy's values. */
export const policySchemas = Object.fromEntries(policyNames.map((name) => [name, policies[name].schema])) as {
  readonly [N in PolicyName]: Policies[N]['schema'];
};

/** The first value of a policy, in a new scheme. */
export function firstPolicy<N extends PolicyName>(name: N): PolicyValue<N> {
  return policies[name].first as PolicyValue<N>;
}

export function wantPolicies(...names: PolicyName[]): Want[] {
  return names.map((name) => many('policy', 'name', name));
}

/** The value in force at `at`; undefined while the policy is not loaded. */
export function knownPolicy<N extends PolicyName>(known: Known, name: N, at: number): PolicyValue<N> | undefined {
  const inForce = versionAt(known.list('policy', 'name', name), at);
  return inForce && (valueOf(inForce.value) as PolicyValue<N>);
}

/** Every command reads some policies, and there are few different values. */
const valueOf = remembering(1_000, (text) => JSON.parse(text) as object);

/** The value in force at `at`. An established scheme has one for every name. */
export function policyAt<N extends PolicyName>(facts: Facts, name: N, at: number): PolicyValue<N> {
  const value = knownPolicy(facts, name, at);
  if (!value) throw new Error(`no policy ${name}: the scheme has not been founded`);
  return value;
}

/** The version in force at `at`; undefined before the first one is. */
export function versionAt(versions: readonly Row<'policy'>[], at: number): Row<'policy'> | undefined {
  return versions
    .filter(({ effectiveFrom }) => effectiveFrom <= at)
    .reduce<Row<'policy'> | undefined>((newest, row) => (newest && newest.policyVersion > row.policyVersion ? newest : row), undefined);
}

type SetPolicyInput = {
  readonly name: PolicyName;
  readonly value: object;
  /** Epoch milliseconds; null: as soon as it is approved. */
  readonly effectiveFrom: number | null;
  readonly proposedBy: string;
  readonly approvedBy: string;
};

type SetPolicyReply = { name: PolicyName; policy_version: number; effective_from: number };

/** Sets a new version of a policy. Reached through a proposal only: it takes two officers of the street. */
export const setPolicy: Command<SetPolicyInput, SetPolicyReply> = { name: 'set-policy', load: loadSetPolicy, decide: decideSetPolicy };

export const policyMatter = matter('policy', {
  office: 'street',
  command: setPolicy,
  complete: (setting: Omit<SetPolicyInput, 'proposedBy' | 'approvedBy'>, { proposedBy, approvedBy }) => ({
    ...setting,
    proposedBy: proposedBy.id,
    approvedBy,
  }),
});

function loadSetPolicy({ name, value }: SetPolicyInput): readonly Want[] {
  return [...wantPolicies(name), ...communitiesIn(name, value).map((id) => one('community', id))];
}

function decideSetPolicy(
  facts: Facts,
  { name, value, effectiveFrom, proposedBy, approvedBy }: SetPolicyInput,
  { at }: Call,
): Decision<SetPolicyReply> {
  const unknown = communitiesIn(name, value).find((id) => !facts.get('community', id));
  if (unknown !== undefined) return refuse('community_not_found', { community_id: unknown });
  if (effectiveFrom !== null && effectiveFrom < at) return refuse('policy_in_the_past', { effective_from: effectiveFrom });
  const policyVersion = Math.max(0, ...facts.list('policy', 'name', name).map((row) => row.policyVersion)) + 1;
  const from = effectiveFrom ?? at;
  const row = { name, policyVersion, value: JSON.stringify(value), effectiveFrom: from, setAt: at, proposedBy, approvedBy };
  return { rows: [put('policy', row)], reply: { name, policy_version: policyVersion, effective_from: from } };
}

/** The communities that a policy's value names. A community that does not exist would get a limit without effect. */
function communitiesIn(name: PolicyName, value: unknown): string[] {
  if (name === 'exposure_limit') return Object.keys((value as PolicyValue<'exposure_limit'>).communities);
  if (name === 'position_limit') return Object.keys((value as PolicyValue<'position_limit'>).pairs).flatMap((pair) => pair.split('>'));
  return [];
}

/** The value in force at `at`, read outside a command. */
export async function readPolicy<N extends PolicyName>(view: View, name: N, at: number): Promise<PolicyValue<N>> {
  const value = await policyIfAny(view, name, at);
  if (!value) throw new Error(`no policy ${name}: the scheme has not been founded`);
  return value;
}

/** The hour of Shanghai at which a business day is over; before a scheme is established, midnight. */
export async function cutOffHour(view: View, at: number): Promise<number> {
  return ((await policyIfAny(view, 'cut_off', at)) ?? firstPolicy('cut_off')).hour;
}

async function policyIfAny<N extends PolicyName>(view: View, name: N, at: number): Promise<PolicyValue<N> | undefined> {
  const inForce = versionAt(await versionsOf(view).execute({ name }), at);
  return inForce && (valueOf(inForce.value) as PolicyValue<N>);
}

/** All versions of a policy, by its name. */
export const versionsOf = preparing('versions of a policy', ({ read, tables: { policy } }) =>
  read
    .select()
    .from(policy)
    .where(eq(policy.name, placed('name', policy.name))),
);
