import { describe, expect, it } from 'vitest';
import {
  type AdjustReply,
  adjustmentsPage,
  dailyPositions,
  partiesOf,
  payoutsPage,
  positionsOf,
  positionsOfRun,
} from '../../src/clearing/index.ts';
import { expectWhole, money, openSettled, payRun, runOne, settleAndPay } from '../support/adjusting.ts';
import { succeed } from '../support/two-officers.ts';

describe('an adjustment', () => {
  it('of the wrong shop takes the money back from one and owes it to another, of another community', async () => {
    const scheme = await openSettled();
    const booked = await scheme.bookedBy(() => scheme.adjust(scheme.settled.entry_id, scheme.right('taiyan', { gexiang: 1_000 })));
    expect(booked).toEqual([
      'adjustment_mirror',
      'dr due-to:gexiang:wanhe:2026-03-03 1000   cr cost:gexiang 1000   fen',
      'dr payable:wanhe:wanhe-shop:2026-03-03 1000   cr due-from:wanhe:gexiang:2026-03-03 1000   fen',
      'adjustment',
      'dr cost:gexiang 1000   cr due-to:gexiang:taiyan:2026-03-03 1000   fen',
      'dr due-from:taiyan:gexiang:2026-03-03 1000   cr payable:taiyan:taiyan-shop:2026-03-03 1000   fen',
    ]);
    await expectWhole(scheme);
  });

  it('of the wrong issuers lets others bear it, also the one whose shop it is', async () => {
    const scheme = await openSettled();
    const right = scheme.right('wanhe', { taiyan: 300, wanhe: 700 });
    expect(await scheme.bookedBy(() => scheme.adjust(scheme.settled.entry_id, right))).toEqual([
      'adjustment_mirror',
      'dr due-to:gexiang:wanhe:2026-03-03 1000   cr cost:gexiang 1000   fen',
      'dr payable:wanhe:wanhe-shop:2026-03-03 1000   cr due-from:wanhe:gexiang:2026-03-03 1000   fen',
      'adjustment',
      'dr cost:taiyan 300   cr due-to:taiyan:wanhe:2026-03-03 300   fen',
      'dr due-from:wanhe:taiyan:2026-03-03 300  dr cost:wanhe 700   cr payable:wanhe:wanhe-shop:2026-03-03 1000   fen',
    ]);
    await expectWhole(scheme);
  });

  it('where nothing should have been booked is the mirror alone', async () => {
    const scheme = await openSettled();
    let made: AdjustReply | undefined;
    const booked = await scheme.bookedBy(async () => (made = await scheme.adjust(scheme.settled.entry_id, null)));
    expect(booked).toEqual([
      'adjustment_mirror',
      'dr due-to:gexiang:wanhe:2026-03-03 1000   cr cost:gexiang 1000   fen',
      'dr payable:wanhe:wanhe-shop:2026-03-03 1000   cr due-from:wanhe:gexiang:2026-03-03 1000   fen',
    ]);
    expect(made).toMatchObject({ entry_id: scheme.settled.entry_id, right_id: null, business_day: '2026-03-03' });
    await expectWhole(scheme);
  });

  it('of a shop of the issuer itself takes back a cost that nobody owed', async () => {
    const scheme = await openSettled();
    const own = await scheme.spend('taiyan', 'taiyan');
    scheme.goOnTo('2026-03-04');
    await scheme.settle('2026-03-03');
    const right = scheme.right('wanhe', { taiyan: 1_000 });
    expect(await scheme.bookedBy(() => scheme.adjust(own.entry_id, right))).toEqual([
      'adjustment_mirror',
      'dr payable:taiyan:taiyan-shop:2026-03-04 1000   cr cost:taiyan 1000   fen',
      'adjustment',
      'dr cost:taiyan 1000   cr due-to:taiyan:wanhe:2026-03-04 1000   fen',
      'dr due-from:wanhe:taiyan:2026-03-04 1000   cr payable:wanhe:wanhe-shop:2026-03-04 1000   fen',
    ]);
    await expectWhole(scheme);
  });

  it('names the entry it mirrors, what it is about, its reason and both officers', async () => {
    const scheme = await openSettled();
    const { world, settled } = scheme;
    const made = await scheme.adjust(settled.entry_id, scheme.right('taiyan', { gexiang: 1_000 }), '收银机登记在别家名下');
    const [row] = await adjustmentsPage(world.store, { limit: 1 });
    expect(row).toMatchObject({
      id: made.id,
      entryId: settled.entry_id,
      mirrorId: made.mirror_id,
      rightId: made.right_id,
      businessDay: '2026-03-03',
      reason: '收银机登记在别家名下',
      at: world.clock.now,
    });
    expect(row!.proposedBy).not.toBe(row!.approvedBy);
    const entries = (await world.store.read.select().from(world.store.tables.entry)).slice(-2);
    expect(entries).toMatchObject([
      { id: made.mirror_id, kind: 'adjustment_mirror', subject: settled.id, reverses: settled.entry_id },
      { id: made.right_id, kind: 'adjustment', subject: settled.id, reverses: null },
    ]);
  });
});

describe('the next run', () => {
  it('settles an adjustment to zero, pays the right shop, and carries what the wrong one had too much', async () => {
    const scheme = await openSettled();
    await payRun(scheme, await runOne(scheme));
    await scheme.adjust(scheme.settled.entry_id, scheme.right('taiyan', { gexiang: 1_000 }));
    const second = await settleAndPay(scheme, '2026-03-03', '2026-03-04');
    const payouts = await payoutsPage(scheme.world.store, second, null, { limit: 10 });
    expect(payouts.map(({ communityId, fen, state }) => ({ communityId, fen, state }))).toEqual([
      { communityId: 'taiyan', fen: 1_000, state: 'paid' },
      { communityId: 'wanhe', fen: -1_000, state: 'carried' },
    ]);
    expect(await money(scheme)).toEqual({
      'bank:gexiang': -1_000,
      'bank:wanhe': -1_000,
      'cost:gexiang': 1_000,
      'payable:wanhe:wanhe-shop:2026-03-04': 1_000,
    });
    await expectWhole(scheme);

    await scheme.spend('taiyan', 'wanhe', 3);
    const third = await settleAndPay(scheme, '2026-03-04', '2026-03-05');
    expect(await payoutsPage(scheme.world.store, third, null, { limit: 10 })).toMatchObject([{ fen: 2_000, state: 'paid' }]);
    expect(await money(scheme)).toEqual({ 'bank:gexiang': -1_000, 'bank:taiyan': -3_000, 'cost:gexiang': 1_000, 'cost:taiyan': 3_000 });
    await expectWhole(scheme);
  });

  it('comes to the same whether or not the run before is paid yet', async () => {
    const scheme = await openSettled();
    const first = await runOne(scheme);
    await scheme.adjust(scheme.settled.entry_id, scheme.right('wanhe', { taiyan: 1_000 }));
    await settleAndPay(scheme, '2026-03-03', '2026-03-04');
    await payRun(scheme, first);
    expect(await money(scheme)).toEqual({ 'bank:taiyan': -1_000, 'cost:taiyan': 1_000 });
    await expectWhole(scheme);
  });

  it('leaves what the run before froze as it was', async () => {
    const scheme = await openSettled();
    const { store } = scheme.world;
    const first = await runOne(scheme);
    const frozen = async () => [
      await partiesOf(store, first),
      await positionsOfRun(store, first, null),
      await payoutsPage(store, first, null, { limit: 10 }),
      (await store.read.select().from(store.tables.settlementRun)).filter(({ id }) => id === first),
      await positionsOf(store, { communityId: null, from: '2026-03-02', through: '2026-03-02' }),
    ];
    const before = await frozen();
    await scheme.adjust(scheme.settled.entry_id, scheme.right('taiyan', { wanhe: 1_000 }));
    scheme.goOnTo('2026-03-04');
    await scheme.settle('2026-03-03');
    expect(await frozen()).toEqual(before);
  });
});

describe('positions', () => {
  it('have an adjustment on its own day: fen and no points, also between a community and itself', async () => {
    const scheme = await openSettled();
    const { store } = scheme.world;
    await scheme.adjust(scheme.settled.entry_id, scheme.right('wanhe', { taiyan: 300, wanhe: 700 }));
    const days = await dailyPositions(store, { communityId: 'wanhe', from: '2026-03-02', through: '2026-03-03' });
    expect(days.map(({ day, counterpartyId, dueTo, dueFrom, net }) => [day, counterpartyId, dueTo.fen, dueFrom.fen, net.points])).toEqual([
      ['2026-03-02', 'gexiang', 0, 1_000, 100],
      ['2026-03-03', 'gexiang', 0, -1_000, 0],
      ['2026-03-03', 'taiyan', 0, 300, 0],
      ['2026-03-03', 'wanhe', 700, 700, 0],
    ]);
    scheme.goOnTo('2026-03-04');
    const { id } = await scheme.settle('2026-03-03');
    expect((await positionsOfRun(store, id, 'wanhe')).map((row) => [row.counterpartyId, row.dueToFen, row.dueFromFen])).toEqual([
      ['gexiang', 1_000, 0],
      ['taiyan', 0, 300],
    ]);
  });
});

describe('the right one', () => {
  it('names a merchant and communities that there are, and comes to no more than the voucher took off', async () => {
    const scheme = await openSettled();
    const { settled, right } = scheme;
    const fine = right('taiyan', { gexiang: 1_000 });
    const nobody = { ...fine, merchantId: `mer_${'0'.repeat(32)}` };
    await scheme.adjustRefused(settled.entry_id, nobody, 'merchant_not_found');
    const nowhere = right('taiyan', { gexiang: 500, nowhere: 500 });
    expect(await scheme.adjustRefused(settled.entry_id, nowhere, 'community_not_found')).toEqual({ community_id: 'nowhere' });
    const dear = right('taiyan', { gexiang: 1_000, wanhe: 1 });
    expect(await scheme.adjustRefused(settled.entry_id, dear, 'adjustment_above_face')).toEqual({ right_fen: 1_001, face_fen: 1_000 });
    expect(await adjustmentsPage(scheme.world.store, { limit: 1 })).toEqual([]);
    await scheme.adjust(settled.entry_id, fine);
  });

  it('is borne and paid by whoever has succeeded a community by then; what is taken back goes to whom it was booked for', async () => {
    const scheme = await openSettled();
    await succeed(scheme.world, 'wanhe', 'taiyan', '2026-03-04');
    scheme.goOnTo('2026-03-04');
    const right = scheme.right('wanhe', { gexiang: 400, wanhe: 600 });
    expect(await scheme.bookedBy(() => scheme.adjust(scheme.settled.entry_id, right))).toEqual([
      'adjustment_mirror',
      'dr due-to:gexiang:wanhe:2026-03-04 1000   cr cost:gexiang 1000   fen',
      'dr payable:wanhe:wanhe-shop:2026-03-04 1000   cr due-from:wanhe:gexiang:2026-03-04 1000   fen',
      'adjustment',
      'dr cost:gexiang 400   cr due-to:gexiang:taiyan:2026-03-04 400   fen',
      'dr due-from:taiyan:gexiang:2026-03-04 400  dr cost:taiyan 600   cr payable:taiyan:wanhe-shop:2026-03-04 1000   fen',
    ]);
    await settleAndPay(scheme, '2026-03-04', '2026-03-05');
    await expectWhole(scheme);
  });
});
