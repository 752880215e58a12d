/** PostgreSQL's own TPC-B-like benchmark on the server that ours runs on, beside redemptions over HTTP on PostgreSQL and on SQLite. */
import { execFile } from 'node:child_process';
import { accessSync, constants, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { Bench, Benchmark } from './harness/bench.ts';
import { atLeast, type Run } from './harness/figures.ts';
import { POSTGRES_PASSWORD, POSTGRES_USER, type PostgresBackend } from './harness/postgres.ts';
import { presentedAcross } from './harness/redemptions.ts';
import { figuresOf, over, ratePerSecond, ratio } from './harness/rounds.ts';
import { openStage, redeemAt, type Stage } from './harness/stage.ts';

const DATABASE = 'bench_pgbench';
const SECONDS = 10;
const TPCB = 'pgbench';
const ours = { sqlite: 'redeem on SQLite', postgres: 'redeem on PostgreSQL' } as const;
const execute = promisify(execFile);

export const pgbench: Benchmark = async (bench) => {
  const program = findProgram();
  if (program === undefined) {
    process.stdout.write('pgbench is not on this machine (Debian: postgresql-15): nothing to compare with\n');
    return undefined;
  }
  const postgres = await bench.postgres();
  const pgbenchOf = (args: readonly string[]) => runProgram(program, postgres, args);
  await postgres.create(DATABASE);
  await pgbenchOf(['-i', '-q', '-s', String(bench.options.scale)]);
  const stages = [await openStage(bench, postgres), await openStage(bench, bench.sqlite())];
  const runs: Run[] = [];
  for (let round = 1; round <= bench.options.rounds; round++) {
    runs.push(tpcbRun(round, await pgbenchOf(['-n', '-M', 'prepared', '-c', '16', '-j', '1', '-T', String(SECONDS)])));
    for (const stage of stages) runs.push(await redeemOn(bench, stage, round));
  }
  for (const { close } of stages) await close();
  await postgres.drop(DATABASE);
  return {
    runs,
    figures: {
      'pgbench, per second': over(runs, TPCB, ratePerSecond),
      'pgbench, mean ms': over(runs, TPCB, (run) => run.p50Ms),
      ...figuresOf(runs, ours.postgres),
      ...figuresOf(runs, ours.sqlite),
      ...ratios(runs),
    },
    targets: {
      'redeem on SQLite / pgbench': atLeast(4, ratio(runs, ours.sqlite, TPCB).median),
      'redeem on PostgreSQL / pgbench': atLeast(1.5, ratio(runs, ours.postgres, TPCB).median),
    },
  };
};

function ratios(runs: readonly Run[]) {
  return Object.fromEntries(Object.values(ours).map((name) => [`${name} / pgbench`, ratio(runs, name, TPCB)]));
}

async function redeemOn(bench: Bench, stage: Stage, round: number): Promise<Run> {
  const presented = presentedAcross(stage.scheme, stage.portion(round, bench.options.requests + bench.options.warmup));
  return redeemAt(bench, await stage.fresh(), { name: ours[stage.backend.engine], round, presented });
}

/** In the path, or where Debian puts the programs that belong to a server. */
function findProgram(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...globSync('/usr/lib/postgresql/*/bin').toSorted().toReversed()];
  return folders.map((folder) => join(folder, 'pgbench')).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function runProgram(program: string, { port }: PostgresBackend, args: readonly string[]): Promise<string> {
  const where = ['-h', '127.0.0.1', '-p', String(port), '-U', POSTGRES_USER, ...args, DATABASE];
  const { stdout } = await execute(program, where, { env: { ...process.env, PGPASSWORD: POSTGRES_PASSWORD } });
  return stdout;
}

/**
 * Reads the output of pgbench as one of our runs. It tells only the mean latency, which stands as `p50Ms`; `p99Ms` and `maxMs` are 0.
 * Throws if it tells no rate.
 */
function tpcbRun(round: number, printed: string): Run {
  const figure = (pattern: RegExp) => Number(pattern.exec(printed)?.[1]);
  const perSecond = figure(/^tps = ([\d.]+)/m);
  const meanMs = figure(/^latency average = ([\d.]+)/m);
  const count = figure(/processed: (\d+)/);
  if (!(perSecond > 0)) throw new Error(`pgbench said something else:\n${printed}`);
  process.stdout.write(`  round ${round}  ${TPCB.padEnd(24)} ${Math.round(perSecond).toLocaleString('en')}/s  mean ${meanMs} ms\n`);
  const latency = { count, p50Ms: meanMs, p99Ms: 0, maxMs: 0 };
  return { ...latency, workload: TPCB, round, perSecond, seconds: SECONDS, kinds: {}, answered: {}, loadCpu: 0 };
}
