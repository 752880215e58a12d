/**
 * The cost of closing a period: one of many redemptions against one of few, between the same communities; and how long a till waits
 * meanwhile.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { settleThrough } from '../src/clearing/index.ts';
import { grant } from '../src/communities/index.ts';
import { dayOf, isRefusal } from '../src/ledger/index.ts';
import { issueVoucher } from '../src/redeem/index.ts';
import type { Service } from '../src/service.ts';
import type { Backend } from './harness/backend.ts';
import type { Bench, Benchmark } from './harness/bench.ts';
import { expectRows, expectSound, rowsIn } from './harness/checks.ts';
import { atMost, type Run } from './harness/figures.ts';
import { measureAt, type Place, serveCallMi } from './harness/measure.ts';
import { type Period, period } from './harness/period.ts';
import { presentedAcross, redemptionsOf } from './harness/redemptions.ts';
import { over, ratio } from './harness/rounds.ts';
import { RULE_POINTS, VOUCHER_POINTS } from './harness/scheme.ts';
import { openWriter } from './harness/settings.ts';
import { submitAll } from './harness/submit.ts';
import { grantsTo, mintCodes, type Shown } from './harness/vouchers.ts';

/** Redemptions of the periods. */
const FEW = 10_000;
const MANY = 1_000_000;

/** A copy of the period, for one run. */
const RUN = 'bench_settle';

/** Vouchers that tills redeem while a period is closed. */
const REDEEMED = 12_000;
/** It is closed when so many of them are redeemed. */
const CLOSED_AFTER = REDEEMED / 4;
const LOOK_EVERY_MS = 20;

const ALONE = 'redeem';
const BESIDE = 'redeem while it closes';

export const settle: Benchmark = async (bench) => {
  const backend = await bench.backend();
  const periods = [
    [closingOf(FEW), await period(backend, bench.options, FEW)],
    [closingOf(MANY), await period(backend, bench.options, MANY)],
  ] as const;
  const runs: Run[] = [];
  await closeOnce(backend, periods[0][1], 'to warm up', 0);
  for (let round = 1; round <= bench.options.rounds; round++) {
    // Whichever comes second finds its code compiled better.
    for (const [name, each] of round % 2 === 0 ? periods.toReversed() : periods) runs.push(await closeOnce(backend, each, name, round));
    for (const name of [ALONE, BESIDE]) runs.push(await redeemOnce(bench, backend, periods[1][1], name, round));
  }
  // The audit goes through every voucher there is, and takes far longer than all of this.
  await closeOnce(backend, periods[0][1], 'to be audited', 0);
  await expectSound(backend.urlOf(RUN));
  await backend.drop(RUN);
  const cost = ratio(runs, closingOf(MANY), closingOf(FEW), seconds);
  return {
    runs,
    figures: {
      ...Object.fromEntries(periods.map(([name]) => [`${name}, seconds`, over(runs, name, seconds)])),
      'closing, many / few': cost,
      ...Object.fromEntries([ALONE, BESIDE].map((name) => [`${name}, longest wait of a till, ms`, over(runs, name, (run) => run.maxMs)])),
      ...Object.fromEntries([ALONE, BESIDE].map((name) => [`${name}, p99 ms`, over(runs, name, (run) => run.p99Ms)])),
    },
    targets: { 'closing, many / few': atMost(1.5, cost.median) },
  };
};

function closingOf(redemptions: number): string {
  return `closing ${redemptions.toLocaleString('en')}`;
}

function seconds(run: Run): number {
  return run.seconds;
}

/** Closes a fresh copy of a period as `callmi settle` does: its days, and a run over them. */
async function closeOnce(backend: Backend, each: Period, name: string, round: number): Promise<Run> {
  const { url, keys } = await freshCopy(backend, each);
  const service = await openWriter(url, keys);
  try {
    const run = await close(service, each, name, round);
    process.stdout.write(`  round ${round}  ${name.padEnd(24)} ${run.seconds.toFixed(3)} s\n`);
    return run;
  } finally {
    await service.close();
  }
}

async function freshCopy(backend: Backend, { name, keys }: Period): Promise<Place> {
  await backend.copy(name, RUN);
  return { url: backend.urlOf(RUN), keys };
}

async function close({ store, engine, clock }: Service, { throughDay }: Period, workload: string, round: number): Promise<Run> {
  const began = performance.now();
  const run = await settleThrough({ view: store, engine, clock }, throughDay);
  const took = (performance.now() - began) / 1_000;
  if (isRefusal(run) || run.state === 'open' || run.netFen === null) throw new Error(`the run was not closed: ${JSON.stringify(run)}`);
  const none = { count: 0, p50Ms: 0, p99Ms: 0, maxMs: 0, kinds: {}, answered: {}, loadCpu: 0 };
  return { ...none, workload, round, seconds: took, perSecond: 1 / took };
}

/** Redeems at a server; in the second case another process, this one, closes the period meanwhile. */
async function redeemOnce(bench: Bench, backend: Backend, each: Period, name: string, round: number): Promise<Run> {
  const place = await freshCopy(backend, each);
  const service = await openWriter(place.url, place.keys);
  try {
    const presented = presentedAcross(each.scheme, await showSome(service, each));
    const before = await rowsIn(place.url, 'redemption');
    await using server = await serveCallMi(bench, place, name);
    const callers = [...new Set(presented.map(({ till }) => till))];
    const redeeming = measureAt(
      bench,
      server.port,
      { name, round, callers, requests: (bearers) => redemptionsOf(presented, bearers) },
      { warmup: 0 },
    );
    if (name === BESIDE) {
      while ((await redeemedToday(service)) < CLOSED_AFTER) await sleep(LOOK_EVERY_MS);
      await close(service, each, name, round);
      if ((await redeemedToday(service)) > REDEEMED - CLOSED_AFTER) throw new Error('the tills were done before it was closed');
    }
    const run = await redeeming;
    expectRows('redemption', before, await rowsIn(place.url, 'redemption'), run.answered['redeem']!);
    return run;
  } finally {
    await service.close();
  }
}

/** The tills of the period redeemed on days that are long over. */
function redeemedToday({ store, clock }: Service): Promise<number> {
  const { redemption } = store.tables;
  return store.read.$count(redemption, eq(redemption.businessDay, dayOf(clock())));
}

/** Vouchers of the residents, shown right now. */
async function showSome(service: Service, { scheme }: Period): Promise<Shown[]> {
  const each = REDEEMED / scheme.residents.length;
  const today = dayOf(service.clock());
  const quantity = (each * VOUCHER_POINTS) / RULE_POINTS;
  await submitAll(
    service,
    grant,
    scheme.residents.flatMap((resident) => grantsTo(scheme, resident, today, [quantity])),
  );
  const wishes = Array.from({ length: REDEEMED }, (_, n) => scheme.residents[n % scheme.residents.length]!);
  const vouchers = await submitAll(
    service,
    issueVoucher,
    wishes.map(({ id }) => ({ residentId: id, offerId: scheme.offerId, quantity: 1, by: null })),
  );
  return mintCodes(
    service,
    vouchers.map(({ id, resident_id: residentId, shares }) => ({ id, residentId, issuers: shares.map(({ issuer }) => issuer) })),
  );
}
