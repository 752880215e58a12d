import { percentOf, type PolicyValue, warningReached } from '../communities/index.ts';

/** What one community has come to owe another in a period, net of what it is owed by it. */
export type PairNet = { readonly debtor: string; readonly creditor: string; readonly netFen: number };

export type PairLimit = PairNet & {
  /** Null: the two may owe each other as much as they like, and nothing is used of it. */
  readonly limit_fen: number | null;
  readonly used_percent: number | null;
  /** The highest of the warning percents that is reached; null: none is. */
  readonly warning: number | null;
};

/** How near each pair is to its soft limit, in its own direction. It only warns: no redemption is refused for it. */
export function positionWarnings(
  pairs: readonly PairNet[],
  { fen, pairs: named }: PolicyValue<'position_limit'>,
  warnPercents: readonly number[],
): PairLimit[] {
  return pairs.map((pair) => {
    const name = `${pair.debtor}>${pair.creditor}`;
    const limitFen = Object.hasOwn(named, name) ? named[name]! : fen;
    if (limitFen === null) return { ...pair, limit_fen: null, used_percent: null, warning: null };
    // Whoever is owed more than it owes has used nothing.
    const usedPercent = percentOf(Math.max(0, pair.netFen), limitFen);
    return { ...pair, limit_fen: limitFen, used_percent: usedPercent, warning: warningReached(usedPercent, warnPercents) };
  });
}
