/** The result of a benchmark: its runs, figures over its rounds, and targets. */
import type { Latency } from './load.ts';

/**
 * The figures of one run of a load, also by kind of request. `answered` counts the requests that warmed up as well, and `loadCpu` is how
 * many processors the load itself kept busy.
 */
export type Run = Latency & {
  readonly workload: string;
  readonly round: number;
  readonly perSecond: number;
  readonly seconds: number;
  readonly kinds: Readonly<Record<string, Latency & { readonly perSecond: number }>>;
  readonly answered: Readonly<Record<string, number>>;
  readonly loadCpu: number;
};

export type Spread = { readonly min: number; readonly median: number; readonly max: number };

export type Target = { readonly target: string; readonly value: number; readonly met: boolean };

/** The spread of one value or more. The median of an even number of values is the mean of the two in the middle. */
export function spread(values: readonly number[]): Spread {
  const sorted = Float64Array.from(values).toSorted();
  const middle = (sorted.length - 1) / 2;
  return { min: sorted[0]!, median: (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2, max: sorted.at(-1)! };
}

export function atLeast(bound: number, value: number): Target {
  return { target: `>= ${bound}`, value, met: value >= bound };
}

export function atMost(bound: number, value: number): Target {
  return { target: `<= ${bound}`, value, met: value <= bound };
}
