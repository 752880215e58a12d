/** All redemptions at one merchant and of one issuer, against the same spread evenly: rows that all of them change must not slow them down. */
import { chanceOf } from '../seeds/index.ts';
import type { Benchmark } from './harness/bench.ts';
import { atLeast, type Run } from './harness/figures.ts';
import type { Presented } from './harness/redemptions.ts';
import { figuresOf, ratio } from './harness/rounds.ts';
import { openStage, redeemAt } from './harness/stage.ts';
import type { Scheme, Till } from './harness/scheme.ts';
import type { Shown } from './harness/vouchers.ts';

const HOT = 'one merchant, one issuer';
const SPREAD = 'evenly spread';

export const hot: Benchmark = async (bench) => {
  const { rounds, requests, warmup } = bench.options;
  const stage = await openStage(bench, await bench.backend());
  const { scheme } = stage;
  const single = stage.shown.filter(({ issuers }) => issuers.length === 1);
  const issuer = single.find(({ issuers }) => issuers[0] !== scheme.tills[0]!.community)!.issuers[0];
  const ofOne = single.filter(({ issuers }) => issuers[0] === issuer).slice(0, requests + warmup);
  const runs: Run[] = [];
  for (let round = 1; round <= rounds; round++) {
    const spread = spreadAt(scheme, single.slice(0, ofOne.length));
    runs.push(await redeemAt(bench, await stage.fresh(), { name: SPREAD, round, presented: spread }));
    runs.push(await redeemAt(bench, await stage.fresh(), { name: HOT, round, presented: atOneMerchant(scheme, ofOne) }));
  }
  await stage.close();
  const slowed = ratio(runs, HOT, SPREAD);
  return {
    runs,
    figures: { ...figuresOf(runs, SPREAD), ...figuresOf(runs, HOT), 'hot / spread': slowed },
    targets: { 'hot / spread': atLeast(0.95, slowed.median) },
  };
};

/** The first merchant's tills in turn. Its community is not the issuer, so that each redemption has the most legs there are. */
function atOneMerchant({ tills }: Scheme, shown: readonly Shown[]): Presented[] {
  const there = tills.filter(({ merchantId }) => merchantId === tills[0]!.merchantId);
  return shown.map(({ code }, n) => ({ code, till: there[n % there.length]! }));
}

/** Any till of another community: the same work, elsewhere. */
function spreadAt({ tills }: Scheme, shown: readonly Shown[]): Presented[] {
  const chance = chanceOf('spread');
  return shown.map(({ code, issuers }) => {
    let till: Till;
    do till = chance.pick(tills);
    while (issuers.includes(till.community));
    return { code, till };
  });
}
