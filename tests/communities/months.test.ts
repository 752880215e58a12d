import { describe, expect, it } from 'vitest';
import { audit } from '../../src/cli/audit.ts';
import { expireLot, type Month, monthsOf, reverseGrant, walletOfResident } from '../../src/communities/index.ts';
import { AHEAD_OF_UTC_MS, dayOf } from '../../src/ledger/index.ts';
import { cancelVoucher, clawBackGrant, expireDue } from '../../src/redeem/index.ts';
import { openCounter } from '../support/counter.ts';
import { expectFields } from '../support/offices.ts';
import { openWorld, type World } from '../support/world.ts';

const at = (time: string) => Date.parse(`${time}+08:00`);

function months(world: World, count = 12): Promise<Month[]> {
  return monthsOf(world.store, world.residentId, count, world.clock.now);
}

/** What moved, by month, without what did not. */
async function moved(world: World, count = 12): Promise<Record<string, Record<string, number>>> {
  const found = (await months(world, count)).map(({ month, ...sums }) => [
    month,
    Object.fromEntries(Object.entries(sums).filter(([, points]) => points > 0)),
  ]);
  return Object.fromEntries(found.filter(([, sums]) => Object.keys(sums!).length > 0));
}

describe('the months of a resident', () => {
  it('are all there, newest first, with nothing where nothing moved', async () => {
    const world = await openWorld();
    world.clock.now = at('2026-03-31T23:59:59');
    const nothing = { earned: 0, spent: 0, returned: 0, expired: 0, takenBack: 0 };
    expect(await months(world, 4)).toEqual(['2026-03', '2026-02', '2026-01', '2025-12'].map((month) => ({ month, ...nothing })));
    expect(await months(world, 1)).toEqual([{ month: '2026-03', ...nothing }]);
  });

  it('tell what was earned, spent, returned and taken back, of all issuers', async () => {
    const world = await openWorld();
    const { gexiang, wanhe, residentId } = world;
    await world.grantHours(gexiang, residentId, 12);
    await world.grantHours(wanhe, residentId, 5);
    world.clock.now = at('2026-04-10T10:00:00');
    const mistaken = await world.grantHours(gexiang, residentId, 3);
    await world.must(reverseGrant, { by: gexiang, grantId: mistaken, reason: '登记错误' });
    const first = await world.takeVoucher();
    world.clock.now = at('2026-05-10T10:00:00');
    await world.must(cancelVoucher, { voucherId: first, by: { residentId }, reason: '不要了' });
    await world.redeemVoucher(await world.takeVoucher());
    expect(await moved(world)).toEqual({
      '2026-05': { spent: 100, returned: 100 },
      '2026-04': { earned: 30, spent: 100, takenBack: 30 },
      '2026-03': { earned: 170 },
    });
    expect(await moved(world, 2)).toEqual({
      '2026-05': { spent: 100, returned: 100 },
      '2026-04': { earned: 30, spent: 100, takenBack: 30 },
    });
    expect((await audit(world.store)).ok).toBe(true);
  });

  it('go by when it was booked in Shanghai, to the second, and not by the deed', async () => {
    const world = await openWorld();
    world.clock.now = at('2026-04-30T23:59:59');
    await world.grantHours(world.gexiang, world.residentId, 1, '2026-03-15');
    world.clock.now = at('2026-05-01T00:00:00');
    await world.grantHours(world.gexiang, world.residentId, 2, '2026-03-15');
    expect(await moved(world)).toEqual({ '2026-05': { earned: 20 }, '2026-04': { earned: 10 } });
    expect(await moved(world, 1)).toEqual({ '2026-05': { earned: 20 } });
    for (const day of ['1999-12-31', '2026-07-01', '2088-02-29']) expect(dayOf(Date.parse(day) - AHEAD_OF_UTC_MS)).toBe(day);
  });

  it('come to what is in the wallet, whatever became of the points', async () => {
    const world = await openWorld();
    const { gexiang, wanhe, residentId, store, clock } = world;
    const wrong = await world.grantHours(gexiang, residentId, 12);
    await world.grantHours(wanhe, residentId, 15);
    const taken = await world.takeVoucher();
    await world.must(clawBackGrant, { by: gexiang, grantId: wrong, reason: '冒领' });
    expect((await moved(world))['2026-03']).toEqual({ earned: 270, spent: 100, returned: 100, takenBack: 120 });
    expect(taken).toBeDefined();
    await world.takeVoucher();
    clock.now = at('2026-12-01T10:00:00');
    await expireDue({ view: store, engine: world.engine, clock: () => clock.now });
    const wallet = await walletOfResident(store, residentId, dayOf(clock.now));
    const sum = (await months(world)).reduce(
      (all, each) => all + each.earned + each.returned - each.spent - each.expired - each.takenBack,
      0,
    );
    expect([sum, wallet.points]).toEqual([150, 150]);
    expect((await moved(world))['2026-12']).toEqual({ returned: 100 });

    clock.now = at('2028-01-01T00:30:00');
    await world.must(expireLot, { residentId, communityId: 'wanhe', expiresOn: '2027-12-31' });
    expect(await moved(world)).toEqual({ '2028-01': { expired: 150 } });
    expect((await audit(store)).ok).toBe(true);
  });

  it('are on the wire under their names, at most two years of them', async () => {
    const { world, resident } = await openCounter();
    await world.grantHours(world.gexiang, world.residentId, 1);
    const answer = await resident.get('/v1/me/months');
    expect(answer.body['items']).toHaveLength(12);
    expect(answer.body['items'][0]).toEqual({ month: '2026-03', earned: 10, spent: 0, returned: 0, expired: 0, taken_back: 0 });
    expect((await resident.get('/v1/me/months?months=24')).body['items'].at(-1)).toMatchObject({ month: '2024-04' });
    for (const wrong of ['0', '25', '1.5', 'x']) expectFields(await resident.get(`/v1/me/months?months=${wrong}`), 'query/months');
  });
});
