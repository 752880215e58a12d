import { describe, expect, it } from 'vitest';
import { expireLot, grant, reverseGrant, type StatementKey, statementPage, walletOfResident } from '../../src/communities/index.ts';
import { dayOf } from '../../src/ledger/index.ts';
import { cancelVoucher } from '../../src/redeem/index.ts';
import { deedOf } from '../support/deeds.ts';
import { openWorld, type World } from '../support/world.ts';

const walletNow = (world: World) => walletOfResident(world.store, world.residentId, dayOf(world.clock.now));

/** The statement in pages of `limit`, as points and what it was. */
async function statement(world: World, limit: number) {
  const lines: string[] = [];
  let pages = 0;
  for (let after: StatementKey | undefined; ; pages++) {
    const rows = await statementPage(world.store, world.residentId, { limit, after });
    const shown = rows.slice(0, limit);
    lines.push(...shown.map(({ entry, points, communityId }) => `${entry.kind} ${points} ${communityId}`));
    const last = shown.at(-1);
    if (rows.length <= limit) return { lines, pages: pages + 1 };
    after = [last!.entry.id, last!.seq];
  }
}

/** Points of two issuers and two years, a voucher that draws on three lots, and what became of it. */
async function lived(): Promise<World> {
  const world = await openWorld();
  world.clock.now = Date.parse('2026-12-31T10:00:00+08:00');
  await world.grantHours(world.gexiang, world.residentId, 4);
  world.clock.now = Date.parse('2027-01-02T10:00:00+08:00');
  await world.grantHours(world.wanhe, world.residentId, 3);
  await world.grantHours(world.gexiang, world.residentId, 5);
  const mistaken = await world.grantHours(world.gexiang, world.residentId, 2);
  await world.must(reverseGrant, { by: world.gexiang, grantId: mistaken, reason: '登记错误' });
  const voucherId = await world.takeVoucher();
  await world.must(cancelVoucher, { voucherId, by: { residentId: world.residentId }, reason: '不要了' });
  return world;
}

describe('a wallet', () => {
  it('holds its lots, those that expire first before the others, and their sum', async () => {
    expect(await walletNow(await lived())).toEqual({
      points: 120,
      lots: [
        { communityId: 'gexiang', expiresOn: '2027-12-31', points: 40 },
        { communityId: 'gexiang', expiresOn: '2028-12-31', points: 50 },
        { communityId: 'wanhe', expiresOn: '2028-12-31', points: 30 },
      ],
    });
  });

  it('leaves out lots that are empty, and those whose last day is past, whether or not that is booked', async () => {
    const world = await openWorld();
    await world.grantHours(world.wanhe, world.residentId, 10);
    await world.takeVoucher();
    await world.grantHours(world.gexiang, world.residentId, 1);
    world.clock.now = Date.parse('2027-12-31T23:59:59+08:00');
    expect(await walletNow(world)).toMatchObject({ points: 10, lots: [{ communityId: 'gexiang' }] });
    world.clock.advance(1_000);
    expect(await walletNow(world)).toEqual({ points: 0, lots: [] });
  });

  it('of a resident who never earned is empty', async () => {
    expect(await walletNow(await openWorld())).toEqual({ points: 0, lots: [] });
  });
});

describe('a statement', () => {
  const told = [
    'voucher_cancellation 10 wanhe',
    'voucher_cancellation 50 gexiang',
    'voucher_cancellation 40 gexiang',
    'voucher_issue -10 wanhe',
    'voucher_issue -50 gexiang',
    'voucher_issue -40 gexiang',
    'grant_reversal -20 gexiang',
    'grant 20 gexiang',
    'grant 50 gexiang',
    'grant 30 wanhe',
    'grant 40 gexiang',
  ];

  it('tells every movement, newest first, and adds up to the wallet', async () => {
    const world = await lived();
    const rows = await statementPage(world.store, world.residentId, { limit: 100 });
    expect(rows.map(({ entry, points, communityId }) => `${entry.kind} ${points} ${communityId}`).toSorted()).toEqual(told.toSorted());
    const ids = rows.map(({ entry }) => entry.id);
    expect(ids).toEqual(ids.toSorted().toReversed());
    expect(rows.reduce((sum, { points }) => sum + points, 0)).toBe((await walletNow(world)).points);
  });

  it.each([1, 2, 3, 4, 10, 11, 12])('is the same in pages of %i, also where one ends within an entry', async (limit) => {
    const world = await lived();
    const whole = await statement(world, 100);
    const paged = await statement(world, limit);
    expect(paged.lines).toEqual(whole.lines);
    expect(paged.pages).toBe(Math.ceil(told.length / limit));
  });

  it('of a single lot goes on as long as there is more', async () => {
    const world = await openWorld();
    for (const hours of [1, 2, 3, 4]) await world.grantHours(world.gexiang, world.residentId, hours);
    expect(await statement(world, 2)).toEqual({
      lines: [40, 30, 20, 10].map((points) => `grant ${points} gexiang`),
      pages: 2,
    });
  });

  it('says of a grant and of its reversal what it was for, and names what each movement is about', async () => {
    const world = await openWorld();
    const { id: grantId } = await world.must(grant, deedOf(world, { description: '清理河道' }));
    await world.must(reverseGrant, { by: world.gexiang, grantId, reason: '登记错误' });
    await world.grantHours(world.gexiang, world.residentId, 10);
    const voucherId = await world.takeVoucher();
    expect(await statementPage(world.store, world.residentId, { limit: 10 })).toMatchObject([
      { entry: { kind: 'voucher_issue', subject: voucherId }, points: -100, description: null },
      { entry: { kind: 'grant' }, points: 100, description: '社区清洁' },
      { entry: { kind: 'grant_reversal', subject: grantId }, points: -10, description: '清理河道', expiresOn: '2027-12-31' },
      { entry: { kind: 'grant', subject: grantId }, points: 10, description: '清理河道' },
    ]);
  });

  it('tells what expired, and nothing of other residents', async () => {
    const world = await openWorld();
    await world.grantHours(world.gexiang, await world.register('gexiang'), 7);
    await world.grantHours(world.gexiang, world.residentId, 1);
    world.clock.now = Date.parse('2028-01-01T10:00:00+08:00');
    await world.must(expireLot, { residentId: world.residentId, communityId: 'gexiang', expiresOn: '2027-12-31' });
    expect((await statement(world, 10)).lines).toEqual(['lot_expiry -10 gexiang', 'grant 10 gexiang']);
  });
});
