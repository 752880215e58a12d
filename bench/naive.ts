/** The same redemption as most would write it, against ours: SQLite with the same durability, one transaction a request. */
import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import type { Bench, Benchmark } from './harness/bench.ts';
import { expectRows } from './harness/checks.ts';
import type { Run } from './harness/figures.ts';
import { measureAt } from './harness/measure.ts';
import { serve } from './harness/processes.ts';
import { type Presented, presentedAcross, redemptionsOf } from './harness/redemptions.ts';
import { figuresOf, ratio } from './harness/rounds.ts';
import { openStage, redeemAt, type Stage } from './harness/stage.ts';
import type { Shown } from './harness/vouchers.ts';
import { fillNaive } from './naive/database.ts';

const NAIVE = 'naive';
const OURS = 'redeem';
/** It is so much slower that the same number of requests would only take longer. */
const FEWER = 5;

export const naive: Benchmark = async (bench) => {
  const { rounds, requests, warmup } = bench.options;
  const stage = await openStage(bench, bench.sqlite());
  const runs: Run[] = [];
  for (let round = 1; round <= rounds; round++) {
    const shown = stage.portion(round, requests + warmup);
    runs.push(await naiveOnce(bench, stage, shown, round));
    runs.push(await redeemAt(bench, await stage.fresh(), { name: OURS, round, presented: presentedAcross(stage.scheme, shown) }));
  }
  await stage.close();
  const factor = ratio(runs, OURS, NAIVE);
  return { runs, figures: { ...figuresOf(runs, NAIVE), ...figuresOf(runs, OURS), 'ours / naive': factor }, targets: {} };
};

/** On a database that holds as many vouchers as ours. */
async function naiveOnce(bench: Bench, { scheme, shown: all }: Stage, shown: readonly Shown[], round: number): Promise<Run> {
  const file = bench.scratch('naive.db');
  fillNaive(file, scheme, all, (code) => createHash('sha256').update(code).digest('hex'));
  const presented = presentedAcross(scheme, shown).slice(0, Math.ceil(shown.length / FEWER));
  const run = await runNaive(bench, file, presented, round);
  expectRows('redemption', 0, rowsOf(file), run.answered['redeem']!);
  return run;
}

async function runNaive(bench: Bench, file: string, presented: readonly Presented[], round: number): Promise<Run> {
  await using server = await serve('naive/server.ts', { env: { NAIVE_FILE: file }, log: bench.scratch('naive.log') });
  const requests = () => redemptionsOf(presented, ({ secret }) => `Bearer ${secret}`);
  return await measureAt(
    bench,
    server.port,
    { name: NAIVE, round, callers: [], requests },
    { warmup: Math.floor(bench.options.warmup / FEWER) },
  );
}

function rowsOf(file: string): number {
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare('select count(*) from redemption').pluck().get() as number;
  } finally {
    database.close();
  }
}
