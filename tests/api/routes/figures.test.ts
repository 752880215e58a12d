import { describe, expect, it } from 'vitest';
import { tallyClosedDays } from '../../../src/clearing/index.ts';
import { closeDay } from '../../../src/ledger/index.ts';
import { expectFields, expectProblem, type Offices, openOffices, read } from '../../support/offices.ts';

const nothing = {
  grants: 0,
  points_granted: 0,
  points_taken_back: 0,
  vouchers: 0,
  points_issued: 0,
  redemptions: 0,
  reversals: 0,
  points_redeemed: 0,
  fen_redeemed: 0,
  points_expired: 0,
};
const spent = { vouchers: 1, points_issued: 100, redemptions: 1, points_redeemed: 100, fen_redeemed: 1_000 };

async function closeAndTally({ world }: Offices, day: string): Promise<void> {
  await world.must(closeDay, { day });
  await tallyClosedDays({ view: world.store, engine: world.engine });
}

/** Gexiang grants on 30 March, its points are spent on 2 April, and on the same day Wanhe grants; 3 April is open. */
async function openFigures(): Promise<Offices> {
  const offices = await openOffices();
  const { world } = offices;
  world.clock.now = Date.parse('2026-03-30T10:00:00+08:00');
  await world.grantHours(world.gexiang, world.residentId, 10);
  world.clock.now = Date.parse('2026-04-02T10:00:00+08:00');
  await world.redeemVoucher(await world.takeVoucher());
  await world.grantHours(world.wanhe, world.residentId, 2);
  world.clock.now = Date.parse('2026-04-03T10:00:00+08:00');
  await world.grantHours(world.wanhe, world.residentId, 4);
  await closeAndTally(offices, '2026-04-02');
  return offices;
}

const march = { ...nothing, period: '2026-03-30', community_id: 'gexiang', grants: 1, points_granted: 100 };
const april = { ...nothing, ...spent, period: '2026-04-02', community_id: 'gexiang' };
const wanhes = { ...nothing, period: '2026-04-02', community_id: 'wanhe', grants: 1, points_granted: 20 };

describe('GET /v1/figures', () => {
  it('tells what closed days came to: a community its own, the street everybody’s or one’s', async () => {
    const { gexiang, wanhe, street } = await openFigures();
    expect(await read(street, '/v1/figures')).toEqual({
      from: '2026-03-04',
      to: '2026-04-02',
      counted_through: '2026-04-02',
      items: [march, april, wanhes],
    });
    expect((await read(gexiang, '/v1/figures'))['items']).toEqual([march, april]);
    expect((await read(wanhe, '/v1/figures'))['items']).toEqual([wanhes]);
    expect((await read(street, '/v1/figures?community_id=wanhe'))['items']).toEqual([wanhes]);
    expectProblem(await wanhe.get('/v1/figures?community_id=gexiang'), 'foreign_community');
  });

  it('sums months, of the days that are asked for', async () => {
    const { street } = await openFigures();
    const byMonth = await read(street, '/v1/figures?by=month');
    expect(byMonth).toMatchObject({ from: '2025-05-01', to: '2026-04-02' });
    expect(byMonth['items']).toEqual([
      { ...march, period: '2026-03' },
      { ...april, period: '2026-04' },
      { ...wanhes, period: '2026-04' },
    ]);
    const day = await read(street, '/v1/figures?by=month&from=2026-03-01&to=2026-03-31');
    expect(day['items']).toEqual([{ ...march, period: '2026-03' }]);
  });

  it('has nothing before the first day is closed', async () => {
    const { street } = await openOffices();
    expect(await read(street, '/v1/figures')).toEqual({ from: '2026-02-01', to: '2026-03-02', counted_through: null, items: [] });
  });

  it('takes so many periods and no more, in their order', async () => {
    const { street } = await openOffices();
    const get = async (query: string) => street.get(`/v1/figures?${query}`);
    expectFields(await get('from=2026-03-02&to=2026-03-01'), 'query/to');
    expectFields(await get('from=2025-01-01&to=2026-02-05'), 'query/from');
    expect((await get('from=2025-01-01&to=2026-02-04')).status).toBe(200);
    expectFields(await get('by=month&from=1990-01-01&to=2026-01-01'), 'query/from');
    expect((await get('by=month&from=1990-01-31&to=2023-04-01')).status).toBe(200);
    expectFields(await get('by=week'), 'query/by');
    for (const query of [
      'to=0001-01-05',
      'to=0001-01-05&by=month',
      'from=9999-12-30&to=9999-12-31',
      'from=9999-12-01&to=9999-12-31&by=month',
    ])
      expect((await get(query)).status, query).toBe(200);
  });

  it('is for whoever may read positions', async () => {
    const { till, resident } = await openOffices();
    for (const caller of [till, resident]) expectProblem(await caller.get('/v1/figures'), 'insufficient_scope');
  });
});
