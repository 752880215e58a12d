/** The cost of a long history: redemptions and reads after few, many and very many entries, each time with as many open vouchers. */
import type { Backend } from './harness/backend.ts';
import type { Bench, Benchmark } from './harness/bench.ts';
import { expectRows, expectSound, rowsIn } from './harness/checks.ts';
import { atMost, type Spread, spread, type Target, type Run } from './harness/figures.ts';
import { type Bearers, bearersOf } from './harness/tokens.ts';
import { measureAt, type Place, serveCallMi } from './harness/measure.ts';
import { prepared, type Prepared } from './harness/prepared.ts';
import { presentedAcross, redemptionsOf } from './harness/redemptions.ts';
import type { Sent } from './harness/requests.ts';
import { over, ratePerSecond, ratio } from './harness/rounds.ts';
import type { Holder } from './harness/scheme.ts';
import { openWriter } from './harness/settings.ts';
import { deepCursor } from './harness/statements.ts';
import { mintCodes, type OpenVoucher, openVouchers } from './harness/vouchers.ts';

const READS = ['wallet', 'first page of a statement', 'page far down a statement', 'trial balance'] as const;
/** Each of some residents reads so often; trial balances are long, and read less often. */
const READERS = 5;
const TIMES = 40;
const TRIAL_BALANCE_EVERY = 4;
const READS_TO_WARM_UP = 60;

/** A database with a history of so many entries, for this invocation. */
type Age = {
  readonly entries: number;
  readonly database: string;
  readonly base: Prepared;
  readonly place: Place;
  /** Not yet shown. */
  readonly open: OpenVoucher[];
  /** How many of them each round redeems, warming up included. */
  readonly aRound: number;
  /** On disk, of each redemption, by round. */
  readonly bytes: number[];
};

export const growth: Benchmark = async (bench) => {
  const { sizes, rounds } = bench.options;
  const backend = await bench.backend();
  const ages: Age[] = [];
  for (const entries of sizes) ages.push(await openAge(bench, backend, entries));
  const runs: Run[] = [];
  for (let round = 1; round <= rounds; round++) for (const age of ages) runs.push(...(await ageOnce(bench, backend, age, round)));
  for (const { place, database } of ages) {
    await expectSound(place.url);
    await backend.drop(database);
  }
  return {
    runs,
    figures: figuresOf(runs, ages),
    targets: { ...targetsOf(runs, ages), ...(backend.engine === 'sqlite' && bytesTarget(ages)) },
  };
};

async function openAge(bench: Bench, backend: Backend, entries: number): Promise<Age> {
  const base = await prepared(backend, bench.options, entries);
  const database = `bench_age_${entries}`;
  await backend.copy(base.name, database);
  const place = { url: backend.urlOf(database), keys: base.keys };
  const service = await openWriter(place.url, place.keys);
  try {
    const open = await openVouchers(service.store);
    const { requests, warmup, rounds } = bench.options;
    const aRound = Math.min(requests + warmup, Math.floor(open.length / rounds));
    return { entries, database, base, place, open, aRound, bytes: [] };
  } finally {
    await service.close();
  }
}

function redeemAfter({ entries }: Pick<Age, 'entries'>): string {
  return `redeem after ${entries.toLocaleString('en')}`;
}

function readAfter({ entries }: Pick<Age, 'entries'>): string {
  return `reads after ${entries.toLocaleString('en')}`;
}

async function ageOnce(bench: Bench, backend: Backend, age: Age, round: number): Promise<Run[]> {
  const { base, database, place, open, aRound, bytes } = age;
  const service = await openWriter(place.url, place.keys);
  const shown = await mintCodes(service, open.splice(0, aRound));
  await service.close();
  const before = { rows: await rowsIn(place.url, 'redemption'), bytes: await backend.bytes(database) };
  const presented = presentedAcross(base.scheme, shown);
  const runs: Run[] = [];
  {
    await using server = await serveCallMi(bench, place, redeemAfter(age));
    const callers = [...new Set(presented.map(({ till }) => till))];
    const requests = (bearers: Bearers) => redemptionsOf(presented, bearers);
    runs.push(await measureAt(bench, server.port, { name: redeemAfter(age), round, callers, requests }));
    runs.push(await readOnce(bench, server.port, age, round));
  }
  const answered = runs[0]!.answered['redeem']!;
  expectRows('redemption', before.rows, await rowsIn(place.url, 'redemption'), answered);
  bytes.push(((await backend.bytes(database)) - before.bytes) / answered);
  return runs;
}

/** Reads one after another on one connection: what each takes by itself. */
async function readOnce(bench: Bench, port: number, age: Age, round: number): Promise<Run> {
  const { holders, auditor } = age.base.scheme;
  const readers = holders.slice(0, READERS);
  const callers = [...readers, auditor];
  const bearers = await bearersOf(port, callers);
  const cursors = await Promise.all(readers.map((reader) => deepCursor(port, bearers(reader))));
  const requests = (own: Bearers) => readsOf(readers, cursors, own, own(auditor));
  return measureAt(bench, port, { name: readAfter(age), round, callers, requests }, { connections: 1, warmup: READS_TO_WARM_UP });
}

function* readsOf(readers: readonly Holder[], cursors: readonly string[], bearers: Bearers, auditor: string): Generator<Sent> {
  const [wallet, first, deep, trialBalance] = READS;
  for (let n = 0; n < TIMES; n++) {
    for (const [of, reader] of readers.entries()) {
      const common = { method: 'GET', bearer: bearers(reader) } as const;
      yield { ...common, kind: wallet, path: '/v1/me/wallet' };
      yield { ...common, kind: first, path: '/v1/me/statement' };
      yield { ...common, kind: deep, path: `/v1/me/statement?cursor=${cursors[of]}` };
    }
    if (n % TRIAL_BALANCE_EVERY === 0) yield { kind: trialBalance, method: 'GET', path: '/v1/trial-balance', bearer: auditor };
  }
}

function figuresOf(runs: readonly Run[], ages: readonly Age[]): Record<string, Spread | number> {
  const figures: Record<string, Spread | number> = {};
  for (const age of ages) {
    figures[`${redeemAfter(age)}, per second`] = over(runs, redeemAfter(age), ratePerSecond);
    figures[`${redeemAfter(age)}, bytes on disk`] = spread(age.bytes);
    for (const read of READS) figures[`${readAfter(age)}: ${read}, p50 ms`] = over(runs, readAfter(age), (run) => run.kinds[read]!.p50Ms);
    figures[`history of ${age.entries.toLocaleString('en')}, entries written a second`] = age.base.entriesPerSecond;
  }
  return figures;
}

/** How much more each costs after the longest history than after the shortest. */
function targetsOf(runs: readonly Run[], ages: readonly Age[]): Record<string, Target> {
  const [youngest, oldest] = [ages[0]!, ages.at(-1)!];
  const [, first, deep, trialBalance] = READS;
  const reads = [first, deep, trialBalance].map((read) => {
    const cost = ratio(runs, readAfter(oldest), readAfter(youngest), (run) => run.kinds[read]!.p50Ms);
    return [`${read}, longest / shortest`, atMost(1.3, cost.median)] as const;
  });
  return {
    'redeem, longest / shortest': atMost(1.3, ratio(runs, redeemAfter(youngest), redeemAfter(oldest)).median),
    ...Object.fromEntries(reads),
  };
}

/** A target only for SQLite: PostgreSQL's rows each bear a header, and their old versions stay until they are vacuumed. */
function bytesTarget(ages: readonly Age[]): Record<string, Target> {
  return { 'bytes on disk a redemption, longest': atMost(900, spread(ages.at(-1)!.bytes).median) };
}
