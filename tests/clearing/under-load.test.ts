/** Runs are closed by one process while the tills of another go on without a pause, and by several at once. */
import { describe, expect, it } from 'vitest';
import {
  type CloseRunReply,
  closeSettlementRun,
  frozenOf,
  openSettlementRun,
  paymentsOfRun,
  runById,
  settleThrough,
} from '../../src/clearing/index.ts';
import { addDays, closeDay, dayOf } from '../../src/ledger/index.ts';
import { openCommunities } from '../support/communities.ts';
import { insist, openWriters, refusalsOf, succeeded, type Writer } from '../support/processes.ts';
import { expectWhole } from '../support/server.ts';
import { openTills, settleUnderLoad } from '../support/tills.ts';
import { street, type World } from '../support/world.ts';

const ids = ['gexiang', 'taiyan', 'wanhe', 'xixi'];
const TILLS = 8;
/** Business days of each run. */
const PERIODS = [1, 1, 2, 1, 3];

const RIVALS = 4;
const ROUNDS = 5;

it('each redemption and each reversal is in exactly one run, however busy the tills are when it closes', async () => {
  const scheme = await openCommunities(ids);
  const tills = await openTills(scheme, ids, [scheme.world], TILLS);
  const settled = await settleUnderLoad(scheme, tills, PERIODS, TILLS * 4);
  expect(Math.min(...settled)).toBeGreaterThan(TILLS);
});

/** All that a run leaves behind when it closes. */
async function leftBy({ store: { read, tables } }: World, runId: string) {
  const netting = (await read.select().from(tables.entry)).filter(({ kind, subject }) => kind === 'netting' && subject === runId);
  const payouts = (await read.select().from(tables.payout)).filter((row) => row.runId === runId);
  const parties = (await read.select().from(tables.settlementParty)).filter((row) => row.runId === runId);
  return { netting: netting.length, payouts: payouts.length, parties: parties.length };
}

/** Communities with something to settle, day after day, and processes that want to settle it. */
async function openRivals(count = RIVALS) {
  const scheme = await openCommunities(ids);
  const { world } = scheme;
  const rivals = await openWriters(world, count, 'rival');
  const all = <R>(work: (rival: Writer) => Promise<R>) => Promise.all(rivals.map((rival) => insist(() => work(rival))));
  /** Redeems something today, and lets the day be over; gives it. */
  const dayOver = async () => {
    const day = dayOf(world.clock.now);
    await Promise.all([scheme.spend('gexiang', 'wanhe', 2), scheme.spend('taiyan', 'wanhe'), scheme.spend('wanhe', 'xixi', 3)]);
    scheme.goOnTo(addDays(day, 1));
    return day;
  };
  return { world, all, dayOver };
}

const eachOnce = { netting: 4, payouts: 2, parties: 4 };

describe('several processes at once', () => {
  it('open the next run: one does, the others are refused', async () => {
    const { world, all, dayOver } = await openRivals();
    for (let number = 1; number <= ROUNDS; number++) {
      const throughDay = await dayOver();
      const outcomes = await all((rival) => rival.run(openSettlementRun, { by: street, number, throughDay }));
      expect([succeeded(outcomes), refusalsOf(outcomes)]).toEqual([1, { settlement_run_open: RIVALS - 1 }]);
      await world.must(closeDay, { day: throughDay });
      const run = (await runById(world.store, (await world.store.read.select().from(world.store.tables.settlementRun)).at(-1)!.id))!;
      await world.must(closeSettlementRun, { by: street, runId: run.id, ...(await frozenOf(world.store, run)) });
    }
    expect(await world.store.read.$count(world.store.tables.settlementRun)).toBe(ROUNDS);
    await expectWhole(world);
  });

  it('close the same run: one does, the others are refused, and nothing is doubled', async () => {
    const { world, all, dayOver } = await openRivals();
    for (let number = 1; number <= ROUNDS; number++) {
      const throughDay = await dayOver();
      await world.must(closeDay, { day: throughDay });
      const { id } = await world.must(openSettlementRun, { by: street, number, throughDay });
      const input = { by: street, runId: id, ...(await frozenOf(world.store, (await runById(world.store, id))!)) };
      const outcomes = await all((rival) => rival.run(closeSettlementRun, input));
      expect([succeeded(outcomes), refusalsOf(outcomes)]).toEqual([1, { settlement_run_closed: RIVALS - 1 }]);
      const { reply } = outcomes.find((outcome) => 'reply' in outcome) as { reply: CloseRunReply };
      expect(reply).toMatchObject({ gross_fen: 6_000, net_fen: 3_000, payments: 2, payouts: 2 });
      expect(await leftBy(world, id)).toEqual(eachOnce);
      expect(await paymentsOfRun(world.store, id, null)).toHaveLength(2);
    }
    await expectWhole(world);
  });

  it('settle the same days: all are told of the one run that does', async () => {
    // Two, and twice: PostgreSQL takes a second to see that those who close one day at the same time wait for each other.
    const { world, all, dayOver } = await openRivals(2);
    for (const number of [1, 2]) {
      const throughDay = await dayOver();
      const settled = await all(({ engine }) => settleThrough({ view: world.store, engine, clock: () => world.clock.now }, throughDay));
      const told = settled.map((run) => ('refused' in run ? run : { number: run.number, throughDay: run.throughDay, netFen: run.netFen }));
      expect(told).toEqual(settled.map(() => ({ number, throughDay, netFen: 3_000 })));
      expect(await leftBy(world, (settled[0] as { id: string }).id)).toEqual(eachOnce);
    }
    await expectWhole(world);
  });
});
