import { describe, expect, it } from 'vitest';
import { openCounter } from '../../support/counter.ts';
import { approvedByTwo, expectFields, expectProblem, made, openOffices } from '../../support/offices.ts';

const DAY = 86_400_000;

/** A till of the supermarket with a credential of its own, and the ways in which it calls. */
async function openTill(store: 'its own' | 'any' = 'its own') {
  const offices = await openOffices();
  const { wanhe, world, api } = offices;
  const bound = { kind: 'till', name: '门口收银机', merchant_id: world.merchantId };
  const body = store === 'any' ? bound : { ...bound, store_id: world.storeId };
  const { id, client_secret: secret } = await made(wanhe, '/v1/clients', body);
  const callerWith = async (own: string) => {
    const authorization = await api.bearer({ clientId: id, secret: own });
    return {
      get: async (path: string) => api.http.get(path).set({ authorization }),
      rotate: async (sent: object, key: string = crypto.randomUUID()) =>
        api.http.post('/v1/till/rotation').set({ authorization, 'idempotency-key': key }).send(sent),
    };
  };
  return { offices, wanhe, world, id: id as string, secret: secret as string, callerWith, till: await callerWith(secret) };
}

describe('POST /v1/till/rotation', () => {
  it('gives a till that rotates its own secret a new one, while the old one stays good for a day', async () => {
    const { till, secret, id, world, callerWith } = await openTill();
    const rotated = await till.rotate({ client_secret: secret });
    expect(rotated).toMatchObject({ status: 200, body: { id, previous_secret_until: '2026-03-03T02:00:00.000Z' } });
    expect(rotated.headers['cache-control']).toBe('no-store');
    const fresh = rotated.body.client_secret;
    expect((await till.get('/v1/till')).status).toBe(200);
    expect((await (await callerWith(fresh)).get('/v1/till')).body.client).toMatchObject({ id, previous_secret_until: expect.any(String) });
    world.clock.advance(DAY);
    await expect(callerWith(secret)).rejects.toThrow('invalid_client');
    await callerWith(fresh);
  });

  it('answers the same request again when its answer was lost, also with a token of the old secret', async () => {
    const { till, secret, callerWith } = await openTill();
    const first = await till.rotate({ client_secret: secret }, 'rotation-1');
    const again = await (await callerWith(secret)).rotate({ client_secret: secret }, 'rotation-1');
    expect([again.status, again.text]).toEqual([200, first.text]);
    expect(again.headers['idempotency-replayed']).toBe('true');
  });

  it('refuses a second rotation within a day unless it is forced, to the till and to an officer alike', async () => {
    const { till, secret, id, wanhe, world, callerWith } = await openTill();
    const path = `/v1/clients/${id}/rotation`;
    const fresh = (await till.rotate({ client_secret: secret })).body.client_secret;
    world.clock.advance(DAY - 1);
    const details = { client_id: id, previous_secret_until: '2026-03-03T02:00:00.000Z' };
    const renewed = await callerWith(fresh);
    expectProblem(await renewed.rotate({ client_secret: fresh }), 'rotated_recently', { details });
    for (const body of [{}, { force: false }]) expectProblem(await wanhe.post(path, body), 'rotated_recently', { details });
    const second = (await renewed.rotate({ client_secret: fresh, force: true })).body.client_secret;
    await expect(callerWith(secret)).rejects.toThrow('invalid_client');
    for (const good of [fresh, second]) await callerWith(good);
    expect((await wanhe.post(path, { force: true })).status).toBe(200);
    await expect(callerWith(fresh)).rejects.toThrow('invalid_client');
    expectFields(await wanhe.post(path, { force: 'yes' }), '/force');
  });

  it('is done again after a day without force', async () => {
    const { till, secret, world, wanhe, id } = await openTill();
    await till.rotate({ client_secret: secret });
    world.clock.advance(DAY);
    expect((await wanhe.post(`/v1/clients/${id}/rotation`, {})).status).toBe(200);
  });

  it('needs more than a token: the newest secret', async () => {
    const { till, secret, id, callerWith } = await openTill();
    expectFields(await till.rotate({}), '/client_secret');
    expectProblem(await till.rotate({ client_secret: 'A'.repeat(43) }), 'secret_wrong');
    const fresh = (await till.rotate({ client_secret: secret })).body.client_secret;
    expectProblem(await till.rotate({ client_secret: secret, force: true }), 'secret_replaced', { details: { client_id: id } });
    expect((await (await callerWith(fresh)).rotate({ client_secret: fresh, force: true })).status).toBe(200);
  });

  it('is for tills only', async () => {
    const { street } = await openCounter();
    expectProblem(await street.post('/v1/till/rotation', { client_secret: 'A' }), 'insufficient_scope');
  });
});

describe('GET /v1/till', () => {
  it('tells who it is, store, terminals, policies it lives by, the server’s time', async () => {
    const { till, id, world } = await openTill();
    const supermarket = { id: world.storeId, name: '一店' };
    expect((await till.get('/v1/till')).body).toEqual({
      client: { id, name: '门口收银机', previous_secret_until: null },
      merchant: { id: world.merchantId, name: '万和超市', status: 'active' },
      community: { id: 'wanhe', name: '万和社区' },
      store: supermarket,
      stores: [{ ...supermarket, terminals: [{ id: world.terminalId, name: '1号收银台' }] }],
      policies: {
        code_validity: { seconds: 60 },
        offline_window: { hours: 24 },
        reversal_window: { hours: 24 },
        redemption_cycles: { max: 5 },
        cut_off: { hour: 24 },
      },
      server_time: '2026-03-02T02:00:00.000Z',
    });
  });

  it('lists every store to a till of any store, and the policies that are in force now', async () => {
    const { offices, till, world, wanhe } = await openTill('any');

    const second = await made(wanhe, `/v1/merchants/${world.merchantId}/stores`, { name: '二店' });
    await approvedByTwo(offices, 'policy', { name: 'code_validity', value: { seconds: 90 } });
    const { body } = await till.get('/v1/till');
    expect([body.store, body.policies.code_validity]).toEqual([null, { seconds: 90 }]);
    expect(body.stores).toMatchObject([
      { id: second['id'], terminals: [] },
      { id: world.storeId, terminals: [{ id: world.terminalId }] },
    ]);
  });

  it('is for tills', async () => {
    const { officer, resident } = await openCounter();
    for (const caller of [officer, resident]) expectProblem(await caller.get('/v1/till'), 'insufficient_scope');
  });
});
