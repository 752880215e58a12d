/** The clock stands at 2026-03-02 10:00 in Shanghai. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { audit } from '../../src/cli/audit.ts';
import { tallyClosedDays } from '../../src/clearing/jobs.ts';
import {
  closeSettlementRun,
  communityFile,
  csvRecords,
  frozenOf,
  merchantFile,
  nextRunNumber,
  openSettlementRun,
  payoutsFile,
  payoutsOfMerchant,
  runById,
} from '../../src/clearing/index.ts';
import { keepSettlementFile } from '../../src/clearing/files.ts';
import { renameCommunity } from '../../src/communities/index.ts';
import { account, closeDay, cr, dr, isRefusal, put, type Refusal } from '../../src/ledger/index.ts';
import { addOffer, issueVoucher, redeem } from '../../src/redeem/index.ts';
import { idOf, type Row, rowByKey } from '../../src/store/index.ts';
import { type Communities, openCommunities } from '../support/communities.ts';
import { book, openScheme } from '../support/scheme.ts';
import { succeed } from '../support/two-officers.ts';
import { street } from '../support/world.ts';

const three = ['gexiang', 'taiyan', 'wanhe'];

type File = Row<'settlementFile'>;

/** A file that is not refused, its totals, and its lines. */
async function whole(answer: Promise<File | Refusal>) {
  const file = await answer;
  if (isRefusal(file)) throw new Error(file.refused);
  const lines = await Array.fromAsync(csvRecords(file.content));
  expect(file.sha256).toBe(createHash('sha256').update(Buffer.from(file.content, 'utf8')).digest('hex'));
  expect(file.rowCount).toBe(lines.length);
  return { file, totals: JSON.parse(file.totals), lines };
}

function filesOf({ world }: Communities) {
  return { view: world.store, engine: world.engine };
}

async function expectSound({ world }: Communities): Promise<void> {
  expect((await audit(world.store)).checks.filter(({ finding }) => 'broken' in finding)).toEqual([]);
}

/** Two days on which all three owe each other, and what Wanhe redeemed on the first is partly undone on the second. */
async function twoDays(): Promise<{ scheme: Communities; run: Row<'settlementRun'> }> {
  const scheme = await openCommunities(three);
  const undone = await scheme.spend('gexiang', 'wanhe', 2);
  await scheme.spend('gexiang', 'wanhe', 3);
  await scheme.spend('wanhe', 'taiyan', 1);
  await scheme.spend('wanhe', 'wanhe', 7);
  scheme.goOnTo('2026-03-03');
  await scheme.reverse(undone);
  await scheme.spend('gexiang', 'wanhe', 1);
  await scheme.spend('taiyan', 'wanhe', 4);
  scheme.goOnTo('2026-03-04');
  return { scheme, run: await scheme.settle('2026-03-03') };
}

describe("a community's statement", () => {
  it('has a line for each counterparty and day, and comes to what the run froze', async () => {
    const { scheme, run } = await twoDays();
    const { lines, totals } = await whole(communityFile(filesOf(scheme), run, 'wanhe'));
    expect(lines.map((line) => Object.values(line).join(' '))).toEqual([
      'gexiang 葛巷社区 2026-03-02 0 5000 5000',
      'gexiang 葛巷社区 2026-03-03 0 -1000 -1000',
      'taiyan taiyan社区 2026-03-02 1000 0 -1000',
      'taiyan taiyan社区 2026-03-03 0 4000 4000',
    ]);
    expect(totals).toEqual({
      due_to_fen: 1_000,
      due_from_fen: 8_000,
      net_fen: 7_000,
      payable_fen: 15_000,
      payouts: 1,
      counterparties: [
        { community_id: 'gexiang', name: '葛巷社区', due_to_fen: 0, due_from_fen: 4_000, net_fen: 4_000 },
        { community_id: 'taiyan', name: 'taiyan社区', due_to_fen: 1_000, due_from_fen: 4_000, net_fen: 3_000 },
      ],
    });
    await expectSound(scheme);
  });

  it('says the same whether or not the days are tallied', async () => {
    const { scheme, run } = await twoDays();
    const counted = await whole(communityFile(filesOf(scheme), run, 'gexiang'));
    await tallyClosedDays({ view: scheme.world.store, engine: scheme.world.engine });
    const other = await whole(communityFile(filesOf(scheme), run, 'wanhe'));
    expect(other.totals.counterparties[0].net_fen).toBe(0 - counted.totals.net_fen);
  });

  it('puts on the other side what is less than nothing over the whole period, day by day', async () => {
    const scheme = await openCommunities(three);
    const undone = await scheme.spend('gexiang', 'wanhe', 5);
    scheme.goOnTo('2026-03-03');
    await scheme.settle('2026-03-02');
    await scheme.reverse(undone);
    await scheme.spend('gexiang', 'wanhe', 1);
    await scheme.spend('wanhe', 'gexiang', 2);
    scheme.goOnTo('2026-03-04');
    await scheme.spend('gexiang', 'wanhe', 1);
    scheme.goOnTo('2026-03-05');
    const run = await scheme.settle('2026-03-04');
    const { lines, totals } = await whole(communityFile(filesOf(scheme), run, 'wanhe'));
    expect(totals).toMatchObject({ due_to_fen: 5_000, due_from_fen: 0, net_fen: -5_000, payable_fen: -3_000, payouts: 0 });
    expect(lines.map((line) => Object.values(line).slice(2).join(' '))).toEqual(['2026-03-03 6000 0 -6000', '2026-03-04 -1000 0 1000']);
    const { totals: mirrored } = await whole(communityFile(filesOf(scheme), run, 'gexiang'));
    expect(mirrored).toMatchObject({ due_to_fen: 0, due_from_fen: 5_000, net_fen: 5_000 });
    await expectSound(scheme);
  });

  it('is there also for a community whose dues came to nothing, with their lines', async () => {
    const scheme = await openCommunities(three);
    const undone = await scheme.spend('gexiang', 'wanhe');
    scheme.goOnTo('2026-03-03');
    await scheme.reverse(undone);
    scheme.goOnTo('2026-03-04');
    const run = await scheme.settle('2026-03-03');
    const { lines, totals } = await whole(communityFile(filesOf(scheme), run, 'gexiang'));
    expect(lines.map((line) => line['due_to_fen'])).toEqual(['1000', '-1000']);
    expect(totals).toMatchObject({ due_to_fen: 0, due_from_fen: 0, counterparties: [{ community_id: 'wanhe', net_fen: 0 }] });
    expect(await communityFile(filesOf(scheme), run, 'taiyan')).toMatchObject({ refused: 'settlement_file_not_found' });
    await expectSound(scheme);
  });

  it('is there where a share of a voucher was of no fen, and names nobody to whom nothing was due', async () => {
    const scheme = await openCommunities(three);
    const { world, of } = scheme;
    const { merchantId, storeId, terminalId, officer } = of('wanhe');
    const cheap = { kind: 'item' as const, title: '纸巾', points: 200, merchantId, settlementFen: 1 };
    const { id: offerId } = await world.must(addOffer, { by: officer, ...cheap });
    const { residentId } = of('gexiang');
    for (const id of ['gexiang', 'taiyan']) await world.grantHours(of(id).officer, residentId, 10, undefined, of(id).ruleId);
    const { id: voucherId } = await world.must(issueVoucher, { residentId, offerId, quantity: 1, by: null });
    const codeHash = await world.showCode(voucherId, residentId);
    const order = { orderNo: 'A-1', orderAmountFen: null, presentedAt: null };
    await world.must(redeem, { merchantId, storeId, terminalId, codeHash, ...order });
    scheme.goOnTo('2026-03-03');
    const run = await scheme.settle('2026-03-02');
    const { totals, lines } = await whole(communityFile(filesOf(scheme), run, 'wanhe'));
    expect(totals).toMatchObject({ due_to_fen: 0, due_from_fen: 1, counterparties: [{ community_id: 'gexiang', due_from_fen: 1 }] });
    expect(lines).toHaveLength(1);
    await expectSound(scheme);
  });

  it('is refused, and nothing is kept, where the lines are not what was frozen', async () => {
    const { scheme, run } = await twoDays();
    const { store } = scheme.world;
    const position = (await rowByKey(store, 'settlementPosition', run.id, 'wanhe', 'gexiang'))!;
    await scheme.world.must(book, { rows: [put('settlementPosition', { ...position, dueFromFen: 4_001 })] });
    await expect(communityFile(filesOf(scheme), run, 'wanhe')).rejects.toThrow('not what was frozen');
    expect(await store.read.select().from(store.tables.settlementFile)).toEqual([]);
  });
});

describe("a merchant's statement", () => {
  it('has a line for each redemption and reversal, and comes to what the merchant is paid', async () => {
    const { scheme, run } = await twoDays();
    const { merchantId } = scheme.of('wanhe');
    const { lines, totals } = await whole(merchantFile(filesOf(scheme), run, 'wanhe', merchantId));
    expect(lines.map(({ kind, business_day: day, fen }) => `${kind} ${day} ${fen}`)).toEqual([
      'redemption 2026-03-02 2000',
      'redemption 2026-03-02 3000',
      'redemption 2026-03-02 7000',
      'reversal 2026-03-03 -2000',
      'redemption 2026-03-03 1000',
      'redemption 2026-03-03 4000',
    ]);
    expect(totals).toEqual({
      redemptions: 5,
      redeemed_fen: 17_000,
      reversals: 1,
      reversed_fen: 2_000,
      adjustments: 0,
      adjusted_fen: 0,
      net_fen: 15_000,
      carried_in_fen: 0,
      total_fen: 15_000,
    });
    const [redeemed] = await scheme.world.store.read.select().from(scheme.world.store.tables.redemption);
    expect(lines[0]).toMatchObject({
      id: redeemed!.id,
      redemption_id: redeemed!.id,
      request_no: redeemed!.requestNo,
      store_id: scheme.of('wanhe').storeId,
      order_no: redeemed!.orderNo,
      voucher_id: redeemed!.voucherId,
    });
    expect(await merchantFile(filesOf(scheme), run, 'gexiang', merchantId)).toMatchObject({ refused: 'settlement_file_not_found' });
  });

  it('shows what was carried in from the run before', async () => {
    const scheme = await openCommunities(three);
    const { merchantId } = scheme.of('wanhe');
    const undone = await scheme.spend('gexiang', 'wanhe', 2);
    scheme.goOnTo('2026-03-03');
    await scheme.settle('2026-03-02');
    await scheme.reverse(undone);
    scheme.goOnTo('2026-03-04');
    const second = await scheme.settle('2026-03-03');
    await scheme.spend('gexiang', 'wanhe', 5);
    scheme.goOnTo('2026-03-05');
    const third = await scheme.settle('2026-03-04');
    expect((await whole(merchantFile(filesOf(scheme), second, 'wanhe', merchantId))).totals).toMatchObject({
      reversals: 1,
      net_fen: -2_000,
      carried_in_fen: 0,
      total_fen: -2_000,
    });
    expect((await whole(merchantFile(filesOf(scheme), third, 'wanhe', merchantId))).totals).toMatchObject({
      redemptions: 1,
      net_fen: 5_000,
      carried_in_fen: -2_000,
      total_fen: 3_000,
    });
    await expectSound(scheme);
  });

  it('shows in the run of its day what was carried out of runs that were closed late', async () => {
    const scheme = await openCommunities(three);
    const { world } = scheme;
    const { merchantId } = scheme.of('wanhe');
    const first = await scheme.spend('gexiang', 'wanhe', 3);
    scheme.goOnTo('2026-03-03');
    await scheme.settle('2026-03-02');
    await scheme.reverse(first);
    const second = await scheme.spend('gexiang', 'wanhe', 2);
    scheme.goOnTo('2026-03-04');
    await world.must(closeDay, { day: '2026-03-03' });
    await scheme.reverse(second);
    scheme.goOnTo('2026-03-05');
    await world.must(closeDay, { day: '2026-03-04' });
    await scheme.spend('taiyan', 'wanhe', 9);
    const closed = [];
    for (const day of ['2026-03-03', '2026-03-04', '2026-03-05']) {
      if (day === '2026-03-05') scheme.goOnTo('2026-03-06');
      closed.push(await scheme.settle(day));
    }
    const all = await Promise.all(closed.map((run) => whole(merchantFile(filesOf(scheme), run, 'wanhe', merchantId))));
    expect(all.map(({ totals }) => [totals.net_fen, totals.carried_in_fen, totals.total_fen])).toEqual([
      [-1_000, 0, -1_000],
      [-2_000, 0, -2_000],
      [9_000, -3_000, 6_000],
    ]);
    await expectSound(scheme);
  });

  it('is of each community that owes the merchant, where one has succeeded the other', async () => {
    const scheme = await openCommunities(three);
    const { merchantId } = scheme.of('wanhe');
    const undone = await scheme.spend('gexiang', 'wanhe', 2);
    await scheme.spend('gexiang', 'wanhe', 3);
    await succeed(scheme.world, 'wanhe', 'taiyan', '2026-03-03');
    scheme.goOnTo('2026-03-03');
    await scheme.reverse(undone);
    await scheme.spend('gexiang', 'wanhe', 4);
    scheme.goOnTo('2026-03-04');
    const run = await scheme.settle('2026-03-03');
    expect((await payoutsOfMerchant(scheme.world.store, run.id, merchantId, null)).map(({ communityId }) => communityId)).toEqual([
      'taiyan',
      'wanhe',
    ]);
    const [old, successor] = [
      await whole(merchantFile(filesOf(scheme), run, 'wanhe', merchantId)),
      await whole(merchantFile(filesOf(scheme), run, 'taiyan', merchantId)),
    ];
    expect(old.totals).toMatchObject({ redemptions: 2, reversals: 0, total_fen: 5_000 });
    expect(successor.totals).toMatchObject({ redemptions: 1, reversals: 1, total_fen: 2_000 });
    await expectSound(scheme);
  });

  it('has a line for what an adjustment took off', async () => {
    const scheme = await openCommunities(three);
    const { world } = scheme;
    const { merchantId } = scheme.of('wanhe');
    const wrong = await scheme.spend('gexiang', 'wanhe', 2);
    scheme.goOnTo('2026-03-03');
    await scheme.settle('2026-03-02');
    await scheme.spend('gexiang', 'wanhe', 3);
    const day = '2026-03-03';
    const fen = 2_000;
    const postings = [
      cr(account.cost('gexiang'), fen),
      dr(account.dueTo('gexiang', 'wanhe', day), fen),
      cr(account.dueFrom('wanhe', 'gexiang', day), fen),
      dr(account.payable('wanhe', merchantId, day), fen),
    ];
    await world.must(book, { entries: [{ kind: 'test', effectiveAt: world.clock.now, subject: wrong.id, postings }] });
    const { entry } = world.store.tables;
    const mirrorId = (await world.store.read.select().from(entry))
      .map(({ id }) => id)
      .toSorted()
      .at(-1)!;
    const by = { proposedBy: world.gexiang.id, approvedBy: world.wanhe.id };
    const entryId = idOf('ent', wrong.id.slice(4));
    const row = {
      ...by,
      entryId,
      id: idOf('adj', mirrorId.slice(4)),
      mirrorId,
      rightId: null,
      businessDay: day,
      reason: '重复',
      at: world.clock.now,
    };
    await world.must(book, { rows: [put('adjustment', row)] });
    scheme.goOnTo('2026-03-04');
    const run = await scheme.settle(day);
    const { lines, totals } = await whole(merchantFile(filesOf(scheme), run, 'wanhe', merchantId));
    expect(lines.map(({ kind, id, fen: amount }) => [kind, id!.slice(0, 3), amount])).toEqual([
      ['redemption', 'red', '3000'],
      ['adjustment', 'adj', '-2000'],
    ]);
    expect(totals).toMatchObject({ adjustments: 1, adjusted_fen: -2_000, net_fen: 1_000, total_fen: 1_000 });
    expect((await whole(communityFile(filesOf(scheme), run, 'gexiang'))).totals).toMatchObject({ due_to_fen: 1_000 });
  });

  it('is refused, and nothing is kept, where the lines do not come to the payout', async () => {
    const { scheme, run } = await twoDays();
    const { store } = scheme.world;
    const { merchantId } = scheme.of('wanhe');
    const [payout] = await payoutsOfMerchant(store, run.id, merchantId, 'wanhe');
    await scheme.world.must(book, { rows: [put('payout', { ...payout!, fen: 15_001 })] });
    await expect(merchantFile(filesOf(scheme), run, 'wanhe', merchantId)).rejects.toThrow('come to 15000 fen');
    await expect(payoutsFile(filesOf(scheme), run, 'wanhe')).rejects.toThrow('not what was frozen');
    expect(await store.read.select().from(store.tables.settlementFile)).toEqual([]);
  });
});

describe('a payout file', () => {
  it('has a line for each merchant that is to be paid, and comes to what they are owed', async () => {
    const { scheme, run } = await twoDays();
    const { merchantId } = scheme.of('wanhe');
    const { lines, totals } = await whole(payoutsFile(filesOf(scheme), run, 'wanhe'));
    const [payout] = await payoutsOfMerchant(scheme.world.store, run.id, merchantId, 'wanhe');
    expect(lines).toEqual([
      {
        payout_id: payout!.id,
        merchant_id: merchantId,
        merchant_name: 'wanhe超市',
        amount_fen: '15000',
        amount_yuan: '150.00',
        run: '1',
        remark: '积分商户结算第1期 2026-03-02至2026-03-03',
      },
    ]);
    expect(totals).toEqual({ payouts: 1, fen: 15_000 });
    expect((await whole(payoutsFile(filesOf(scheme), run, 'gexiang'))).totals).toEqual({ payouts: 0, fen: 0 });
  });

  it('is the same when the merchants are paid by the time that it is first read', async () => {
    const { scheme, run } = await twoDays();
    const { file } = await whole(payoutsFile(filesOf(scheme), run, 'wanhe'));
    const twin = await twoDays();
    await twin.scheme.confirmAll(twin.run.id);
    const paid = await twin.scheme.payAll(twin.run.id);
    expect(paid.state).toBe('paid');
    const { file: later } = await whole(payoutsFile(filesOf(twin.scheme), paid, 'wanhe'));
    expect(later.content).toBe(file.content);
  });

  it('keeps a spreadsheet from taking a name for a formula, and gives it back as it was', async () => {
    const scheme = await openCommunities(three);
    const { merchant } = scheme.world.store.tables;
    const names = ['=HYPERLINK("http://x")', "'=1+1", '-2', "'万和"];
    for (const [n, name] of names.entries()) {
      const id = scheme.of(three[n % 3]!).merchantId;
      const row = (await scheme.world.store.read.select().from(merchant)).find((each) => each.id === id)!;
      await scheme.world.must(book, { rows: [put('merchant', { ...row, name })] });
      if (n < 3) await scheme.spend('gexiang', three[n]!);
    }
    scheme.goOnTo('2026-03-03');
    const run = await scheme.settle('2026-03-02');
    const files = await Promise.all(three.map((id) => whole(payoutsFile(filesOf(scheme), run, id))));
    expect(files.map(({ lines }) => lines[0]!['merchant_name'])).toEqual(["'万和", "'=1+1", '-2']);
    expect(files.map(({ file }) => file.content.split('\r\n')[1]!.split(',')[2])).toEqual(["'万和", "''=1+1", "'-2"]);
  });
});

describe('a file of a run', () => {
  it('never changes once it was read, whatever changes afterwards', async () => {
    const { scheme, run } = await twoDays();
    const { world } = scheme;
    const { merchantId } = scheme.of('wanhe');
    const read = async () => [
      await communityFile(filesOf(scheme), run, 'wanhe'),
      await merchantFile(filesOf(scheme), run, 'wanhe', merchantId),
      await payoutsFile(filesOf(scheme), run, 'wanhe'),
    ];
    const first = await read();
    await world.must(renameCommunity, { id: 'wanhe', name: '新万和社区' });
    const { merchant } = world.store.tables;
    const row = (await world.store.read.select().from(merchant)).find(({ id }) => id === merchantId)!;
    await world.must(book, { rows: [put('merchant', { ...row, name: '新超市' })] });
    await scheme.spend('gexiang', 'wanhe', 6);
    await scheme.confirmAll(run.id);
    await scheme.payAll(run.id);
    scheme.goOnTo('2026-03-05');
    await scheme.settle('2026-03-04');
    expect(await read()).toEqual(first);
    await expectSound(scheme);
    // Nor is it made again: that would fail now.
    const position = (await rowByKey(world.store, 'settlementPosition', run.id, 'wanhe', 'gexiang'))!;
    await world.must(book, { rows: [put('settlementPosition', { ...position, dueFromFen: 1 })] });
    expect(await read()).toEqual(first);
  });

  it('is the same to all who read it first at once, in one process or beside it', async () => {
    const { scheme, run } = await twoDays();
    const { world } = scheme;
    const { merchantId } = scheme.of('wanhe');
    const beside = await openScheme(world.clock.now + 5_000, world);
    const here = filesOf(scheme);
    const there = { view: beside.store, engine: beside.engine };
    const all = await Promise.all([here, there, here, there].map((deps) => merchantFile(deps, run, 'wanhe', merchantId)));
    expect(all).toEqual(all.map(() => all[0]));
    expect(await world.store.read.select().from(world.store.tables.settlementFile)).toEqual([all[0]]);
  });

  it('is not replaced by another of its name', async () => {
    const { scheme, run } = await twoDays();
    const { file } = await whole(communityFile(filesOf(scheme), run, 'wanhe'));
    const other = { ...file, content: 'other', rowCount: 0, sha256: '00'.repeat(32), totals: '{}' };
    const { sha256, rowCount, madeAt } = file;
    expect(await scheme.world.must(keepSettlementFile, other)).toMatchObject({ sha256, row_count: rowCount, made_at: madeAt });
    expect(await communityFile(filesOf(scheme), run, 'wanhe')).toEqual(file);
  });

  it('is not of a run that is open', async () => {
    const scheme = await openCommunities(three);
    const { world } = scheme;
    await scheme.spend('gexiang', 'wanhe');
    scheme.goOnTo('2026-03-03');
    await world.must(closeDay, { day: '2026-03-02' });
    const { id } = await world.must(openSettlementRun, { by: street, number: await nextRunNumber(world.store), throughDay: '2026-03-02' });
    const run = (await runById(world.store, id))!;
    for (const refused of [await communityFile(filesOf(scheme), run, 'wanhe'), await payoutsFile(filesOf(scheme), run, 'wanhe')]) {
      expect(refused).toMatchObject({ refused: 'settlement_run_not_closed', details: { run_id: id } });
    }
    const file = { runId: id, name: 'community:wanhe', content: '', rowCount: 0, sha256: '00', totals: '{}' };
    await world.refused(keepSettlementFile, file, 'settlement_run_not_closed');
    await world.must(closeSettlementRun, { by: street, runId: id, ...(await frozenOf(world.store, run)) });
    await whole(communityFile(filesOf(scheme), (await runById(world.store, id))!, 'wanhe'));
  });
});
