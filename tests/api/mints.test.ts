import { describe, expect, it } from 'vitest';
import { setMerchantStatus } from '../../src/communities/index.ts';
import { type Counter, openCounter } from '../support/counter.ts';
import { expectProblem, made } from '../support/offices.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

async function voucherOf({ world }: Counter): Promise<string> {
  await world.grantHours(world.gexiang, world.residentId, 10);
  return world.takeVoucher();
}

/** How many rows of codes and of requests there are. */
async function rowsOf({ world: { store } }: Counter): Promise<[codes: number, requests: number]> {
  return [await store.read.$count(store.tables.code), await store.read.$count(store.tables.request)];
}

describe('codes of a voucher', () => {
  it('are minted at most once in 2 s, else 429 and no row', async () => {
    const counter = await openCounter();
    const { resident, world } = counter;
    const path = `/v1/me/vouchers/${await voucherOf(counter)}/codes`;
    expect((await resident.post(path, {})).status).toBe(201);
    const before = await rowsOf(counter);
    world.clock.advance(2 * SECOND - 1);
    for (let n = 0; n < 3; n++) {
      const early = await resident.post(path, {}, `early-${n}`);
      expectProblem(early, 'code_minted_too_often', { details: { retry_after_seconds: 1 } });
      expect(early.headers['retry-after']).toBe('1');
    }
    expect(await rowsOf(counter)).toEqual(before);
    world.clock.advance(1);
    // The key of a request that was turned away is still free.
    expect((await resident.post(path, {}, 'early-0')).status).toBe(201);
  });

  it('are minted at most 30 times in 10 minutes, also if 2,000 are asked for', async () => {
    const counter = await openCounter();
    const { resident, world } = counter;
    const path = `/v1/me/vouchers/${await voucherOf(counter)}/codes`;
    const [codes] = await rowsOf(counter);
    const statuses: number[] = [];
    for (let n = 0; n < 40; n++) {
      statuses.push((await resident.post(path, {})).status);
      world.clock.advance(10 * SECOND);
    }
    expect(statuses).toEqual(Array.from({ length: 40 }, (_, n) => (n < 30 ? 201 : 429)));
    expect((await rowsOf(counter))[0]).toBe(codes + 30);
    const waiting = await resident.post(path, {});
    expectProblem(waiting, 'code_minted_too_often', { details: { retry_after_seconds: 200 } });
    world.clock.advance(200 * SECOND);
    expect((await resident.post(path, {})).status).toBe(201);
  });

  it('are answered again under their key without being counted again, also many at once', async () => {
    const counter = await openCounter();
    const path = `/v1/me/vouchers/${await voucherOf(counter)}/codes`;
    const same = await Promise.all(Array.from({ length: 5 }, () => counter.resident.post(path, {}, 'same')));
    expect(new Set(same.map(({ text }) => text)).size).toBe(1);
    const others = await Promise.all(Array.from({ length: 5 }, () => counter.resident.post(path, {})));
    expect(others.map(({ status }) => status)).toEqual([429, 429, 429, 429, 429]);
  });

  it('are counted for each voucher, and nobody else uses them up', async () => {
    const counter = await openCounter();
    const { resident, world, as } = counter;
    const voucherId = await voucherOf(counter);
    const stranger = await as({ kind: 'resident', residentId: await world.register('gexiang') });
    expectProblem(await stranger.post(`/v1/me/vouchers/${voucherId}/codes`, {}), 'voucher_not_found');
    expectProblem(await stranger.post(`/v1/me/vouchers/${voucherId}/codes`, {}), 'code_minted_too_often');
    for (const id of [voucherId, await voucherOf(counter)]) {
      expect((await resident.post(`/v1/me/vouchers/${id}/codes`, {})).status).toBe(201);
    }
    world.clock.advance(MINUTE);
  });
});

describe('a voucher that no shop can take, since its merchant is suspended', () => {
  it('gets no code, on a phone or on paper, until the merchant is resumed; a cash voucher gets one', async () => {
    const { resident, officer, item, cash, set, world } = await openSuspended();
    const figures = { details: { merchant_id: world.merchantId } };
    expectProblem(await resident.post(`/v1/me/vouchers/${item}/codes`, {}), 'merchant_suspended', figures);
    expectProblem(await officer.post(`/v1/vouchers/${item}/papers`, {}), 'merchant_suspended', figures);
    expect((await resident.post(`/v1/me/vouchers/${cash}/codes`, {})).status).toBe(201);
    expect((await officer.post(`/v1/vouchers/${cash}/papers`, {})).status).toBe(201);
    await set('active');
    world.clock.advance(2 * SECOND);
    expect((await resident.post(`/v1/me/vouchers/${item}/codes`, {})).status).toBe(201);
    expect((await officer.post(`/v1/vouchers/${item}/papers`, {})).status).toBe(201);
  });

  it('is said to be so in the lists of vouchers and offers', async () => {
    const { resident, officer, offerId, item, cash, set, world } = await openSuspended();
    const said = async () => {
      const lists = [await resident.get('/v1/me/vouchers'), await officer.get(`/v1/residents/${world.residentId}/vouchers`)];
      const vouchers = lists.map(
        ({ body }) => new Map(body['items'].map((each: Record<string, unknown>) => [each['id'], each['merchant_status']])),
      );
      const offers = (await resident.get('/v1/offers')).body['items'] as { id: string; merchant: { status: string } | null }[];
      return [
        ...vouchers.map((statuses) => [statuses.get(item), statuses.get(cash)]),
        [offers.find(({ id }) => id === offerId)!.merchant?.status, offers.find(({ id }) => id === world.cashOfferId)!.merchant],
        [
          (await resident.get(`/v1/me/vouchers/${item}`)).body['merchant_status'],
          (await resident.get(`/v1/offers/${offerId}`)).body['status'],
        ],
      ];
    };
    expect(await said()).toEqual([
      ['suspended', null],
      ['suspended', null],
      ['suspended', null],
      ['suspended', 'active'],
    ]);
    await set('active');
    expect(await said()).toEqual([
      ['active', null],
      ['active', null],
      ['active', null],
      ['active', 'active'],
    ]);
  });
});

async function openSuspended() {
  const counter = await openCounter();
  const { world, wanheOfficer, resident } = counter;
  await world.grantHours(world.gexiang, world.residentId, 30);
  const coffee = { kind: 'item', title: '咖啡', points: 150, merchant_id: world.merchantId, settlement_fen: 1_200 };
  const offerId = (await made(wanheOfficer, '/v1/offers', coffee))['id'] as string;
  const take = (id: string) => made(resident, '/v1/me/vouchers', { offer_id: id });
  const [item, cash] = [await take(offerId), await take(world.cashOfferId)] as { id: string }[];
  const set = (status: 'active' | 'suspended') =>
    world.must(setMerchantStatus, { by: world.wanhe, id: world.merchantId, status, reason: '核查' });
  await set('suspended');
  return { ...counter, offerId, item: item!.id, cash: cash!.id, set };
}

describe('what a resident does again and again', () => {
  const nobodys = `vch_${'0'.repeat(32)}`;

  it('taking and cancelling a voucher passes a hundred times, then ten times an hour, and what is turned away leaves no row', async () => {
    const counter = await openCounter();
    const { resident, world } = counter;
    await world.grantHours(world.gexiang, world.residentId, 10);
    const take = (key?: string) => resident.post('/v1/me/vouchers', { offer_id: world.cashOfferId }, key);
    for (let n = 0; n < 50; n++) {
      const { id } = (await take(`take-${n}`)).body as { id: string };
      expect((await resident.post(`/v1/me/vouchers/${id}/cancellation`, { reason: '不要了' })).status).toBe(200);
    }
    const before = await rowsOf(counter);
    expectProblem(await take('late'), 'vouchers_too_often', { details: { retry_after_seconds: 360 } });
    expectProblem(await resident.post(`/v1/me/vouchers/${nobodys}/cancellation`, { reason: '不要了' }), 'vouchers_too_often');
    expectProblem(await resident.post(`/v1/me/vouchers/${nobodys}/codes`, {}), 'vouchers_too_often');
    expect(await rowsOf(counter)).toEqual(before);
    // A decided request is answered again.
    expect((await take('take-0')).status).toBe(201);
    world.clock.advance(6 * MINUTE);
    expect((await take('late')).status).toBe(201);
    expectProblem(await take(), 'vouchers_too_often');
  });

  it('codes of vouchers that they have spent are asked for a hundred times, and what is turned away leaves no row', async () => {
    const counter = await openCounter();
    const { resident, till, order, readyCode, world } = counter;
    const { code, voucherId } = await readyCode();
    expect((await till.post('/v1/redemptions', order(code))).status).toBe(201);
    const ask = async (afterMs = 25 * SECOND) => {
      world.clock.advance(afterMs);
      return resident.post(`/v1/me/vouchers/${voucherId}/codes`, {});
    };
    expectProblem(await ask(), 'voucher_redeemed');
    let answer = await ask();
    for (let n = 0; n < 120 && answer.status === 409; n++) answer = await ask();
    expectProblem(answer, 'vouchers_too_often');
    const before = await rowsOf(counter);
    expectProblem(await ask(2 * SECOND), 'vouchers_too_often');
    expect(await rowsOf(counter)).toEqual(before);
  });

  it('codes of vouchers that are not theirs are asked for a hundred times, and no more', async () => {
    const { resident } = await openCounter();
    const statuses: number[] = [];
    for (let n = 0; n < 105; n++)
      statuses.push((await resident.post(`/v1/me/vouchers/vch_${String(n).padStart(32, '0')}/codes`, {})).status);
    expect(statuses).toEqual([...Array(100).fill(404), ...Array(5).fill(429)]);
  });
});
