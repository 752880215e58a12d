import type { SQL } from 'drizzle-orm';
import { describe, expect, it, vi } from 'vitest';
import type { Store, Tables } from '../../../src/store/index.ts';
import { type Answer, type Caller } from '../../support/counter.ts';
import { approvedByTwo, expectFields, expectProblem, listed, made, type Offices, openOffices, read } from '../../support/offices.ts';

const DAY = 86_400_000;
const nobody = (prefix: string) => `${prefix}_${'0'.repeat(32)}`;

function tillOf({ world: { merchantId, storeId } }: Offices) {
  return { kind: 'till', name: '门口收银机', merchant_id: merchantId, store_id: storeId };
}

async function tokenOf({ api }: Offices, clientId: string, secret: string): Promise<Answer> {
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: secret };
  return api.http.post('/oauth/token').type('form').send(form);
}

/** Lets the next query of rows that are chosen find what it does, and keeps its answer back. */
function holdUpNextRead({ read: db }: Store) {
  const select = db.select.bind(db);
  const [done, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const where = async (table: Tables['client'], which: SQL) => {
    const rows = await select().from(table).where(which);
    done.resolve();
    await released.promise;
    return rows;
  };
  const from = (table: Tables['client']) => ({ where: (which: SQL) => where(table, which) });
  vi.spyOn(db, 'select').mockImplementationOnce(() => ({ from }) as never);
  return { done: done.promise, release: released.resolve };
}

const post = (caller: Caller, body: object) => caller.post('/v1/clients', { name: '收银机', ...body });

describe('POST /v1/clients', () => {
  it('makes a credential that works, and shows its secret in this answer alone', async () => {
    const offices = await openOffices();
    const { wanhe, world, api } = offices;
    const client = await made(wanhe, '/v1/clients', tillOf(offices));
    const { client_secret: secret, ...shown } = client;
    expect(shown).toEqual({
      id: client['id'],
      kind: 'till',
      name: '门口收银机',
      scopes: ['vouchers:inspect', 'redemptions:read', 'redemptions:write', 'reconciliations:read', 'offers:read', 'communities:read'],
      community_id: 'wanhe',
      merchant_id: world.merchantId,
      store_id: world.storeId,
      officer_id: null,
      resident_id: null,
      status: 'active',
      created_at: '2026-03-02T02:00:00.000Z',
      previous_secret_until: null,
    });
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    const names = { merchant_name: '万和超市', store_name: '一店', officer_name: null, resident_name: null };
    expect(await read(wanhe, `/v1/clients/${client['id']}`)).toEqual({ ...shown, ...names });
    expect(await tokenOf(offices, client['id'], secret)).toMatchObject({ status: 200, body: { token_type: 'Bearer' } });
    const { read: db, tables } = world.store;
    const stored = JSON.stringify([await db.select().from(tables.client), await db.select().from(tables.request), api.logged]);
    expect(stored).not.toContain(secret);
  });

  it('shows the very same secret to the same request again, and is never stored on the way', async () => {
    const offices = await openOffices();
    const first = await offices.wanhe.post('/v1/clients', tillOf(offices), 'k-1');
    const again = await offices.wanhe.post('/v1/clients', tillOf(offices), 'k-1');
    expect([again.status, again.text]).toEqual([201, first.text]);
    for (const answer of [first, again]) expect(answer.headers['cache-control']).toBe('no-store');
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(await listed(offices.wanhe, '/v1/clients', 10)).toMatchObject([{ id: first.body['id'] }, {}, {}]);
  });

  it('binds each kind to what it acts for', async () => {
    const offices = await openOffices();
    const { gexiang, street, world } = offices;
    const resident = { kind: 'resident', name: '手机', resident_id: world.residentId };
    const machine = { kind: 'machine', name: '报表', scopes: ['grants:read', 'grants:read'] };
    expect(await made(gexiang, '/v1/clients', resident)).toMatchObject({ community_id: 'gexiang', resident_id: world.residentId });
    expect(await made(gexiang, '/v1/clients', machine)).toMatchObject({ community_id: 'gexiang', scopes: ['grants:read'] });
    expect(await made(street, '/v1/clients', machine)).toMatchObject({ community_id: null });
    expect(await made(street, '/v1/clients', { ...machine, community_id: 'wanhe' })).toMatchObject({ community_id: 'wanhe' });
  });

  it('refuses what is not there, not the officer’s to bind, or not for this kind', async () => {
    const offices = await openOffices();
    const { gexiang, wanhe, street, world } = offices;
    const till = tillOf(offices);
    expectProblem(await post(wanhe, { ...till, merchant_id: nobody('mer') }), 'merchant_not_found');
    expectProblem(await post(wanhe, { ...till, store_id: nobody('sto') }), 'store_not_found');
    expectProblem(await post(gexiang, { kind: 'resident', resident_id: nobody('res') }), 'resident_not_found');
    expectProblem(await post(street, { kind: 'machine', community_id: 'nowhere' }), 'community_not_found');
    expectProblem(await post(gexiang, till), 'foreign_community', { details: { community_id: 'wanhe' } });
    for (const caller of [wanhe, street]) {
      const foreign = await post(caller, { kind: 'resident', resident_id: world.residentId });
      expectProblem(foreign, 'foreign_community', { details: { community_id: 'gexiang' } });
    }
    expectProblem(await post(wanhe, { ...till, scopes: ['grants:write'] }), 'scope_not_grantable', {
      details: { scopes: ['grants:write'] },
    });
  });

  it('names the field that does not fit its kind', async () => {
    const offices = await openOffices();
    const till = tillOf(offices);
    expectFields(await offices.wanhe.post('/v1/clients', { ...till, officer_id: nobody('off') }), '/officer_id');
    for (const kind of ['robot', 'officer']) expectFields(await offices.wanhe.post('/v1/clients', { ...till, kind }), '/kind');
    expectFields(await offices.wanhe.post('/v1/clients', { ...till, scopes: ['everything'] }), '/scopes/0');
  });
});

describe('GET /v1/clients', () => {
  it('lists those of the own office and those of a community to the street, never a secret', async () => {
    const offices = await openOffices();
    const { gexiang, wanhe, street } = offices;
    const text = (await gexiang.get('/v1/clients')).text;
    expect(text).not.toMatch(/secret(?!_until)/);
    expect((await listed(gexiang, '/v1/clients')).map(({ kind }) => kind)).toEqual(['machine', 'officer', 'officer', 'resident']);
    expect((await listed(street, '/v1/clients?community_id=wanhe')).map(({ kind }) => kind)).toEqual(['officer', 'till']);
    expect((await listed(street, '/v1/clients')).map(({ community_id: of }) => of)).toEqual([null, null]);
    expectProblem(await wanhe.get('/v1/clients?community_id=gexiang'), 'foreign_community');
    const [foreign] = await listed(gexiang, '/v1/clients');
    expectProblem(await wanhe.get(`/v1/clients/${foreign!['id']}`), 'foreign_community');
    expectProblem(await wanhe.get(`/v1/clients/${nobody('cli')}`), 'client_not_found');
  });
});

/** The names of whom the clients of a list are bound to. */
async function boundTo(caller: Caller, query: string): Promise<(string | null)[][]> {
  const columns = ['merchant_name', 'store_name', 'officer_name', 'resident_name'];
  return (await listed(caller, `/v1/clients?${query}`)).map((client) => columns.map((name) => client[name] as string | null));
}

describe('GET /v1/clients?kind=', () => {
  it('lists those of one kind, with the names of whom they are bound to', async () => {
    const offices = await openOffices();
    const { gexiang, wanhe, street, world } = offices;
    await made(wanhe, '/v1/clients', { ...tillOf(offices), store_id: undefined });
    await made(gexiang, '/v1/clients', { kind: 'resident', name: '手机', resident_id: world.residentId });
    expect(await boundTo(wanhe, 'kind=till')).toEqual([
      ['万和超市', null, null, null],
      ['万和超市', '一店', null, null],
    ]);
    expect(await boundTo(gexiang, 'kind=resident')).toEqual(Array.from({ length: 2 }, () => [null, null, null, '葛小米']));
    expect(await boundTo(street, 'kind=officer&community_id=gexiang')).toEqual([
      [null, null, '李二', null],
      [null, null, '王一', null],
    ]);
    expect(await boundTo(wanhe, 'kind=machine')).toEqual([]);
    expectFields(await wanhe.get('/v1/clients?kind=robot'), 'query/kind');
  });
});

describe('POST /v1/clients/{id}/rotation', () => {
  it('gives a new secret, while the old one stays good for a day', async () => {
    const offices = await openOffices();
    const { wanhe, world } = offices;
    const { id, client_secret: old } = await made(wanhe, '/v1/clients', tillOf(offices));
    const first = await wanhe.post(`/v1/clients/${id}/rotation`, {}, 'k-2');
    const again = await wanhe.post(`/v1/clients/${id}/rotation`, {}, 'k-2');
    expect(first).toMatchObject({ status: 200, body: { id, previous_secret_until: '2026-03-03T02:00:00.000Z' } });
    expect(again.text).toBe(first.text);
    expect(first.headers['cache-control']).toBe('no-store');
    const fresh = first.body['client_secret'];
    expect(fresh).not.toBe(old);
    world.clock.advance(DAY - 1);
    for (const secret of [old, fresh]) expect((await tokenOf(offices, id, secret)).status).toBe(200);
    world.clock.advance(1);
    expectProblem(await tokenOf(offices, id, old), 'invalid_client');
    expect((await tokenOf(offices, id, fresh)).status).toBe(200);
  });
});

describe('POST /v1/clients/{id}/revocation', () => {
  it('ends a credential for good, also the tokens that it has', async () => {
    const offices = await openOffices();
    const { wanhe, api } = offices;
    const { id, client_secret: secret } = await made(wanhe, '/v1/clients', tillOf(offices));
    const authorization = await api.bearer({ clientId: id, secret });
    const offers = () => api.http.get('/v1/offers').set({ authorization });
    expect((await offers()).status).toBe(200);
    expect(await wanhe.post(`/v1/clients/${id}/revocation`, {})).toMatchObject({ status: 200, body: { id, status: 'revoked' } });
    expectProblem(await offers(), 'invalid_token');
    expectProblem(await tokenOf(offices, id, secret), 'invalid_client');
    for (const what of ['revocation', 'rotation']) {
      expectProblem(await wanhe.post(`/v1/clients/${id}/${what}`, {}), 'client_revoked', { details: { client_id: id } });
    }
  });

  it('ends it also where the credential is being looked up at that moment', async () => {
    const offices = await openOffices();
    const { wanhe, api, world } = offices;
    const { id, client_secret: secret } = await made(wanhe, '/v1/clients', tillOf(offices));
    const authorization = await api.bearer({ clientId: id, secret });
    const offers = async () => api.http.get('/v1/offers').set({ authorization });
    const lookUp = holdUpNextRead(world.store);
    const early = offers();
    await lookUp.done;
    expect((await wanhe.post(`/v1/clients/${id}/revocation`, {})).status).toBe(200);
    lookUp.release();
    expect((await early).status).toBe(200);
    expectProblem(await offers(), 'invalid_token');
  });

  it('is not for a colleague’s credential, nor for one of another community', async () => {
    const offices = await openOffices();
    const { street, colleague, wanhe, gexiang, world } = offices;
    const { body } = await approvedByTwo(offices, 'credential', { name: '王一', officer_id: world.gexiang.id });
    const { client_id: id } = body['result'];
    const figures = { details: { client_id: id, officer_id: world.gexiang.id } };
    expectProblem(await street.post(`/v1/clients/${id}/rotation`, {}), 'credential_of_another', figures);
    for (const what of ['revocation', 'rotation']) {
      expectProblem(await colleague.post(`/v1/clients/${id}/${what}`, {}), 'credential_of_another', figures);
      expectProblem(await wanhe.post(`/v1/clients/${id}/${what}`, {}), 'client_not_found');
      expectFields(await gexiang.post(`/v1/clients/${id}/${what}`, { now: true }), '/now');
    }
    expect((await gexiang.post(`/v1/clients/${id}/rotation`, {})).status).toBe(200);
  });
});
