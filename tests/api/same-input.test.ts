import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { comparable, comparedBy } from '../../src/api/http/same-input.ts';
import { redeem } from '../../src/redeem/index.ts';
import { type Caller, type Counter, openCounter } from '../support/counter.ts';
import { consent } from '../support/consents.ts';
import { openOffices } from '../support/offices.ts';

const REDEMPTIONS = '/v1/redemptions';

/** Sends a body as these very bytes. */
function sent(who: Caller, path: string, key: string, body: string) {
  return who.send(path, body, { 'content-type': 'application/json', 'idempotency-key': key });
}

async function redeemed(counter: Counter) {
  const { code } = await counter.readyCode();
  const first = await sent(counter.till, REDEMPTIONS, 'R-1', `{"code":"${code}","order_no":"Ab-1","order_amount_fen":5680}`);
  expect(first.status).toBe(201);
  return { code, first };
}

const grouped = (code: string) => code.replaceAll(/(\d{4})(?=\d)/g, '$1 ');
const fullWidth = (text: string) => text.replaceAll(/[0-9A-Za-z-]/g, (sign) => String.fromCodePoint(sign.codePointAt(0)! + 0xfee0));
const escaped = (text: string) => text.replaceAll(/./g, (sign) => `\\u${sign.codePointAt(0)!.toString(16).padStart(4, '0')}`);

describe('the same input', () => {
  it('is the same JSON, however it is written', async () => {
    const counter = await openCounter();
    const { code, first } = await redeemed(counter);
    const written = [
      `{"order_no":"Ab-1","order_amount_fen":5680,"code":"${code}"}`,
      ` {\n\t"code" : "${code}" , "order_no" : "Ab-1", "order_amount_fen" : 5680 }\r\n`,
      `{"code":"${code}","order_no":"Ab-1","order_amount_fen":5680.0}`,
      `{"code":"${code}","order_no":"Ab-1","order_amount_fen":56.80e2}`,
      `{"code":"${escaped(code)}","${escaped('order_no')}":"${escaped('Ab-1')}","order_amount_fen":5680}`,
      `\u{FEFF}{"code":"${code}","order_no":"Ab-1","order_amount_fen":5680}`,
      `{"order_no":"another","code":"${code}","order_no":"Ab-1","order_amount_fen":5680}`,
    ];
    for (const body of written) {
      const again = await sent(counter.till, REDEMPTIONS, 'R-1', body);
      expect(again.text, body).toBe(first.text);
      expect(again.headers['idempotency-replayed']).toBe('true');
    }
  });

  it('is the same code and order number, however they were scanned or typed', async () => {
    const counter = await openCounter();
    const { code, first } = await redeemed(counter);
    const codes = [grouped(code), grouped(code).replaceAll(' ', '-'), `${code}\r\n`, `\u{200B}${code}`, fullWidth(code)];
    const orders = ['AB-1', 'ab-1', fullWidth('Ab-1'), 'Ab\u{2013}1', ' Ab-1'];
    for (const more of [...codes.map((each) => ({ code: each })), ...orders.map((each) => ({ order_no: each }))]) {
      const body = JSON.stringify({ code, order_no: 'Ab-1', order_amount_fen: 5_680, ...more });
      expect((await sent(counter.till, REDEMPTIONS, 'R-1', body)).text, body).toBe(first.text);
    }
  });

  it('is another one with another code, order, amount, terminal or store, and where something is added or left out', async () => {
    const counter = await openCounter();
    const { code } = await redeemed(counter);
    const other = (await counter.readyCode()).code;
    const { storeId, terminalId } = counter.world;
    const base = { code, order_no: 'Ab-1', order_amount_fen: 5_680 };
    const bodies = [
      { ...base, code: other },
      { ...base, order_no: 'Ab1' },
      { ...base, order_no: 'Ab- 1' },
      { ...base, order_amount_fen: 5_681 },
      { ...base, terminal_id: terminalId },
      // It is the default of this till, but it was not sent.
      { ...base, store_id: storeId },
      { code, order_no: 'Ab-1' },
    ];
    for (const body of bodies) {
      const answer = await counter.till.post(REDEMPTIONS, body, 'R-1');
      expect(answer.body, JSON.stringify(body)).toMatchObject({ status: 422, code: 'idempotency_key_reused', retryable: false });
    }
  });

  it('that differs is answered by the advice to ask first what became of the number', async () => {
    const counter = await openCounter();
    await redeemed(counter);
    const answer = await counter.till.post(REDEMPTIONS, counter.order((await counter.readyCode()).code), 'R-1');
    expect(answer.body['action']).toMatch(/^First ask what became of the request/);
    expect(answer.body['action']).toContain('GET /v1/redemptions?request_no=');
    expect(answer.body['cashier_message']).toBe('该请求号已用于另一笔请求，请先查询其结果；确认未核销后，再重新发起');
  });

  it('of an item of a batch is compared alike, with its instant', async () => {
    const { till, readyCode, world } = await openCounter();
    const { code } = await readyCode();
    const forward = (item: string) => sent(till, '/v1/redemption-batches', 'unused', `{"items":[${item}]}`);
    const at = new Date(world.clock.now).toISOString();
    const plus8 = new Date(world.clock.now + 8 * 3_600_000).toISOString().replace('Z', '+08:00');
    const item = (presented: string, shown = code) =>
      `{"request_no":"S-1","code":"${shown}","order_no":"A","order_amount_fen":5680,"presented_at":"${presented}"}`;
    const first = await forward(item(at));
    expect(first.body['items']).toMatchObject([{ status: 'succeeded' }]);
    const same = [
      item(at.replace('Z', '+00:00')),
      item(at.replace('.000Z', 'Z')),
      item(plus8),
      item(at, grouped(code)),
      `{"presented_at":"${at}","order_amount_fen":5680.0,"order_no":"a","code":"${code}","request_no":"S-1"}`,
    ];
    for (const each of same) expect((await forward(each)).text, each).toBe(first.text);
    const late = await forward(item(new Date(world.clock.now + 1).toISOString()));
    expect(late.body['items']).toMatchObject([{ status: 'refused', refusal: { code: 'idempotency_key_reused' } }]);
  });

  it('of other writes is compared alike: phones, and the instants of a proposal', async () => {
    const { gexiang, street } = await openOffices();
    const register = (body: object) => gexiang.post('/v1/residents', { ...body, ...consent }, 'N-1');
    const first = await register({ name: '陈小明', phone: '13812345678' });
    expect(first.status).toBe(201);
    expect((await register({ phone: '+8613812345678', name: '陈小明' })).text).toBe(first.text);
    expect((await register({ phone: '+8613812345679', name: '陈小明' })).body).toMatchObject({ code: 'idempotency_key_reused' });

    const propose = (from: string) =>
      street.post(
        '/v1/proposals',
        { command: 'policy', input: { name: 'voucher_validity', value: { days: 30 }, effective_from: from }, reason: '缩短' },
        'P-1',
      );
    const proposed = await propose('2026-04-01T00:00:00Z');
    expect(proposed.status).toBe(201);
    expect((await propose('2026-04-01T08:00:00+08:00')).text).toBe(proposed.text);
    expect((await propose('2026-04-01T08:00:01+08:00')).body).toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('is the same PIN of a paper, however it was typed', async () => {
    const { till, officer, readyCode, order } = await openCounter();
    const { voucherId } = await readyCode();
    const { body: paper } = await officer.post(`/v1/vouchers/${voucherId}/papers`, {});
    const attempt = (pin: string) => till.post(REDEMPTIONS, order(paper['code'], { pin }), 'P-1');
    const pin = paper['pin'] as string;
    const first = await attempt(pin);
    expect(first.status).toBe(201);
    for (const typed of [fullWidth(pin), `${pin.slice(0, 3)} ${pin.slice(3)}`, `${pin.slice(0, 3)}-${pin.slice(3)}`, `${pin}\r\n`]) {
      expect((await attempt(typed)).text, JSON.stringify(typed)).toBe(first.text);
    }
    const another = String((Number(pin) + 1) % 1_000_000).padStart(6, '0');
    expect((await attempt(another)).body).toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('has nothing that is defaulted added to it', async () => {
    const { gexiang, world } = await openOffices();
    const { ruleId, residentId } = world;
    const deed = { action_rule_id: ruleId, resident_id: residentId, occurred_on: '2026-03-01', description: '清理' };
    const first = await gexiang.post('/v1/grants', deed, 'G-1');
    expect(first.body).toMatchObject({ quantity: 1 });
    expect((await gexiang.post('/v1/grants', deed, 'G-1')).text).toBe(first.text);
    expect((await gexiang.post('/v1/grants', { ...deed, quantity: 1 }, 'G-1')).body).toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('of a grant batch is compared alike', async () => {
    const { gexiang, world } = await openOffices();
    const { ruleId, residentId } = world;
    const rest = `"resident_id":"${residentId}","occurred_on":"2026-03-01","description":"清理","external_reference":"E-1"`;
    const first = await sent(gexiang, '/v1/grant-batches', 'B-1', `{"items":[{"action_rule_id":"${ruleId}","quantity":2,${rest}}]}`);
    expect(first.body['items']).toMatchObject([{ status: 'granted' }]);
    const again = `{"items":[ {${rest},"quantity":2.0,"action_rule_id":"${ruleId}"} ]}`;
    expect((await sent(gexiang, '/v1/grant-batches', 'B-1', again)).text).toBe(first.text);
  });

  it('of a request that was stored with the hash of its bytes is still the same', async () => {
    const { till, readyCode, world, api } = await openCounter();
    const { code } = await readyCode();
    const { storeId, merchantId } = world;
    const bytes = `{"order_no":"A-1", "code":"${code}","order_amount_fen":5680}`;
    const tillClient = JSON.parse(Buffer.from((await till.authorize()).split('.')[1]!, 'base64url').toString()).sub as string;
    const input = {
      merchantId,
      storeId,
      terminalId: null,
      codeHash: api.keys.secrets.hash('code', code),
      orderNo: 'A-1',
      orderAmountFen: 5_680,
      presentedAt: null,
    };
    const hash = api.keys.secrets.hash('request', `POST /v1/redemptions {}\n${bytes}`);
    const stored = await world.engine.submit({ command: redeem, input, client: tillClient, key: 'OLD-1', hash, actor: tillClient });
    expect(stored).toMatchObject({ replayed: false, reply: { request_no: 'OLD-1' } });

    const again = await sent(till, REDEMPTIONS, 'OLD-1', bytes);
    expect(again.status).toBe(201);
    expect(again.headers['idempotency-replayed']).toBe('true');
    // The hash of bytes tells no more: a resend that is written in another way has to be asked for by its number.
    expect((await sent(till, REDEMPTIONS, 'OLD-1', bytes.replace(', ', ','))).body).toMatchObject({ code: 'idempotency_key_reused' });

    const item = {
      request_no: 'OLD-2',
      presented_at: new Date(world.clock.now).toISOString(),
      code,
      order_no: 'A-2',
      order_amount_fen: 5_680,
    };
    const former = api.keys.secrets.hash('request', `POST /v1/redemption-batches {}\n${JSON.stringify(item)}`);
    await world.engine.submit({ command: redeem, input, client: tillClient, key: 'OLD-2', hash: former, actor: tillClient });
    expect((await till.post('/v1/redemption-batches', { items: [item] })).body['items']).toMatchObject([
      { status: 'refused', refusal: { code: 'voucher_redeemed' } },
    ]);
  });
});

const of = (word: unknown, kind: string) => ({ plain: 'x', word, list: [{ word }], either: { kind, word } });

describe('the form in which JSON is compared', () => {
  it('is that of RFC 8785', () => {
    // The example of its section 3.2, and its order of names by UTF-16.
    const sentJson =
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}';
    expect(comparable(JSON.parse(sentJson), undefined)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
    const names = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 };
    expect(comparable(names, undefined)).toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}');
    expect(comparable(JSON.parse('-0'), undefined)).toBe('0');
  });

  it('is the one that a library makes of whatever JSON there is', () => {
    const json = fc.jsonValue({ stringUnit: 'binary' }).map((value) => JSON.stringify(value));
    fc.assert(
      fc.property(json, (text) => {
        expect(comparable(JSON.parse(text), undefined)).toBe(canonicalize(JSON.parse(text)));
      }),
    );
  });

  it('keeps halves of surrogate pairs apart, for which RFC 8785 has no form', () => {
    const forms = ['"\\ud800"', '"\\udc00"', '"\\\\ud800"', '"\\ufffd"', '{"\\udc00":1}'].map((text) =>
      comparable(JSON.parse(text), undefined),
    );
    expect(new Set(forms).size).toBe(forms.length);
  });

  it('takes the meaning that a schema names, wherever it stands, and leaves what is not a text', () => {
    const shouted = comparedBy(z.string(), (text) => text.toUpperCase()).meta({ description: 'A word.' });
    const schema = z
      .strictObject({
        plain: z.string(),
        word: shouted.optional(),
        list: z.array(z.object({ word: shouted.nullable().default(null) })),
        either: z.union([
          z.strictObject({ kind: z.literal('a'), word: z.string() }),
          z.strictObject({ kind: z.literal('b'), word: shouted }),
        ]),
      })
      .transform((all) => all);
    expect(comparable(of('y', 'a'), schema)).toBe('{"either":{"kind":"a","word":"y"},"list":[{"word":"Y"}],"plain":"x","word":"Y"}');
    expect(comparable(of('y', 'b'), schema)).toBe('{"either":{"kind":"b","word":"Y"},"list":[{"word":"Y"}],"plain":"x","word":"Y"}');
    expect(comparable({ list: 'y', word: 7 }, schema)).toBe('{"list":"y","word":7}');
    expect(comparable({}, schema), 'nothing is added').toBe('{}');
  });
});
