import { describe, expect, it } from 'vitest';
import { normalBalance } from '../../src/ledger/index.ts';
import { reverseRedemption, voidRedemption } from '../../src/redeem/index.ts';
import { SYSTEM_CLIENT } from '../../src/ledger/index.ts';
import { balancesOf } from '../support/balances.ts';
import { openWorld, type World } from '../support/world.ts';

/** Every account's balance as it stands on its normal side, without zeros. */
async function balances({ store }: World): Promise<Record<string, number>> {
  const shown = (await balancesOf(store)).filter(({ balance }) => balance !== 0);
  return Object.fromEntries(shown.map(({ path, kind, balance }) => [path, normalBalance(kind as 'wallet', balance)]));
}

describe('a voucher of another community', () => {
  it('takes ten yuan off, and the community that granted its points owes the one whose shop honoured it', async () => {
    const world = await openWorld();
    await world.grantHours(world.gexiang, world.residentId, 12);
    const voucher = await world.takeVoucher();
    const redemption = await world.redeemVoucher(voucher);

    expect(redemption).toMatchObject({ points: 100, discount_fen: 1_000, business_day: '2026-03-02' });
    expect(await balances(world)).toEqual({
      'issued:gexiang': 120,
      [`wallet:gexiang:${world.residentId}:2027-12-31`]: 20,
      'redeemed:gexiang': 100,
      'cost:gexiang': 1_000,
      'due-to:gexiang:wanhe:2026-03-02': 1_000,
      'due-from:wanhe:gexiang:2026-03-02': 1_000,
      [`payable:wanhe:${world.merchantId}:2026-03-02`]: 1_000,
    });
  });

  it('from two issuers splits its cost between them', async () => {
    const world = await openWorld();
    await world.grantHours(world.gexiang, world.residentId, 6);
    await world.grantHours(world.wanhe, world.residentId, 4);
    await world.redeemVoucher(await world.takeVoucher());

    expect(await balances(world)).toMatchObject({
      'redeemed:gexiang': 60,
      'redeemed:wanhe': 40,
      'cost:gexiang': 600,
      'cost:wanhe': 400,
      'due-to:gexiang:wanhe:2026-03-02': 600,
      [`payable:wanhe:${world.merchantId}:2026-03-02`]: 1_000,
    });
  });

  it('is good again once its redemption is reversed, and nobody owes anybody', async () => {
    const world = await openWorld();
    await world.grantHours(world.gexiang, world.residentId, 10);
    const voucher = await world.takeVoucher();
    const { id } = await world.redeemVoucher(voucher);
    await world.must(reverseRedemption, { merchantId: world.merchantId, storeId: null, redemptionId: id, reason: '顾客退货' });

    expect(await balances(world)).toEqual({ 'issued:gexiang': 100, 'escrow:gexiang': 100 });
    await world.redeemVoucher(voucher);
    expect(await balances(world)).toMatchObject({ 'cost:gexiang': 1_000 });
  });

  it('is reversed by a void of its request, whose late duplicate is then refused', async () => {
    const world = await openWorld();
    await world.grantHours(world.gexiang, world.residentId, 10);
    const { request_no: requestNo } = await world.redeemVoucher(await world.takeVoucher());
    const reply = await world.must(voidRedemption, { client: SYSTEM_CLIENT, requestNo, reason: '收银机没有收到答复' });

    expect(reply).toMatchObject({ reversed: true });
    expect(await balances(world)).toEqual({ 'issued:gexiang': 100, 'escrow:gexiang': 100 });
  });
});
