import { createHash } from 'node:crypto';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { addMerchant, addStore, setMerchantStatus, setResidentStatus } from '../../src/communities/index.ts';
import { closeDay, Unavailable } from '../../src/ledger/index.ts';
import { newCode } from '../../src/redeem/index.ts';
import { type Answer, type Caller, codeOf, type Counter, openCounter } from '../support/counter.ts';
import { expectFields, expectProblem } from '../support/offices.ts';

const HOUR = 3_600_000;

/** A till of another merchant. */
async function strangerAt({ world, as }: Counter): Promise<Caller> {
  const merchantId = (await world.must(addMerchant, { by: world.wanhe, communityId: 'wanhe', name: '小吃店' })).id;
  const storeId = (await world.must(addStore, { by: world.wanhe, merchantId, name: '总店' })).id;
  return as({ kind: 'till', merchantId, storeId });
}

describe('POST /v1/redemptions', () => {
  it('takes ten yuan off, and repeats its answer to the same request', async () => {
    const { till, readyCode, order } = await openCounter();
    const { code, voucherId } = await readyCode();
    const first = await till.post('/v1/redemptions', order(code), 'R-1');

    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      status: 'succeeded',
      voucher_id: voucherId,
      request_no: 'R-1',
      order_no: 'A-1001',
      points: 100,
      discount_fen: 1_000,
      redeemed_at: '2026-03-02T02:00:00.000Z',
      reversible_until: '2026-03-03T02:00:00.000Z',
      cashier_message: '已核销，抵扣 10 元',
    });
    expect(first.headers['location']).toBe(`/v1/redemptions/${first.body['id']}`);

    const again = await till.post('/v1/redemptions', order(code), 'R-1');
    expect(again.status).toBe(201);
    expect(again.text).toBe(first.text);
    expect(again.headers['idempotency-replayed']).toBe('true');
  });

  it('says in a replay how it stands now, and nothing else changes', async () => {
    const { till, readyCode, order, world } = await openCounter();
    const body = order((await readyCode()).code);
    const first = await till.post('/v1/redemptions', body, 'R-1');
    const item = order((await readyCode()).code, {
      request_no: 'S-1',
      presented_at: new Date(world.clock.now).toISOString(),
      order_no: 'B',
    });
    const forwarded = (await till.post('/v1/redemption-batches', { items: [item] })).body['items'][0].redemption;
    expect(first.body['now']).toEqual({ status: 'succeeded', at: first.body['redeemed_at'] });
    world.clock.advance(HOUR);
    const again = () => till.post('/v1/redemptions', body, 'R-1');
    expect((await again()).text).toBe(first.text);

    for (const id of [first.body['id'], forwarded.id]) await till.post(`/v1/redemptions/${id}/reversals`, { reason: '退货' });
    const undone = { now: { status: 'reversed', at: new Date(world.clock.now).toISOString() }, cashier_message: '该核销已撤销' };
    world.clock.advance(HOUR);
    const replay = await again();
    expect(replay.status).toBe(201);
    expect(replay.headers['idempotency-replayed']).toBe('true');
    expect(replay.body).toEqual({ ...first.body, ...undone });
    const { body: batch } = await till.post('/v1/redemption-batches', { items: [item] });
    expect(batch['items']).toEqual([{ request_no: 'S-1', status: 'succeeded', redemption: { ...forwarded, ...undone }, refusal: null }]);
    const read = await till.get('/v1/redemptions?request_no=R-1');
    expect(read.body['items']).toMatchObject([{ status: 'reversed', redemption: { status: 'reversed', ...undone } }]);
  });

  it('refuses another input under the same request number', async () => {
    const { till, readyCode, order } = await openCounter();
    const { code } = await readyCode();
    await till.post('/v1/redemptions', order(code), 'R-1');
    const other = await till.post('/v1/redemptions', order(code, { order_no: 'A-1002' }), 'R-1');
    expect(other.status).toBe(422);
    expect(other.body).toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('says when a voucher was redeemed, and by which request only to the merchant whose it was', async () => {
    const counter = await openCounter();
    const { till, readyCode, order } = counter;
    const { code } = await readyCode();
    await till.post('/v1/redemptions', order(code), 'R-1');
    const own = await till.post('/v1/redemptions', order(code), 'R-2');
    expect(own.status).toBe(409);
    expect(own.body).toMatchObject({ code: 'voucher_redeemed', details: { request_no: 'R-1', redeemed_at: '2026-03-02T02:00:00.000Z' } });

    const stranger = await strangerAt(counter);
    const foreign = await stranger.post('/v1/redemptions', order(code), 'R-3');
    expect(foreign.body).toMatchObject({ code: 'voucher_redeemed', details: { redeemed_at: '2026-03-02T02:00:00.000Z' } });
    expect(foreign.text).not.toContain('R-1');
    expect(foreign.text).not.toContain('red_');
  });

  it('holds the vouchers on one order to its amount', async () => {
    const { till, readyCode, order } = await openCounter();
    const small = { order_amount_fen: 1_500 };
    const { body: first } = await till.post('/v1/redemptions', order((await readyCode()).code, small));
    expect(first).toMatchObject({ order_no: 'A-1001' });
    const spelt = { ...small, order_no: '\uFF41-1001' };
    const second = await till.post('/v1/redemptions', order((await readyCode()).code, spelt));
    expect(second.status).toBe(422);
    expect(second.body).toMatchObject({
      code: 'order_amount_exceeded',
      detail: 'The order is 1500 fen, 1000 are already taken off (at 2026-03-02T02:00:00.000Z), and this voucher takes off 1000.',
      details: {
        order_amount_fen: 1_500,
        used_fen: 1_000,
        face_fen: 1_000,
        redemptions: 1,
        redemption_ids: [first['id']],
        first_redeemed_at: '2026-03-02T02:00:00.000Z',
        last_redeemed_at: '2026-03-02T02:00:00.000Z',
      },
      cashier_message: '该订单号的抵扣合计超过订单金额；若是另一单，请更换订单号',
    });
    const blank = await till.post('/v1/redemptions', order((await readyCode()).code, { order_no: '\u200B' }));
    expectFields(blank, '/order_no');
  });

  it('needs the amount of the order for a cash voucher', async () => {
    const { till, readyCode } = await openCounter();
    const { code } = await readyCode();
    const answer = await till.post('/v1/redemptions', { code, order_no: 'A-1' });
    expect(answer.body).toMatchObject({ status: 422, code: 'order_amount_required' });
  });

  it('refuses a code that has run out, and one that nobody minted', async () => {
    const { till, readyCode, order, world } = await openCounter();
    const { code } = await readyCode();
    world.clock.advance(60_000);
    expect((await till.post('/v1/redemptions', order(code))).body).toMatchObject({ code: 'code_expired' });
    expect((await till.post('/v1/redemptions', order(codeOf(7)))).body).toMatchObject({ status: 404, code: 'code_unknown' });
  });

  it('tells a mistyped code by its check digit, without counting it as a guess', async () => {
    const { till, readyCode, order } = await openCounter();
    const { code } = await readyCode();
    const wrong = code.slice(0, -1) + ((Number(code.at(-1)) + 1) % 10);
    const answer = await till.post('/v1/redemptions', order(wrong));
    expect(answer.body).toMatchObject({ status: 400, code: 'validation_failed', errors: [{ pointer: '/code' }] });
  });

  it('turns a client away that guesses codes', async () => {
    const { till, order } = await openCounter();
    for (let n = 0; n < 20; n++) expect((await till.post('/v1/redemptions', order(codeOf(n)))).status).toBe(404);
    const turned = await till.post('/v1/redemptions', order(codeOf(99)));
    expect(turned.status).toBe(429);
    expect(Number(turned.headers['retry-after'])).toBeGreaterThan(0);
    expect((await till.post('/v1/vouchers/inspect', { code: codeOf(98) })).status).toBe(429);
  });

  it('does not count a wrong code that is sent again under its key as a new guess', async () => {
    const { till, order } = await openCounter();
    for (let n = 0; n < 25; n++) expect((await till.post('/v1/redemptions', order(codeOf(1)), 'R-1')).status).toBe(404);
  });

  it('refuses a terminal or a store that is not its own', async () => {
    const { till, readyCode, order, world } = await openCounter();
    const { code } = await readyCode();
    const stranger = `sto_${'1'.repeat(32)}`;
    expect((await till.post('/v1/redemptions', order(code, { store_id: stranger }))).body).toMatchObject({
      status: 404,
      code: 'store_not_found',
    });
    const terminal = `ter_${'1'.repeat(32)}`;
    expect((await till.post('/v1/redemptions', order(code, { terminal_id: terminal }))).body).toMatchObject({ code: 'terminal_not_found' });
    const known = await till.post('/v1/redemptions', order(code, { terminal_id: world.terminalId, store_id: world.storeId }));
    expect(known.status).toBe(201);
  });

  it('refuses vouchers and people that an officer has suspended, and merchants too', async () => {
    const { till, readyCode, order, officer, world } = await openCounter();
    const { code, voucherId } = await readyCode();
    await officer.put(`/v1/vouchers/${voucherId}/status`, { status: 'suspended', reason: '核查' });
    expect((await till.post('/v1/redemptions', order(code))).body).toMatchObject({ code: 'voucher_suspended' });
    await officer.put(`/v1/vouchers/${voucherId}/status`, { status: 'issued', reason: '核查完毕' });
    await world.must(setResidentStatus, { by: world.gexiang, id: world.residentId, status: 'suspended', reason: '核查' });
    expect((await till.post('/v1/redemptions', order(code))).body).toMatchObject({ code: 'resident_suspended' });
    await world.must(setMerchantStatus, { by: world.wanhe, id: world.merchantId, status: 'suspended', reason: '核查' });
    expect((await till.post('/v1/redemptions', order(code))).body).toMatchObject({ code: 'merchant_suspended' });
  });
});

describe('POST /v1/vouchers/inspect', () => {
  it('shows what a voucher takes off and whose it is, masked', async () => {
    const { till, readyCode } = await openCounter();
    const { code, voucherId } = await readyCode();
    const answer = await till.post('/v1/vouchers/inspect', { code });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      redeemable: true,
      refusal: null,
      voucher: { id: voucherId, kind: 'cash', title: '代金券', face_fen: 1_000, resident_name: '葛**' },
      cashier_message: '可以核销，抵扣 10 元',
    });
    expect(answer.text).not.toContain('葛小米');
  });

  it('tells another merchant nothing of a redemption by an old code', async () => {
    const counter = await openCounter();
    const { till, readyCode, order, world } = counter;
    const { code } = await readyCode();
    await till.post('/v1/redemptions', order(code), 'R-1');
    const stranger = await strangerAt(counter);
    world.clock.advance(HOUR);
    const answer = await stranger.post('/v1/vouchers/inspect', { code });
    expect(answer.body).toMatchObject({ refusal: { code: 'code_used' }, voucher: null });
    expect(answer.text).not.toContain('redeemed_at');
    expect((await till.post('/v1/vouchers/inspect', { code })).body).toMatchObject({ refusal: { code: 'voucher_redeemed' } });
  });

  it('tells nothing of a voucher by a code that has run out', async () => {
    const { till, readyCode, world } = await openCounter();
    const { code } = await readyCode();
    world.clock.advance(60_000);
    const answer = await till.post('/v1/vouchers/inspect', { code });
    expect(answer.body).toMatchObject({ redeemable: false, refusal: { code: 'code_expired' }, voucher: null });
  });

  it('says why a voucher is not redeemable, with 200', async () => {
    const { till, readyCode, order } = await openCounter();
    const { code } = await readyCode();
    await till.post('/v1/redemptions', order(code), 'R-1');
    const answer = await till.post('/v1/vouchers/inspect', { code });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ redeemable: false, refusal: { code: 'voucher_redeemed', details: { request_no: 'R-1' } } });
    expect((await till.post('/v1/vouchers/inspect', { code: codeOf(1) })).body).toMatchObject({
      redeemable: false,
      refusal: { code: 'code_unknown' },
      voucher: null,
    });
  });
});

describe('the lost answer', () => {
  it('is read by its request number: 404 is not final', async () => {
    const { till, readyCode, order } = await openCounter();
    const { code } = await readyCode();
    const unknown = await till.get('/v1/redemptions?request_no=R-1');
    expect(unknown.body).toMatchObject({ status: 404, code: 'redemption_request_unknown', retryable: true });
    const made = await till.post('/v1/redemptions', order(code), 'R-1');
    const found = await till.get('/v1/redemptions?request_no=R-1');
    expect(found.body).toEqual({
      items: [{ request_no: 'R-1', status: 'succeeded', redemption: made.body, refusal: null }],
      next_cursor: null,
    });
    await till.post('/v1/redemptions', order(code), 'R-2');
    const refused = await till.get('/v1/redemptions?request_no=R-2');
    expect(refused.body['items']).toMatchObject([{ status: 'refused', redemption: null, refusal: { code: 'voucher_redeemed' } }]);
  });

  it('ends in a void: the redemption is undone, and a late duplicate is refused whatever it says', async () => {
    const { till, readyCode, order } = await openCounter();
    const { code } = await readyCode();
    const made = await till.post('/v1/redemptions', order(code), 'R-1');
    const voided = await till.post('/v1/redemption-voids', { request_no: 'R-1', reason: '没有收到答复' });
    expect(voided.status).toBe(200);
    expect(voided.body).toMatchObject({ request_no: 'R-1', redemption_id: made.body['id'], reversed: true });
    const late = await till.post('/v1/redemptions', order(code), 'R-1');
    expect(late.body).toMatchObject({ status: 409, code: 'request_voided' });
    const other = await till.post('/v1/redemptions', order(code, { order_no: 'other' }), 'R-1');
    expect(other.body).toMatchObject({ status: 409, code: 'request_voided' });
    const read = await till.get('/v1/redemptions?request_no=R-1');
    expect(read.body['items']).toMatchObject([{ status: 'voided', redemption: { id: made.body['id'], status: 'voided' } }]);
  });

  it('leaves a tombstone where the request was never seen', async () => {
    const { till, readyCode, order } = await openCounter();
    const { code } = await readyCode();
    const voided = await till.post('/v1/redemption-voids', { request_no: 'R-1', reason: '没有收到答复' });
    expect(voided.body).toMatchObject({ redemption_id: null, reversed: false });
    expect((await till.post('/v1/redemptions', order(code), 'R-1')).body).toMatchObject({ code: 'request_voided' });
    expect((await till.get('/v1/redemptions?request_no=R-1')).body['items']).toMatchObject([{ status: 'voided', redemption: null }]);
    expect((await till.post('/v1/redemptions', order(code), 'R-2')).status).toBe(201);
  });

  it('can be voided after the window, after the day was closed, and twice', async () => {
    const { till, readyCode, order, world } = await openCounter();
    const { code } = await readyCode();
    const made = await till.post('/v1/redemptions', order(code), 'R-1');
    world.clock.advance(30 * HOUR);
    await world.must(closeDay, { day: '2026-03-02' });
    const voided = await till.post('/v1/redemption-voids', { request_no: 'R-1', reason: '没有收到答复' });
    expect(voided.body).toMatchObject({ reversed: true, voided_at: '2026-03-03T08:00:00.000Z' });
    const again = await till.post('/v1/redemption-voids', { request_no: 'R-1', reason: '没有收到答复' });
    expect(again.body).toMatchObject({ reversed: false, redemption_id: made.body['id'], voided_at: '2026-03-03T08:00:00.000Z' });
  });

  it('needs a number of its own for the void, or nothing would keep the voided one', async () => {
    const { till } = await openCounter();
    const answer = await till.post('/v1/redemption-voids', { request_no: 'R-1', reason: '无答复' }, 'R-1');
    expect(answer.body).toMatchObject({ status: 400, errors: [{ pointer: '/request_no' }] });
    expect((await till.get('/v1/redemptions?request_no=R-1')).status).toBe(404);
  });

  it('does not void what was no redemption', async () => {
    const { till, readyCode, order } = await openCounter();
    const { code } = await readyCode();
    const made = await till.post('/v1/redemptions', order(code), 'R-1');
    await till.post(`/v1/redemptions/${made.body['id']}/reversals`, { reason: '退货' }, 'REV-1');
    const answer = await till.post('/v1/redemption-voids', { request_no: 'REV-1', reason: '没有收到答复' });
    expect(answer.body).toMatchObject({ status: 409, code: 'request_not_voidable' });
  });
});

describe('POST /v1/redemptions/{id}/reversals', () => {
  it('undoes a redemption within its window, to the millisecond', async () => {
    const { till, readyCode, order, world } = await openCounter();
    const made = await till.post('/v1/redemptions', order((await readyCode()).code));
    const other = await till.post('/v1/redemptions', order((await readyCode()).code));
    world.clock.advance(24 * HOUR - 1);
    const reversed = await till.post(`/v1/redemptions/${made.body['id']}/reversals`, { reason: '退货' });
    expect(reversed.status).toBe(201);
    expect(reversed.body).toMatchObject({ redemption_id: made.body['id'], business_day: '2026-03-03' });
    const twice = await till.post(`/v1/redemptions/${made.body['id']}/reversals`, { reason: '退货' });
    expect(twice.body).toMatchObject({ status: 409, code: 'redemption_reversed', details: { status: 'reversed' } });
    world.clock.advance(1);
    const late = await till.post(`/v1/redemptions/${other.body['id']}/reversals`, { reason: '退货' });
    expect(late.body).toMatchObject({ status: 409, code: 'reversal_window_over' });
    const read = await till.get(`/v1/redemptions/${made.body['id']}`);
    expect(read.body).toMatchObject({ status: 'reversed', reversal: { reason: '退货', business_day: '2026-03-03' } });
  });

  it("does not know another merchant's redemption", async () => {
    const counter = await openCounter();
    const { till, readyCode, order } = counter;
    const made = await till.post('/v1/redemptions', order((await readyCode()).code));
    const stranger = await strangerAt(counter);
    const path = `/v1/redemptions/${made.body['id']}`;
    expect((await stranger.get(path)).body).toMatchObject({ status: 404, code: 'redemption_not_found' });
    expect((await stranger.post(`${path}/reversals`, { reason: '退货' })).body).toMatchObject({
      status: 404,
      code: 'redemption_not_found',
    });
  });

  it('is for the store that made it, of a till that is bound to one', async () => {
    const { till, readyCode, order, world, as } = await openCounter();
    const made = await till.post('/v1/redemptions', order((await readyCode()).code));
    const { id: storeId } = await world.must(addStore, { by: world.wanhe, merchantId: world.merchantId, name: '二店' });
    const otherStore = await as({ kind: 'till', merchantId: world.merchantId, storeId });
    const path = `/v1/redemptions/${made.body['id']}`;
    expect((await otherStore.get(path)).body).toMatchObject({ status: 404, code: 'redemption_not_found' });
    expect((await otherStore.post(`${path}/reversals`, { reason: '退货' })).body).toMatchObject({ code: 'redemption_not_found' });
    const office = await as({ kind: 'till', merchantId: world.merchantId, storeId: null });
    expect((await office.get(path)).status).toBe(200);
    expect((await office.post(`${path}/reversals`, { reason: '退货' })).status).toBe(201);
  });

  it('lets a voucher be redeemed again with a fresh code, five times in all', async () => {
    const { till, resident, readyCode, order, world } = await openCounter();
    const { voucherId } = await readyCode();
    const fresh = async () => {
      world.clock.advance(2_000);
      return (await resident.post(`/v1/me/vouchers/${voucherId}/codes`, {})).body['code'] as string;
    };
    for (let cycle = 0; cycle < 5; cycle++) {
      const code = await fresh();
      const made = await till.post('/v1/redemptions', order(code));
      expect(made.status).toBe(201);
      await till.post(`/v1/redemptions/${made.body['id']}/reversals`, { reason: '退货' });
      expect((await till.post('/v1/redemptions', order(code))).body).toMatchObject({ code: 'code_used' });
    }
    expect((await till.post('/v1/redemptions', order(await fresh()))).body).toMatchObject({ code: 'voucher_cycles_exhausted' });
  });
});

describe('POST /v1/redemption-batches', () => {
  it('judges a code by when it was shown, each item by itself, and answers a repeated batch the same', async () => {
    const { till, readyCode, order, world } = await openCounter();
    const shown = new Date(world.clock.now).toISOString();
    const { code } = await readyCode();
    world.clock.advance(2 * HOUR);
    const items = [
      order(code, { request_no: 'S-1', presented_at: shown }),
      order(code, { request_no: 'S-2', presented_at: shown }),
      order(codeOf(3), { request_no: 'S-3', presented_at: shown }),
      order(code, { request_no: 'S-4', presented_at: new Date(world.clock.now - 25 * HOUR).toISOString() }),
    ];
    const first = await till.post('/v1/redemption-batches', { items });
    expect(first.status).toBe(200);
    expect(first.body['items']).toMatchObject([
      { request_no: 'S-1', status: 'succeeded', redemption: { presented_at: shown, discount_fen: 1_000 } },
      { request_no: 'S-2', status: 'refused', refusal: { code: 'voucher_redeemed' } },
      { request_no: 'S-3', status: 'refused', refusal: { code: 'code_unknown' } },
      { request_no: 'S-4', status: 'refused', refusal: { code: 'presented_at_out_of_range' } },
    ]);
    expect((await till.post('/v1/redemption-batches', { items })).text).toBe(first.text);
    expect((await till.get('/v1/redemptions?request_no=S-1')).body['items']).toMatchObject([{ status: 'succeeded' }]);
  });

  it('refuses an item of another store, or without one, in its place', async () => {
    const { till, readyCode, order, world, as } = await openCounter();
    const { code } = await readyCode();
    const presented_at = new Date(world.clock.now).toISOString();
    const good = order(code, { request_no: 'S-1', presented_at });
    const foreign = order(codeOf(1), { request_no: 'S-2', presented_at, store_id: `sto_${'1'.repeat(32)}` });
    expect((await till.post('/v1/redemption-batches', { items: [foreign, good] })).body['items']).toMatchObject([
      { request_no: 'S-2', status: 'refused', refusal: { code: 'store_not_found' } },
      { request_no: 'S-1', status: 'succeeded' },
    ]);
    expect((await till.get('/v1/redemptions?request_no=S-2')).status).toBe(404);

    const unbound = await as({ kind: 'till', merchantId: world.merchantId, storeId: null });
    const named = order((await readyCode()).code, { request_no: 'S-1', presented_at, store_id: world.storeId });
    const nameless = order(codeOf(1), { request_no: 'S-2', presented_at });
    expect((await unbound.post('/v1/redemption-batches', { items: [named, nameless] })).body['items']).toMatchObject([
      { status: 'succeeded' },
      { status: 'refused', refusal: { code: 'validation_failed', errors: [{ pointer: '/items/1/store_id', code: 'store_missing' }] } },
    ]);
    expect((await unbound.get('/v1/redemptions?request_no=S-2')).status).toBe(404);
  });

  it('refuses the second item under one number in its place', async () => {
    const { till, readyCode, order, world } = await openCounter();
    const item = order((await readyCode()).code, { request_no: 'S-1', presented_at: new Date(world.clock.now).toISOString() });
    const { body } = await till.post('/v1/redemption-batches', { items: [item, item, { ...item, request_no: 'S-2' }] });
    expect(body['items']).toMatchObject([
      { request_no: 'S-1', status: 'succeeded' },
      { request_no: 'S-1', status: 'refused', refusal: { errors: [{ pointer: '/items/1/request_no', code: 'repeated_in_batch' }] } },
      { request_no: 'S-2', status: 'refused', refusal: { code: 'voucher_redeemed' } },
    ]);
    expect((await till.get('/v1/redemptions?request_no=S-1')).body['items']).toMatchObject([{ status: 'succeeded' }]);
  });

  it("bears with a till's clock that is a little fast or slow, for goods have been handed out by it", async () => {
    const { till, readyCode, order, world } = await openCounter();
    const outcomes = [];
    for (const [n, skew] of [90_000, -90_000, 190_000, -130_000].entries()) {
      const { code } = await readyCode();
      const presented_at = new Date(world.clock.now + skew).toISOString();
      // A till with a fast clock that forwards at once presents in the future.
      if (n !== 2) world.clock.advance(HOUR);
      const items = [order(code, { request_no: `S-${n}`, presented_at, order_no: `${n}` })];
      outcomes.push((await till.post('/v1/redemption-batches', { items })).body['items'][0]);
    }
    expect(outcomes.map(({ status, refusal }) => refusal?.code ?? status)).toEqual([
      'succeeded',
      'succeeded',
      'presented_at_out_of_range',
      'presented_at_out_of_range',
    ]);
  });

  it('counts an order on the day when its voucher was shown', async () => {
    const { till, readyCode, order, world } = await openCounter();
    const { code } = await readyCode();
    const presented_at = new Date(world.clock.now).toISOString();
    world.clock.advance(15 * HOUR);
    const small = { order_no: '0001', order_amount_fen: 1_500 };
    const forwarded = await till.post('/v1/redemption-batches', { items: [order(code, { ...small, request_no: 'S-1', presented_at })] });
    expect(forwarded.body['items']).toMatchObject([{ status: 'succeeded', redemption: { business_day: '2026-03-03' } }]);
    // One in the morning: its order day is the one on which the other was shown.
    expect((await till.post('/v1/redemptions', order((await readyCode()).code, small))).status).toBe(422);
    world.clock.advance(3 * HOUR);
    expect((await till.post('/v1/redemptions', order((await readyCode()).code, small))).status).toBe(201);
  });

  it('counts a wrong code as a guess, once, also where another item has no final outcome yet', async () => {
    const { till, order, world } = await openCounter();
    const presented_at = new Date(world.clock.now).toISOString();
    const items = Array.from({ length: 21 }, (_, n) => order(newCode(world.chance), { request_no: `S-${n}`, presented_at }));
    const submit = world.engine.submit.bind(world.engine);
    const busy = vi.spyOn(world.engine, 'submit').mockImplementation(async (submission) => {
      if (submission.key === 'S-0') throw new Unavailable('busy');
      return submit(submission);
    });
    onTestFinished(() => busy.mockRestore());
    expectProblem(await till.post('/v1/redemption-batches', { items }), 'unavailable');
    expectProblem(await till.post('/v1/redemption-batches', { items }), 'too_many_guesses');
    world.clock.advance(5 * 60_000);
    for (let n = 0; n < 2; n++) expectProblem(await till.post('/v1/redemption-batches', { items }), 'unavailable');
  });

  it('takes a body that begins with a byte order mark', async () => {
    const { till, api, readyCode, order, world } = await openCounter();
    const item = order((await readyCode()).code, { request_no: 'S-1', presented_at: new Date(world.clock.now).toISOString() });
    const request = api.http
      .post('/v1/redemption-batches')
      .set({ authorization: await till.authorize(), 'content-type': 'application/json' });
    expect((await request.send(`\uFEFF${JSON.stringify({ items: [item] })}`)).status).toBe(200);
  });

  it('refuses an item that cannot be read in its place, with its faults, and lets it be corrected under its number', async () => {
    const { till, readyCode, order, world } = await openCounter();
    const [first, second] = [(await readyCode()).code, (await readyCode()).code];
    const presented_at = new Date(world.clock.now).toISOString();
    const mistyped = `${second.slice(0, -1)}${(Number(second.at(-1)) + 1) % 10}`;
    const item = order(second, { request_no: 'S-2', presented_at, order_no: 'B' });
    const unreadable = [
      { ...item, code: mistyped },
      { request_no: 'S-3' },
      {},
      { request_no: 7 },
      null,
      'S-4',
      { ...item, request_no: 'a b' },
    ];
    const items = [...unreadable, order(first, { request_no: 'S-1', presented_at })];
    const { status, body } = await till.post('/v1/redemption-batches', { items });
    expect(status).toBe(200);
    const results = body['items'] as {
      request_no: string | null;
      status: string;
      refusal: { code: string; errors: { pointer: string }[] };
    }[];
    expect(results.map(({ request_no: number }) => number)).toEqual(['S-2', 'S-3', null, null, null, null, 'a b', 'S-1']);
    expect(results.map(({ status: came }) => came)).toEqual([...unreadable.map(() => 'refused'), 'succeeded']);
    expect(results.slice(0, -1).map(({ refusal }) => refusal.code)).toEqual(unreadable.map(() => 'validation_failed'));
    expect(results[0]!.refusal.errors).toMatchObject([{ pointer: '/items/0/code', code: 'not_a_code' }]);
    expect(results[6]!.refusal.errors).toMatchObject([{ pointer: '/items/6/request_no' }]);
    expect((await till.get('/v1/redemptions?request_no=S-2')).status).toBe(404);
    expect((await till.post('/v1/redemption-batches', { items: [item] })).body['items']).toMatchObject([{ status: 'succeeded' }]);
  });

  it('corrects the times by the clock with which it was sent, however far that is off', async () => {
    const { till, readyCode, order, world } = await openCounter();
    for (const [n, ahead] of [10 * 60_000, -10 * 60_000, 40 * HOUR, 0].entries()) {
      const { code } = await readyCode();
      const shown = world.clock.now;
      world.clock.advance(2 * HOUR);
      const byTill = (at: number) => new Date(at + ahead).toISOString();
      const items = [order(code, { request_no: `S-${n}`, order_no: `${n}`, presented_at: byTill(shown) })];
      const first = await till.post('/v1/redemption-batches', { items, sent_at: byTill(world.clock.now) });
      expect(first.body['items'], `${ahead}`).toMatchObject([
        { status: 'succeeded', redemption: { presented_at: new Date(shown).toISOString() } },
      ]);
      // Sent again later, by the same clock: the same input, and the same answer.
      world.clock.advance(5 * 60_000);
      expect((await till.post('/v1/redemption-batches', { items, sent_at: byTill(world.clock.now) })).text).toBe(first.text);
      expect((await till.post('/v1/redemption-batches', { items })).text).toBe(first.text);
    }
  });

  it('judges no attempt twice: what was refused by its time stays so, whatever clock it is sent with', async () => {
    const { till, readyCode, order, world } = await openCounter();
    const { code } = await readyCode();
    const presented_at = new Date(world.clock.now + 10 * 60_000).toISOString();
    const items = [order(code, { request_no: 'S-1', presented_at })];
    const first = await till.post('/v1/redemption-batches', { items });
    expect(first.body['items']).toMatchObject([
      { refusal: { code: 'presented_at_out_of_range', details: { direction: 'ahead', presented_at } } },
    ]);
    expect((await till.post('/v1/redemption-batches', { items, sent_at: presented_at })).text).toBe(first.text);
  });

  it('says whether a time is ahead or behind', async () => {
    const { till, order, world } = await openCounter();
    const shownAt = async (at: number) => {
      const items = [order(codeOf(1), { request_no: `S-${at}`, presented_at: new Date(at).toISOString() })];
      return (await till.post('/v1/redemption-batches', { items })).body['items'][0].refusal;
    };
    const ahead = await shownAt(world.clock.now + 10 * 60_000);
    expect(ahead.detail).toContain('is ahead');
    expect(ahead.details).toMatchObject({
      direction: 'ahead',
      presented_at: '2026-03-02T02:10:00.000Z',
      latest_at: '2026-03-02T02:02:00.000Z',
    });
    const behind = await shownAt(world.clock.now - 25 * HOUR);
    expect(behind.detail).toContain('is behind');
    expect(behind.details).toMatchObject({ direction: 'behind', earliest_at: '2026-03-01T02:00:00.000Z' });
  });

  it('says that a till is behind which names a time before the code was made, rather than that the code has expired', async () => {
    const { till, readyCode, order, world } = await openCounter();
    const { code } = await readyCode();
    const shown = world.clock.now;
    world.clock.advance(HOUR);
    const forwarded = async (no: string, presentedAt: number) => {
      const items = [order(code, { request_no: no, presented_at: new Date(presentedAt).toISOString() })];
      return (await till.post('/v1/redemption-batches', { items })).body['items'][0];
    };
    const behind = await forwarded('S-1', shown - 10 * 60_000);
    expect(behind.refusal).toMatchObject({
      code: 'presented_at_out_of_range',
      details: {
        direction: 'behind',
        presented_at: '2026-03-02T01:50:00.000Z',
        earliest_at: '2026-03-02T01:58:00.000Z',
        latest_at: '2026-03-02T02:03:00.000Z',
      },
    });
    expect((await forwarded('S-2', shown - 2 * 60_000 - 1)).refusal).toMatchObject({ code: 'presented_at_out_of_range' });
    expect((await forwarded('S-3', shown + 3 * 60_000)).refusal).toMatchObject({ code: 'code_expired' });
    expect(await forwarded('S-4', shown - 2 * 60_000)).toMatchObject({ status: 'succeeded' });
  });

  it('tells its time with every answer, by the clock that judges', async () => {
    const { till, world } = await openCounter();
    for (const path of ['/healthz', '/v1/redemptions?request_no=S-1', '/v1/nothing']) {
      expect((await till.get(path)).headers['date'], path).toBe(new Date(world.clock.now).toUTCString());
      world.clock.advance(1_000);
    }
  });
});

describe('GET /v1/redemptions', () => {
  it("lists a store's day in pages, newest first", async () => {
    const { till, readyCode, order } = await openCounter();
    const made: string[] = [];
    for (let n = 0; n < 3; n++)
      made.unshift((await till.post('/v1/redemptions', order((await readyCode()).code, { order_no: `${n}` }))).body['id']);
    const first = await till.get('/v1/redemptions?day=2026-03-02&limit=2');
    expect(idsOf(first)).toEqual(made.slice(0, 2));
    const second = await till.get(`/v1/redemptions?day=2026-03-02&limit=2&cursor=${first.body['next_cursor']}`);
    expect(idsOf(second)).toEqual(made.slice(2));
    expect(second.body['next_cursor']).toBeNull();
    expect(second.body['items'][0].redemption).toMatchObject({
      title: '代金券',
      resident_name: '葛**',
      discount_fen: 1_000,
      order_no: '0',
    });
    expect((await till.get('/v1/redemptions')).body).toMatchObject({ status: 400, errors: [{ pointer: 'query/day' }] });
  });
});

function idsOf({ body }: Answer): string[] {
  return body['items'].map(({ redemption }: { redemption: { id: string } }) => redemption.id);
}

describe('GET /v1/reconciliations/{date}', () => {
  it('gives redemptions and reversals as lines of their own, with totals and the hash of the same file as CSV', async () => {
    const { till, readyCode, order, world } = await openCounter();
    const made = await till.post('/v1/redemptions', order((await readyCode()).code, { order_no: '=1+1' }), 'R-1');
    await till.post('/v1/redemptions', order((await readyCode()).code), 'R-2');
    await till.post(`/v1/redemptions/${made.body['id']}/reversals`, { reason: '退货' });
    const day = await till.get('/v1/reconciliations/2026-03-02');
    expect(day.body).toMatchObject({
      status: 'open',
      row_count: 3,
      totals: { redemptions: 2, redeemed_fen: 2_000, reversals: 1, reversed_fen: 1_000, net_fen: 1_000 },
      lines: [
        { kind: 'redemption', request_no: 'R-1', fen: 1_000 },
        { kind: 'redemption', request_no: 'R-2', fen: 1_000 },
        { kind: 'reversal', redemption_id: made.body['id'], fen: -1_000 },
      ],
    });
    const csv = await till.get('/v1/reconciliations/2026-03-02?format=csv');
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(createHash('sha256').update(csv.text).digest('hex')).toBe(day.body['sha256']);
    expect(csv.text).toContain("'=1+1");
    expect(csv.text.startsWith('\uFEFFkind,')).toBe(true);
    expect(csv.text.trim().split('\r\n')).toHaveLength(4);

    world.clock.advance(20 * HOUR);
    await world.must(closeDay, { day: '2026-03-02' });
    await till.post('/v1/redemption-voids', { request_no: 'R-2', reason: '无答复' });
    const closed = await till.get('/v1/reconciliations/2026-03-02');
    expect(closed.body).toEqual({ ...day.body, status: 'closed' });
    expect((await till.get('/v1/reconciliations/2026-03-03')).body).toMatchObject({ row_count: 1, totals: { net_fen: -1_000 } });
  });

  it('is a file for whoever accepts nothing else', async () => {
    const { api, till, readyCode, order } = await openCounter();
    await till.post('/v1/redemptions', order((await readyCode()).code));
    const path = '/v1/reconciliations/2026-03-02';
    const asked = async (accept: string, of = path) => {
      const { headers, text } = await api.http.get(of).set({ authorization: await till.authorize(), accept });
      expect(headers['vary']).toBe('accept, accept-encoding');
      return { type: headers['content-type'], rows: headers['x-row-count'], text };
    };
    const csv = await asked('text/csv');
    expect(csv).toMatchObject({ type: 'text/csv; charset=utf-8', rows: '1', text: (await till.get(`${path}?format=csv`)).text });
    for (const accept of ['*/*', 'application/json', 'text/csv, application/json']) {
      expect((await asked(accept)).type).toBe('application/json; charset=utf-8');
    }
    expect((await asked('text/csv', `${path}?format=json`)).type).toBe('application/json; charset=utf-8');
  });

  it('is that of its store for a till that is bound to one, and that of all stores for the merchant', async () => {
    const { till, as, readyCode, order, world } = await openCounter();
    const { id: second } = await world.must(addStore, { by: world.wanhe, merchantId: world.merchantId, name: '二店' });
    const { merchantId, storeId } = world;
    const other = await as({ kind: 'till', merchantId, storeId: second });
    const whole = await as({ kind: 'till', merchantId, storeId: null });
    await till.post('/v1/redemptions', order((await readyCode()).code), 'R-1');
    const made = await other.post('/v1/redemptions', order((await readyCode()).code), 'R-2');
    await other.post(`/v1/redemptions/${made.body['id']}/reversals`, { reason: '退货' });
    const dayOf = async (caller: typeof till) => {
      const { body } = await caller.get('/v1/reconciliations/2026-03-02');
      const { text } = await caller.get('/v1/reconciliations/2026-03-02?format=csv');
      expect(createHash('sha256').update(text).digest('hex')).toBe(body['sha256']);
      return [body['store_id'], body['lines'].map(({ request_no: number }: { request_no: string }) => number), body['totals'].net_fen];
    };
    expect(await dayOf(till)).toEqual([storeId, ['R-1'], 1_000]);
    expect(await dayOf(other)).toEqual([second, ['R-2', 'R-2'], 0]);
    expect(await dayOf(whole)).toEqual([null, ['R-1', 'R-2', 'R-2'], 1_000]);
  });
});
