/** The clock stands at 2026-03-02 10:00 in Shanghai; 万和超市 is a merchant of Wanhe. */
import { describe, expect, it } from 'vitest';
import { audit } from '../../src/cli/audit.ts';
import { addActionRule, addCommunity, grant } from '../../src/communities/index.ts';
import { closeDay, SYSTEM_CLIENT } from '../../src/ledger/index.ts';
import { cancelVoucher, reverseRedemption, voidRedemption } from '../../src/redeem/index.ts';
import { balancesOf } from '../support/balances.ts';
import { deedOf } from '../support/deeds.ts';
import { entriesAfter, journalLines } from '../support/journal.ts';
import { officerOf, succeed } from '../support/two-officers.ts';
import { hourlyRule, openWorld, type World } from '../support/world.ts';

/** The small world with further communities, which have granted nothing and have no merchant. */
async function openWith(...communities: string[]): Promise<World> {
  const world = await openWorld();
  for (const id of communities) await world.must(addCommunity, { id, name: '太炎社区', code: null });
  return world;
}

/** A voucher of 60 points of Gexiang and 40 of Wanhe. */
async function voucherOfBoth(world: World): Promise<string> {
  await world.grantHours(world.gexiang, world.residentId, 6);
  await world.grantHours(world.wanhe, world.residentId, 4);
  return world.takeVoucher();
}

function goTo({ clock }: World, day: string): void {
  clock.now = Date.parse(`${day}T10:00:00+08:00`);
}

/** What some work posts, in the notation of the trade. */
async function posted(world: World, work: () => Promise<unknown>): Promise<string[]> {
  const before = (await entriesAfter(world.store, undefined)).at(-1)?.id;
  await work();
  const entries = await entriesAfter(world.store, before);
  return entries.flatMap(({ postings }) => journalLines(postings)).map((line) => line.replaceAll(world.merchantId, '万和超市'));
}

async function expectSound({ store }: World): Promise<void> {
  expect((await audit(store)).checks.filter(({ finding }) => 'broken' in finding)).toEqual([]);
}

/** Redeems on a day, and gives what was posted as fen: the points are the issuers' whoever has succeeded them. */
async function moneyOn(world: World, day: string, voucherId: string): Promise<string[]> {
  goTo(world, day);
  const lines = await posted(world, () => world.redeemVoucher(voucherId));
  const spent = lines.filter((line) => line.endsWith('point'));
  expect(spent).toEqual(['dr escrow:gexiang 60   cr redeemed:gexiang 60   point', 'dr escrow:wanhe 40   cr redeemed:wanhe 40   point']);
  return lines.filter((line) => line.endsWith('fen'));
}

describe('the fen of a redemption', () => {
  it('are the old community’s to the last day before, and its successor’s from the day on', async () => {
    const world = await openWith('taiyan');
    await succeed(world, 'gexiang', 'taiyan', '2026-03-04');
    expect(await moneyOn(world, '2026-03-03', await voucherOfBoth(world))).toEqual([
      'dr cost:gexiang 600   cr due-to:gexiang:wanhe:2026-03-03 600   fen',
      'dr due-from:wanhe:gexiang:2026-03-03 600  dr cost:wanhe 400   cr payable:wanhe:万和超市:2026-03-03 1000   fen',
    ]);
    expect(await moneyOn(world, '2026-03-04', await voucherOfBoth(world))).toEqual([
      'dr cost:taiyan 600   cr due-to:taiyan:wanhe:2026-03-04 600   fen',
      'dr due-from:wanhe:taiyan:2026-03-04 600  dr cost:wanhe 400   cr payable:wanhe:万和超市:2026-03-04 1000   fen',
    ]);
    await expectSound(world);
  });

  it('go by the business day of the redemption, which may lie ahead of the clock', async () => {
    const world = await openWith('taiyan');
    await succeed(world, 'gexiang', 'taiyan', '2026-03-03');
    const voucher = await voucherOfBoth(world);
    await world.must(closeDay, { day: '2026-03-02', cutOffHour: 8 });
    expect(await moneyOn(world, '2026-03-02', voucher)).toContain('dr cost:taiyan 600   cr due-to:taiyan:wanhe:2026-03-03 600   fen');
    await expectSound(world);
  });

  it('follow one successor after another, each from its own day', async () => {
    const world = await openWith('taiyan', 'cangqian', 'yuhang');
    await succeed(world, 'cangqian', 'yuhang', '2026-03-03');
    await succeed(world, 'taiyan', 'cangqian', '2026-03-05');
    await succeed(world, 'gexiang', 'taiyan', '2026-03-04');
    const days = ['2026-03-03', '2026-03-04', '2026-03-05'];
    const vouchers = [await voucherOfBoth(world), await voucherOfBoth(world), await voucherOfBoth(world)];
    const bearers: string[] = [];
    for (const [n, day] of days.entries()) {
      const [cost] = await moneyOn(world, day, vouchers[n]!);
      bearers.push(/^dr cost:(\w+) 600 /.exec(cost!)![1]!);
    }
    expect(bearers).toEqual(['gexiang', 'taiyan', 'yuhang']);
    await expectSound(world);
  });

  it('of two issuers that are merged into one are one debt', async () => {
    const world = await openWith('taiyan', 'yuhang');
    const by = await officerOf(world, 'yuhang');
    const rule = await world.must(addActionRule, { by, communityId: 'yuhang', class: 'volunteer', terms: hourlyRule });
    await world.grantHours(world.gexiang, world.residentId, 6);
    await world.must(grant, deedOf(world, { by, ruleId: rule.id, quantity: 4 }));
    const voucher = await world.takeVoucher();
    for (const old of ['gexiang', 'yuhang']) await succeed(world, old, 'taiyan', '2026-03-03');
    goTo(world, '2026-03-03');
    expect(await posted(world, () => world.redeemVoucher(voucher))).toEqual([
      'dr escrow:gexiang 60   cr redeemed:gexiang 60   point',
      'dr cost:taiyan 1000   cr due-to:taiyan:wanhe:2026-03-03 1000   fen',
      'dr due-from:wanhe:taiyan:2026-03-03 1000   cr payable:wanhe:万和超市:2026-03-03 1000   fen',
      'dr escrow:yuhang 40   cr redeemed:yuhang 40   point',
    ]);
    await expectSound(world);
  });

  it('are owed by nobody to anybody where the acquirer is the successor', async () => {
    const world = await openWorld();
    await succeed(world, 'gexiang', 'wanhe', '2026-03-03');
    expect(await moneyOn(world, '2026-03-03', await voucherOfBoth(world))).toEqual([
      'dr cost:wanhe 1000   cr payable:wanhe:万和超市:2026-03-03 1000   fen',
    ]);
    await expectSound(world);
  });

  it('are paid to the merchants of the old community by its successor, which is owed them', async () => {
    const world = await openWith('taiyan');
    await succeed(world, 'wanhe', 'taiyan', '2026-03-03');
    expect(await moneyOn(world, '2026-03-03', await voucherOfBoth(world))).toEqual([
      'dr cost:gexiang 600   cr due-to:gexiang:taiyan:2026-03-03 600   fen',
      'dr due-from:taiyan:gexiang:2026-03-03 600  dr cost:taiyan 400   cr payable:taiyan:万和超市:2026-03-03 1000   fen',
    ]);
    await expectSound(world);
  });

  it('are the successor’s alone where issuers and acquirer are merged into it', async () => {
    const world = await openWith('taiyan');
    for (const old of ['gexiang', 'wanhe']) await succeed(world, old, 'taiyan', '2026-03-03');
    expect(await moneyOn(world, '2026-03-03', await voucherOfBoth(world))).toEqual([
      'dr cost:taiyan 1000   cr payable:taiyan:万和超市:2026-03-03 1000   fen',
    ]);
    await expectSound(world);
  });
});

/** A redemption of 2 March; on 3 March Taiyan has succeeded both communities. */
async function redeemedBefore() {
  const world = await openWith('taiyan');
  const voucher = await voucherOfBoth(world);
  for (const old of ['gexiang', 'wanhe']) await succeed(world, old, 'taiyan', '2026-03-03');
  const redemption = await world.redeemVoucher(voucher);
  world.clock.now = Date.parse('2026-03-03T09:00:00+08:00');
  return { world, voucher, redemption };
}

describe('a redemption of before the day', () => {
  const mirror = [
    'dr redeemed:gexiang 60   cr escrow:gexiang 60   point',
    'dr payable:taiyan:万和超市:2026-03-03 1000   cr cost:taiyan 1000   fen',
    'dr redeemed:wanhe 40   cr escrow:wanhe 40   point',
  ];

  it('that is reversed afterwards is undone with the successor of those who bore it, and its points go back to their issuers', async () => {
    const { world, voucher, redemption } = await redeemedBefore();
    const input = { merchantId: world.merchantId, storeId: null, redemptionId: redemption.id, reason: '顾客退货' };
    expect(await posted(world, () => world.must(reverseRedemption, input))).toEqual(mirror);
    // A redemption made now belongs to the successor.
    expect(await moneyOn(world, '2026-03-03', voucher)).toEqual(['dr cost:taiyan 1000   cr payable:taiyan:万和超市:2026-03-03 1000   fen']);
    await expectSound(world);
  });

  it('that is voided afterwards is undone with the successor of those who bore it', async () => {
    const { world, redemption } = await redeemedBefore();
    const input = { client: SYSTEM_CLIENT, requestNo: redemption.request_no, reason: '没有收到答复' };
    expect(await posted(world, () => world.must(voidRedemption, input))).toEqual(mirror);
    await expectSound(world);
  });

  it('that is reversed on the last day before is undone with those who bore it', async () => {
    const { world, redemption } = await redeemedBefore();
    world.clock.now = Date.parse('2026-03-02T23:00:00+08:00');
    const input = { merchantId: world.merchantId, storeId: null, redemptionId: redemption.id, reason: '顾客退货' };
    expect(await posted(world, () => world.must(reverseRedemption, input))).toEqual([
      'dr redeemed:gexiang 60   cr escrow:gexiang 60   point',
      'dr due-to:gexiang:wanhe:2026-03-02 600   cr cost:gexiang 600   fen',
      'dr payable:wanhe:万和超市:2026-03-02 1000   cr due-from:wanhe:gexiang:2026-03-02 600  cr cost:wanhe 400   fen',
      'dr redeemed:wanhe 40   cr escrow:wanhe 40   point',
    ]);
    await expectSound(world);
  });

  it('gives an issuer that goes on its fen back from the acquirer’s successor', async () => {
    const world = await openWith('taiyan');
    const voucher = await voucherOfBoth(world);
    await succeed(world, 'wanhe', 'taiyan', '2026-03-03');
    const { id } = await world.redeemVoucher(voucher);
    world.clock.now = Date.parse('2026-03-03T09:00:00+08:00');
    const input = { merchantId: world.merchantId, storeId: null, redemptionId: id, reason: '顾客退货' };
    const lines = await posted(world, () => world.must(reverseRedemption, input));
    expect(lines.filter((line) => line.endsWith('fen'))).toEqual([
      'dr due-to:gexiang:taiyan:2026-03-03 600   cr cost:gexiang 600   fen',
      'dr payable:taiyan:万和超市:2026-03-03 1000   cr due-from:taiyan:gexiang:2026-03-03 600  cr cost:taiyan 400   fen',
    ]);
    await expectSound(world);
  });

  it('is undone with the last successor where a further succession has come since', async () => {
    const world = await openWith('taiyan', 'cangqian');
    await succeed(world, 'gexiang', 'taiyan', '2026-03-03');
    const voucher = await voucherOfBoth(world);
    goTo(world, '2026-03-03');
    const { id } = await world.redeemVoucher(voucher);
    await succeed(world, 'taiyan', 'cangqian', '2026-03-04');
    world.clock.now = Date.parse('2026-03-04T09:00:00+08:00');
    const input = { merchantId: world.merchantId, storeId: null, redemptionId: id, reason: '顾客退货' };
    const lines = await posted(world, () => world.must(reverseRedemption, input));
    expect(lines).toContain('dr due-to:cangqian:wanhe:2026-03-04 600   cr cost:cangqian 600   fen');
    await expectSound(world);
  });
});

it('points of a community that was succeeded stay in its book, are spent like others, and come back to it', async () => {
  const world = await openWith('taiyan');
  await world.grantHours(world.gexiang, world.residentId, 25);
  const before = await world.takeVoucher();
  await succeed(world, 'gexiang', 'taiyan', '2026-03-03');
  goTo(world, '2026-03-03');
  const after = await world.takeVoucher();
  await world.redeemVoucher(before);
  await world.must(cancelVoucher, { voucherId: after, by: world.gexiang, reason: '不要了' });

  const points = (await balancesOf(world.store)).filter(({ unit, balance }) => unit === 'point' && balance !== 0);
  expect(points.map(({ path, balance }) => [path, balance])).toEqual([
    ['issued:gexiang', 250],
    ['redeemed:gexiang', -100],
    [`wallet:gexiang:${world.residentId}:2027-12-31`, -150],
  ]);
  await expectSound(world);
});
