/**
 * A day's mixture: of a hundred callers, 70 tills that inspect a voucher and redeem it, 10 residents who look at their wallet, 10 at their
 * statement, and 10 officers who grant. Against the same without the residents' reads; and, for comparison, without the inspections too.
 */
import { chanceOf } from '../seeds/index.ts';
import { dayOf } from '../src/ledger/index.ts';
import type { Bench, Benchmark } from './harness/bench.ts';
import { expectRows, expectSound, rowsIn } from './harness/checks.ts';
import { atMost, type Spread, spread, type Run } from './harness/figures.ts';
import { measure, type Place } from './harness/measure.ts';
import { type Presented, presentedAcross } from './harness/redemptions.ts';
import type { Sent } from './harness/requests.ts';
import { over, ratio } from './harness/rounds.ts';
import type { Scheme } from './harness/scheme.ts';
import { openStage } from './harness/stage.ts';
import type { Bearers } from './harness/tokens.ts';
import { shuffled } from './harness/vouchers.ts';

const KINDS = ['inspect', 'redeem', 'wallet', 'statement', 'grant'] as const;
type Kind = (typeof KINDS)[number];

/** Callers of each hundred; a till that redeems inspects first. */
const CALLERS = [
  ['redeem', 70],
  ['wallet', 10],
  ['statement', 10],
  ['grant', 10],
] as const;
/** Requests of a hundred callers. */
const REQUESTS_A_HUNDRED = 170;

const ALL = 'mixed';
const variants: Readonly<Record<string, readonly Kind[]>> = {
  [ALL]: KINDS,
  'without reads of residents': ['inspect', 'redeem', 'grant'],
  'writes alone': ['redeem', 'grant'],
};

export const mixed: Benchmark = async (bench) => {
  const { rounds, requests, warmup } = bench.options;
  const stage = await openStage(bench, await bench.backend());
  const hundreds = Math.ceil((requests + warmup) / REQUESTS_A_HUNDRED);
  const runs: Run[] = [];
  for (let round = 1; round <= rounds; round++) {
    const presented = presentedAcross(stage.scheme, stage.portion(round, hundreds * CALLERS[0][1]));
    for (const [name, kinds] of Object.entries(variants)) {
      const requestsOf = (bearers: Bearers) => mixture(stage.scheme, presented, kinds, bearers);
      runs.push(await mixedOnce(bench, await stage.fresh(), stage.scheme, { name, round, requestsOf }));
    }
  }
  await stage.close();
  const [, noReads = '', alone = ''] = Object.keys(variants);
  const slowed = spreadOf(ratio(runs, ALL, noReads, writesPerSecond), (kept) => 1 - kept);
  return {
    runs,
    figures: {
      ...Object.fromEntries(Object.keys(variants).map((name) => [`${name}: writes a second`, over(runs, name, writesPerSecond)])),
      ...Object.fromEntries(KINDS.map((kind) => [`${ALL}: ${kind}, p50 ms`, over(runs, ALL, (run) => run.kinds[kind]!.p50Ms)])),
      ...Object.fromEntries(KINDS.map((kind) => [`${ALL}: ${kind}, p99 ms`, over(runs, ALL, (run) => run.kinds[kind]!.p99Ms)])),
      'writes slowed by reads of residents': slowed,
      'writes slowed by these and inspections': spreadOf(ratio(runs, ALL, alone, writesPerSecond), (kept) => 1 - kept),
    },
    targets: { 'writes slowed by reads of residents': atMost(0.2, slowed.median) },
  };
};

function spreadOf({ min, median, max }: Spread, change: (value: number) => number): Spread {
  return spread([min, median, max].map(change));
}

function writesPerSecond({ kinds }: Run): number {
  return kinds['redeem']!.perSecond + kinds['grant']!.perSecond;
}

type Mixture = { readonly name: string; readonly round: number; readonly requestsOf: (bearers: Bearers) => Iterable<Sent> };

async function mixedOnce(bench: Bench, place: Place, scheme: Scheme, { name, round, requestsOf }: Mixture): Promise<Run> {
  const count = async () => [await rowsIn(place.url, 'redemption'), await rowsIn(place.url, 'grant')] as const;
  const before = await count();
  const callers = [...scheme.tills, ...scheme.holders, ...scheme.officers];
  const run = await measure(bench, place, { name, round, callers, requests: requestsOf });
  const after = await count();
  expectRows('redemption', before[0], after[0], run.answered['redeem']!);
  expectRows('grant', before[1], after[1], run.answered['grant']!);
  await expectSound(place.url);
  return run;
}

/** The requests of callers by the hundred, each hundred in a random order, as long as there are vouchers; only those of `kinds`. */
function* mixture(scheme: Scheme, presented: readonly Presented[], kinds: readonly Kind[], bearers: Bearers): Generator<Sent> {
  const chance = chanceOf('mixture');
  const hundred = CALLERS.flatMap(([kind, count]) => Array.from({ length: count }, () => kind)).filter((kind) => kinds.includes(kind));
  const of = { scheme, kinds, bearers, day: dayOf(Date.now()) };
  const redeemed = presented.entries();
  for (let n = 0; n < presented.length; n += CALLERS[0][1]) {
    for (const kind of shuffled(hundred, `hundred ${n}`)) {
      if (kind === 'redeem') yield* atTill(of, ...redeemed.next().value!);
      else if (kind === 'grant') yield granted(of, chance.pick(scheme.officers), chance.pick(scheme.residents).id);
      else yield { kind, method: 'GET', path: `/v1/me/${kind}`, bearer: bearers(chance.pick(scheme.holders)) };
    }
  }
}

type Of = { readonly kinds: readonly Kind[]; readonly bearers: Bearers; readonly day: string };

function* atTill({ kinds, bearers }: Of, n: number, { code, till }: Presented): Generator<Sent> {
  const common = { method: 'POST', bearer: bearers(till) } as const;
  const inspects = kinds.includes('inspect');
  if (inspects) yield { ...common, kind: 'inspect', path: '/v1/vouchers/inspect', body: { code } };
  const body = { code, terminal_id: till.terminalId, order_no: `A-${1_000_000 + n}`, order_amount_fen: 5_680 };
  yield { ...common, kind: 'redeem', path: '/v1/redemptions', body, follows: inspects };
}

function granted({ bearers, day }: Of, officer: Scheme['officers'][number], residentId: string): Sent {
  const deed = { action_rule_id: officer.ruleId, resident_id: residentId, occurred_on: day, description: '社区清洁' };
  return { kind: 'grant', method: 'POST', path: '/v1/grants', bearer: bearers(officer), body: deed };
}
