import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Engine } from '../../../src/ledger/index.ts';
import { commandIds, openStore } from '../../../src/store/index.ts';
import { type Api, openApi } from '../../support/api.ts';
import { openCounter } from '../../support/counter.ts';
import { listen, until } from '../../support/events.ts';
import { expectProblem, openOffices, PHONE } from '../../support/offices.ts';
import { browserOf, codeFor } from '../../support/people.ts';
import { seededChance } from '../../support/scheme.ts';
import type { World } from '../../support/world.ts';

/** Another process on the same database, as far as one can be had in one: a store, an engine and a service of its own. */
async function openAnother(world: World): Promise<Api> {
  const store = await openStore(world.url);
  const chance = seededChance('another');
  const engine = new Engine(store, { clock: () => world.clock.now, newId: commandIds(() => world.clock.now, chance) });
  onTestFinished(() => engine.idle().then(() => store.close()));
  // A service of its own: streams are closed with it.
  return openApi({ ...world, store, engine, chance }, {});
}

function urlOf({ app }: Api, voucherId: string): string {
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/v1/me/vouchers/${voucherId}/events`;
}

describe('GET /v1/me/vouchers/{id}/events', () => {
  it('tells the phone what became of its voucher, whichever process redeemed it', async () => {
    const { world, api, resident, till, order, readyCode } = await openCounter();
    const { voucherId, code } = await readyCode();
    const another = await openAnother(world);
    const phones = [
      await listen(urlOf(api, voucherId), await resident.authorize()),
      await listen(urlOf(another, voucherId), await resident.authorize()),
    ];
    for (const { status, headers } of phones) {
      expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([200, 'text/event-stream', 'no-store']);
      expect([headers.get('x-accel-buffering'), headers.get('connection')]).toEqual(['no', 'close']);
    }
    await until('being told at once', () => phones.every(({ events }) => events().length === 1));
    const asRead = (await resident.get(`/v1/me/vouchers/${voucherId}`)).body;
    expect(phones.map(({ events }) => events())).toEqual([[asRead], [asRead]]);
    expect(phones[0]!.text()).toMatch(/^retry: 1000\n\n/);

    const made = (await till.post('/v1/redemptions', order(code))).body;
    await until('hearing of the redemption', () => phones.every(({ events }) => events().length === 2));
    for (const phone of phones) {
      expect(phone.events()[1]).toMatchObject({
        status: 'redeemed',
        redemption_id: made['id'],
        redemption: { store_name: '一店', community_id: 'wanhe' },
      });
    }
    await till.post(`/v1/redemptions/${made['id']}/reversals`, { reason: '退货' });
    await until('hearing of the reversal', () => phones.every(({ events }) => events().length === 3));
    expect(phones[0]!.events()[2]).toEqual(asRead);
  });

  it('tells that a voucher has expired, whether or not that is booked', async () => {
    const { world, api, resident, readyCode } = await openCounter();
    const { voucherId } = await readyCode();
    const phone = await listen(urlOf(api, voucherId), await resident.authorize());
    await until('being told at once', () => phone.events().length === 1);
    world.clock.now = Date.parse(phone.events()[0]!['valid_until']);
    await until('hearing of the end', () => phone.events().length === 2);
    expect(phone.events()[1]).toMatchObject({ status: 'expired' });
  });

  it('is heard by a browser with the cookie of its session', async () => {
    const { api, readyCode } = await openOffices();
    const browser = browserOf(api);
    const { voucherId } = await readyCode();
    expect((await browser.signIn({ phone: PHONE, code: await codeFor(api, PHONE) })).status).toBe(201);
    const phone = await listen(urlOf(api, voucherId), browser);
    await until('being told at once', () => phone.events().length === 1);
    expect(phone.events()[0]).toMatchObject({ id: voucherId, status: 'issued' });
  });

  it('is for the resident whose voucher it is', async () => {
    const { world, resident, as, till, readyCode } = await openCounter();
    const { voucherId } = await readyCode();
    const path = `/v1/me/vouchers/${voucherId}/events`;
    const stranger = await as({ kind: 'resident', residentId: await world.register('wanhe') });
    expectProblem(await stranger.get(path), 'voucher_not_found', { details: { voucher_id: voucherId } });
    expectProblem(await resident.get(`/v1/me/vouchers/vch_${'0'.repeat(32)}/events`), 'voucher_not_found');
    expectProblem(await till.get(path), 'insufficient_scope');
  });

  it('has room for a phone and its reloads, and forgets those who have left', async () => {
    const { api, resident, readyCode } = await openCounter();
    const { voucherId } = await readyCode();
    const url = urlOf(api, voucherId);
    const authorization = await resident.authorize();
    const phones = [];
    for (let n = 0; n < 4; n++) phones.push(await listen(url, authorization));
    expectProblem(await resident.get(`/v1/me/vouchers/${voucherId}/events`), 'too_many_streams', {
      details: { at_most: 4, retry_after_seconds: 1 },
    });
    for (const phone of phones) phone.leave();
    // It hears of their leaving a moment later.
    let answered = 429;
    for (let tries = 0; answered === 429 && tries < 500; tries++) {
      const phone = await listen(url, authorization);
      answered = phone.status;
      phone.leave();
    }
    expect(answered).toBe(200);
    expect((await api.http.head(`/v1/me/vouchers/${voucherId}/events`)).status).toBe(405);
  });

  it('ends when the service closes, which does not wait for those who listen', async () => {
    const { world, resident, readyCode } = await openCounter();
    const { voucherId } = await readyCode();
    const another = await openAnother(world);
    const phone = await listen(urlOf(another, voucherId), await resident.authorize());
    await until('being told at once', () => phone.events().length === 1);
    await another.app.close();
    await until('the end', () => phone.ended());
  });
});
