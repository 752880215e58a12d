import { expect, it } from 'vitest';
import { redeem, reverseRedemption } from '../../src/redeem/index.ts';
import { refusedAlone } from '../support/refused-alone.ts';
import { enact } from '../support/two-officers.ts';
import { openWorld, type World } from '../support/world.ts';

const HOUR = 3_600_000;

async function openWithVoucher(): Promise<World & { readonly voucherId: string }> {
  const world = await openWorld();
  await world.grantHours(world.gexiang, world.residentId, 10);
  return { ...world, voucherId: await world.takeVoucher() };
}

function orderAt({ merchantId, storeId, terminalId }: World, codeHash: string, presentedAt: number | null = null) {
  return { merchantId, storeId, terminalId, codeHash, orderNo: 'A-1', orderAmountFen: 100_000, presentedAt };
}

it('a code is good for as long as the policy says', async () => {
  const { voucherId, ...world } = await openWithVoucher();
  await enact(world, 'code_validity', { seconds: 10 });
  const late = await world.showCode(voucherId);
  world.clock.advance(10_001);
  await refusedAlone(world, redeem, orderAt(world, late), 'code_expired');
  const codeHash = await world.showCode(voucherId);
  world.clock.advance(9_999);
  await world.must(redeem, orderAt(world, codeHash));
});

it('a redemption that was stored is taken for as long as the policy says', async () => {
  const { voucherId, ...world } = await openWithVoucher();
  await enact(world, 'offline_window', { hours: 2 });
  const codeHash = await world.showCode(voucherId);
  const shownAt = world.clock.now;
  world.clock.advance(2 * HOUR + 1);
  const details = await refusedAlone(world, redeem, orderAt(world, codeHash, shownAt), 'presented_at_out_of_range');
  expect(details).toMatchObject({ earliest_at: shownAt + 1 });
  world.clock.advance(-1);
  await world.must(redeem, orderAt(world, codeHash, shownAt));
});

it('a voucher is redeemed as often as the policy says', async () => {
  const { voucherId, ...world } = await openWithVoucher();
  await enact(world, 'redemption_cycles', { max: 1 });
  const { id: redemptionId } = await world.redeemVoucher(voucherId);
  await world.must(reverseRedemption, { merchantId: world.merchantId, storeId: null, redemptionId, reason: '退货' });
  await refusedAlone(world, redeem, orderAt(world, await world.showCode(voucherId)), 'voucher_cycles_exhausted');
});
