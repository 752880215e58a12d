import { describe, expect, it } from 'vitest';
import { expireLot, grant, reverseGrant } from '../../src/communities/index.ts';
import { reverseRedemption } from '../../src/redeem/index.ts';
import { deedOf } from '../support/deeds.ts';
import { refusedAlone } from '../support/refused-alone.ts';
import { enact } from '../support/two-officers.ts';
import { openWorld, type World } from '../support/world.ts';

/** A world in which a community may have 200 points in wallets and vouchers, and Wanhe 30. */
async function limited(): Promise<World> {
  const world = await openWorld();
  await enact(world, 'exposure_limit', { points: 200, communities: { wanhe: 30 } });
  return world;
}

const beyond = (world: World, hours: number) => refusedAlone(world, grant, deedOf(world, { quantity: hours }), 'exposure_limit_exceeded');

describe('the exposure limit', () => {
  it('bounds what a community has in wallets and vouchers', async () => {
    const world = await limited();
    await world.grantHours(world.gexiang, world.residentId, 15);
    expect(await beyond(world, 6)).toEqual({ requested: 60, available: 50 });
    await world.takeVoucher();
    expect(await beyond(world, 6)).toEqual({ requested: 60, available: 50 });
    await world.grantHours(world.gexiang, world.residentId, 5);
    expect(await beyond(world, 1)).toEqual({ requested: 10, available: 0 });
  });

  it('may be another for one community', async () => {
    const world = await limited();
    await world.grantHours(world.wanhe, world.residentId, 3);
    const deed = deedOf(world, { by: world.wanhe, ruleId: world.wanheRuleId });
    expect(await refusedAlone(world, grant, deed, 'exposure_limit_exceeded')).toEqual({ requested: 10, available: 0 });
  });

  it('is freed by a redemption, and taken again by its reversal', async () => {
    const world = await limited();
    await world.grantHours(world.gexiang, world.residentId, 20);
    const { id } = await world.redeemVoucher(await world.takeVoucher());
    await world.grantHours(world.gexiang, world.residentId, 10);
    expect(await beyond(world, 1)).toEqual({ requested: 10, available: 0 });
    await world.must(reverseRedemption, { merchantId: world.merchantId, storeId: null, redemptionId: id, reason: '顾客退货' });
    expect(await beyond(world, 1)).toEqual({ requested: 10, available: 0 });
  });

  it('is freed by the expiry of a lot', async () => {
    const world = await limited();
    await world.grantHours(world.gexiang, world.residentId, 20);
    world.clock.now = Date.parse('2028-01-01T10:00:00+08:00');
    expect(await beyond(world, 1)).toEqual({ requested: 10, available: 0 });
    await world.must(expireLot, { residentId: world.residentId, communityId: 'gexiang', expiresOn: '2027-12-31' });
    await world.grantHours(world.gexiang, world.residentId, 20);
    expect(await beyond(world, 1)).toEqual({ requested: 10, available: 0 });
  });

  it('is freed by the reversal of a grant', async () => {
    const world = await limited();
    const mistaken = await world.grantHours(world.gexiang, world.residentId, 20);
    await world.must(reverseGrant, { by: world.gexiang, grantId: mistaken, reason: '登记错误' });
    await world.grantHours(world.gexiang, world.residentId, 20);
  });

  it('holds though many grants arrive together', async () => {
    const world = await limited();
    const outcomes = await Promise.all(Array.from({ length: 30 }, () => world.run(grant, deedOf(world))));
    expect(outcomes.filter((outcome) => 'reply' in outcome)).toHaveLength(20);
  });
});
