import { describe, expect, it } from 'vitest';
import { audit } from '../../src/cli/audit.ts';
import { addStore } from '../../src/communities/index.ts';
import { addOffer, closeDayOver, issueVoucher, redeem, type RedeemInput, reverseRedemption } from '../../src/redeem/index.ts';
import { refusedAlone } from '../support/refused-alone.ts';
import { all } from '../support/stores.ts';
import { enact } from '../support/two-officers.ts';
import { openWorld, street, type World } from '../support/world.ts';

const at = (time: string) => Date.parse(`2026-${time}+08:00`);

async function openShop(): Promise<World> {
  const world = await openWorld();
  await world.grantHours(world.gexiang, world.residentId, 100);
  return world;
}

/** An attempt with a fresh voucher; an order of 15 yuan has room for one. */
async function attempt(world: World, orderNo: string, more: Partial<RedeemInput> = {}): Promise<RedeemInput> {
  const { merchantId, storeId, terminalId } = world;
  const codeHash = await world.showCode(await world.takeVoucher());
  return { merchantId, storeId, terminalId, orderNo, orderAmountFen: 1_500, presentedAt: null, codeHash, ...more };
}

const taken = async (world: World, orderNo: string, more?: Partial<RedeemInput>) => world.must(redeem, await attempt(world, orderNo, more));
const full = async (world: World, orderNo: string, more?: Partial<RedeemInput>) =>
  refusedAlone(world, redeem, await attempt(world, orderNo, more), 'order_amount_exceeded');
const undone = (world: World, redemptionId: string) =>
  world.must(reverseRedemption, { merchantId: world.merchantId, storeId: null, redemptionId, reason: '顾客退货' });

describe('an order', () => {
  it.each([
    ['A-1', ['a-1', '\uFF21-1', 'A\u200B-1', 'A\u20111', ' A-1']],
    ['a-1', ['A-1', '\uFF41\uFF0D\uFF11']],
    ['单1', ['单\uFF11', '单\u200B1']],
  ])('%s is one order in every spelling', async (orderNo, spellings) => {
    const world = await openShop();
    expect(await taken(world, orderNo)).toMatchObject({ order_no: orderNo });
    for (const spelling of spellings) expect(await full(world, spelling)).toMatchObject({ used_fen: 1_000 });
    await taken(world, `${orderNo}0`);
    expect((await audit(world.store)).ok).toBe(true);
  });

  it('has its day from four in the morning to four in the morning of Shanghai', async () => {
    const world = await openShop();
    world.clock.now = at('03-02T23:50');
    await taken(world, '17');
    world.clock.now = at('03-03T03:59:59');
    await full(world, '17');
    world.clock.now = at('03-03T04:00');
    await taken(world, '17');
    world.clock.now = at('03-03T23:59');
    await full(world, '17');
  });

  it('is of the day on which the code was shown, however late it is forwarded', async () => {
    const world = await openShop();
    world.clock.now = at('03-03T03:30');
    const night = world.clock.now;
    const late = await attempt(world, '17', { presentedAt: night });
    const online = await taken(world, '17');
    const other = await attempt(world, '18', { presentedAt: night });
    world.clock.now = at('03-03T09:00');
    expect(await refusedAlone(world, redeem, late, 'order_amount_exceeded')).toMatchObject({
      used_fen: 1_000,
      last_redeemed_at: online.redeemed_at,
    });
    await world.must(redeem, other);
    await taken(world, '18');
  });

  it('of another store is another order', async () => {
    const world = await openShop();
    await taken(world, '17');
    const { id: storeId } = await world.must(addStore, { by: world.wanhe, merchantId: world.merchantId, name: '二店' });
    await taken(world, '17', { storeId, terminalId: null });
    const [row] = await all(world.store, 'redemption');
    expect(row!.orderKey).toMatch(/^20260302[0-9a-f]{24}$/);
  });

  it('keeps its key with the redemption, and a reversal gives back what was counted under it', async () => {
    const world = await openShop();
    const { id } = await taken(world, 'a-1');
    await full(world, 'A-1');
    await undone(world, id);
    await taken(world, 'A-1');
    const keys = (await all(world.store, 'redemption')).map(({ orderKey }) => orderKey);
    expect(new Set(keys).size).toBe(1);
    expect((await all(world.store, 'limitUse')).find(({ id: key }) => key === keys[0])).toMatchObject({ used: 1_000 });
  });

  it('that names no amount is not counted: its redemption keeps no key, and its reversal gives nothing back', async () => {
    const world = await openShop();
    await refusedAlone(world, redeem, await attempt(world, '17', { orderAmountFen: null }), 'order_amount_required');
    const { merchantId, storeId, terminalId, residentId } = world;
    const coffee = { by: street, kind: 'item', title: '咖啡', points: 150, merchantId, settlementFen: 700 } as const;
    const { id: offerId } = await world.must(addOffer, coffee);
    const { id: voucherId } = await world.must(issueVoucher, { residentId, offerId, quantity: 1, by: null });
    const till = { merchantId, storeId, terminalId, orderNo: '17', orderAmountFen: null, presentedAt: null };
    const before = await all(world.store, 'limitUse');
    const { id } = await world.must(redeem, { ...till, codeHash: await world.showCode(voucherId) });
    expect(await all(world.store, 'redemption')).toMatchObject([{ id, orderKey: null }]);
    await undone(world, id);
    expect(await all(world.store, 'limitUse')).toEqual(before);
    await taken(world, '17');
  });
});

describe('the refusal of one voucher too many', () => {
  it('names the redemptions that stand on the order, and when they were made', async () => {
    const world = await openShop();
    const more = { orderAmountFen: 3_500 };
    const gone = await taken(world, 'A-1', more);
    await undone(world, gone.id);
    world.clock.now = at('03-02T11:00');
    const first = await taken(world, 'A-1', more);
    world.clock.now = at('03-02T23:00');
    const second = await taken(world, 'a-1', more);
    world.clock.now = at('03-03T01:00');
    const third = await taken(world, 'A-1', more);
    expect(await full(world, 'A-1', more)).toEqual({
      order_amount_fen: 3_500,
      used_fen: 3_000,
      face_fen: 1_000,
      redemptions: 3,
      redemption_ids: [first.id, second.id, third.id],
      first_redeemed_at: first.redeemed_at,
      last_redeemed_at: third.redeemed_at,
    });
  });

  it('names those of the same moment, and those of a day that is closed early', async () => {
    const world = await openShop();
    const inputs = [await attempt(world, 'A-1'), await attempt(world, 'a-1')];
    const [made, refused] = await Promise.all(inputs.map((input) => world.run(redeem, input)));
    expect(refused).toMatchObject({ details: { redemption_ids: [(made as { reply: { id: string } }).reply.id] } });
    await enact(world, 'cut_off', { hour: 20 });
    world.clock.now = at('03-02T21:00');
    await closeDayOver({ view: world.store, engine: world.engine, clock: () => world.clock.now });
    const evening = await taken(world, 'B-1');
    expect(evening.business_day).toBe('2026-03-03');
    expect(await full(world, 'b-1')).toMatchObject({ redemptions: 1, redemption_ids: [evening.id] });
  });

  it('names nothing on an order that has nothing, and at most ten', async () => {
    const world = await openShop();
    const input = await attempt(world, 'A-1', { orderAmountFen: 999 });
    expect(await refusedAlone(world, redeem, input, 'order_amount_exceeded')).toEqual({
      order_amount_fen: 999,
      used_fen: 0,
      face_fen: 1_000,
    });
    await world.grantHours(world.gexiang, world.residentId, 200);
    for (let n = 0; n < 11; n++) await taken(world, 'C-1', { orderAmountFen: 11_000 });
    const details = await full(world, 'C-1', { orderAmountFen: 11_000 });
    expect(details).toMatchObject({ redemptions: 11, used_fen: 11_000 });
    expect(details['redemption_ids']).toHaveLength(10);
  });
});
