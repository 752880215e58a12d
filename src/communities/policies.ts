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
const PAIR = /^[a-z][a-z0-9-]{1,31}>[a-z][a-z0-9-]{1,31}$/;

/**
 * The street's policies by name, each a value with versions: the version in force at an instant is the newest one that is effective then.
 * A change never reaches back: vouchers, lots and redemptions keep what was fixed in them.
 */
export const policySchemas = {
  /** So many points are worth so many fen. */
  rate: z.strictObject({ points: count.max(1_000_000), fen: count.max(1_000_000) }),
  voucher_validity: z.strictObject({ days: count.max(3_650) }),
  /** A lot lasts to the end of the calendar year that comes so many after the deed's. */
  lot_validity: z.strictObject({ years: count.max(10) }),
  reversal_window: z.strictObject({ hours: count.max(720) }),
  /** How long after the deed it may still be granted. Not longer than any year: a lot must not be past its last day when it begins. */
  grant_backdating: z.strictObject({ days: count.max(365) }),
  /** The most points of one issuer that may be in wallets and vouchers: for every community, and for some by name. */
  exposure_limit: z.strictObject({
    points: count.max(1_000_000_000_000),
    communities: z.record(z.string().max(32), count.max(1_000_000_000_000)).default({}),
  }),
  proposal_validity: z.strictObject({ hours: count.max(8_760) }),
  code_validity: z.strictObject({ seconds: count.max(3_600) }),
  /** How old a redemption that was stored and forwarded may be. */
  offline_window: z.strictObject({ hours: count.max(168) }),
  /** How often one voucher may be redeemed, reversals between. */
  redemption_cycles: z.strictObject({ max: count.max(100) }),
  /** The hour of Shanghai at which a business day is over: 24 is midnight; after an earlier one, what comes in is of the next day. */
  cut_off: z.strictObject({ hour: count.max(24) }),
  /**
   * A community that has a fund may not grant more than it can pay for. Where `required`, one without a fund may not grant at all. From which
   * parts of its limit on, in percent, a community is warned.
   */
  fund: z.strictObject({
    required: z.boolean(),
    warn_percents: z.array(count.max(100)).min(1).max(5).default([70, 90]),
  }),
  /**
   * The net fen that one community may come to owe another in a period before both are warned; null: as much as they like. For all pairs, and
   * for some by name, the debtor first: `gexiang>wanhe`. It warns and never refuses.
   */
  position_limit: z.strictObject({
    fen: count.max(1_000_000_000_000).nullable(),
    pairs: z.record(z.string().regex(PAIR, 'must be named debtor>creditor'), count.max(1_000_000_000_000)).default({}),
  }),
  /** How long both sides of a payment have to confirm it before it is escalated to the street office. */
  confirmation: z.strictObject({ days: count.max(365) }),
} as const;

export type PolicyName = keyof typeof policySchemas;
export type PolicyValue<N extends PolicyName> = z.output<(typeof policySchemas)[N]>;
export const policyNames = Object.keys(policySchemas) as PolicyName[];

/** The values a scheme is founded with. */
export const firstPolicies: { readonly [N in PolicyName]: PolicyValue<N> } = {
  rate: { points: 100, fen: 1_000 },
  voucher_validity: { days: 90 },
  lot_validity: { years: 1 },
  reversal_window: { hours: 24 },
  grant_backdating: { days: 90 },
  exposure_limit: { points: 10_000_000, communities: {} },
  proposal_validity: { hours: 72 },
  code_validity: { seconds: 60 },
  offline_window: { hours: 24 },
  redemption_cycles: { max: 5 },
  cut_off: { hour: 24 },
  fund: { required: false, warn_percents: [70, 90] },
  position_limit: { fen: null, pairs: {} },
  confirmation: { days: 7 },
};

export function wantPolicies(...names: PolicyName[]): Want[] {
  return names.map((name) => many('policy', 'name', name));
}

/** The value in force at `at`; undefined while the policy is not loaded. */
export function knownPolicy<N extends PolicyName>(known: Known, name: N, at: number): PolicyValue<N> | undefined {
  const inForce = versionAt(known.list('policy', 'name', name), at);
  return inForce && (valueOf(inForce.value) as PolicyValue<N>);
}

/** Every command reads some; texts of values are few. */
const valueOf = remembering(1_000, (text) => JSON.parse(text) as object);

/** The value in force at `at`. A founded scheme has one for every name. */
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

/** The communities that a policy's value names: one that is not there would be a limit that nobody has. */
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

/** The hour of Shanghai at which a business day is over; before a scheme is founded, midnight. */
export async function cutOffHour(view: View, at: number): Promise<number> {
  return ((await policyIfAny(view, 'cut_off', at)) ?? firstPolicies.cut_off).hour;
}

async function policyIfAny<N extends PolicyName>(view: View, name: N, at: number): Promise<PolicyValue<N> | undefined> {
  const inForce = versionAt(await versionsOf(view).execute({ name }), at);
  return inForce && (valueOf(inForce.value) as PolicyValue<N>);
}

const versionsOf = preparing('versions of a policy', ({ read, tables: { policy } }) =>
  read
    .select()
    .from(policy)
    .where(eq(policy.name, placed('name', policy.name))),
);
