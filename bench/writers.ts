/** Several processes that write to one PostgreSQL database: what it gives, and what the rows of balances that all of them add to cost. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Bench, Benchmark } from './harness/bench.ts';
import { expectRows, expectSound, rowsIn } from './harness/checks.ts';
import { atLeast, spread, type Run } from './harness/figures.ts';
import type { PostgresBackend } from './harness/postgres.ts';
import { presentedAcross } from './harness/redemptions.ts';
import { over, ratePerSecond, ratio } from './harness/rounds.ts';
import { openStage, type Stage } from './harness/stage.ts';
import type { Presentation, WriterJob } from './harness/writer.ts';

const PROCESSES = 4;
const script = fileURLToPath(new URL('./harness/writer.ts', import.meta.url));

/** With how many connections waited for another's lock, on the average. */
type WritersRun = Run & { readonly waiting: number };

/** By how many processes it is written, and over how many rows a balance is spread. */
type Case = { readonly name: string; readonly processes: number; readonly stripes?: number };

const ONE: Case = { name: 'one process', processes: 1 };
const STRIPED: Case = { name: 'four processes', processes: PROCESSES };
const UNSTRIPED: Case = { name: 'four processes, one row a balance', processes: PROCESSES, stripes: 1 };
const cases = [ONE, STRIPED, UNSTRIPED];

export const writers: Benchmark = async (bench) => {
  const postgres = await bench.postgres();
  const stage = await openStage(bench, postgres);
  const runs: WritersRun[] = [];
  for (let round = 1; round <= bench.options.rounds; round++) {
    for (const each of cases) runs.push(await writeOnce(bench, stage, postgres, each, round));
  }
  await stage.close();
  const gain = ratio(runs, STRIPED.name, UNSTRIPED.name);
  return {
    runs,
    figures: {
      ...Object.fromEntries(cases.map(({ name }) => [`${name}, per second`, over(runs, name, ratePerSecond)])),
      ...Object.fromEntries(cases.map(({ name }) => [`${name}, connections that wait for a lock`, waitingIn(runs, name)])),
      [`${STRIPED.name} / ${ONE.name}`]: ratio(runs, STRIPED.name, ONE.name),
      [`${STRIPED.name} / ${UNSTRIPED.name}`]: gain,
    },
    targets: { [`${STRIPED.name} / ${UNSTRIPED.name}`]: atLeast(1, gain.median) },
  };
};

function waitingIn(runs: readonly WritersRun[], name: string) {
  return spread(runs.filter(({ workload }) => workload === name).map(({ waiting }) => waiting));
}

async function writeOnce(
  bench: Bench,
  stage: Stage,
  postgres: PostgresBackend,
  { name, processes, stripes }: Case,
  round: number,
): Promise<WritersRun> {
  const { url } = await stage.fresh();
  const presentations = presentationsOf(stage, round, bench.options.requests);
  const before = await rowsIn(url, 'redemption');
  const jobs = Array.from({ length: processes }, (_, n): WriterJob => {
    const file = bench.scratch(`writer-${n}.json`);
    writeFileSync(file, JSON.stringify(presentations.filter((_each, of) => of % processes === n)));
    return { url, file, lanes: bench.options.connections / processes, ...(stripes !== undefined && { stripes }) };
  });
  const sampler = sample(() => postgres.waiting(new URL(url).pathname.slice(1)));
  const seconds = await runWriters(jobs);
  const waiting = await sampler.mean();
  expectRows('redemption', before, await rowsIn(url, 'redemption'), presentations.length);
  await expectSound(url);
  const count = presentations.length;
  const perSecond = count / seconds;
  process.stdout.write(
    `  round ${round}  ${name.padEnd(34)} ${Math.round(perSecond).toLocaleString('en')}/s, ${waiting.toFixed(2)} connections wait for a lock\n`,
  );
  return {
    waiting,
    workload: name,
    round,
    count,
    perSecond,
    seconds,
    p50Ms: 0,
    p99Ms: 0,
    maxMs: 0,
    kinds: {},
    answered: { redeem: count },
    loadCpu: 0,
  };
}

function presentationsOf({ scheme, portion }: Stage, round: number, count: number): Presentation[] {
  const shown = portion(round, count);
  return presentedAcross(scheme, shown).map(({ till }, n) => {
    const { clientId: client, merchantId, storeId, terminalId } = till;
    const { codeHash } = shown[n]!;
    return { client, input: { merchantId, storeId, terminalId, codeHash, orderNo: `A-${n}`, orderAmountFen: 5_680, presentedAt: null } };
  });
}

/** Lets all of them begin at once. Gives the seconds until the last one was done. */
async function runWriters(jobs: readonly WriterJob[]): Promise<number> {
  const children = jobs.map((job) =>
    spawn(process.execPath, [script, JSON.stringify(job)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }),
  );
  try {
    await Promise.all(children.map((child) => told(child)));
    const began = performance.now();
    const done = children.map((child) => told(child));
    for (const child of children) child.send('go');
    await Promise.all(done);
    return (performance.now() - began) / 1_000;
  } finally {
    for (const child of children) child.kill();
  }
}

async function told(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit').then(() => {
    throw new Error('a writer ended early; what it said stands above');
  });
  await Promise.race([once(child, 'message'), gone]);
}

const SAMPLE_EVERY_MS = 50;

/** Asks for a number again and again, until its mean is asked for. */
function sample(ask: () => Promise<number>): { mean(): Promise<number> } {
  const seen: number[] = [];
  const sampler = { isOver: false };
  const sampling = (async () => {
    for (; !sampler.isOver; await sleep(SAMPLE_EVERY_MS)) seen.push(await ask());
  })();
  return {
    async mean() {
      sampler.isOver = true;
      await sampling;
      return seen.reduce((sum, each) => sum + each, 0) / seen.length;
    },
  };
}
