/** The start of the benchmarks of redemptions: a prepared scheme in which every open voucher is shown. */
import type { Backend } from './backend.ts';
import type { Bench } from './bench.ts';
import { expectRows, expectSound, rowsIn } from './checks.ts';
import type { Run } from './figures.ts';
import { type LoadSettings, measure, type Place } from './measure.ts';
import { prepared, type Prepared } from './prepared.ts';
import { type Presented, redemptionsOf } from './redemptions.ts';
import { openWriter } from './settings.ts';
import { mintCodes, openVouchers, type Shown } from './vouchers.ts';

/** The databases that an invocation works on, made of the prepared one. */
const SHOWN = 'bench_shown';
const RUN = 'bench_run';

export type Stage = Prepared & {
  readonly backend: Backend;
  /** All open vouchers, in a random order. */
  readonly shown: readonly Shown[];
  /** Where a run takes place: a fresh copy. */
  readonly fresh: () => Promise<Place>;
  /** Some of the vouchers, for each round others as long as there are any. */
  readonly portion: (round: number, count: number) => readonly Shown[];
  readonly bytesBefore: () => Promise<number>;
  readonly bytesAfter: () => Promise<number>;
  readonly bytesByTable: () => Promise<readonly [string, number][]>;
  readonly close: () => Promise<void>;
};

/** Copies the prepared scheme, and mints a code for every open voucher. They last an hour: that is how long the benchmark may take. */
export async function openStage(bench: Bench, backend: Backend): Promise<Stage> {
  const base = await prepared(backend, bench.options);
  await backend.copy(base.name, SHOWN);
  const shown = await showAll(backend, base);
  return {
    ...base,
    backend,
    shown,
    async fresh() {
      await backend.copy(SHOWN, RUN);
      return { url: backend.urlOf(RUN), keys: base.keys };
    },
    portion(round, count) {
      const from = ((round - 1) * count) % Math.max(1, shown.length - count + 1);
      return shown.slice(from, from + count);
    },
    bytesBefore: () => backend.bytes(SHOWN),
    bytesAfter: () => backend.bytes(RUN),
    async bytesByTable() {
      const before = await backend.bytesByTable(SHOWN);
      const after = await backend.bytesByTable(RUN);
      return [...after]
        .map(([table, bytes]): [string, number] => [table, bytes - (before.get(table) ?? 0)])
        .filter(([, grown]) => grown > 0);
    },
    async close() {
      await backend.drop(SHOWN);
      await backend.drop(RUN);
    },
  };
}

async function showAll(backend: Backend, { keys }: Prepared): Promise<Shown[]> {
  const service = await openWriter(backend.urlOf(SHOWN), keys);
  try {
    return await mintCodes(service, await openVouchers(service.store));
  } finally {
    await service.close();
    await backend.tidy(SHOWN);
  }
}

export type RedeemRun = { readonly name: string; readonly round: number; readonly presented: readonly Presented[] };

/** Redeems vouchers over HTTP. Counts only if each answer has its row and the books are sound. */
export async function redeemAt(bench: Bench, place: Place, { name, round, presented }: RedeemRun, settings?: LoadSettings): Promise<Run> {
  const before = await rowsIn(place.url, 'redemption');
  const callers = [...new Set(presented.map(({ till }) => till))];
  const requests = { name, round, callers, requests: (bearers: Parameters<typeof redemptionsOf>[1]) => redemptionsOf(presented, bearers) };
  const run = await measure(bench, place, requests, settings);
  expectRows('redemption', before, await rowsIn(place.url, 'redemption'), run.answered['redeem']!);
  await expectSound(place.url);
  return run;
}
