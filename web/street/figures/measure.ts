/** The measures of the figures over time: their sums, and their values by period and community. */
import type { Schemas } from '../../api/client.ts';
import { points, yuanFixed } from '../../shared/format.ts';
import { sumOf } from '../figure.ts';
import type { Names } from '../queries.ts';

export type Figures = Schemas['Figures'];

/** The measures that the pictures show. */
export const measures = ['points_granted', 'points_redeemed', 'points_expired', 'fen_redeemed'] as const;
export type Measure = (typeof measures)[number];

export type Sum = { readonly period: string } & Readonly<Record<Measure, number>>;

/** The sums of all communities, by period. */
export function sums(items: readonly Figures[]): Sum[] {
  return [...Map.groupBy(items, ({ period }) => period)].map(([period, all]) => ({
    period,
    points_granted: sumOf(all, (each) => each.points_granted),
    points_redeemed: sumOf(all, (each) => each.points_redeemed),
    points_expired: sumOf(all, (each) => each.points_expired),
    fen_redeemed: sumOf(all, (each) => each.fen_redeemed),
  }));
}

export type Measured = {
  readonly periods: readonly string[];
  readonly communities: readonly string[];
  readonly of: (period: string, community: string) => number;
};

/** One measure by period and community; where nothing happened it is 0. */
export function measured(items: readonly Figures[], measure: Measure): Measured {
  const known = new Map(items.map((each) => [`${each.period} ${each.community_id}`, each[measure]]));
  return {
    periods: [...new Set(items.map(({ period }) => period))],
    communities: [...new Set(items.map(({ community_id: id }) => id))].toSorted(),
    of: (period, community) => known.get(`${period} ${community}`) ?? 0,
  };
}

export function writtenIn(measure: Measure, amount: number): string {
  return measure === 'fen_redeemed' ? yuanFixed(amount) : points(amount);
}

/** Everything that is known, a line for a period of a community: yuan as a number with two places. */
export function columnsOf(items: readonly Figures[], names: Names): (string | number)[][] {
  return items.map((each) => [
    each.period,
    names.of(each.community_id),
    each.grants,
    each.points_granted,
    each.points_taken_back,
    each.vouchers,
    each.points_issued,
    each.redemptions,
    each.reversals,
    each.points_redeemed,
    (each.fen_redeemed / 100).toFixed(2),
    each.points_expired,
  ]);
}
