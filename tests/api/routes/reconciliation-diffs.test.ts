import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type IncomingMessage, request as connect, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { advice } from '../../../src/api/routes/till-book-wire.ts';
import { audit } from '../../../src/cli/audit.ts';
import { addStore } from '../../../src/communities/index.ts';
import { put } from '../../../src/ledger/index.ts';
import { idOf, type Row } from '../../../src/store/index.ts';
import { type Answer, type Caller, codeOf, type Counter, openCounter } from '../../support/counter.ts';
import { expectTable } from '../../support/documents.ts';
import { plansOf } from '../../support/plans.ts';
import { book } from '../../support/scheme.ts';

const HOUR = 3_600_000;
const DAY = '2026-03-02';

/** Sends a till's book, by the till of the world unless another is given. */
async function compare(counter: Counter, body: string | Buffer, type = 'text/csv', day = DAY, by = counter.till): Promise<Answer> {
  const request = counter.api.http
    .post(`/v1/reconciliations/${day}/diff`)
    .set({ authorization: await by.authorize(), 'content-type': type });
  return request.send(body);
}

async function redeem({ till, readyCode, order }: Counter, requestNo: string, orderNo = `A-${requestNo}`, by = till, more = {}) {
  const { body } = await by.post('/v1/redemptions', order((await readyCode()).code, { order_no: orderNo, ...more }), requestNo);
  return body['id'] as string;
}

function items(answer: Answer, list: string): Record<string, any>[] {
  return answer.body[list].items;
}

/** Holds that a comparison found only what is named, in as few words as it takes, and that it explains the difference. */
function expectFound({ status, body }: Answer, expected: Record<string, readonly object[]>): void {
  expect(status, JSON.stringify(body)).toBe(200);
  const lists = ['missing_here', 'missing_there', 'different', 'other_day', 'repeated', 'rounded'];
  for (const list of lists) {
    const wanted = expected[list] ?? [];
    expect(body[list], list).toMatchObject({ count: wanted.length, truncated: 0, items: wanted });
  }
  expect(lists.reduce((sum, list) => sum + body[list].fen, 0)).toBe(body['difference_fen']);
  expect(body['agrees']).toBe(Object.keys(expected).length === 0);
}

/** A file of one line. */
const file = (request: string, fen: string, order: string) => `request_no,fen,order_no\n${request},${fen},${order}\n`;

/** The one fault of it. */
const mangled = (pointer: string, how: string) => [[pointer, 'mangled_by_spreadsheet', how]];

describe('POST /v1/reconciliations/{date}/diff', () => {
  it('finds nothing in our own file, as it is and of every format', async () => {
    const counter = await openCounter();
    const reversed = await redeem(counter, '-1', '=1+1');
    await redeem(counter, 'R-2', '+2', counter.till, { terminal_id: counter.world.terminalId });
    await redeem(counter, 'R-3', '"万和", 一店');
    await counter.till.post(`/v1/redemptions/${reversed}/reversals`, { reason: '退货' });
    await counter.till.post('/v1/redemption-voids', { request_no: 'R-3', reason: '无答复' });

    const { text } = await counter.till.get(`/v1/reconciliations/${DAY}?format=csv`);
    const answer = await compare(counter, text);
    expectFound(answer, {});
    const totals = { redemptions: 3, redeemed_fen: 3_000, reversals: 2, reversed_fen: 2_000, net_fen: 1_000 };
    const { merchantId, storeId } = counter.world;
    expect(answer.body).toMatchObject({
      merchant_id: merchantId,
      store_id: storeId,
      business_day: DAY,
      status: 'open',
      lines: 5,
      matched: 5,
    });
    expect(answer.body).toMatchObject({ ours: totals, theirs: totals, difference_fen: 0, other_stores: 0 });

    const { lines } = (await counter.till.get(`/v1/reconciliations/${DAY}`)).body;
    const own = lines.map(({ kind, request_no, fen, order_no, redemption_id }: any) => ({
      kind,
      request_no,
      fen,
      order_no,
      redemption_id,
    }));
    expectFound(await compare(counter, JSON.stringify({ lines: own }), 'application/json'), {});
    expectFound(await compare(counter, own.map((line: object) => `${JSON.stringify(line)}\n`).join(''), 'application/x-ndjson'), {});
    expect((await audit(counter.world.store)).ok).toBe(true);
  });

  it('finds nothing in our own file with an order number that was kept while it might hold characters that nobody sees', async () => {
    const counter = await openCounter();
    const { world } = counter;
    await world.grantHours(world.gexiang, world.residentId, 10);
    await world.redeemVoucher(await world.takeVoucher(), 'A\u200B-\u202E1');
    const { text } = await counter.till.get(`/v1/reconciliations/${DAY}?format=csv`);
    expect(text).toContain('A\u200B-\u202E1');
    expectFound(await compare(counter, text), {});
    expectFound(await compare(counter, text.replace('A\u200B-\u202E1', 'a-1')), {});
  });

  it('reads a text cell without its apostrophe, and digits in full width; what a spreadsheet has mangled is refused by name', async () => {
    const counter = await openCounter();
    await redeem(counter, '20261201000000001', '20261201000000002');
    expectFound(await compare(counter, file("'20261201000000001", "'１０００", "'20261201000000002")), {});
    expectFound(await compare(counter, file('20261201000000001', '"1,000"', '20261201000000002')), {});
    const faults = async (body: string, type?: string) => {
      const { body: problem } = await compare(counter, body, type);
      return problem['errors'].map((each: any) => [each.pointer, each.code, each.details?.how]);
    };
    const formula = '"=""1"""';
    expect(await faults(file('2.02612E+17', '1000', 'A'))).toEqual(mangled('line/2/request_no', 'shortened'));
    expect(await faults(file('########', '1000', 'A'))).toEqual(mangled('line/2/request_no', 'covered'));
    expect(await faults(file(formula, '1000', 'A'))).toEqual(mangled('line/2/request_no', 'formula'));
    expect(await faults(file('R', '1000', '2.02612E+17'))).toEqual(mangled('line/2/order_no', 'shortened'));
    expect(await faults(file('R', '1000', formula))).toEqual(mangled('line/2/order_no', 'formula'));
    // As a program writes it that makes a CSV for a spreadsheet: its quotation marks stand alone.
    expect(await faults(file('="1"', '1000', 'A'))).toEqual(mangled('line/2/request_no', 'formula'));
    expect(await faults(file('R', '####', 'A'))).toEqual(mangled('line/2/fen', 'covered'));
    expect(await faults(file('R', '10.00', 'A'))).toEqual([['line/2/fen', 'not_whole_fen', undefined]]);
    const json = JSON.stringify({ lines: [{ request_no: 'R', fen: 1_000, order_no: "'A" }] });
    expect(await faults(json, 'application/json')).toEqual(mangled('/lines/0/order_no', 'quoted'));
  });

  it('reads a book of another till: its own headings and words, full width, what nobody sees, totals and notes below', async () => {
    const counter = await openCounter();
    const undone = await redeem(counter, 'R-1');
    await redeem(counter, 'R-2');
    await counter.till.post(`/v1/redemptions/${undone}/reversals`, { reason: '退货' });
    const theirs = [
      '万和超市 交易明细,,,,',
      '序号,交易流水号,业务类型,金额（元）,抵扣金额（元）,收银单号',
      '1,Ｒ－１,核销成功,56.80,￥10.00,A-R-1',
      '2,\u202AR-1\u202C,消费撤销,-56.80,−10.00,A-R-1',
      '3,R-\u200B2,核销,20.00,10.000,ａ-r-2',
      '小计,3笔,,96.40,10.00,',
      '制表人：王芳,,,,,',
      ',打印时间：2026-03-02 22:00,,,,',
    ];
    expectFound(await compare(counter, theirs.join('\r\n')), {});
    const { body } = await compare(counter, '单据号,金额\nR-1,10.00\n');
    expect(body['errors']).toMatchObject([
      { pointer: 'line/1/request_no', code: 'column_missing', detail: expect.stringContaining('流水号') },
    ]);
  });

  it('tells what the till has and we do not, by what became of its request', async () => {
    const counter = await openCounter();
    await redeem(counter, 'R-1');
    await counter.till.post('/v1/redemptions', counter.order(codeOf(1)), 'refused');
    await counter.till.post('/v1/redemption-voids', { request_no: 'unseen', reason: '无答复' });
    const redemptions = ['kind,request_no,fen', ',R-1,1000', 'redemption,lost,1000', ',refused,1000', ',unseen,500'];
    const reversals = ['reversal,lost,1000', 'reversal,R-1,-1000', 'reversal,refused,1000'];
    const answer = await compare(counter, [...redemptions, ...reversals].join('\n'));
    expectFound(answer, {
      missing_here: [
        { code: 'send_again_or_void', theirs: { pointer: 'line/3', request_no: 'lost', fen: 1_000 }, ours: null, refusal: null },
        { code: 'take_out', theirs: { pointer: 'line/4' }, refusal: 'code_unknown' },
        { code: 'take_out', theirs: { pointer: 'line/5', fen: 500 }, refusal: 'request_voided' },
        { code: 'void_and_take_out', theirs: { kind: 'reversal', request_no: 'lost', fen: -1_000 } },
        { code: 'undo_or_take_out', theirs: { kind: 'reversal', request_no: 'R-1' }, ours: { kind: 'redemption', order_no: 'A-R-1' } },
        { code: 'take_out', theirs: { kind: 'reversal', request_no: 'refused' }, refusal: 'code_unknown' },
      ],
    });
    expect(answer.body['difference_fen']).toBe(2_500 - 3_000);
    const [, refused] = items(answer, 'missing_here');
    expect(refused).toMatchObject({
      action: expect.stringContaining('code_unknown'),
      cashier_message: expect.stringContaining('请从账中删除'),
    });
  });

  it('tells what we have and the till does not, and whether it was undone', async () => {
    const counter = await openCounter();
    const undone = await redeem(counter, 'R-1');
    await redeem(counter, 'R-2');
    const later = await redeem(counter, 'R-3');
    await counter.till.post(`/v1/redemptions/${undone}/reversals`, { reason: '退货' });
    counter.world.clock.advance(20 * HOUR);
    await counter.till.post(`/v1/redemptions/${later}/reversals`, { reason: '退货' });
    const answer = await compare(counter, 'request_no,fen\n');
    expectFound(answer, {
      missing_there: [
        { code: 'enter_with_reversal', theirs: null, ours: { request_no: 'R-1' }, action: expect.stringContaining(DAY) },
        { code: 'enter_or_void', ours: { request_no: 'R-2', fen: 1_000, store_id: counter.world.storeId } },
        { code: 'enter_with_reversal', ours: { request_no: 'R-3' }, action: expect.stringContaining('2026-03-03') },
        { code: 'enter_reversal', ours: { kind: 'reversal', request_no: 'R-1', fen: -1_000 } },
      ],
    });
    expect(answer.body['difference_fen']).toBe(-2_000);
    expectFound(await compare(counter, '{"lines":[]}', 'application/json', '2026-03-01'), {});
  });

  it('tells requests of two tills under one number apart by the redemption that the line names', async () => {
    const counter = await openCounter();
    const { merchantId, storeId } = counter.world;
    const other = await counter.as({ kind: 'till', merchantId, storeId });
    counter.world.clock.advance(20 * HOUR);
    const made = [await redeem(counter, 'R-1'), await redeem(counter, 'R-1', 'A-2', other)];
    expect(new Set(made).size).toBe(2);
    for (const id of made) {
      const lines = [{ request_no: 'R-1', fen: 1_000, redemption_id: id }];
      expectFound(await compare(counter, JSON.stringify({ lines }), 'application/json'), { other_day: [{ ours: { redemption_id: id } }] });
    }
  });

  it('tells what differs, what is of another day, and what stands there twice', async () => {
    const counter = await openCounter();
    const id = await redeem(counter, 'R-1');
    await redeem(counter, 'R-2');
    counter.world.clock.advance(20 * HOUR);
    const next = await redeem(counter, 'R-3');
    await counter.till.post(`/v1/redemptions/${id}/reversals`, { reason: '退货' });
    const lines = [
      { request_no: 'R-1', fen: 900, order_no: 'B-1', redemption_id: next },
      { request_no: 'R-2', fen: 1_000 },
      { request_no: 'R-2', fen: 1_000 },
      { request_no: 'R-3', fen: 1_000 },
      { kind: 'reversal', request_no: 'R-1', fen: 1_000 },
    ];
    expectFound(await compare(counter, JSON.stringify({ lines }), 'application/json'), {
      different: [
        { code: 'correct', differs: ['fen', 'order_no', 'redemption_id'], theirs: { fen: 900 }, ours: { fen: 1_000, redemption_id: id } },
      ],
      other_day: [
        { code: 'nothing', ours: { business_day: '2026-03-03', redemption_id: next }, action: expect.stringContaining('2026-03-03') },
        { code: 'nothing', theirs: { pointer: '/lines/4' }, ours: { kind: 'reversal', business_day: '2026-03-03', fen: -1_000 } },
      ],
      repeated: [{ code: 'keep_one', theirs: { pointer: '/lines/2' } }],
    });
  });

  it('compares the store that a till is bound to, or all of the merchant, and no line of another merchant', async () => {
    const counter = await openCounter();
    const { world, as } = counter;
    const { merchantId } = world;
    const { id: second } = await world.must(addStore, { by: world.wanhe, merchantId, name: '二店' });
    const other = await as({ kind: 'till', merchantId, storeId: second });
    const office = await as({ kind: 'till', merchantId, storeId: null });
    await redeem(counter, '17');
    await redeem(counter, '17', 'A-2', other);
    await redeem(counter, '18', 'A-3', other);
    await other.post('/v1/redemptions', counter.order(codeOf(1)), '19');
    await redeem(counter, '20', 'A-4', office, { store_id: second });
    const { text } = await office.get(`/v1/reconciliations/${DAY}?format=csv`);

    const own = await compare(counter, text);
    expectFound(own, {});
    expect(own.body).toMatchObject({ lines: 4, matched: 1, other_stores: 3, ours: { redemptions: 1 }, theirs: { redemptions: 1 } });
    // A redemption at another store is as if it were not there.
    expectFound(await compare(counter, 'request_no,fen\n17,1000\n18,1000\n19,1000\n20,1000\n'), {
      missing_here: [
        { code: 'send_again_or_void', theirs: { request_no: '18' } },
        { code: 'send_again_or_void', theirs: { request_no: '19' } },
        { code: 'send_again_or_void', theirs: { request_no: '20' }, ours: null },
      ],
    });
    const all = await compare(counter, text, 'text/csv', DAY, office);
    expectFound(all, {});
    expect(all.body).toMatchObject({ store_id: null, lines: 4, matched: 4, other_stores: 0 });
    expect(items(await compare(counter, 'request_no,fen\n19,1000\n', 'text/csv', DAY, office), 'missing_here')).toMatchObject([
      { code: 'take_out', refusal: 'code_unknown' },
    ]);
    const refusal = await compare(counter, text, 'text/csv', DAY, await as({ kind: 'machine', communityId: 'wanhe' }));
    expect([refusal.status, refusal.body['code']]).toEqual([403, 'wrong_client']);
  });

  it('recognises numbers that a spreadsheet has rounded to 15 digits, and names both lines', async () => {
    const counter = await openCounter();
    await redeem(counter, '20261201000000101');
    await redeem(counter, '20261201000000102');
    await redeem(counter, '20261201000000200');
    await redeem(counter, 'R-1', '20261201000000999');
    const [first, second, same] = ['line/2', 'line/3', 'line/4'];
    const lines = ['20261201000000100,1000,', '20261201000000100,1000,A-20261201000000101', '20261201000000200,1000,'];
    const answer = await compare(counter, ['request_no,fen,order_no', ...lines, 'R-1,1000,20261201000001000'].join('\n'));
    expectFound(answer, {
      rounded: [
        { code: 'rounded', differs: ['order_no'], theirs: { pointer: 'line/5' }, ours: { order_no: '20261201000000999' } },
        { code: 'rounded', differs: ['request_no'], theirs: { pointer: second }, ours: { request_no: '20261201000000101' } },
        { code: 'rounded', differs: ['request_no'], theirs: { pointer: first }, ours: { request_no: '20261201000000102' } },
      ],
    });
    expect(answer.body).toMatchObject({ difference_fen: 0, ours: answer.body['theirs'], matched: 1 });
    expect(JSON.stringify(answer.body)).not.toContain(same);
  });

  it('takes no other number for a rounded one', async () => {
    const counter = await openCounter();
    await redeem(counter, '20261201000000101');
    const others = ['20261201000000000,1000', '2026120100000010,1000', '20261201000000100,900', '20261201000000110,1000'];
    const answer = await compare(counter, ['request_no,fen', ...others].join('\n'));
    expectFound(answer, {
      missing_here: others.map((line) => ({ theirs: { request_no: line.split(',')[0] } })),
      missing_there: [{ ours: { request_no: '20261201000000101' } }],
    });
  });

  it('reads a book with Chinese headings, in yuan, in GBK, and passes over what it does not know', async () => {
    const counter = await openCounter();
    await redeem(counter, 'R-1001', 'A-1001');
    await redeem(counter, 'R-1002', 'A-1002');
    const sent = readFileSync(join(import.meta.dirname, '../../fixtures/cases/book-gbk.csv'));
    expectFound(await compare(counter, sent, 'text/csv; charset=gbk'), {});
    expectFound(await compare(counter, sent, 'text/csv; charset=GB18030'), {});
    const other = await compare(counter, '订单号,请求号,金额,备注\nA-1,R-1001,10.50,\n', 'text/csv');
    expect(items(other, 'different')).toMatchObject([{ differs: ['fen', 'order_no'], theirs: { fen: 1_050 } }]);
  });

  it.each([
    [
      'tabs and a title',
      '太炎超市 对账单\n\n类型\t流水号\t金额（元）\t时间\n核销\tR-1\t10\t9:00\n撤销\tR-1\t-10.00\t9:05\n合计\t\t0.00\t\n',
    ],
    ['semicolons', '交易类型;请求号;金额（分）\n消费;R-1;1000\n退款;R-1;1000\n'],
    ['full-width ones, quotes and a mark inside', '\uFEFF"类型"；请求号；金额\n\uFEFF核销；R-1；"¥10.00"\n冲正；R-1；１０.００\n'],
    ['empty cells at the end', 'kind,request_no,fen,,\nredemption,R-1,1000,,\nreversal,R-1,-1000,,,\n'],
  ])('reads a book with %s', async (_what, sent) => {
    const counter = await openCounter();
    const id = await redeem(counter, 'R-1');
    await counter.till.post(`/v1/redemptions/${id}/reversals`, { reason: '退货' });
    expectFound(await compare(counter, sent), {});
  });

  it('shows the first thousand of each list, and counts all', async () => {
    const counter = await openCounter();
    const lines = Array.from({ length: 1_203 }, (_, n) => `R-${n},7`).join('\n');
    const { body } = await compare(counter, `request_no,fen\n${lines}\n`);
    expect(body['missing_here']).toMatchObject({ count: 1_203, fen: 8_421, truncated: 203 });
    expect(body['missing_here'].items).toHaveLength(1_000);
    expect(body).toMatchObject({ agrees: false, difference_fen: 8_421, theirs: { redemptions: 1_203 } });
  });

  it('reads a long day of ours to its end', async () => {
    const counter = await openCounter();
    const redemptions = Array.from({ length: 2_345 }, (_, n) => redemptionRow(counter, n));
    const reversals = redemptions.slice(0, 1_100).map(({ id, storeId, client, businessDay, at }) => {
      const own = idOf('rev', id.slice(4));
      return put('redemptionReversal', { redemptionId: id, id: own, kind: 'reversed', reason: '退货', storeId, client, businessDay, at });
    });
    await counter.world.run(book, { rows: [...redemptions.map((row) => put('redemption', row)), ...reversals] });
    const { text } = await counter.till.get(`/v1/reconciliations/${DAY}?format=csv`);
    const answer = await compare(counter, text);
    expectFound(answer, {});
    expect(answer.body).toMatchObject({ lines: 3_445, matched: 3_445, ours: { redemptions: 2_345, reversals: 1_100 } });
    expect((await compare(counter, 'request_no,fen\n')).body['missing_there']).toMatchObject({ count: 3_445, truncated: 2_445 });
  });

  it('reads neither a table nor an index from end to end', async () => {
    const counter = await openCounter();
    await redeem(counter, 'R-1');
    const plans = await plansOf(counter.world, () => compare(counter, 'request_no,fen\nR-2,1000\n'));
    expect(plans.length).toBeGreaterThan(4);
    const ours = plans.filter(({ statement }) => /from "(redemption|redemption_reversal|request|client)"/.test(statement));
    expect(ours.length).toBeGreaterThan(3);
    expect(ours.flatMap(({ statement, scans }) => scans.map((scan) => `${scan}: ${statement}`))).toEqual([]);
  });
});

function redemptionRow({ world }: Counter, n: number): Row<'redemption'> {
  const digits = (n + 1).toString(16).padStart(32, '0');
  const { merchantId, storeId, clock } = world;
  return {
    id: idOf('red', digits),
    voucherId: idOf('vch', digits),
    merchantId,
    storeId,
    terminalId: null,
    client: idOf('cli', digits),
    requestNo: `R-${n}`,
    orderNo: `A-${n}`,
    orderAmountFen: null,
    orderKey: null,
    points: 100,
    fen: 1_000,
    businessDay: DAY,
    at: clock.now,
    presentedAt: null,
    reversibleUntil: clock.now,
  };
}

describe('a book that cannot be read', () => {
  const many = `request_no,fen\n${Array.from({ length: 100_001 }, (_, n) => `R-${n},7\n`).join('')}`;

  it.each<[string, string, string | Buffer, number, string, object]>([
    ['nothing', 'text/csv', '', 400, 'validation_failed', { errors: [{ pointer: 'line/1/request_no' }, { pointer: 'line/1/fen' }] }],
    [
      'no header',
      'text/csv',
      'R-1,1000\n',
      400,
      'validation_failed',
      { errors: [{ pointer: 'line/1/request_no' }, { pointer: 'line/1/fen' }] },
    ],
    [
      'an unknown kind',
      'text/csv',
      'kind,request_no,fen\nsale,R-1,7\n',
      400,
      'validation_failed',
      { errors: [{ pointer: 'line/2/kind' }] },
    ],
    [
      'fen that are yuan',
      'text/csv',
      'request_no,fen\nR-1,7\nR-2,10.00\n',
      400,
      'validation_failed',
      { errors: [{ pointer: 'line/3/fen' }] },
    ],
    ['fen that are missing', 'text/csv', 'request_no,fen\nR-1,\n', 400, 'validation_failed', { errors: [{ pointer: 'line/2/fen' }] }],
    ['negative fen', 'text/csv', 'request_no,fen\nR-1,-7\n', 400, 'validation_failed', { errors: [{ pointer: 'line/2/fen' }] }],
    [
      'a text as fen',
      'application/json',
      '{"lines":[{"request_no":"R","fen":"7"}]}',
      400,
      'validation_failed',
      { errors: [{ pointer: '/lines/0/fen' }] },
    ],
    ['a list', 'application/json', '[]', 400, 'validation_failed', { errors: [{ pointer: '' }] }],
    [
      'an unknown field',
      'application/x-ndjson',
      '{"request_no":"R","fen":7,"x":1}',
      400,
      'validation_failed',
      { errors: [{ pointer: 'line/1/x' }] },
    ],
    ['broken JSON', 'application/json', '{"lines":[{"request_no":"R","fen":7},{]}', 400, 'malformed_json', {}],
    ['broken UTF-8', 'text/csv', Buffer.from([0x72, 0xff, 0x0a]), 400, 'malformed_csv', { details: { reason: 'it is not UTF-8' } }],
    [
      'XML',
      'application/xml',
      '<a/>',
      415,
      'unsupported_media_type',
      { details: { accepted: ['application/json', 'text/csv', 'application/x-ndjson'] } },
    ],
    ['100,001 lines', 'text/csv', many, 413, 'payload_too_large', { details: { limit_lines: 100_000 } }],
    ['33 MB', 'text/csv', Buffer.alloc(33_600_000, 0x0a), 413, 'payload_too_large', { details: { limit_bytes: 33_554_432 } }],
  ])('is refused by what is wrong with it: %s', async (_what, type, body, status, code, more) => {
    const counter = await openCounter();
    const answer = await compare(counter, body, type);
    expect(answer.body).toMatchObject({ status, code, ...more });
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect((await compare(counter, 'request_no,fen\n')).status).toBe(200);
  });

  it('is refused without a body at all', async () => {
    const { api, till } = await openCounter();
    const answer = await api.http.post(`/v1/reconciliations/${DAY}/diff`).set({ authorization: await till.authorize() });
    expect(answer.body).toMatchObject({ status: 415, code: 'unsupported_media_type' });
  });

  it('is read by no other route', async () => {
    const { api, till } = await openCounter();
    const headers = { authorization: await till.authorize(), 'idempotency-key': 'R-1', 'content-type': 'text/csv' };
    expect((await api.http.post('/v1/redemptions').set(headers).send('a,b\n')).body).toMatchObject({
      code: 'unsupported_media_type',
      details: { accepted: ['application/json'] },
    });
  });
});

/** Sends pieces as they are given, and gives what was answered; `end: false` leaves the request unfinished. */
async function sendInPieces({ api }: Counter, by: Caller, pieces: Iterable<Buffer>, type = 'text/csv') {
  const { port } = api.app.server.address() as AddressInfo;
  const arrived = once(api.app.server, 'request') as Promise<[IncomingMessage, ServerResponse]>;
  const headers = { authorization: await by.authorize(), 'content-type': type };
  const request = connect({ port, method: 'POST', path: `/v1/reconciliations/${DAY}/diff`, headers });
  const answered = new Promise<{ status: number; body: any }>((resolve, reject) => {
    request.on('error', reject).on('response', (response) => {
      void Array.fromAsync(response.setEncoding('utf8')).then(
        (texts) => resolve({ status: response.statusCode!, body: JSON.parse(texts.join('')) }),
        reject,
      );
    });
  });
  for (const piece of pieces) if (!request.write(piece)) await new Promise((resolve) => request.once('drain', resolve));
  const [incoming, response] = await arrived;
  /** Until the service is done with the request, however it ended. */
  const left = async () => {
    for (const side of [incoming, response]) if (!side.closed) await new Promise((closed) => void side.once('close', closed));
  };
  return { request, answered, left };
}

function* piecesOf(text: string, size: number): Generator<Buffer> {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

describe('a book that is sent in pieces', () => {
  it('may be 100,000 lines long', async () => {
    const counter = await openCounter();
    await redeem(counter, 'R-7');
    const lines = Array.from({ length: 100_000 }, (_, n) => `R-${n},1000,订单${n}\n`).join('');
    const { request, answered } = await sendInPieces(counter, counter.till, piecesOf(`request_no,fen,note\n${lines}`, 3_001));
    request.end();
    const { status, body } = await answered;
    expect(status).toBe(200);
    expect(body).toMatchObject({
      lines: 100_000,
      matched: 1,
      missing_here: { count: 99_999, truncated: 98_999 },
      difference_fen: 99_999_000,
    });
  });

  it('is answered as soon as it is found wrong, while more is on its way', async () => {
    const counter = await openCounter();
    const { request, answered, left } = await sendInPieces(
      counter,
      counter.till,
      piecesOf(`request_no,fen\nR-1,x\n${'R-2,7\n'.repeat(50_000)}`, 16_384),
    );
    expect((await answered).body).toMatchObject({ code: 'validation_failed', errors: [{ pointer: 'line/2/fen' }] });
    request.end('R-3,7\n');
    await left();
    expect((await compare(counter, 'request_no,fen\n')).status).toBe(200);
  });

  it('may break off, and nobody else is worse off for it', async () => {
    const counter = await openCounter();
    for (const type of ['text/csv', 'application/json', 'application/x-ndjson']) {
      const start = { 'text/csv': 'request_no,fen\nR-1,7\nR-', 'application/json': '{"lines":[{"req' }[type] ?? '{"request';
      const { request, answered, left } = await sendInPieces(counter, counter.till, piecesOf(start, 5), type);
      request.destroy();
      await expect(answered).rejects.toThrow();
      await left();
    }
    expect(counter.api.logged.filter((line) => line.includes('a request failed'))).toEqual([]);
    expect((await compare(counter, 'request_no,fen\n')).status).toBe(200);
  });
});

it('docs/tills.md says what is to be done about every line', () => {
  const rows = Object.entries(advice).map(([code, { action, cashierMessage }]) => {
    return [`\`${code}\``, action({ day: '`<day>`', code: '`<code>`' }), cashierMessage];
  });
  expectTable('tills.md', ['`code`', 'What to do', 'Cashier message'], rows);
});
