import { describe, expect, it } from 'vitest';
import { audit } from '../../src/cli/audit.ts';
import { closeDayOver, reconciliation, redeem, type RedeemInput, reverseRedemption, voucherById } from '../../src/redeem/index.ts';
import { balancesOf } from '../support/balances.ts';
import { openScheme, type Scheme } from '../support/scheme.ts';
import { enact } from '../support/two-officers.ts';
import { openWorld, type World } from '../support/world.ts';

/** A world whose business days are over at eight in the evening; it is Monday 2026-03-02, ten in the morning. */
async function evening(): Promise<World> {
  const world = await openWorld();
  await enact(world, 'cut_off', { hour: 20 });
  await world.grantHours(world.gexiang, world.residentId, 50);
  return world;
}

function close({ store, engine, clock }: Scheme): Promise<string | undefined> {
  return closeDayOver({ view: store, engine, clock: () => clock.now });
}

function goTo({ clock }: Scheme, time: string): void {
  clock.now = Date.parse(`2026-${time}+08:00`);
}

const reverse = (world: World, redemptionId: string) =>
  world.must(reverseRedemption, { merchantId: world.merchantId, storeId: null, redemptionId, reason: '顾客退货' });

async function linesOf({ store, merchantId }: World, day: string) {
  const { closed, lines } = await reconciliation(store, { merchantId }, day);
  return { closed, lines: lines.map(({ kind, fen }) => [kind, fen]) };
}

describe('a cut-off before midnight', () => {
  it('closes the day at its hour; what comes later is of the next business day, and midnight changes nothing', async () => {
    const world = await evening();
    goTo(world, '03-02T19:30');
    const early = await world.redeemVoucher(await world.takeVoucher());
    goTo(world, '03-02T19:59');
    expect(await close(world)).toBe('2026-03-01');
    goTo(world, '03-02T20:00');
    expect(await close(world)).toBe('2026-03-02');
    const monday = await linesOf(world, '2026-03-02');

    goTo(world, '03-02T20:30');
    const late = await world.redeemVoucher(await world.takeVoucher());
    goTo(world, '03-02T20:40');
    const undone = [await reverse(world, early.id), await reverse(world, late.id)];
    goTo(world, '03-03T00:05');
    expect(await close(world)).toBeUndefined();
    const next = await world.redeemVoucher(await world.takeVoucher());
    expect([early, late, ...undone, next].map(({ business_day: day }) => day.slice(8))).toEqual(['02', '03', '03', '03', '03']);

    goTo(world, '03-03T19:59');
    expect(await close(world)).toBeUndefined();
    goTo(world, '03-03T20:01');
    expect(await close(world)).toBe('2026-03-03');
    expect((await reverse(world, next.id)).business_day).toBe('2026-03-04');

    expect(await linesOf(world, '2026-03-02')).toEqual(monday);
    expect(monday).toEqual({ closed: true, lines: [['redemption', 1_000]] });
    const tuesday = [
      ['redemption', 1_000],
      ['reversal', -1_000],
      ['reversal', -1_000],
      ['redemption', 1_000],
    ];
    expect(await linesOf(world, '2026-03-03')).toEqual({ closed: true, lines: tuesday });
    expect(await linesOf(world, '2026-03-04')).toEqual({ closed: false, lines: [['reversal', -1_000]] });
    const due = (await balancesOf(world.store)).filter(({ kind }) => kind === 'due-to');
    expect(due.map(({ path, balance }) => [path.slice(-2), balance])).toEqual([
      ['02', -1_000],
      ['03', 0],
      ['04', 1_000],
    ]);
    expect((await audit(world.store)).ok).toBe(true);
  });

  it('leaves alone what goes by the date: the last day of a voucher, and the amount of an order', async () => {
    const world = await evening();
    const [voucher, other] = [await world.takeVoucher(), await world.takeVoucher()];
    const { validUntil } = (await voucherById(world.store, voucher))!;
    // Half past eight on its last day.
    world.clock.now = validUntil - 3.5 * 3_600_000;
    expect(await close(world)).toBe('2026-05-31');
    expect((await world.redeemVoucher(voucher, 'A-1')).business_day).toBe('2026-06-01');
    const till = { merchantId: world.merchantId, storeId: world.storeId, terminalId: null, presentedAt: null };
    const more: RedeemInput = { ...till, orderNo: 'A-1', orderAmountFen: 1_999, codeHash: await world.showCode(other) };
    await world.refused(redeem, more, 'order_amount_exceeded');
    world.clock.now = validUntil;
    await world.refused(redeem, { ...more, orderNo: 'A-2' }, 'code_expired');
    expect((await audit(world.store)).ok).toBe(true);
  });

  it('may be set anew: a day that was closed stays closed', async () => {
    const world = await evening();
    goTo(world, '03-02T20:00');
    expect(await close(world)).toBe('2026-03-02');
    await enact(world, 'cut_off', { hour: 24 });
    goTo(world, '03-02T23:59');
    expect(await close(world)).toBeUndefined();
    goTo(world, '03-03T23:59');
    expect(await close(world)).toBeUndefined();
    goTo(world, '03-04T00:00');
    expect(await close(world)).toBe('2026-03-03');
  });
});

it('before a scheme is founded its days are over at midnight', async () => {
  const scheme = await openScheme();
  expect(await close(scheme)).toBe('2026-03-01');
  goTo(scheme, '03-02T23:59');
  expect(await close(scheme)).toBeUndefined();
});
