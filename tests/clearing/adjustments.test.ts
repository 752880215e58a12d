import { describe, expect, it } from 'vitest';
import { approveProposal, propose } from '../../src/api/index.ts';
import { audit, checkLine } from '../../src/cli/audit.ts';
import {
  type AdjustReply,
  adjustmentsPage,
  closeSettlementRun,
  dailyPositions,
  frozenOf,
  openSettlementRun,
  partiesOf,
  payoutsPage,
  positionsOf,
  positionsOfRun,
  type ProposedAdjustment,
  runById,
} from '../../src/clearing/index.ts';
import { balances, closeDay, type Outcome, SYSTEM_CLIENT } from '../../src/ledger/index.ts';
import { type RedemptionReply, reverseRedemption, voidRedemption } from '../../src/redeem/index.ts';
import { type Communities, openCommunities } from '../support/communities.ts';
import { entriesAfter, journalLines } from '../support/journal.ts';
import { byTwo, officerOf, someSecret, succeed } from '../support/two-officers.ts';
import { street, type World } from '../support/world.ts';

const three = ['gexiang', 'taiyan', 'wanhe'];
const noEntry = `ent_${'0'.repeat(32)}`;

/** A shop, and what each community bears of what it is owed. */
type Right = ProposedAdjustment['right'];

type Scheme = Communities & {
  /** A redemption of 1000 fen by a voucher of Gexiang at the shop of Wanhe, on 2 March, which run 1 has settled. */
  readonly settled: RedemptionReply;
  readonly right: (shop: string, shares: Readonly<Record<string, number>>) => NonNullable<Right>;
  readonly adjust: (entryId: string, right: Right, reason?: string) => Promise<AdjustReply>;
  /** Has two officers try, and gives what they are told. */
  readonly adjustRefused: (entryId: string, right: Right, code: string) => Promise<Readonly<Record<string, unknown>>>;
  /** What is booked meanwhile, as the trade writes it, with shops by their communities. */
  readonly bookedBy: (work: () => Promise<unknown>) => Promise<string[]>;
};

async function openSettled(): Promise<Scheme> {
  const scheme = await openCommunities(three);
  const { world, of } = scheme;
  const settled = await scheme.spend('gexiang', 'wanhe');
  scheme.goOnTo('2026-03-03');
  await scheme.settle('2026-03-02');
  const named = (text: string) =>
    three.reduce((told, id) => told.replaceAll(of(id).merchantId, `${id}-shop`).replaceAll(of(id).residentId, 'resident'), text);

  return {
    ...scheme,
    settled,
    right: (shop, shares) => ({
      merchantId: of(shop).merchantId,
      shares: Object.entries(shares).map(([communityId, fen]) => ({ communityId, fen })),
    }),
    async adjust(entryId, right, reason) {
      return (await byTwo(world, await officerOf(world, null), 'adjustment', { entryId, right }, reason)) as AdjustReply;
    },
    async adjustRefused(entryId, right, code) {
      const by = await officerOf(world, null);
      const { id } = await world.must(propose, { by, command: 'adjustment', input: { entryId, right }, reason: '记错' });
      const approval = { by: await officerOf(world, null), id, reason: null, secret: someSecret };
      return world.refused(approveProposal, approval, code);
    },
    async bookedBy(work) {
      const last = (await entriesAfter(world.store, undefined)).at(-1);
      await work();
      return (await entriesAfter(world.store, last?.id)).flatMap(({ kind, postings }) => [kind, ...journalLines(postings).map(named)]);
    },
  };
}

async function expectWhole({ world }: Communities): Promise<void> {
  const { ok, checks } = await audit(world.store);
  expect(ok, checks.map(checkLine).join('')).toBe(true);
}

/** What stands on the accounts of money, shops by their communities; nothing on the others. */
async function money({ world, of }: Communities): Promise<Record<string, number>> {
  const standing = (await balances(world.store, {})).filter(({ path, balance }) => balance !== 0 && /^(cost|bank|due|pay|cle)/.test(path));
  const named = (path: string) => three.reduce((told, id) => told.replace(of(id).merchantId, `${id}-shop`), path);
  return Object.fromEntries(standing.map(({ path, balance }) => [named(path), balance]));
}

/** Settles a day, and pays whatever is to be paid for it. */
async function settleAndPay(scheme: Communities, day: string, today: string): Promise<string> {
  scheme.goOnTo(today);
  const { id } = await scheme.settle(day);
  await payRun(scheme, id);
  return id;
}

async function payRun(scheme: Communities, runId: string): Promise<void> {
  await scheme.confirmAll(runId);
  expect(await scheme.payAll(runId)).toMatchObject({ state: 'paid' });
}

async function runOne({ world }: Communities): Promise<string> {
  const [row] = await world.store.read.select().from(world.store.tables.settlementRun);
  return row!.id;
}

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

describe('an entry', () => {
  it('is adjusted once; what stands in its place may be adjusted in its turn', async () => {
    const scheme = await openSettled();
    const { settled } = scheme;
    const first = await scheme.adjust(settled.entry_id, scheme.right('taiyan', { gexiang: 1_000 }));
    const told = await scheme.adjustRefused(settled.entry_id, null, 'entry_adjusted');
    expect(told).toEqual({ adjustment_id: first.id, adjusted_at: scheme.world.clock.now });
    expect(await scheme.adjustRefused(first.mirror_id, null, 'entry_not_adjustable')).toMatchObject({ kind: 'adjustment_mirror' });
    const booked = await scheme.bookedBy(() => scheme.adjust(first.right_id!, scheme.right('gexiang', { gexiang: 800 })));
    expect(booked).toEqual([
      'adjustment_mirror',
      'dr due-to:gexiang:taiyan:2026-03-03 1000   cr cost:gexiang 1000   fen',
      'dr payable:taiyan:taiyan-shop:2026-03-03 1000   cr due-from:taiyan:gexiang:2026-03-03 1000   fen',
      'adjustment',
      'dr cost:gexiang 800   cr payable:gexiang:gexiang-shop:2026-03-03 800   fen',
    ]);
    await scheme.adjustRefused(first.right_id!, null, 'entry_adjusted');
    await payRun(scheme, await runOne(scheme));
    await settleAndPay(scheme, '2026-03-03', '2026-03-04');
    expect(await money(scheme)).toEqual({
      'bank:gexiang': -800,
      'bank:wanhe': -1_000,
      'cost:gexiang': 800,
      'payable:wanhe:wanhe-shop:2026-03-04': 1_000,
    });
    await expectWhole(scheme);
  });

  it('that should have been booked after all is booked again by the mirror of the mirror, which may be adjusted further', async () => {
    const scheme = await openSettled();
    const taken = await scheme.adjust(scheme.settled.entry_id, null);
    await scheme.adjustRefused(taken.mirror_id, scheme.right('taiyan', { gexiang: 1_000 }), 'entry_takes_back');
    const again = await scheme.adjust(taken.mirror_id, null);
    expect((await money(scheme))['cost:gexiang']).toBe(1_000);
    await scheme.adjust(again.mirror_id, scheme.right('taiyan', { wanhe: 900 }));
    const { 'cost:gexiang': before, 'cost:wanhe': after } = await money(scheme);
    expect([before, after]).toEqual([undefined, 900]);
    await settleAndPay(scheme, '2026-03-03', '2026-03-04');
    await expectWhole(scheme);
  });

  it('of a reversal that should not have been is taken back, and nothing else can stand in its place', async () => {
    const scheme = await openSettled();
    const { entry_id: reversal } = (await scheme.reverse(scheme.settled)) as { entry_id: string };
    await scheme.adjustRefused(reversal, null, 'entry_not_settled');
    scheme.goOnTo('2026-03-04');
    await scheme.settle('2026-03-03');
    expect(await scheme.adjustRefused(scheme.settled.entry_id, null, 'entry_undone')).toMatchObject({ redemption_id: scheme.settled.id });
    await scheme.adjustRefused(reversal, scheme.right('wanhe', { gexiang: 1_000 }), 'entry_takes_back');
    expect(await scheme.bookedBy(() => scheme.adjust(reversal, null))).toEqual([
      'adjustment_mirror',
      'dr cost:gexiang 1000   cr due-to:gexiang:wanhe:2026-03-04 1000   fen',
      'dr due-from:wanhe:gexiang:2026-03-04 1000   cr payable:wanhe:wanhe-shop:2026-03-04 1000   fen',
    ]);
    await scheme.adjustRefused(scheme.settled.entry_id, null, 'entry_undone');
    await settleAndPay(scheme, '2026-03-04', '2026-03-05');
    await expectWhole(scheme);
  });

  it('of a day that no closed run has settled is left to the till', async () => {
    const scheme = await openSettled();
    const { world } = scheme;
    const { entry_id: entryId } = await scheme.spend('gexiang', 'wanhe');
    const told = await scheme.adjustRefused(entryId, null, 'entry_not_settled');
    expect(told).toEqual({ entry_id: entryId, business_day: '2026-03-03' });
    scheme.goOnTo('2026-03-04');
    await world.must(closeDay, { day: '2026-03-03' });
    const { id: runId } = await world.must(openSettlementRun, { by: street, number: 2, throughDay: '2026-03-03' });
    await scheme.adjustRefused(entryId, null, 'entry_not_settled');
    const run = (await runById(world.store, runId))!;
    await world.must(closeSettlementRun, { by: street, runId, ...(await frozenOf(world.store, run)) });
    await scheme.adjust(entryId, null);
    await expectWhole(scheme);
  });

  it('that books no money for a redemption is none to adjust', async () => {
    const scheme = await openSettled();
    const entries = await entriesAfter(scheme.world.store, undefined);
    expect(await scheme.adjustRefused(noEntry, null, 'entry_not_found')).toEqual({ entry_id: noEntry });
    for (const kind of ['grant', 'voucher_issue', 'netting']) {
      const { id } = entries.find((entry) => entry.kind === kind)!;
      expect(await scheme.adjustRefused(id, null, 'entry_not_adjustable')).toEqual({ entry_id: id, kind });
    }
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

const reversal = ({ id, merchant_id: merchantId }: RedemptionReply) => ({ merchantId, storeId: null, redemptionId: id, reason: '退货' });
const advice = ({ request_no: requestNo }: RedemptionReply) => ({ client: SYSTEM_CLIENT, requestNo, reason: '没有收到答复' });

describe('a redemption that is adjusted', () => {
  it('is no longer the till’s to reverse or to void, and nothing of it changes', async () => {
    const scheme = await openSettled();
    const { world, settled } = scheme;
    await scheme.adjust(settled.entry_id, scheme.right('taiyan', { gexiang: 1_000 }));
    const before = await money(scheme);
    const told = { redemption_id: settled.id, adjusted_at: world.clock.now };
    expect(await world.refused(reverseRedemption, reversal(settled), 'redemption_adjusted')).toEqual(told);
    expect(await world.refused(voidRedemption, advice(settled), 'redemption_adjusted')).toEqual(told);
    expect(await money(scheme)).toEqual(before);
    await expectWhole(scheme);
  });

  it('or undone, whichever comes first, but never both', async () => {
    const scheme = await openSettled();
    const outcomes = await raced(scheme.world, scheme);
    expect(outcomes.filter((outcome) => 'reply' in outcome)).toHaveLength(1);
    await expectWhole(scheme);
  });
});

/** An approval and a reversal that are submitted together. */
async function raced(world: World, { settled }: Scheme): Promise<Outcome<unknown>[]> {
  const by = await officerOf(world, null);
  const { id } = await world.must(propose, {
    by,
    command: 'adjustment',
    input: { entryId: settled.entry_id, right: null },
    reason: '记错',
  });
  const approval = { by: await officerOf(world, null), id, reason: null, secret: someSecret };
  return Promise.all([world.run(approveProposal, approval), world.run(reverseRedemption, reversal(settled))]);
}
