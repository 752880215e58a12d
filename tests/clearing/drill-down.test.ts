import { expect, it } from 'vitest';
import { grantsBehind, pairLines } from '../../src/clearing/index.ts';
import { plansOf } from '../support/plans.ts';
import { openWorld } from '../support/world.ts';

it('a page of what is behind a position is read by indexes, however much there is', async () => {
  const world = await openWorld();
  await world.grantHours(world.gexiang, world.residentId, 10);
  const { id } = await world.redeemVoucher(await world.takeVoucher());
  const pair = { issuer: 'gexiang', acquirer: 'wanhe', day: '2026-03-02' };
  const none = '0'.repeat(32);
  const plans = await plansOf(world, async () => {
    expect(await pairLines(world.store, pair, { limit: 1 })).toHaveLength(1);
    expect(await pairLines(world.store, pair, { limit: 1, after: ['reversal', `sto_${none}`, `rev_${none}`] })).toHaveLength(1);
    expect(await grantsBehind(world.store, id, 'gexiang', { limit: 1 })).toHaveLength(1);
    expect(await grantsBehind(world.store, id, 'gexiang', { limit: 1, after: `grt_${none}` })).toHaveLength(1);
  });
  expect(plans.length).toBeGreaterThan(15);
  // Communities are few, and read whole.
  for (const { statement, scans, sorts } of plans.filter((plan) => !/ from "community"/.test(plan.statement))) {
    expect(scans, statement).toEqual([]);
    expect(sorts, statement).toBe(false);
  }
});
