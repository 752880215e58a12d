import { account, balanceOf, dayAfter, type Facts, limitKey, many, one, type Row, type Use, type Want } from '../ledger/index.ts';
import { policyAt } from './policies.ts';
import { refuse } from './refusals.ts';

/** The points that one rule has given one resident in a period (`2026-11-23`, `2026-11`, `2026`) count under this key. */
function capKey(ruleId: string, residentId: string, period: string): string {
  return limitKey(period, 'cap', ruleId, residentId);
}

function exposureKey(communityId: string): string {
  return limitKey('', 'exposure', communityId);
}

function periodsOf(day: string): { day: string; month: string; year: string } {
  return { day, month: day.slice(0, 7), year: day.slice(0, 4) };
}

type Deed = { readonly ruleId: string; readonly residentId: string; readonly occurredOn: string };

export function wantCaps({ ruleId, residentId, occurredOn }: Deed): Want[] {
  return Object.values(periodsOf(occurredOn)).map((period) => one('limitUse', capKey(ruleId, residentId, period)));
}

type CapName = keyof ReturnType<typeof periodsOf>;
type CapUse = Use & { readonly cap: CapName; readonly period: string };

/** How much a grant adds to the use of its rule's caps; negative points take back. */
export function capUses(deed: Deed, rule: Row<'actionRule'>, points: number): CapUse[] {
  const limits = { day: rule.capDay, month: rule.capMonth, year: rule.capYear };
  return (Object.entries(periodsOf(deed.occurredOn)) as [CapName, string][]).map(([cap, period]) => {
    const limit = limits[cap];
    const key = capKey(deed.ruleId, deed.residentId, period);
    return { cap, period, key, add: points, ...(limit !== null && points > 0 && { atMost: limit }) };
  });
}

/** The refusal of a grant that one of its rule's caps does not allow: the limit, the use so far, and when it frees. */
export function overCap(facts: Facts, uses: readonly CapUse[]) {
  const over = uses.find(({ key, add, atMost }) => atMost !== undefined && facts.used(key) + add > atMost);
  if (!over) return undefined;
  const { cap, period, key, add, atMost } = over;
  return refuse('cap_exceeded', { cap, limit: atMost, used: facts.used(key), requested: add, frees_on: dayAfter(period) });
}

export function wantExposure(communityId: string): Want[] {
  const booked = [account.redeemed(communityId), account.expired(communityId), account.clawback(communityId)];
  return [one('limitUse', exposureKey(communityId)), ...booked.map(balanceOf)];
}

/**
 * What a grant adds to its issuer's exposure: the points in wallets and vouchers. Counted is what was ever granted, net of reversals;
 * the ceiling rises with what has been redeemed or has expired, so that a redemption needs no row that every other one changes too.
 */
export function exposureUse(facts: Facts, communityId: string, points: number, at: number): Use & { readonly atMost: number } {
  const { points: general, communities } = policyAt(facts, 'exposure_limit', at);
  const limit = Object.hasOwn(communities, communityId) ? communities[communityId]! : general;
  // Redeemed and expired stand on the credit side, clawed back on the debit side.
  const gone = [account.redeemed, account.expired, account.clawback].reduce((sum, path) => sum - facts.balance(path(communityId)), 0);
  return { key: exposureKey(communityId), add: points, atMost: limit + gone };
}

/** The refusal of a grant that its issuer's exposure limit does not allow. */
export function overExposure(facts: Facts, { key, add, atMost }: Use & { readonly atMost: number }) {
  const used = facts.used(key);
  if (used + add <= atMost) return undefined;
  return refuse('exposure_limit_exceeded', { requested: add, available: Math.max(0, atMost - used) });
}

/** The facts that `releases` needs. */
export function wantReleases(grant: Row<'grant'>): Want[] {
  return [many('actionRule', 'rule', grant.ruleId), ...wantCaps(grant)];
}

/** What the caps and the exposure limit get back of a grant that is taken back: all its points, wherever they are by now. */
export function releases(facts: Facts, grant: Row<'grant'>): Use[] {
  const rule = facts.list('actionRule', 'rule', grant.ruleId).find(({ ruleVersion }) => ruleVersion === grant.ruleVersion)!;
  const exposure = { key: exposureKey(grant.communityId), add: 0 - grant.points };
  return [...capUses(grant, rule, 0 - grant.points), exposure];
}
