/** Points granted in bulk: officers of ten communities send batches of a thousand deeds, one after another, all of them at once. */
import { chanceOf } from '../seeds/index.ts';
import { dayOf } from '../src/ledger/index.ts';
import type { Bench, Benchmark } from './harness/bench.ts';
import { expectRows, expectSound, rowsIn } from './harness/checks.ts';
import { atLeast, type Spread, spread, type Run } from './harness/figures.ts';
import { measure, type Place } from './harness/measure.ts';
import { prepared } from './harness/prepared.ts';
import type { Sent } from './harness/requests.ts';
import type { Scheme } from './harness/scheme.ts';
import type { Bearers } from './harness/tokens.ts';

const BATCH = 1_000;
const RUN = 'bench_run';

export const grants: Benchmark = async (bench) => {
  const backend = await bench.backend();
  const base = await prepared(backend, bench.options);
  const runs: Run[] = [];
  for (let round = 1; round <= bench.options.rounds; round++) {
    await backend.copy(base.name, RUN);
    runs.push(await grantOnce(bench, { url: backend.urlOf(RUN), keys: base.keys }, base.scheme, round));
  }
  await backend.drop(RUN);
  const rate = spread(runs.map(({ perSecond }) => perSecond * BATCH));
  const targets = backend.engine === 'sqlite' ? { 'grants a second': atLeast(20_000, rate.median) } : {};
  return { runs, figures: figuresOf(runs, rate), targets };
};

/** Counts only if each item of each batch was granted: a batch's answer is a success whatever became of its items. */
async function grantOnce(bench: Bench, place: Place, scheme: Scheme, round: number): Promise<Run> {
  const { requests, warmup } = bench.options;
  const batches = Math.ceil((requests + warmup) / BATCH);
  const before = await rowsIn(place.url, 'grant');
  const workload = {
    name: 'batches of grants',
    round,
    callers: scheme.officers,
    requests: (bearers: Bearers) => batchesOf(scheme, batches, bearers),
  };
  const settings = { connections: scheme.officers.length, warmup: Math.floor(warmup / BATCH) };
  const run = await measure(bench, place, workload, settings);
  expectRows('grant', before, await rowsIn(place.url, 'grant'), run.answered['batch']! * BATCH);
  await expectSound(place.url);
  return run;
}

function* batchesOf({ officers, residents }: Scheme, count: number, bearers: Bearers): Generator<Sent> {
  const chance = chanceOf('grants');
  const day = dayOf(Date.now());
  for (let n = 0; n < count; n++) {
    const officer = officers[n % officers.length]!;
    const items = Array.from({ length: BATCH }, (_, item) => ({
      action_rule_id: officer.ruleId,
      resident_id: chance.pick(residents).id,
      occurred_on: day,
      description: '社区清洁',
      external_reference: `B${n}-${item}`,
    }));
    yield { kind: 'batch', method: 'POST', path: '/v1/grant-batches', bearer: bearers(officer), body: { items } };
  }
}

function figuresOf(runs: readonly Run[], rate: Spread) {
  return {
    'grants a second': rate,
    'a batch, p50 ms': spread(runs.map(({ p50Ms }) => p50Ms)),
    'a batch, max ms': spread(runs.map(({ maxMs }) => maxMs)),
  };
}
