/** Redeeming vouchers against a request that does everything but the command, on a server of the same kind. */
import type { Bench, Benchmark } from './harness/bench.ts';
import { atLeast, atMost, spread, type Run } from './harness/figures.ts';
import { measure, measureAt, type Place } from './harness/measure.ts';
import { serve } from './harness/processes.ts';
import { type Presented, presentedAcross, redemptionsOf } from './harness/redemptions.ts';
import { figuresOf, over, p99Ms, ratePerSecond, ratio } from './harness/rounds.ts';
import { openStage, redeemAt, type Stage } from './harness/stage.ts';

const NOOP = 'no-op';
const REDEEM = 'redeem';
const CEILING = 'ceiling of the load';

/** The load is not what is measured if it could go so much faster than the fastest that it measures. */
const HEADROOM = 1.5;
/** About as long as a real token. */
const SOME_BEARER = `Bearer ${'x'.repeat(600)}`;

export const redeem: Benchmark = async (bench) => {
  const stage = await openStage(bench, await bench.backend());
  const runs: Run[] = [];
  const bytes: number[] = [];
  for (let round = 1; round <= bench.options.rounds; round++) {
    const place = await stage.fresh();
    const presented = presentedAcross(stage.scheme, stage.portion(round, bench.options.requests + bench.options.warmup));
    runs.push(await ceiling(bench, presented, round), await noop(bench, place, presented, round));
    const redeemed = await redeemOnce(bench, stage, place, presented, round);
    runs.push(redeemed.run);
    bytes.push(redeemed.bytes);
  }
  const tables = await bytesByTable(stage, runs.at(-1)!);
  await stage.close();
  const slack = over(runs, CEILING, ratePerSecond).median / over(runs, NOOP, ratePerSecond).median;
  return {
    runs,
    figures: {
      ...figuresOf(runs, NOOP),
      ...figuresOf(runs, REDEEM),
      'redeem / no-op': ratio(runs, REDEEM, NOOP),
      'p99 redeem / p99 no-op': ratio(runs, REDEEM, NOOP, p99Ms),
      [`${CEILING}, per second`]: over(runs, CEILING, ratePerSecond),
      'bytes on disk a redemption': spread(bytes),
      ...tables,
    },
    // On PostgreSQL it is held against pgbench instead.
    targets: stage.backend.engine === 'sqlite' ? targetsOf(runs, bytes) : {},
    invalid: slack < HEADROOM ? `the load reaches only ${slack.toFixed(2)} times the rate of the no-op` : undefined,
  };
};

function targetsOf(runs: readonly Run[], bytes: readonly number[]) {
  return {
    'redeem / no-op': atLeast(0.4, ratio(runs, REDEEM, NOOP).median),
    'p99 redeem / p99 no-op': atMost(3, ratio(runs, REDEEM, NOOP, p99Ms).median),
    'bytes on disk a redemption': atMost(900, spread(bytes).median),
  };
}

async function redeemOnce(bench: Bench, stage: Stage, place: Place, presented: readonly Presented[], round: number) {
  const before = await stage.bytesBefore();
  const run = await redeemAt(bench, place, { name: REDEEM, round, presented });
  return { run, bytes: ((await stage.bytesAfter()) - before) / run.answered['redeem']! };
}

function noop(bench: Bench, place: Place, presented: readonly Presented[], round: number): Promise<Run> {
  const callers = [...new Set(presented.map(({ till }) => till))];
  return measure(bench, place, { name: NOOP, round, callers, requests: (bearers) => redemptionsOf(presented, bearers, '/v1/noop') });
}

/** The same requests against the cheapest server there can be. */
async function ceiling(bench: Bench, presented: readonly Presented[], round: number): Promise<Run> {
  await using server = await serve('harness/constant.ts', { log: bench.scratch('constant.log') });
  const requests = () => redemptionsOf(presented, () => SOME_BEARER);
  return await measureAt(bench, server.port, { name: CEILING, round, callers: [], requests });
}

/** Where the bytes of a redemption lie, table by table and index by index. */
async function bytesByTable(stage: Stage, { answered }: Run): Promise<Record<string, number>> {
  const tables = (await stage.bytesByTable()).toSorted(([, a], [, b]) => b - a);
  return Object.fromEntries(tables.map(([name, bytes]) => [`bytes a redemption in ${name}`, bytes / answered['redeem']!]));
}
