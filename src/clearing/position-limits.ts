import { percentOf, type PolicyValue, warningReached } from '../communities/index.ts';

/** The amount that one community has come to owe another in a period, less the amount that it is owed by it. */
export type PairNet = { readonly debtor: string; readonly creditor: string; readonly netFen: number };

export type PairLimit = PairNet & {
  /** Null: there is no limit, and so none of it is used. */
  readonly limit_fen: number | null;
  readonly used_percent: number | null;
  /** The highest warning percentage that is reached; null: none is. */
  readonly warning: number | null;
};

/**
 * For each pair, how close the debtor is to its soft limit, in the pair's direction. The limit only warns: no redemption is refused for it.
 */
export function positionWarnings(
  pairs: readonly PairNet[],
  { fen, pairs: named }: PolicyValue<'position_limit'>,
  warnPercents: readonly number[],
): PairLimit[] {
  return pairs.map((pair) => {
    const name = `${pair.debtor}>${pair.creditor}`;
    const limitFen = Object.hasOwn(named, name) ? named[name]! : fen;
    if (limitFen === null) return { ...pair, limit_fen: null, used_percent: null, warning: null };
    // A net creditor uses none of its limit.
    const usedPercent = percentOf(Math.max(0, pair.netFen), limitFen);
    return { ...pair, limit_fen: limitFen, used_percent: usedPercent, warning: warningReached(usedPercent, warnPercents) };
  });
}
