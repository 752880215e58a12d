/** Points or yuan: what a figure of the flows is shown in. */
import { points, yuanFixed } from '../shared/format.ts';

export type Unit = 'points' | 'fen';
export type Amounts = { readonly points: number; readonly fen: number };

/** An amount as it is written in columns of this unit. */
export function written(unit: Unit, { points: n, fen }: Amounts): string {
  return unit === 'points' ? points(n) : yuanFixed(fen);
}

export function sumOf<T>(items: readonly T[], amount: (item: T) => number): number {
  return items.reduce((sum, item) => sum + amount(item), 0);
}
