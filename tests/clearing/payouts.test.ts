import { describe, expect, it } from 'vitest';
import { audit } from '../../src/cli/audit.ts';
import {
  bookPayouts,
  carryPayout,
  type MerchantTotals,
  merchantFile,
  payablesOfRun,
  type PayoutResult,
  payoutsFile,
  payoutsOfMerchant,
  runById,
} from '../../src/clearing/index.ts';
import { addMerchant, addStore, addTerminal } from '../../src/communities/index.ts';
import { isRefusal, put, type Refusal } from '../../src/ledger/index.ts';
import type { Row, TableName } from '../../src/store/index.ts';
import { expectWhole, money, openSettled, runOne, settleAndPay } from '../support/adjusting.ts';
import { balancesOf } from '../support/balances.ts';
import { type Communities, openCommunities } from '../support/communities.ts';
import { refusedAlone } from '../support/refused-alone.ts';
import { book } from '../support/scheme.ts';

type Closed = { readonly scheme: Communities; readonly run: Row<'settlementRun'>; readonly due: readonly Row<'payout'>[] };

/** A closed run in which Wanhe owes two merchants and Taiyan one. The communities have nothing to pay each other. */
async function closedRun(): Promise<Closed> {
  const scheme = await openCommunities(['taiyan', 'wanhe']);
  const { world } = scheme;
  const by = scheme.of('wanhe').officer;
  const merchantId = (await world.must(addMerchant, { by, communityId: 'wanhe', name: '万和书店' })).id;
  const storeId = (await world.must(addStore, { by, merchantId, name: '一店' })).id;
  const terminalId = (await world.must(addTerminal, { by, storeId, name: '1号' })).id;
  await scheme.spend('wanhe', 'wanhe', 2);
  Object.assign(scheme.of('wanhe'), { merchantId, storeId, terminalId });
  await scheme.spend('wanhe', 'wanhe', 3);
  await scheme.spend('taiyan', 'taiyan', 4);
  scheme.goOnTo('2026-03-03');
  await scheme.spend('wanhe', 'wanhe', 1);
  scheme.goOnTo('2026-03-04');
  const run = await scheme.settle('2026-03-03');
  const { payout } = world.store.tables;
  const due = (await world.store.read.select().from(payout)).toSorted(
    (a, b) => a.communityId.localeCompare(b.communityId) || a.fen - b.fen,
  );
  expect(due.map(({ communityId, fen, state }) => [communityId, fen, state])).toEqual([
    ['taiyan', 4_000, 'due'],
    ['wanhe', 2_000, 'due'],
    ['wanhe', 4_000, 'due'],
  ]);
  return { scheme, run, due };
}

function paid({ id, fen }: Row<'payout'>, bankReference = `out-${id}`): PayoutResult {
  return { payoutId: id, fen, result: 'paid', bankReference, failure: null };
}

function failed({ id, fen }: Row<'payout'>, failure = '账号不存在'): PayoutResult {
  return { payoutId: id, fen, result: 'failed', bankReference: null, failure };
}

async function answer({ scheme, run }: Closed, results: readonly PayoutResult[], communityId = 'wanhe') {
  const payables = await payablesOfRun(scheme.world.store, run, communityId);
  return { by: scheme.of(communityId).officer, runId: run.id, results, payables };
}

/** Everything in the database but the requests themselves, as one text. */
async function contents({ scheme: { world } }: Closed): Promise<string> {
  const names = (Object.keys(world.store.tables) as TableName[]).filter((name) => name !== 'request');
  return JSON.stringify(await Promise.all(names.map(async (name) => world.store.read.select().from(world.store.tables[name]))));
}

async function expectSound({ scheme: { world } }: Closed): Promise<void> {
  expect((await audit(world.store)).checks.filter(({ finding }) => 'broken' in finding)).toEqual([]);
}

describe("the bank's answer", () => {
  it('pays merchants out of the bank account, and in the end the run is paid', async () => {
    const closed = await closedRun();
    const { world } = closed.scheme;
    const [taiyan, small, large] = closed.due as [Row<'payout'>, Row<'payout'>, Row<'payout'>];
    expect(await world.must(bookPayouts, await answer(closed, [paid(small), paid(large)]))).toEqual({
      run_id: closed.run.id,
      run_state: 'confirmed',
      paid_fen: 6_000,
      outcomes: [
        { id: small.id, state: 'paid', changed: true },
        { id: large.id, state: 'paid', changed: true },
      ],
    });
    expect((await balancesOf(world.store)).find(({ path }) => path === 'bank:wanhe')).toMatchObject({ balance: -6_000 });
    await expectSound(closed);
    expect(await world.must(bookPayouts, await answer(closed, [paid(taiyan)], 'taiyan'))).toMatchObject({ run_state: 'paid' });
    expect((await runById(world.store, closed.run.id))!.unpaid).toBe(0);
    await expectSound(closed);
  });

  it('changes nothing when it is imported again, whole or in part', async () => {
    const closed = await closedRun();
    const { world } = closed.scheme;
    const [, small, large] = closed.due as [Row<'payout'>, Row<'payout'>, Row<'payout'>];
    await world.must(bookPayouts, await answer(closed, [paid(small), failed(large)]));
    const before = await contents(closed);
    const again = await world.must(bookPayouts, await answer(closed, [failed(large), paid(small)]));
    expect(again).toMatchObject({ paid_fen: 0, outcomes: [{ changed: false }, { changed: false }] });
    await world.must(bookPayouts, await answer(closed, [paid(small)]));
    expect(await contents(closed)).toBe(before);
  });

  it('is known already if it repeats a reference in another spelling', async () => {
    const closed = await closedRun();
    const { world } = closed.scheme;
    const [, small] = closed.due as [Row<'payout'>, Row<'payout'>];
    await world.must(bookPayouts, await answer(closed, [paid(small, 'B-1')]));
    const before = await contents(closed);
    expect(await world.must(bookPayouts, await answer(closed, [paid(small, 'b\u200B-1')]))).toMatchObject({
      outcomes: [{ changed: false }],
    });
    expect(await contents(closed)).toBe(before);
  });

  it('may say that a payout failed, which then is owed until a later answer pays it', async () => {
    const closed = await closedRun();
    const { world } = closed.scheme;
    const [, small] = closed.due as [Row<'payout'>, Row<'payout'>];
    await world.must(bookPayouts, await answer(closed, [failed(small)]));
    const read = async () => (await payoutsOfMerchant(world.store, closed.run.id, small.merchantId, 'wanhe'))[0];
    expect(await read()).toMatchObject({ state: 'failed', failure: '账号不存在', bankReference: null });
    await expectSound(closed);
    await world.must(bookPayouts, await answer(closed, [failed(small, '户名不符')]));
    expect(await read()).toMatchObject({ state: 'failed', failure: '户名不符' });
    await world.must(bookPayouts, await answer(closed, [paid(small)]));
    expect(await read()).toMatchObject({ state: 'paid', failure: null, bankReference: `out-${small.id}` });
    await expectSound(closed);
  });

  it('that contradicts what is written down is refused as a whole, with the line', async () => {
    const closed = await closedRun();
    const { world, of } = closed.scheme;
    const [taiyan, small, large] = closed.due as [Row<'payout'>, Row<'payout'>, Row<'payout'>];
    await world.must(bookPayouts, await answer(closed, [paid(small, 'B-1')]));
    const unknown = { ...large, id: `pyo_${'0'.repeat(32)}` };
    const before = await contents(closed);
    const refused = async (second: PayoutResult, code: string, first = paid(large)) =>
      world.refused(bookPayouts, await answer(closed, [first, second]), code);
    expect(await refused(failed(small), 'payout_paid')).toEqual({ payout_id: small.id, line: 2, bank_reference: 'B-1' });
    await refused(paid(small, 'B-2'), 'payout_paid');
    await refused({ ...paid(small, 'B-1'), fen: 2_001 }, 'payout_altered');
    await refused(paid(unknown), 'payout_not_found');
    await refused(paid(taiyan), 'foreign_community');
    await world.refused(bookPayouts, await answer(closed, [paid(large, 'B-1')]), 'bank_reference_used');
    await world.refused(bookPayouts, await answer(closed, [paid(large, '\uFF22-1')]), 'bank_reference_used');
    await world.refused(bookPayouts, { ...(await answer(closed, [paid(large)])), by: of('taiyan').officer }, 'foreign_community');
    await world.refused(
      bookPayouts,
      { ...(await answer(closed, [paid(large)])), runId: `run_${'0'.repeat(32)}` },
      'settlement_run_not_found',
    );
    expect(await contents(closed)).toBe(before);
    await expectSound(closed);
  });

  it('of a payout that was carried, or of another run, is of none that the run has to pay', async () => {
    const closed = await closedRun();
    const { world } = closed.scheme;
    const [, small, large] = closed.due as [Row<'payout'>, Row<'payout'>, Row<'payout'>];
    await world.must(book, { rows: [put('payout', { ...small, state: 'carried' })] });
    await world.refused(bookPayouts, await answer(closed, [paid(small)]), 'payout_not_found');
    closed.scheme.goOnTo('2026-03-05');
    const next = await closed.scheme.settle('2026-03-04');
    await world.refused(bookPayouts, { ...(await answer(closed, [paid(large)])), runId: next.id }, 'payout_not_found');
  });

  it('that names a payout or a reference twice is our own mistake, and books nothing', async () => {
    const closed = await closedRun();
    const { world } = closed.scheme;
    const [, small, large] = closed.due as [Row<'payout'>, Row<'payout'>, Row<'payout'>];
    const before = await contents(closed);
    for (const results of [
      [paid(small), paid(small, 'other')],
      [paid(small, 'same'), paid(large, 'same')],
    ]) {
      await expect(world.run(bookPayouts, await answer(closed, results))).rejects.toThrow('twice');
    }
    expect(await contents(closed)).toBe(before);
  });
});

async function carrying({ scheme, run }: Closed, { id: payoutId, communityId }: Row<'payout'>) {
  const payables = await payablesOfRun(scheme.world.store, run, communityId);
  return { by: scheme.of(communityId).officer, runId: run.id, payoutId, reason: '账户已销', payables };
}

/** A file that is not refused, and its totals. */
async function whole<T = MerchantTotals>(made: Promise<Row<'settlementFile'> | Refusal>) {
  const file = await made;
  if (isRefusal(file)) throw new Error(file.refused);
  return { content: file.content, sha256: file.sha256, totals: JSON.parse(file.totals) as T };
}

describe('a payout that the bank refused', () => {
  it('is carried: its run is paid with it, and the next one pays it together with what is new', async () => {
    const closed = await closedRun();
    const { scheme, run } = closed;
    const { world } = scheme;
    const [taiyan, small, large] = closed.due as [Row<'payout'>, Row<'payout'>, Row<'payout'>];
    const files = { view: world.store, engine: world.engine };
    const { merchantId } = small;
    const read = async (runId: string) => (await payoutsOfMerchant(world.store, runId, merchantId, 'wanhe'))[0]!;
    const first = await whole(merchantFile(files, run, 'wanhe', merchantId));
    await world.must(bookPayouts, await answer(closed, [paid(taiyan)], 'taiyan'));
    await world.must(bookPayouts, await answer(closed, [paid(large), failed(small)]));
    scheme.goOnTo('2026-03-05');
    expect(await world.must(carryPayout, await carrying(closed, small))).toEqual({
      id: small.id,
      run_id: run.id,
      run_state: 'paid',
      fen: 2_000,
      carried_at: world.clock.now,
    });
    expect(await read(run.id)).toMatchObject({ state: 'carried', fen: 2_000, failure: '账号不存在；账户已销', decidedAt: world.clock.now });
    const payables = (await balancesOf(world.store)).filter(({ path, balance }) => path.startsWith('payable:') && balance !== 0);
    expect(payables).toMatchObject([{ path: `payable:wanhe:${merchantId}:2026-03-05`, balance: -2_000 }]);
    await expectSound(closed);

    Object.assign(scheme.of('wanhe'), { merchantId });
    const { store, terminal } = world.store.tables;
    const shop = (await world.store.read.select().from(store)).find((row) => row.merchantId === merchantId)!;
    const till = (await world.store.read.select().from(terminal)).find((row) => row.storeId === shop.id)!;
    Object.assign(scheme.of('wanhe'), { storeId: shop.id, terminalId: till.id });
    await scheme.spend('wanhe', 'wanhe', 5);
    scheme.goOnTo('2026-03-06');
    const second = await scheme.settle('2026-03-05');
    expect(await read(second.id)).toMatchObject({ state: 'due', fen: 7_000 });
    expect((await whole(merchantFile(files, second, 'wanhe', merchantId))).totals).toMatchObject({
      redemptions: 1,
      net_fen: 5_000,
      carried_in_fen: 2_000,
      total_fen: 7_000,
    });
    expect((await whole(payoutsFile(files, second, 'wanhe'))).totals).toEqual({ payouts: 1, fen: 7_000 });
    await scheme.confirmAll(second.id);
    expect(await scheme.payAll(second.id)).toMatchObject({ state: 'paid' });
    await expectSound(closed);

    // The figures that the old run froze stay, also in the file that is first made now.
    expect(await whole(merchantFile(files, run, 'wanhe', merchantId))).toEqual(first);
    expect((await whole(payoutsFile(files, run, 'wanhe'))).totals).toEqual({ payouts: 2, fen: 6_000 });
    scheme.goOnTo('2026-03-07');
    await scheme.spend('wanhe', 'wanhe', 1);
    scheme.goOnTo('2026-03-08');
    const third = await scheme.settle('2026-03-07');
    expect((await whole(merchantFile(files, third, 'wanhe', merchantId))).totals).toMatchObject({ carried_in_fen: 0, total_fen: 1_000 });
  });

  it('passes by a run whose days are over, and is in the one of the day on which it is carried', async () => {
    const closed = await closedRun();
    const { scheme, run } = closed;
    const { world } = scheme;
    const [, , large] = closed.due as [Row<'payout'>, Row<'payout'>, Row<'payout'>];
    await world.must(bookPayouts, await answer(closed, [failed(large)]));
    const files = { view: world.store, engine: world.engine };
    const totals = async (of: Row<'settlementRun'>) => (await whole(merchantFile(files, of, 'wanhe', large.merchantId))).totals;
    const shop = scheme.of('wanhe');
    expect(shop.merchantId).toBe(large.merchantId);
    await scheme.spend('wanhe', 'wanhe', 1);
    scheme.goOnTo('2026-03-05');
    const second = await scheme.settle('2026-03-04');
    await world.must(carryPayout, await carrying({ scheme, run, due: [] }, large));
    scheme.goOnTo('2026-03-06');
    const third = await scheme.settle('2026-03-05');
    expect(await totals(second)).toMatchObject({ net_fen: 1_000, carried_in_fen: 0 });
    expect(await totals(third)).toMatchObject({ net_fen: 0, carried_in_fen: 4_000, total_fen: 4_000 });
    await expectSound(closed);
  });

  it('and whose redemption was adjusted to another merchant meanwhile, comes to nothing', async () => {
    const scheme = await openSettled();
    const { world } = scheme;
    const run = (await runById(world.store, await runOne(scheme)))!;
    const due = await payoutsOfMerchant(world.store, run.id, scheme.of('wanhe').merchantId, 'wanhe');
    const closed = { scheme, run, due };
    await scheme.confirmAll(run.id);
    await world.must(bookPayouts, await answer(closed, [failed(due[0]!)]));
    await scheme.adjust(scheme.settled.entry_id, scheme.right('taiyan', { gexiang: 1_000 }));
    await world.must(carryPayout, await carrying(closed, due[0]!));
    await expectWhole(scheme);
    await scheme.payAll(run.id);
    expect(await runById(world.store, run.id)).toMatchObject({ state: 'paid' });
    const second = await settleAndPay(scheme, '2026-03-03', '2026-03-04');
    expect(await payoutsOfMerchant(world.store, second, due[0]!.merchantId, 'wanhe')).toMatchObject([{ fen: 0, state: 'carried' }]);
    // Only the right shop was ever paid.
    expect(await money(scheme)).toEqual({ 'bank:gexiang': -1_000, 'cost:gexiang': 1_000 });
    await expectWhole(scheme);
  });

  it('is carried once, by the community that owes it, and no other is: whatever is refused changes nothing', async () => {
    const closed = await closedRun();
    const { world, of } = closed.scheme;
    const [taiyan, small, large] = closed.due as [Row<'payout'>, Row<'payout'>, Row<'payout'>];
    await world.must(bookPayouts, await answer(closed, [failed(small), paid(large)]));
    const good = await carrying(closed, small);
    const refused = async (change: Partial<typeof good>, code: string) => refusedAlone(world, carryPayout, { ...good, ...change }, code);
    expect(await refused({ by: of('taiyan').officer }, 'foreign_community')).toEqual({ community_id: 'wanhe' });
    await refused({ by: { id: good.by.id, communityId: null } }, 'foreign_community');
    await refused({ payoutId: `pyo_${'0'.repeat(32)}` }, 'payout_not_found');
    await refused({ runId: `run_${'0'.repeat(32)}` }, 'settlement_run_not_found');
    expect(await refused({ payoutId: large.id }, 'payout_not_failed')).toEqual({ payout_id: large.id, state: 'paid' });
    const due = await carrying(closed, taiyan);
    expect(await refusedAlone(world, carryPayout, due, 'payout_not_failed')).toEqual({ payout_id: taiyan.id, state: 'due' });
    await world.must(carryPayout, good);
    expect(await refused({}, 'payout_not_failed')).toEqual({ payout_id: small.id, state: 'carried' });
    closed.scheme.goOnTo('2026-03-05');
    const next = await closed.scheme.settle('2026-03-04');
    await refused({ runId: next.id }, 'payout_not_found');
    await expectSound(closed);
  });

  it('and that was carried, is known to have failed, but can no longer be paid', async () => {
    const closed = await closedRun();
    const { world } = closed.scheme;
    const [, small] = closed.due as [Row<'payout'>, Row<'payout'>];
    await world.must(bookPayouts, await answer(closed, [failed(small)]));
    await world.must(carryPayout, await carrying(closed, small));
    const before = await contents(closed);
    expect(await world.must(bookPayouts, await answer(closed, [failed(small)]))).toMatchObject({ outcomes: [{ changed: false }] });
    await world.refused(bookPayouts, await answer(closed, [paid(small)]), 'payout_not_found');
    expect(await contents(closed)).toBe(before);
  });
});
