/** The amount that an issuer may grant: computed from the street office's policies and the books, never entered. */
import { account } from '../ledger/index.ts';
import type { PolicyValue } from './policies.ts';

/** The figures from which an issuer's limit is computed. Those of several communities that answer for each other add up. */
export type IssuerFigures = {
  /** Points granted so far, less those taken back. */
  readonly grantedPoints: number;
  /** No longer in wallets and vouchers: redeemed or expired, and not clawed back. */
  readonly gonePoints: number;
  /** The total contributed to its fund so far. */
  readonly fundFen: number;
  /** The total cost of its points so far. */
  readonly costFen: number;
};

/** The street office's policies for one issuer. */
export type LimitRules = {
  readonly exposurePoints: number;
  readonly rate: PolicyValue<'rate'>;
  readonly fund: PolicyValue<'fund'>;
};

export type IssuerLimit = {
  /** Points in wallets and vouchers now, and their value at the rate, rounded up. */
  readonly openPoints: number;
  readonly openFen: number;
  /** The totals so far: contributed to its fund, and spent on its points. */
  readonly fundFen: number;
  readonly costFen: number;
  readonly exposure: { readonly limitPoints: number; readonly usedPercent: number };
  /** Null: it has no fund and needs none. */
  readonly fund: {
    readonly required: boolean;
    /** The points that the unspent part of the fund pays for. */
    readonly paysForPoints: number;
    /** The percentage of all contributions that is spent or promised. */
    readonly usedPercent: number;
  } | null;
  /** The lower of the two, which is the limit. */
  readonly binding: 'exposure' | 'fund';
  readonly limitPoints: number;
  readonly availablePoints: number;
  /** The higher of the percentages used of the exposure limit and of the fund. */
  readonly usedPercent: number;
  /** The highest warning percentage that is reached; null: none is. */
  readonly warnPercent: number | null;
};

/** The accounts that an issuer's figures are read from. Its granted points are a counter. */
export function issuerAccounts(communityId: string): string[] {
  return [account.redeemed, account.expired, account.clawback, account.fund, account.cost].map((path) => path(communityId));
}

/** The figures of an issuer, from its accounts' balances (debits less credits). */
export function figuresOf(communityId: string, grantedPoints: number, balance: (path: string) => number): IssuerFigures {
  // Redeemed and expired stand on the credit side, clawed back on the debit side.
  const gone = [account.redeemed, account.expired, account.clawback].reduce((sum, path) => sum - balance(path(communityId)), 0);
  const fundFen = 0 - balance(account.fund(communityId));
  return { grantedPoints, gonePoints: gone, fundFen, costFen: balance(account.cost(communityId)) };
}

export function limitFrom({ grantedPoints, gonePoints, fundFen, costFen }: IssuerFigures, rules: LimitRules): IssuerLimit {
  const openPoints = grantedPoints - gonePoints;
  const openFen = worthAtMost(openPoints, rules.rate);
  const exposure = { limitPoints: rules.exposurePoints, usedPercent: percentOf(openPoints, rules.exposurePoints) };
  const { required } = rules.fund;
  const paysForPoints = pointsFor(fundFen - costFen, rules.rate);
  const fundUsed = percentOf(openFen + costFen, fundFen);
  const fund = required || fundFen > 0 ? { required, paysForPoints, usedPercent: fundUsed } : null;
  const binding = fund && paysForPoints < exposure.limitPoints ? 'fund' : 'exposure';
  const limitPoints = binding === 'fund' ? paysForPoints : exposure.limitPoints;
  const usedPercent = Math.max(exposure.usedPercent, fund?.usedPercent ?? 0);
  return {
    openPoints,
    openFen,
    fundFen,
    costFen,
    exposure,
    fund,
    binding,
    limitPoints,
    availablePoints: Math.max(0, limitPoints - openPoints),
    usedPercent,
    warnPercent: warningReached(usedPercent, rules.fund.warn_percents),
  };
}

/** The highest of these percentages that is reached; null if none is. */
export function warningReached(usedPercent: number, warnPercents: readonly number[]): number | null {
  const reached = warnPercents.filter((percent) => usedPercent >= percent);
  return reached.length > 0 ? Math.max(...reached) : null;
}

/** The used part of a limit, in whole percent, rounded down. A limit of zero counts as fully used. */
export function percentOf(used: number, limit: number): number {
  return limit > 0 ? Number((BigInt(used) * 100n) / BigInt(limit)) : 100;
}

/** The value of points in fen at a rate, rounded up, so that a promise is never counted too low. */
function worthAtMost(points: number, { points: per, fen }: PolicyValue<'rate'>): number {
  return Number((BigInt(points) * BigInt(fen) + BigInt(per) - 1n) / BigInt(per));
}

/** The most points that are worth no more than some fen. */
function pointsFor(availableFen: number, { points: per, fen }: PolicyValue<'rate'>): number {
  return availableFen > 0 ? Number((BigInt(availableFen) * BigInt(per)) / BigInt(fen)) : 0;
}
