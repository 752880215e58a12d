/** The clock stands at 2026-03-02 10:00 in Shanghai; a run over that day is closed on the next. */
import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { audit } from '../../../src/cli/audit.ts';
import { nextRunNumber, openSettlementRun, payoutsOfMerchant } from '../../../src/clearing/index.ts';
import { keepSettlementFile } from '../../../src/clearing/files.ts';
import { addMerchant, addStore, addTerminal, renameCommunity } from '../../../src/communities/index.ts';
import { put } from '../../../src/ledger/index.ts';
import type { Row, TableName } from '../../../src/store/index.ts';
import { type Communities, openCommunities } from '../../support/communities.ts';
import type { Answer, Caller } from '../../support/counter.ts';
import { expectFields, expectProblem, openOffices, type Offices, read } from '../../support/offices.ts';
import { book } from '../../support/scheme.ts';
import { succeed } from '../../support/two-officers.ts';
import { street as hand } from '../../support/world.ts';

type Settled = Offices & {
  readonly scheme: Communities;
  readonly run: Row<'settlementRun'>;
  readonly path: string;
  readonly merchantPath: string;
  /** Of Wanhe: a supermarket that is owed 40 yuan, and a bookshop that is owed 20. */
  readonly due: readonly [Row<'payout'>, Row<'payout'>];
};

const NAME = `<script>alert("x")</script>&'书店'`;

/** Gexiang owes Wanhe 50 yuan, and Wanhe Gexiang 10. One of the two shops of Wanhe has a wicked name. */
async function openSettled(): Promise<Settled> {
  const offices = await openOffices();
  const { world } = offices;
  const scheme = await openCommunities(['gexiang', 'wanhe'], world);
  const shop = { ...scheme.of('wanhe') };
  const undone = await scheme.spend('gexiang', 'wanhe', 1);
  Object.assign(scheme.of('wanhe'), { terminalId: null });
  await scheme.spend('gexiang', 'wanhe', 3);
  await scheme.spend('wanhe', 'wanhe', 1);
  await scheme.spend('wanhe', 'gexiang', 1);
  const by = world.wanhe;
  const merchantId = (await world.must(addMerchant, { by, communityId: 'wanhe', name: NAME })).id;
  const storeId = (await world.must(addStore, { by, merchantId, name: '一店' })).id;
  const terminalId = (await world.must(addTerminal, { by, storeId, name: '1号' })).id;
  Object.assign(scheme.of('wanhe'), { merchantId, storeId, terminalId });
  await scheme.spend('gexiang', 'wanhe', 2);
  await world.must(renameCommunity, { id: 'gexiang', name: '<b>葛巷</b>' });
  Object.assign(scheme.of('wanhe'), shop);
  await scheme.reverse(undone);
  scheme.goOnTo('2026-03-03');
  const run = await scheme.settle('2026-03-02');
  const { payout } = world.store.tables;
  const rows = await world.store.read.select().from(payout);
  const due = rows.filter(({ communityId }) => communityId === 'wanhe').toSorted((a, b) => b.fen - a.fen) as [Row<'payout'>, Row<'payout'>];
  expect(due.map(({ fen }) => fen)).toEqual([4_000, 2_000]);
  const path = `/v1/settlement-runs/${run.id}`;
  return { ...offices, scheme, run, path, due, merchantPath: `${path}/statements/merchants/${due[1].merchantId}` };
}

/** A file as it came, whose headers say what it is. */
async function fileOf(caller: Caller, path: string): Promise<Answer> {
  const answer = await caller.get(path);
  expect([answer.status, answer.headers['content-type']], answer.text).toEqual([200, 'text/csv; charset=utf-8']);
  expect(answer.headers['x-content-sha256']).toBe(hash('sha256', answer.text));
  expect(answer.headers['x-row-count']).toBe(String(answer.text.trimEnd().split('\r\n').length - 1));
  expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="[\w-]+\.csv"$/);
  return answer;
}

/** Everything in the database but some tables, as one text. */
async function contents({ world }: Settled, ...but: readonly TableName[]): Promise<string> {
  const names = (Object.keys(world.store.tables) as TableName[]).filter((name) => !but.includes(name));
  return JSON.stringify(await Promise.all(names.map(async (name) => world.store.read.select().from(world.store.tables[name]))));
}

async function expectSound({ world }: Settled): Promise<void> {
  expect((await audit(world.store)).checks.filter(({ finding }) => 'broken' in finding)).toEqual([]);
}

describe('GET /v1/settlement-runs/{id}/statements/communities/{community_id}', () => {
  it('says the same as JSON, as CSV and as a page', async () => {
    const settled = await openSettled();
    const path = `${settled.path}/statements/communities/wanhe`;
    const json = await read(settled.wanhe, path);
    const csv = await fileOf(settled.wanhe, `${path}?format=csv`);
    const page = await settled.wanhe.get(`${path}?format=html`);
    expect(json).toEqual({
      run_id: settled.run.id,
      run_number: 1,
      from_day: '2026-03-02',
      through_day: '2026-03-02',
      closed_at: '2026-03-03T02:00:00.000Z',
      community_id: 'wanhe',
      community_name: '万和社区',
      totals: {
        due_to_fen: 1_000,
        due_from_fen: 5_000,
        net_fen: 4_000,
        payable_fen: 6_000,
        payouts: 2,
        counterparties: [{ community_id: 'gexiang', name: '<b>葛巷</b>', due_to_fen: 1_000, due_from_fen: 5_000, net_fen: 4_000 }],
      },
      row_count: 1,
      sha256: csv.headers['x-content-sha256'],
      lines: [
        {
          counterparty_id: 'gexiang',
          counterparty_name: '<b>葛巷</b>',
          business_day: '2026-03-02',
          due_to_fen: 1_000,
          due_from_fen: 5_000,
          net_fen: 4_000,
        },
      ],
    });
    expect(csv.text.split('\r\n')).toEqual([
      '\uFEFFcounterparty_id,counterparty_name,business_day,due_to_fen,due_from_fen,net_fen',
      'gexiang,<b>葛巷</b>,2026-03-02,1000,5000,4000',
      '',
    ]);
    for (const told of ['社区往来结算单', '万和社区', '&lt;b&gt;葛巷&lt;/b&gt;', '<td class="fen">10.00</td>', '50.00', json['sha256']]) {
      expect(page.text).toContain(told);
    }
    expect(page.text).not.toContain('<b>');
    await expectSound(settled);
  });

  it('is a community’s own to read, and the street’s', async () => {
    const settled = await openSettled();
    const path = `${settled.path}/statements/communities/wanhe`;
    expectProblem(await settled.gexiang.get(path), 'foreign_community', { details: { community_id: 'wanhe' } });
    expectProblem(await settled.machine.get(path), 'foreign_community');
    expectProblem(await settled.till.get(path), 'insufficient_scope');
    expect((await settled.street.get(path)).status).toBe(200);
    expect((await settled.machine.get(path.replace('wanhe', 'gexiang'))).body).toMatchObject({ totals: { net_fen: -4_000 } });
    expectProblem(await settled.street.get(path.replace('wanhe', 'nowhere')), 'settlement_file_not_found');
    expectProblem(await settled.street.get(path.replace(settled.run.id, `run_${'0'.repeat(32)}`)), 'settlement_run_not_found');
    expectFields(await settled.wanhe.get(`${path}?format=pdf`), 'query/format');
  });
});

describe('GET /v1/settlement-runs/{id}/statements/merchants/{merchant_id}', () => {
  it('says the same as JSON, as CSV and as a page', async () => {
    const settled = await openSettled();
    const path = settled.merchantPath.replace(settled.due[1].merchantId, settled.due[0].merchantId);
    const json = await read(settled.wanhe, path);
    const csv = await fileOf(settled.wanhe, `${path}?format=csv`);
    const page = await settled.wanhe.get(`${path}?format=html`);
    expect(json).toMatchObject({
      merchant_id: settled.due[0].merchantId,
      merchant_name: 'wanhe超市',
      payout_id: settled.due[0].id,
      community_id: 'wanhe',
      community_name: '万和社区',
      totals: {
        redemptions: 3,
        redeemed_fen: 5_000,
        reversals: 1,
        reversed_fen: 1_000,
        adjustments: 0,
        adjusted_fen: 0,
        net_fen: 4_000,
        carried_in_fen: 0,
        total_fen: 4_000,
      },
      row_count: 4,
      sha256: csv.headers['x-content-sha256'],
    });
    const [header, ...rows] = csv.text.trimEnd().split('\r\n');
    expect(rows.map((row) => row.split(','))).toEqual(
      json['lines'].map((line: object) => Object.values(line).map((value) => (value === null ? '' : String(value)))),
    );
    expect(header!.split(',')).toEqual(Object.keys(json['lines'][0]).with(0, '\uFEFFkind'));
    expect(json['lines'][1]['terminal_id']).toBeNull();
    for (const line of json['lines']) {
      const yuan = line.kind === 'reversal' ? `-${(0 - line.fen) / 100}.00` : `${line.fen / 100}.00`;
      expect(page.text).toContain(`<td>${line.order_no}</td><td>${line.id}</td><td class="fen">${yuan}</td>`);
    }
    for (const told of ['商户结算单', 'wanhe超市', '3 笔，50.00 元', '1 笔，10.00 元', '40.00', '明细行数 4', json['sha256']]) {
      expect(page.text).toContain(told);
    }
    await expectSound(settled);
  });

  it('is a page that runs nothing, whatever the merchant calls itself', async () => {
    const { wanhe, merchantPath } = await openSettled();
    const page = await wanhe.get(`${merchantPath}?format=html`);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    const policy = page.headers['content-security-policy']!;
    const style = /<style>([^]*?)<\/style>/.exec(page.text)![1]!;
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${hash('sha256', style, 'base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(page.text).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;书店&#39;');
    expect(page.text).not.toMatch(/<script|\son\w+=|javascript:/i);
    expect((await read(wanhe, merchantPath))['merchant_name']).toBe(NAME);
  });

  it('is the community’s that pays it to read, the street’s, and the merchant’s own', async () => {
    const settled = await openSettled();
    const { as, run, due, merchantPath } = settled;
    expectProblem(await settled.gexiang.get(merchantPath), 'settlement_file_not_found');
    expectProblem(await settled.gexiang.get(`${merchantPath}?community_id=wanhe`), 'foreign_community');
    const told = await read(settled.street, merchantPath);
    expect(await read(settled.wanhe, merchantPath)).toEqual(told);
    const own = await as({ kind: 'till', merchantId: due[1].merchantId, storeId: null });
    expect(await read(own, `/v1/settlement-runs/${run.id}/statements/own`)).toEqual(told);
    // Its first address goes on.
    expect(await read(own, `/v1/reconciliations/settlements/${run.id}`)).toEqual(told);
    const csv = await fileOf(own, `/v1/reconciliations/settlements/${run.id}?format=csv`);
    expect(csv.headers['x-content-sha256']).toBe(told['sha256']);
    expectProblem(await own.get(merchantPath), 'insufficient_scope');
    const idle = await as({ kind: 'till', merchantId: settled.world.merchantId, storeId: null });
    expectProblem(await idle.get(`/v1/reconciliations/settlements/${run.id}`), 'settlement_file_not_found');
    // A till that is bound to a store is told nothing of the others.
    expectProblem(await settled.till.get(`/v1/reconciliations/settlements/${run.id}`), 'wrong_client');
    expectProblem(await settled.machine.get(`/v1/reconciliations/settlements/${run.id}`), 'wrong_client');
  });

  it('names the community where two owe the merchant, after a succession', async () => {
    const settled = await openSettled();
    const { world, scheme, street, due } = settled;
    scheme.goOnTo('2026-03-03');
    const undone = await scheme.spend('gexiang', 'wanhe', 1);
    await succeed(world, 'wanhe', 'gexiang', '2026-03-04');
    scheme.goOnTo('2026-03-04');
    await scheme.reverse(undone);
    await scheme.spend('gexiang', 'wanhe', 2);
    scheme.goOnTo('2026-03-05');
    const run = await scheme.settle('2026-03-04');
    const path = `/v1/settlement-runs/${run.id}/statements/merchants/${due[0].merchantId}`;
    expectFields(await street.get(path), 'query/community_id');
    expect(await read(street, `${path}?community_id=wanhe`)).toMatchObject({ totals: { redemptions: 1, reversals: 0, total_fen: 1_000 } });
    expect(await read(settled.gexiang, path)).toMatchObject({
      community_id: 'gexiang',
      totals: { redemptions: 1, reversals: 1, total_fen: 1_000 },
    });
    await expectSound(settled);
  });
});

describe('GET /v1/settlement-runs/{id}/payout-file', () => {
  it('is a line for each merchant that is paid', async () => {
    const settled = await openSettled();
    const { wanhe, street, gexiang, machine, path, due } = settled;
    const file = await fileOf(wanhe, `${path}/payout-file`);
    const [header, ...lines] = file.text.trimEnd().split('\r\n');
    expect(header).toBe('\uFEFFpayout_id,merchant_id,merchant_name,amount_fen,amount_yuan,run,remark');
    expect(lines.toSorted()).toEqual(
      [
        `${due[0].id},${due[0].merchantId},wanhe超市,4000,40.00,1,积分商户结算第1期 2026-03-02至2026-03-02`,
        `${due[1].id},${due[1].merchantId},"${NAME.replaceAll('"', '""')}",2000,20.00,1,积分商户结算第1期 2026-03-02至2026-03-02`,
      ].toSorted(),
    );
    expect((await fileOf(street, `${path}/payout-file?community_id=wanhe`)).text).toBe(file.text);
    expectFields(await street.get(`${path}/payout-file`), 'query/community_id');
    expectProblem(await gexiang.get(`${path}/payout-file?community_id=wanhe`), 'foreign_community');
    expect((await fileOf(machine, `${path}/payout-file`)).headers['x-row-count']).toBe('1');
  });
});

describe('a file', () => {
  it('stays the same byte for byte, whatever changes afterwards', async () => {
    const settled = await openSettled();
    const { world, wanhe, scheme, path, merchantPath, due, run } = settled;
    const formats = ['json', 'csv', 'html'].flatMap((format) => [
      `${merchantPath}?format=${format}`,
      `${path}/statements/communities/wanhe?format=${format}`,
    ]);
    const all = async () => Promise.all([...formats, `${path}/payout-file`].map(async (each) => (await wanhe.get(each)).text));
    const first = await all();
    await world.must(renameCommunity, { id: 'wanhe', name: '新万和' });
    const { merchant } = world.store.tables;
    const row = (await world.store.read.select().from(merchant)).find(({ id }) => id === due[1].merchantId)!;
    await world.must(book, { rows: [put('merchant', { ...row, name: '新书店' })] });
    await scheme.spend('gexiang', 'wanhe', 3);
    await scheme.confirmAll(run.id);
    await scheme.payAll(run.id);
    expect(await all()).toEqual(first);
  });

  it('that was frozen without a byte order mark stays as it is, and says the same', async () => {
    const { world, wanhe, path, run } = await openSettled();
    const statement = `${path}/statements/communities/wanhe`;
    const twin = await openSettled();
    const fresh = await fileOf(twin.wanhe, `${twin.path}/statements/communities/wanhe?format=csv`);
    expect(fresh.text.startsWith('\uFEFF')).toBe(true);
    const content = fresh.text.slice(1);
    const totals = JSON.stringify((await read(twin.wanhe, `${twin.path}/statements/communities/wanhe`))['totals']);
    const kept = { runId: run.id, name: 'community:wanhe', content, rowCount: 1, totals, sha256: hash('sha256', content) };
    await world.must(keepSettlementFile, kept);
    expect((await fileOf(wanhe, `${statement}?format=csv`)).text).toBe(content);
    const lines = (await read(twin.wanhe, `${twin.path}/statements/communities/wanhe`))['lines'];
    expect((await read(wanhe, statement))['lines']).toEqual(lines);
    expect(Object.keys(lines[0])[0]).toBe('counterparty_id');
  });

  it('is the same to two who read it first at once', async () => {
    const { wanhe, street, merchantPath } = await openSettled();
    const [one, other] = await Promise.all([wanhe, street].map((caller) => caller.get(`${merchantPath}?format=csv`)));
    expect([other!.status, other!.text]).toEqual([200, one!.text]);
  });

  it('is not of a run that is open', async () => {
    const { world, street, wanhe, due, scheme } = await openSettled();
    scheme.goOnTo('2026-03-04');
    const opening = { by: hand, number: await nextRunNumber(world.store), throughDay: '2026-03-03' };
    const { id } = await world.must(openSettlementRun, opening);
    for (const rest of ['statements/communities/wanhe', `statements/merchants/${due[0].merchantId}`, 'payout-file?community_id=wanhe']) {
      expectProblem(await street.get(`/v1/settlement-runs/${id}/${rest}`), 'settlement_run_not_closed', { details: { run_id: id } });
    }
    const answer = `payout_id,amount_fen,result,bank_reference\n${due[0].id},4000,paid,B-1\n`;
    expectProblem(await send({ wanhe } as Settled, id, answer), 'settlement_run_not_closed');
  });
});

type Sending = { readonly by?: Caller; readonly key?: string; readonly sha256?: string; readonly type?: string };

let keys = 0;

/** Sends the bank's answer to a run. */
async function send(settled: Settled, runId: string, body: string | Buffer, how: Sending = {}): Promise<Answer> {
  const { by = settled.wanhe, key = `answer-${++keys}`, sha256 = hash('sha256', body), type = 'text/csv' } = how;
  return by.send(`/v1/settlement-runs/${runId}/payout-results`, body, {
    'content-type': type,
    'idempotency-key': key,
    'x-content-sha256': sha256,
  });
}

const HEADER = 'payout_id,amount_fen,result,bank_reference,failure';

function answerOf(...lines: string[]): string {
  return [HEADER, ...lines, ''].join('\r\n');
}

describe('POST /v1/settlement-runs/{id}/payout-results', () => {
  it('marks payouts as paid or failed, row by row, and changes nothing when it is imported again', async () => {
    const settled = await openSettled();
    const { run, due, path, wanhe } = settled;
    const answer = answerOf(`${due[0].id},4000,paid,B-1,`, `${due[1].id},2000,failed,,账号不存在`);
    const first = await send(settled, run.id, answer, { key: 'answer' });
    expect([first.status, first.body]).toEqual([
      200,
      {
        run_id: run.id,
        run_state: 'closed',
        row_count: 2,
        changed: 2,
        paid_fen: 4_000,
        outcomes: [
          { payout_id: due[0].id, state: 'paid', changed: true },
          { payout_id: due[1].id, state: 'failed', changed: true },
        ],
      },
    ]);
    await expectSound(settled);
    const replayed = await send(settled, run.id, answer, { key: 'answer' });
    expect([replayed.headers['idempotency-replayed'], replayed.body]).toEqual(['true', first.body]);
    expectProblem(await send(settled, run.id, answer.replace('B-1', 'B-2'), { key: 'answer' }), 'idempotency_key_reused');
    const again = await send(settled, run.id, answer);
    expect(again.body).toMatchObject({ changed: 0, paid_fen: 0, outcomes: [{ changed: false }, { changed: false }] });
    const later = await send(settled, run.id, answerOf(`${due[0].id},4000,paid,B-1,`, `${due[1].id},2000,paid,B-2,`));
    expect(later.body).toMatchObject({ changed: 1, paid_fen: 2_000, outcomes: [{ changed: false }, { changed: true }] });
    const { items } = await read(wanhe, `${path}/payouts`);
    expect(
      items.map(({ id, state, bank_reference: reference, failure }: Record<string, unknown>) => [id, state, reference, failure]),
    ).toEqual(
      expect.arrayContaining([
        [due[0].id, 'paid', 'B-1', null],
        [due[1].id, 'paid', 'B-2', null],
      ]),
    );
    expectProblem(await send(settled, run.id, answerOf(`${due[1].id},2000,failed,,退票`)), 'payout_paid');
    await expectSound(settled);
  });

  it('takes what a bank may send: other columns, another order, a mark of the byte order, GBK', async () => {
    const settled = await openSettled();
    const { run, due } = settled;
    const answer = `序号,result,failure,amount_fen,payout_id,bank_reference\n1,paid,,4000,${due[0].id},B-1\n\n,,,,,\n`;
    expect((await send(settled, run.id, `\u{feff}${answer}`)).body).toMatchObject({ row_count: 1, changed: 1 });
    // 账号不存在, as GBK has it.
    const failure = Buffer.from('d5cbbac5b2bbb4e6d4da', 'hex');
    const bytes = Buffer.concat([Buffer.from(`${HEADER}\n${due[1].id},2000,failed,,`), failure]);
    expectProblem(await send(settled, run.id, bytes), 'malformed_csv');
    expect((await send(settled, run.id, bytes, { type: 'text/csv; charset=gbk' })).status).toBe(200);
    const [payout] = await payoutsOfMerchant(settled.world.store, run.id, due[1].merchantId, 'wanhe');
    expect(payout).toMatchObject({ state: 'failed', failure: '账号不存在' });
  });

  it('refuses what does not fit, with the line, and nothing is changed', async () => {
    const settled = await openSettled();
    const { run, due, world } = settled;
    const [large, small] = due;
    const good = `${large.id},4000,paid,B-1,`;
    const foreign = (await payoutsOfMerchant(world.store, run.id, settled.scheme.of('gexiang').merchantId, null))[0]!;
    await send(settled, run.id, answerOf(`${small.id},2000,paid,B-0,`));
    // A refusal leaves its request row, and nothing else.
    const before = await contents(settled, 'request');
    const problem = async (code: Parameters<typeof expectProblem>[1], line: string, more: object = {}) =>
      expectProblem(await send(settled, run.id, answerOf(good, line)), code, more);
    await problem('payout_paid', `${small.id},2000,paid,B-2,`, { details: { payout_id: small.id, line: 3, bank_reference: 'B-0' } });
    await problem('payout_altered', `${small.id},2001,paid,B-0,`, {
      details: { payout_id: small.id, line: 3, expected_fen: 2_000, given_fen: 2_001 },
    });
    await problem('payout_not_found', `pyo_${'0'.repeat(32)},2000,paid,B-2,`);
    await problem('foreign_community', `${foreign.id},1000,paid,B-2,`);
    expectProblem(await send(settled, run.id, answerOf(`${large.id},4000,paid,B-0,`)), 'bank_reference_used', {
      details: expect.objectContaining({ bank_reference: 'B-0', subject: small.id, line: 2 }),
    });
    expectProblem(await send(settled, run.id, answerOf(good), { by: settled.gexiang }), 'foreign_community');
    expectProblem(await send(settled, run.id, answerOf(good), { by: settled.street }), 'foreign_community');
    expectProblem(await send(settled, run.id, answerOf(good), { by: settled.machine }), 'insufficient_scope');
    expectProblem(await send(settled, `run_${'0'.repeat(32)}`, answerOf(good)), 'settlement_run_not_found');
    expect(await contents(settled, 'request')).toBe(before);
  });

  it('refuses a file that is not what its checksum says', async () => {
    const settled = await openSettled();
    const { run, due } = settled;
    const answer = answerOf(`${due[0].id},4000,paid,B-1,`);
    const before = await contents(settled);
    const altered = await send(settled, run.id, answer.replace('4000', '4001'), { sha256: hash('sha256', answer) });
    expectProblem(altered, 'checksum_mismatch');
    expect(altered.body['errors']).toEqual([
      { pointer: 'header/x-content-sha256', detail: 'is not the SHA-256 of the body', code: 'not_the_checksum' },
    ]);
    expectFields(await send(settled, run.id, answer, { sha256: 'no' }), 'header/x-content-sha256');
    expect(await contents(settled)).toBe(before);
    expect((await send(settled, run.id, answer, { sha256: hash('sha256', answer).toUpperCase() })).status).toBe(200);
  });

  it('refuses lines that are not as they should be, all at once, and nothing is changed', async () => {
    const settled = await openSettled();
    const { run, due } = settled;
    const [large, small] = due;
    const before = await contents(settled);
    const fields = async (body: string, ...pointers: string[]) => expectFields(await send(settled, run.id, body), ...pointers);
    await fields('', 'line/1/payout_id', 'line/1/amount_fen', 'line/1/result');
    await fields('payout_id,result,result\n', 'line/1/amount_fen', 'line/1/result');
    await fields(`${HEADER}\n`, 'line/2');
    await fields(
      answerOf(
        `${large.id},4000,paid,B-1,`,
        `${small.id},20.00,paid,B-2,`,
        `${small.id},2000,done,B-2,`,
        'mine,2000,paid,B-2,',
        `${small.id},2000,paid,,`,
        `${small.id},2000,failed,,`,
        `${small.id},2000,paid,B-2,why`,
        `${small.id},2000,failed,B-2,why`,
        `${small.id},-2000,paid,B-2,`,
      ),
      'line/3/amount_fen',
      'line/4/result',
      'line/5/payout_id',
      'line/6/bank_reference',
      'line/7/failure',
      'line/8/failure',
      'line/9/bank_reference',
      'line/10/amount_fen',
    );
    await fields(answerOf(`${large.id},4000,paid,B-1,`, `${large.id},4000,paid,B-1,`), 'line/3/payout_id', 'line/3/bank_reference');
    await fields(answerOf(`${large.id},4000,paid,B-1,`, `${small.id},2000,paid,B-1,`), 'line/3/bank_reference');
    await fields(answerOf(`${large.id},4000,paid,B-1,`, `${small.id},2000,paid,b\u200B-1,`), 'line/3/bank_reference');
    await fields(answerOf(`${large.id},4000,paid,\u200B,`), 'line/2/bank_reference');
    expectProblem(await send(settled, run.id, `${HEADER}\n${large.id},4000,paid\n`), 'malformed_csv');
    expectProblem(await send(settled, run.id, `${HEADER}\n"${large.id}`), 'malformed_csv');
    const many = answerOf(...Array.from({ length: 1_001 }, (_, n) => `${large.id},4000,paid,B-${n},`));
    expectProblem(await send(settled, run.id, many), 'payload_too_large', { details: { limit_lines: 1_000 } });
    expectProblem(await send(settled, run.id, '{}', { type: 'application/json' }), 'unsupported_media_type');
    expect(await contents(settled)).toBe(before);
  });
});

describe('POST /v1/settlement-runs/{id}/payouts/{payout_id}/carry', () => {
  it('carries what the bank refused, once, and answers with the payout', async () => {
    const settled = await openSettled();
    const { run, due, path, wanhe, street, gexiang, machine, scheme, merchantPath } = settled;
    const carry = `${path}/payouts/${due[1].id}/carry`;
    const reason = { reason: '账户已销' };
    expectProblem(await wanhe.post(carry, reason), 'payout_not_failed', { details: { payout_id: due[1].id, state: 'due' } });
    await send(settled, run.id, answerOf(`${due[1].id},2000,failed,,账号不存在`));
    const before = await contents(settled, 'request');
    for (const other of [street, gexiang]) {
      expectProblem(await other.post(carry, reason), 'foreign_community', { details: { community_id: 'wanhe' } });
    }
    expectProblem(await machine.post(carry, reason), 'insufficient_scope');
    expectFields(await wanhe.post(carry, {}), '/reason');
    const unknown = `pyo_${'0'.repeat(32)}`;
    const missing = await wanhe.post(`${path}/payouts/${unknown}/carry`, reason);
    expectProblem(missing, 'payout_not_found', { detail: `This settlement run has no payout ${unknown} to pay.` });
    expect(await contents(settled, 'request')).toBe(before);

    const frozen = (await fileOf(wanhe, `${merchantPath}?format=csv`)).text;
    const carried = await wanhe.post(carry, reason, 'carry-1');
    expect([carried.status, carried.body]).toEqual([
      200,
      {
        id: due[1].id,
        community_id: 'wanhe',
        merchant_id: due[1].merchantId,
        merchant_name: NAME,
        fen: 2_000,
        state: 'carried',
        bank_reference: null,
        failure: '账号不存在；账户已销',
        decided_at: '2026-03-03T02:00:00.000Z',
      },
    ]);
    const again = await wanhe.post(carry, reason, 'carry-1');
    expect([again.headers['idempotency-replayed'], again.body]).toEqual(['true', carried.body]);
    expectProblem(await wanhe.post(carry, reason), 'payout_not_failed', { details: { payout_id: due[1].id, state: 'carried' } });
    await expectSound(settled);

    scheme.goOnTo('2026-03-04');
    const next = await scheme.settle('2026-03-03');
    const statement = await read(wanhe, `/v1/settlement-runs/${next.id}/statements/merchants/${due[1].merchantId}`);
    expect(statement).toMatchObject({ row_count: 0, totals: { net_fen: 0, carried_in_fen: 2_000, total_fen: 2_000 } });
    expect((await fileOf(wanhe, `/v1/settlement-runs/${next.id}/payout-file`)).text).toContain(`,${due[1].merchantId},`);
    expect((await fileOf(wanhe, `${merchantPath}?format=csv`)).text).toBe(frozen);
    expect((await fileOf(wanhe, `${path}/payout-file`)).headers['x-row-count']).toBe('2');
    await expectSound(settled);
  });
});
