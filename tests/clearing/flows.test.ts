/** The clock stands at 2026-03-02 10:00 in Shanghai. */
import { describe, expect, it } from 'vitest';
import { tallyClosedDays } from '../../src/clearing/index.ts';
import { linesOfDay, type DayLine } from '../../src/clearing/day-lines.ts';
import { countFlows, type Flow, flowsOfDays, tallyDay } from '../../src/clearing/flows.ts';
import { addStore } from '../../src/communities/index.ts';
import { closeDay } from '../../src/ledger/index.ts';
import { redeem } from '../../src/redeem/index.ts';
import { pages } from '../../src/store/index.ts';
import { type Communities, openCommunities } from '../support/communities.ts';
import { plansOf } from '../support/plans.ts';
import { all } from '../support/stores.ts';
import { succeed } from '../support/two-officers.ts';
import { openWorld } from '../support/world.ts';

const [FIRST, SECOND, THIRD] = ['2026-03-02', '2026-03-03', '2026-03-04'] as const;

/** A flow as a line: `gexiang>wanhe 200 points 2000 fen, 1 redeemed, 0 undone`. */
function lineOf({ issuer, acquirer, points, fen, redemptions, reversals }: Flow): string {
  return `${issuer}>${acquirer} ${points} points ${fen} fen, ${redemptions} redeemed, ${reversals} undone`;
}

async function flowsOn({ world }: Communities, day: string): Promise<string[]> {
  return (await countFlows(world.store, day)).map(lineOf);
}

function tally({ world: { store, engine } }: Communities, atMost?: number): Promise<number> {
  return tallyClosedDays({ view: store, engine }, atMost);
}

/** Redemptions of three communities over two days, one of them undone on its own day and one on the next. */
async function openTwoDays(): Promise<Communities> {
  const scheme = await openCommunities(['gexiang', 'taiyan', 'wanhe']);
  const returned = await scheme.spend('gexiang', 'wanhe', 2);
  await scheme.spend('gexiang', 'wanhe');
  await scheme.reverse(await scheme.spend('taiyan', 'wanhe'));
  await scheme.spend('wanhe', 'wanhe');
  scheme.goOnTo(SECOND);
  await scheme.reverse(returned);
  await scheme.spend('wanhe', 'taiyan', 3);
  return scheme;
}

describe('the flows of a business day', () => {
  it('are what was redeemed less what was undone, by issuer and acquirer, each on its own day', async () => {
    const scheme = await openTwoDays();
    expect(await flowsOn(scheme, FIRST)).toEqual([
      'gexiang>wanhe 300 points 3000 fen, 2 redeemed, 0 undone',
      'taiyan>wanhe 0 points 0 fen, 1 redeemed, 1 undone',
      'wanhe>wanhe 100 points 1000 fen, 1 redeemed, 0 undone',
    ]);
    expect(await flowsOn(scheme, SECOND)).toEqual([
      'gexiang>wanhe -200 points -2000 fen, 0 redeemed, 1 undone',
      'wanhe>taiyan 300 points 3000 fen, 1 redeemed, 0 undone',
    ]);
    expect(await flowsOn(scheme, THIRD)).toEqual([]);
  });

  it('count a voucher of two issuers for both, and for a community that has succeeded the other once', async () => {
    const scheme = await openCommunities(['gexiang', 'wanhe']);
    const { world } = scheme;
    const voucherOfBoth = async () => {
      await world.grantHours(world.gexiang, world.residentId, 6);
      await world.grantHours(world.wanhe, world.residentId, 4);
      return world.takeVoucher();
    };
    await succeed(world, 'gexiang', 'wanhe', SECOND);
    const later = await voucherOfBoth();
    const returned = await world.redeemVoucher(await voucherOfBoth());
    expect(await flowsOn(scheme, FIRST)).toEqual([
      'gexiang>wanhe 60 points 600 fen, 1 redeemed, 0 undone',
      'wanhe>wanhe 40 points 400 fen, 1 redeemed, 0 undone',
    ]);
    scheme.goOnTo(SECOND);
    // It is given back to whoever bears it by now.
    await scheme.reverse(returned);
    await world.redeemVoucher(later);
    expect(await flowsOn(scheme, SECOND)).toEqual(['wanhe>wanhe 0 points 0 fen, 1 redeemed, 1 undone']);
  });

  it('come in the order of the communities, also where the name of one begins with another’s', async () => {
    const scheme = await openCommunities(['yu', 'yu-2', 'wanhe']);
    await scheme.spend('yu-2', 'wanhe');
    await scheme.spend('yu', 'wanhe');
    await scheme.spend('yu', 'yu-2');
    await scheme.spend('yu', 'yu');
    const flows = await countFlows(scheme.world.store, FIRST);
    expect(flows.map(({ issuer, acquirer }) => `${issuer}>${acquirer}`)).toEqual(['yu>wanhe', 'yu>yu', 'yu>yu-2', 'yu-2>wanhe']);
  });

  it('are read page after page, each line once and in the order of the stores', async () => {
    const scheme = await openCommunities(['wanhe']);
    const { world } = scheme;
    const { merchantId, officer } = scheme.of('wanhe');
    const stores = [world.storeId, scheme.of('wanhe').storeId];
    stores.push((await world.must(addStore, { by: officer, merchantId, name: '二店' })).id);
    for (const n of [0, 1, 2, 0, 2, 1, 2]) {
      await world.grantHours(world.gexiang, world.residentId, 10);
      const codeHash = await world.showCode(await world.takeVoucher());
      const till = { merchantId: n === 0 ? world.merchantId : merchantId, storeId: stores[n]!, terminalId: null };
      const { id } = await world.must(redeem, { ...till, codeHash, orderNo: 'A', orderAmountFen: 90_000, presentedAt: null });
      if (n === 2) await scheme.reverse({ id, merchant_id: merchantId } as never);
    }
    for (const [kind, count] of [
      ['redemption', 7],
      ['reversal', 3],
    ] as const) {
      const read = async (limit: number) => {
        const lines: DayLine[] = [];
        for await (const page of pages<DayLine>((after) => linesOfDay(world.store, kind, { day: FIRST, after, limit })))
          lines.push(...page);
        return lines.map(({ storeId, id }) => `${storeId} ${id}`);
      };
      const whole = await read(100);
      expect(whole).toEqual([...new Set(whole)].toSorted());
      expect(whole).toHaveLength(count);
      for (const limit of [1, 2, 3]) expect(await read(limit)).toEqual(whole);
      const of = await linesOfDay(world.store, kind, { day: FIRST, stores: stores.slice(1), limit: 100 });
      expect(of.map(({ storeId, id }) => `${storeId} ${id}`)).toEqual(whole.filter((line) => !line.startsWith(world.storeId)));
    }
  });
});

describe('a day that was tallied', () => {
  it('has the same flows as before, and is not counted again', async () => {
    const scheme = await openTwoDays();
    const { world } = scheme;
    const counted = await flowsOfDays(world.store, FIRST, THIRD);
    expect(counted.map(({ day }) => day)).toEqual([FIRST, FIRST, FIRST, SECOND, SECOND]);
    await world.must(closeDay, { day: FIRST });
    expect(await tally(scheme)).toBe(1);
    expect(await flowsOfDays(world.store, FIRST, THIRD)).toEqual(counted);
    scheme.goOnTo(THIRD);
    await world.must(closeDay, { day: SECOND });
    expect(await tally(scheme)).toBe(1);
    expect(await flowsOfDays(world.store, FIRST, THIRD)).toEqual(counted);
    expect(await flowsOfDays(world.store, SECOND, SECOND)).toEqual(counted.slice(3));

    const plans = await plansOf(world, () => flowsOfDays(world.store, FIRST, SECOND));
    expect(plans.some(({ statement }) => statement.includes('voucher'))).toBe(false);
  });

  it('keeps what it was first tallied as', async () => {
    const scheme = await openTwoDays();
    const { world } = scheme;
    await world.must(closeDay, { day: FIRST });
    await tally(scheme);
    const kept = await all(world.store, 'dayFlows');
    expect(await world.must(tallyDay, { day: FIRST, closedDay: FIRST, flows: [] })).toEqual({ day: FIRST });
    expect(await all(world.store, 'dayFlows')).toEqual(kept);
  });

  it('is never an open one, whatever else is closed', async () => {
    const scheme = await openTwoDays();
    const { world } = scheme;
    await world.must(closeDay, { day: FIRST });
    const open = { day: SECOND, flows: [] };
    await expect(world.run(tallyDay, { ...open, closedDay: FIRST })).rejects.toThrow(`${SECOND} is not closed by ${FIRST}`);
    await expect(world.run(tallyDay, { ...open, closedDay: THIRD })).rejects.toThrow(`${SECOND} is not closed by ${THIRD}`);
    expect(await all(world.store, 'dayFlows')).toEqual([]);
  });
});

it('what is counted of a day is read by indexes, however much there is', async () => {
  const world = await openWorld();
  await world.grantHours(world.gexiang, world.residentId, 10);
  await world.redeemVoucher(await world.takeVoucher());
  const last = { storeId: world.storeId, id: `red_${'0'.repeat(32)}` };
  const plans = await plansOf(world, async () => {
    await flowsOfDays(world.store, FIRST, THIRD);
    for (const stores of [undefined, [world.storeId, `sto_${'0'.repeat(32)}`]]) {
      const query = { day: FIRST, limit: 20, ...(stores && { stores }) };
      await linesOfDay(world.store, 'redemption', { ...query, after: last });
      await linesOfDay(world.store, 'reversal', { ...query, after: { ...last, id: `rev_${'0'.repeat(32)}` } });
    }
  });
  expect(plans.length).toBeGreaterThan(8);
  // Communities are few, and read whole.
  for (const { statement, scans, sorts } of plans.filter((plan) => !/ from "community"/.test(plan.statement))) {
    expect(scans, statement).toEqual([]);
    expect(sorts, statement).toBe(false);
  }
});
