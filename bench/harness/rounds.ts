/** Figures out of the runs of interleaved rounds. */
import { type Spread, spread, type Run } from './figures.ts';

/** A figure of all runs of a workload. */
export function over(runs: readonly Run[], workload: string, figure: (run: Run) => number): Spread {
  return spread(runs.filter((run) => run.workload === workload).map(figure));
}

/** A figure of one workload divided by that of another in the same round: what disturbs one often disturbs the other too. */
export function ratio(runs: readonly Run[], workload: string, to: string, figure: (run: Run) => number = ratePerSecond): Spread {
  const rounds = Map.groupBy(runs, ({ round }) => round);
  const ratios = [...rounds.values()].map((round) => {
    const [one, other] = [workload, to].map((name) => round.find((run) => run.workload === name)!);
    return figure(one!) / figure(other!);
  });
  return spread(ratios);
}

export function ratePerSecond({ perSecond }: Run): number {
  return perSecond;
}

export function p99Ms(run: Run): number {
  return run.p99Ms;
}

/** Rate and latencies of a workload. */
export function figuresOf(runs: readonly Run[], workload: string): Record<string, Spread> {
  return {
    [`${workload}, per second`]: over(runs, workload, ratePerSecond),
    [`${workload}, p50 ms`]: over(runs, workload, (run) => run.p50Ms),
    [`${workload}, p99 ms`]: over(runs, workload, p99Ms),
    [`${workload}, max ms`]: over(runs, workload, (run) => run.maxMs),
  };
}
