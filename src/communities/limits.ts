import { balanceOf, dayAfter, type Facts, limitKey, many, one, type Row, type Use, type Want } from '../ledger/index.ts';
import { figuresOf, issuerAccounts, type IssuerLimit, limitFrom } from './effective-limit.ts';
import { policyAt, type PolicyValue, wantPolicies } from './policies.ts';
import { refuse } from './refusals.ts';

/** The points that one rule has given one resident in a period (`2026-11-23`, `2026-11`, `2026`) count under this key. */
export function capKey(ruleId: string, residentId: string, period: string): string {
  return limitKey(period, 'cap', ruleId, residentId);
}

/** The points that a community has granted, less those that it took back, count under this key. */
export function exposureKey(communityId: string): string {
  return limitKey('', 'exposure', communityId);
}

/** The periods of a day by which caps count. */
export function periodsOf(day: string): { day: string; month: string; year: string } {
  return { day, month: day.slice(0, 7), year: day.slice(0, 4) };
}

type Deed = { readonly ruleId: string; readonly residentId: string; readonly occurredOn: string };

export function wantCaps({ ruleId, residentId, occurredOn }: Deed): Want[] {
  return Object.values(periodsOf(occurredOn)).map((period) => one('limitUse', capKey(ruleId, residentId, period)));
}

type CapName = keyof ReturnType<typeof periodsOf>;
type CapUse = Use & { readonly cap: CapName; readonly period: string };

/** The amounts that a grant adds to the use of its rule's caps; negative points take back. */
export function capUses(deed: Deed, rule: Row<'actionRule'>, points: number): CapUse[] {
  const limits = { day: rule.capDay, month: rule.capMonth, year: rule.capYear };
  return (Object.entries(periodsOf(deed.occurredOn)) as [CapName, string][]).map(([cap, period]) => {
    const limit = limits[cap];
    const key = capKey(deed.ruleId, deed.residentId, period);
    return { cap, period, key, add: points, ...(limit !== null && points > 0 && { atMost: limit }) };
  });
}

/** A cap of a rule, for one resident in one period: the points that it allows, those that are used, and those that are left. */
export type CapLeft = { readonly per: CapName; readonly cap: number; readonly used: number; readonly left: number };

/** The points left of a rule's caps for a deed; empty if the rule has no caps. */
export function capsLeft(facts: Facts, deed: Deed, rule: Row<'actionRule'>): CapLeft[] {
  return capUses(deed, rule, 1).flatMap(({ cap: per, key, atMost: cap }) => {
    const used = facts.used(key);
    return cap === undefined ? [] : [{ per, cap, used, left: Math.max(0, cap - used) }];
  });
}

/** The refusal of a grant that exceeds one of its rule's caps, with the limit, the use so far, and the day on which the cap resets. */
export function overCap(facts: Facts, uses: readonly CapUse[]) {
  const over = uses.find(({ key, add, atMost }) => atMost !== undefined && facts.used(key) + add > atMost);
  if (!over) return undefined;
  const { cap, period, key, add, atMost } = over;
  return refuse('cap_exceeded', { cap, limit: atMost!, used: facts.used(key), requested: add, frees_on: dayAfter(period) });
}

/** All in one list, so that the accounts are read at one moment: a redemption's transfer between them is never seen in part. */
export function wantExposure(communityId: string): Want[] {
  return [
    ...wantPolicies('exposure_limit', 'rate', 'fund'),
    one('limitUse', exposureKey(communityId)),
    ...issuerAccounts(communityId).map(balanceOf),
  ];
}

type ExposureUse = Use & { readonly atMost: number; readonly limit: IssuerLimit };

/**
 * The amount that a grant adds to its issuer's exposure: the points in wallets and vouchers. The counter holds all points granted, net of
 * reversals; its ceiling rises with the points redeemed or expired, so that redemptions need not all change the same row. The fund is a
 * ceiling of the same counter: the points that its unspent part pays for.
 */
export function exposureUse(facts: Facts, communityId: string, points: number, at: number): ExposureUse {
  const key = exposureKey(communityId);
  const figures = figuresOf(communityId, facts.used(key), (path) => facts.balance(path));
  const rate = policyAt(facts, 'rate', at);
  const exposurePoints = exposureLimitOf(policyAt(facts, 'exposure_limit', at), communityId);
  const limit = limitFrom(figures, { exposurePoints, rate, fund: policyAt(facts, 'fund', at) });
  return { key, add: points, atMost: figures.gonePoints + limit.limitPoints, limit };
}

export function exposureLimitOf({ points, communities }: PolicyValue<'exposure_limit'>, communityId: string): number {
  return Object.hasOwn(communities, communityId) ? communities[communityId]! : points;
}

/** The refusal of a grant that exceeds its issuer's exposure limit or its fund. */
export function overExposure({ add, limit }: ExposureUse) {
  const { availablePoints: available, binding, fundFen, costFen, openFen } = limit;
  if (add <= available) return undefined;
  if (binding === 'exposure') return refuse('exposure_limit_exceeded', { requested: add, available });
  return refuse('fund_exceeded', { requested: add, available, fund_fen: fundFen, cost_fen: costFen, open_fen: openFen });
}

/** The facts that `releases` needs. */
export function wantReleases(grant: Row<'grant'>): Want[] {
  return [many('actionRule', 'rule', grant.ruleId), ...wantCaps(grant)];
}

/** The amounts that the caps and the exposure limit get back when a grant is taken back: all its points, wherever they are by now. */
export function releases(facts: Facts, grant: Row<'grant'>): Use[] {
  const rule = facts.list('actionRule', 'rule', grant.ruleId).find(({ ruleVersion }) => ruleVersion === grant.ruleVersion)!;
  const exposure = { key: exposureKey(grant.communityId), add: 0 - grant.points };
  return [...capUses(grant, rule, 0 - grant.points), exposure];
}
