import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audit } from '../../src/cli/audit.ts';
import { contribute } from '../../src/clearing/index.ts';
import { expireLot, grant, limitOf, reverseGrant } from '../../src/communities/index.ts';
import { type IssuerFigures, limitFrom, type LimitRules } from '../../src/communities/effective-limit.ts';
import { addOffer, issueVoucher, reverseRedemption } from '../../src/redeem/index.ts';
import { deedOf } from '../support/deeds.ts';
import { refusedAlone } from '../support/refused-alone.ts';
import { enact } from '../support/two-officers.ts';
import { openWorld, street, type World } from '../support/world.ts';

let references = 0;

async function contributed(world: World, fen: number): Promise<void> {
  await world.must(contribute, { by: street, communityId: 'gexiang', fen, bankReference: `B-${++references}` });
}

/** A world in which the fund of Gexiang pays for 200 points. */
async function funded(): Promise<World> {
  const world = await openWorld();
  await contributed(world, 2_000);
  return world;
}

const hours = (world: World, quantity: number) => world.grantHours(world.gexiang, world.residentId, quantity);
const beyond = (world: World, quantity: number) => refusedAlone(world, grant, deedOf(world, { quantity }), 'fund_exceeded');
const limitNow = ({ store, clock }: World) => limitOf(store, 'gexiang', clock.now);

describe('the fund of a community', () => {
  it('pays for what it grants: points and vouchers count at the rate', async () => {
    const world = await funded();
    await hours(world, 15);
    expect(await beyond(world, 6)).toEqual({ requested: 60, available: 50, fund_fen: 2_000, cost_fen: 0, open_fen: 1_500 });
    await world.takeVoucher();
    expect(await beyond(world, 6)).toMatchObject({ available: 50, open_fen: 1_500 });
    await hours(world, 5);
    expect(await beyond(world, 1)).toEqual({ requested: 10, available: 0, fund_fen: 2_000, cost_fen: 0, open_fen: 2_000 });
    expect((await audit(world.store)).ok).toBe(true);
  });

  it('is never spent twice: what a redemption has cost stays spent', async () => {
    const world = await funded();
    await hours(world, 20);
    const { id } = await world.redeemVoucher(await world.takeVoucher());
    expect(await beyond(world, 1)).toEqual({ requested: 10, available: 0, fund_fen: 2_000, cost_fen: 1_000, open_fen: 1_000 });
    await world.redeemVoucher(await world.takeVoucher());
    expect(await beyond(world, 1)).toMatchObject({ available: 0, cost_fen: 2_000, open_fen: 0 });
    await world.must(reverseRedemption, { merchantId: world.merchantId, storeId: null, redemptionId: id, reason: '顾客退货' });
    expect(await beyond(world, 1)).toMatchObject({ available: 0, cost_fen: 1_000, open_fen: 1_000 });
    await contributed(world, 500);
    await hours(world, 5);
    expect(await beyond(world, 1)).toMatchObject({ available: 0, fund_fen: 2_500, cost_fen: 1_000, open_fen: 1_500 });
    expect((await audit(world.store)).ok).toBe(true);
  });

  it('is freed by what expires, by a grant that is reversed, and by what a voucher cost less than its points', async () => {
    const world = await funded();
    const mistaken = await hours(world, 20);
    await world.must(reverseGrant, { by: world.gexiang, grantId: mistaken, reason: '登记错误' });
    await hours(world, 20);
    const item = { by: street, kind: 'item', title: '咖啡', points: 150, merchantId: world.merchantId, settlementFen: 900 } as const;
    const { id: offerId } = await world.must(addOffer, item);
    const { id: coffee } = await world.must(issueVoucher, { residentId: world.residentId, offerId, quantity: 1, by: null });
    await world.redeemVoucher(coffee);
    expect(await beyond(world, 7)).toEqual({ requested: 70, available: 60, fund_fen: 2_000, cost_fen: 900, open_fen: 500 });
    world.clock.now = Date.parse('2028-01-01T10:00:00+08:00');
    await world.must(expireLot, { residentId: world.residentId, communityId: 'gexiang', expiresOn: '2027-12-31' });
    expect(await beyond(world, 12)).toMatchObject({ available: 110, open_fen: 0 });
    await hours(world, 11);
  });

  it('binds nobody who has none, until the street office requires one', async () => {
    const world = await openWorld();
    await hours(world, 20);
    expect(await limitNow(world)).toMatchObject({ fund: null, binding: 'exposure', usedPercent: 0, warnPercent: null });
    await enact(world, 'fund', { required: true, warn_percents: [70, 90] });
    expect(await beyond(world, 1)).toEqual({ requested: 10, available: 0, fund_fen: 0, cost_fen: 0, open_fen: 2_000 });
    expect(await limitNow(world)).toMatchObject({ fund: { required: true, paysForPoints: 0 }, usedPercent: 100, warnPercent: 90 });
    await contributed(world, 2_100);
    await hours(world, 1);
  });

  it('and the exposure limit both hold: the lower one decides', async () => {
    const world = await funded();
    await enact(world, 'exposure_limit', { points: 50, communities: {} });
    const deed = deedOf(world, { quantity: 6 });
    expect(await refusedAlone(world, grant, deed, 'exposure_limit_exceeded')).toEqual({ requested: 60, available: 50 });
    expect(await limitNow(world)).toMatchObject({ binding: 'exposure', limitPoints: 50, fund: { paysForPoints: 200 } });
    await enact(world, 'exposure_limit', { points: 5_000, communities: {} });
    expect(await limitNow(world)).toMatchObject({ binding: 'fund', limitPoints: 200, exposure: { limitPoints: 5_000 } });
  });

  it('counts at the rate of the moment, and never a fen too little', async () => {
    const world = await funded();
    await enact(world, 'rate', { points: 7, fen: 13 });
    // 2,000 fen are 1,076 points and 12/13.
    await hours(world, 107);
    expect(await beyond(world, 1)).toEqual({ requested: 10, available: 6, fund_fen: 2_000, cost_fen: 0, open_fen: 1_988 });
    await enact(world, 'rate', { points: 100, fen: 1_000 });
    expect(await beyond(world, 1)).toMatchObject({ available: 0, open_fen: 10_700 });
  });

  it('holds though many grants arrive together', async () => {
    const world = await funded();
    const outcomes = await Promise.all(Array.from({ length: 30 }, () => world.run(grant, deedOf(world))));
    expect(outcomes.filter((outcome) => 'reply' in outcome)).toHaveLength(20);
  });

  it('warns from 70 and from 90 percent on of all that was contributed, whether spent or promised', async () => {
    const world = await funded();
    const warned = async () => {
      const { usedPercent, warnPercent } = await limitNow(world);
      return [usedPercent, warnPercent];
    };
    await hours(world, 13);
    expect(await warned()).toEqual([65, null]);
    await hours(world, 1);
    expect(await warned()).toEqual([70, 70]);
    await world.redeemVoucher(await world.takeVoucher());
    expect(await warned()).toEqual([70, 70]);
    await hours(world, 4);
    expect(await warned()).toEqual([90, 90]);
    await contributed(world, 2_000);
    expect(await warned()).toEqual([45, null]);
    await enact(world, 'fund', { required: false, warn_percents: [40, 95] });
    expect(await warned()).toEqual([45, 40]);
  });
});

const upTo = (max: number) => fc.nat({ max });
const rulesAt = (rate: LimitRules['rate']) => ({ exposurePoints: 1_000_000_000_000, rate, fund: { required: true, warn_percents: [70] } });

it('whatever the figures and the rate, what may still be granted is worth no more than the fund has left, and a point more would be', () => {
  const figures = fc.record<IssuerFigures>({
    grantedPoints: upTo(100_000),
    gonePoints: fc.constant(0),
    fundFen: upTo(10_000_000),
    costFen: upTo(5_000_000),
  });
  const rates = fc.record({ points: fc.integer({ min: 1, max: 1_000 }), fen: fc.integer({ min: 1, max: 10_000 }) });
  fc.assert(
    fc.property(figures, rates, (of, rate) => {
      const { availablePoints, openPoints, openFen } = limitFrom(of, rulesAt(rate));
      const worth = (points: number) => Math.ceil((points * rate.fen) / rate.points);
      expect(openFen).toBe(worth(openPoints));
      if (availablePoints > 0) expect(worth(openPoints + availablePoints) + of.costFen).toBeLessThanOrEqual(of.fundFen);
      expect(worth(openPoints + availablePoints + 1) + of.costFen).toBeGreaterThan(of.fundFen);
    }),
  );
});
