import { describe, expect, it } from 'vitest';
import { openApi } from '../../support/api.ts';
import type { Answer, Caller } from '../../support/counter.ts';
import { approvedByTwo, expectFields, expectProblem, listed, made, type Offices, openOffices, read } from '../../support/offices.ts';
import { type Browser, browserOf, officerLogin, PASSWORD } from '../../support/people.ts';
import { openScheme } from '../../support/scheme.ts';

const OWN = 'a password of my own';

function asked({ world }: Offices, more: object = {}): object {
  return { name: 'zhang.san', person_name: '张三', merchant_id: world.merchantId, store_id: world.storeId, ...more };
}

async function signIn({ api }: Offices, password: string, login = 'zhang.san'): Promise<{ browser: Browser; answer: Answer }> {
  const browser = browserOf(api);
  return { browser, answer: await browser.signIn({ login, password }) };
}

/** Signs in with a temporary password, and sets one of one's own. */
async function settled(offices: Offices, temporary: string, login = 'zhang.san'): Promise<Browser> {
  const { browser } = await signIn(offices, temporary, login);
  const set = await browser.put('/v1/session/password', { current_password: temporary, password: OWN });
  expect(set.body, set.text).toMatchObject({ password_temporary: false });
  return browser;
}

describe('POST /v1/logins', () => {
  it('makes a login with a temporary password, which is shown again to the same key only', async () => {
    const offices = await openOffices();
    const { wanhe, world } = offices;
    const login = await made(wanhe, '/v1/logins', asked(offices));
    expect(login).toMatchObject({ name: 'zhang.san', person_name: '张三', kind: 'till', community_id: 'wanhe', store_id: world.storeId });
    expect(login).toMatchObject({ officer_id: null, status: 'active', password_temporary: true, totp: false, locked_until: null });
    expect(login['temporary_password']).toMatch(/^([a-km-np-z2-9]{4}-){3}[a-km-np-z2-9]{4}$/);
    expect(await read(wanhe, `/v1/logins/${login['id']}`)).not.toHaveProperty('temporary_password');
    const [first, again] = [
      await wanhe.post('/v1/logins', asked(offices, { name: 'li.si' }), 'L-1'),
      await wanhe.post('/v1/logins', asked(offices, { name: 'li.si' }), 'L-1'),
    ];
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(first.body['client_id']).toBe(login['client_id']);
    const requests = await world.store.read.select().from(world.store.tables.request);
    expect(JSON.stringify(requests)).not.toContain(login['temporary_password']);
    expect(JSON.stringify(requests.map(({ outcome }) => outcome))).not.toMatch(/zhang\.san|li\.si/);
  });

  it('may only set a password of its own at first', async () => {
    const offices = await openOffices();
    const { id, temporary_password: temporary } = await made(offices.wanhe, '/v1/logins', asked(offices));
    expect(await read(offices.wanhe, `/v1/logins/${id}`)).toMatchObject({ password_temporary: true, totp: false });
    const { browser, answer } = await signIn(offices, temporary as string);
    expect(answer.body).toMatchObject({ password_temporary: true });
    expectProblem(await browser.get('/v1/offers'), 'password_temporary');
    expectProblem(await browser.post('/v1/redemptions', {}), 'password_temporary');
    expect((await browser.get('/v1/session')).status).toBe(200);
    const set = await browser.put('/v1/session/password', { current_password: temporary, password: OWN });
    expect(set.body).toMatchObject({ password_temporary: false });
    expect(await read(offices.wanhe, `/v1/logins/${id}`)).toMatchObject({ password_temporary: false, totp: false });
    expect((await browser.get('/v1/offers')).status).toBe(200);
    expect((await signIn(offices, OWN)).answer.status).toBe(201);
    expect((await signIn(offices, temporary as string)).answer.status).toBe(401);
  });

  it('has a password of its own everywhere at once: also in a process that has just refused the temporary one', async () => {
    const offices = await openOffices();
    const { world } = offices;
    const beside = browserOf(await openApi(await openScheme(world.clock.now, world)));
    const { temporary_password: temporary } = await made(offices.wanhe, '/v1/logins', asked(offices));
    const { browser } = await signIn(offices, temporary as string);
    const { cookie } = browser;
    expectProblem(await beside.from({ cookie }, 'get', '/v1/offers'), 'password_temporary');
    await browser.put('/v1/session/password', { current_password: temporary, password: OWN });
    expect((await beside.from({ cookie }, 'get', '/v1/offers')).status).toBe(200);
  });

  it('is for the merchants of the own community, the street any; for every store where none is named', async () => {
    const offices = await openOffices();
    const { gexiang, street, till, machine, world } = offices;
    expectProblem(await gexiang.post('/v1/logins', asked(offices)), 'foreign_community');
    for (const caller of [till, machine]) expectProblem(await caller.post('/v1/logins', asked(offices)), 'insufficient_scope');
    const { store_id: _store, ...anyStore } = asked(offices) as Record<string, unknown>;
    const everywhere = await made(street, '/v1/logins', anyStore);
    expect(everywhere).toMatchObject({ store_id: null, merchant_id: world.merchantId });
    const here = await made(street, '/v1/logins', asked(offices, { name: 'li.si' }));
    expect([here['store_id'], here['client_id'] === everywhere['client_id']]).toEqual([world.storeId, false]);
    const nobody = { merchant_id: `mer_${'0'.repeat(32)}` };
    expectProblem(await street.post('/v1/logins', asked(offices, { name: 'b.b', ...nobody })), 'merchant_not_found');
    expectProblem(await street.post('/v1/logins', asked(offices, { name: 'b.b', store_id: `sto_${'0'.repeat(32)}` })), 'store_not_found');
  });

  it('gives a name once', async () => {
    const offices = await openOffices();
    const { wanhe } = offices;
    const { id } = await made(wanhe, '/v1/logins', asked(offices));
    expectProblem(await wanhe.post('/v1/logins', asked(offices)), 'login_name_taken');
    await wanhe.post(`/v1/logins/${id}/revocation`, {});
    expectProblem(await wanhe.post('/v1/logins', asked(offices)), 'login_name_taken');
    for (const name of ['Zhang', 'zh', '1zhang', 'zhang san', 'z'.repeat(33)]) {
      expectFields(await wanhe.post('/v1/logins', asked(offices, { name })), '/name');
    }
  });

  it('makes none for a counter whose client was revoked', async () => {
    const offices = await openOffices();
    const { wanhe } = offices;
    const { client_id: client } = await made(wanhe, '/v1/logins', asked(offices));
    await wanhe.post(`/v1/clients/${client}/revocation`, {});
    expectProblem(await wanhe.post('/v1/logins', asked(offices, { name: 'li.si' })), 'client_revoked');
  });
});

function namesOf(items: readonly Record<string, unknown>[]): unknown[] {
  return items.map(({ name }) => name);
}

describe('GET /v1/logins', () => {
  it("lists those of one's own office, newest first; of a community, for the street", async () => {
    const offices = await openOffices();
    const { wanhe, gexiang, street, world } = offices;
    await officerLogin(world, world.wanhe.id, 'officer.one');
    for (const name of ['aa.a', 'bb.b', 'cc.c']) await made(wanhe, '/v1/logins', asked(offices, { name }));
    const all = ['cc.c', 'bb.b', 'aa.a', 'officer.one'];
    expect(namesOf(await listed(wanhe, '/v1/logins'))).toEqual(all);
    expect(namesOf(await listed(street, '/v1/logins?community_id=wanhe', 3))).toEqual(all);
    expect(namesOf(await listed(gexiang, '/v1/logins'))).toEqual([]);
    expect(namesOf(await listed(street, '/v1/logins'))).toEqual([]);
    expectProblem(await gexiang.get('/v1/logins?community_id=wanhe'), 'foreign_community');
    const [{ id }] = (await listed(wanhe, '/v1/logins')) as [Record<string, unknown>];
    expectProblem(await gexiang.get(`/v1/logins/${id as string}`), 'foreign_community');
    expectProblem(await gexiang.get(`/v1/logins/lgn_${'0'.repeat(32)}`), 'login_not_found');
  });
});

describe('POST /v1/logins/{id}/password-reset', () => {
  it('lets somebody in again who forgot the password or is locked out, and ends what was open', async () => {
    const offices = await openOffices();
    const { wanhe } = offices;
    const { id, temporary_password: first } = await made(wanhe, '/v1/logins', asked(offices));
    const browser = await settled(offices, first as string);
    for (let n = 0; n < 5; n++) await signIn(offices, 'wrong');
    expect((await signIn(offices, OWN)).answer.status).toBe(429);
    expect((await read(wanhe, `/v1/logins/${id}`))['locked_until']).not.toBeNull();
    const reset = await wanhe.post(`/v1/logins/${id}/password-reset`, {});
    expect(reset.body).toEqual({ id, temporary_password: expect.any(String) });
    expect(await read(wanhe, `/v1/logins/${id}`)).toMatchObject({ locked_until: null, password_temporary: true });
    expectProblem(await browser.get('/v1/offers'), 'unauthorized');
    expect((await signIn(offices, OWN)).answer.status).toBe(401);
    await settled(offices, reset.body['temporary_password']);
  });

  it("is not for an officer's, which takes two; nor for another community's, or one that has ended", async () => {
    const offices = await openOffices();
    const { wanhe, gexiang, street, world } = offices;
    const officers = await officerLogin(world, world.wanhe.id, 'officer.one');
    for (const caller of [wanhe, street]) {
      expectProblem(await caller.post(`/v1/logins/${officers}/password-reset`, {}), 'second_officer_required');
    }
    const { id } = await made(wanhe, '/v1/logins', asked(offices));
    expectProblem(await gexiang.post(`/v1/logins/${id}/password-reset`, {}), 'login_not_found');
    await wanhe.post(`/v1/logins/${id}/revocation`, {});
    expectProblem(await wanhe.post(`/v1/logins/${id}/password-reset`, {}), 'login_ended');
  });
});

function end(caller: Caller, id: string): Promise<Answer> {
  return caller.post(`/v1/logins/${id}/revocation`, {});
}

describe('POST /v1/logins/{id}/revocation', () => {
  it('ends a login and its sessions, and no colleague’s', async () => {
    const offices = await openOffices();
    const { wanhe } = offices;
    const { id, temporary_password: first } = await made(wanhe, '/v1/logins', asked(offices));
    const { temporary_password: second } = await made(wanhe, '/v1/logins', asked(offices, { name: 'li.si' }));
    const [browser, colleague] = [await settled(offices, first as string), await settled(offices, second as string, 'li.si')];
    const ended = await wanhe.post(`/v1/logins/${id}/revocation`, {});
    expect(ended.body).toEqual({ id, status: 'ended' });
    expectProblem(await browser.get('/v1/offers'), 'unauthorized');
    expect((await colleague.get('/v1/offers')).status).toBe(200);
    expect((await signIn(offices, OWN)).answer.status).toBe(401);
    expectProblem(await wanhe.post(`/v1/logins/${id}/revocation`, {}), 'login_ended');
  });

  it("of an officer's is that officer's, or the street's", async () => {
    const offices = await openOffices();
    const { gexiang, colleague, street, wanhe, world } = offices;
    const login = await officerLogin(world, world.gexiang.id);
    expectProblem(await end(colleague, login), 'credential_of_another');
    expectProblem(await end(wanhe, login), 'login_not_found');
    expect((await end(gexiang, login)).status).toBe(200);
    expect((await end(street, await officerLogin(world, world.wanhe.id, 'officer.one'))).status).toBe(200);
  });
});

describe('the login of an officer', () => {
  it('takes two officers of the street, and shows its password to the second alone', async () => {
    const offices = await openOffices();
    const { street, secondOfStreet, gexiang, world } = offices;
    const input = { officer_id: world.gexiang.id, name: 'wang.yi' };
    expectProblem(await gexiang.post('/v1/proposals', { command: 'login', input, reason: '登录' }), 'street_only');
    const proposal = await made(street, '/v1/proposals', { command: 'login', input, reason: '登录' });
    expect(proposal).toMatchObject({ command: 'login', input });
    expectProblem(await street.post(`/v1/proposals/${proposal['id']}/approval`, {}), 'same_officer');
    const approved = await secondOfStreet.post(`/v1/proposals/${proposal['id']}/approval`, {}, 'A-1');
    const result = approved.body['result'] as Record<string, string>;
    expect(result).toEqual({
      login_id: expect.stringMatching(/^lgn_/),
      officer_id: world.gexiang.id,
      temporary_password: expect.any(String),
    });
    const again = await secondOfStreet.post(`/v1/proposals/${proposal['id']}/approval`, {}, 'A-1');
    expect(again.body).toEqual(approved.body);
    const { temporary_password: temporary, ...told } = result;
    expect((await read(street, `/v1/proposals/${proposal['id']}`))['result']).toEqual(told);
    const { request, proposal: kept } = world.store.tables;
    expect(JSON.stringify(await world.store.read.select().from(request))).not.toContain(temporary);
    expect(JSON.stringify(await world.store.read.select().from(kept))).not.toMatch(/password/);
    const browser = await settled(offices, temporary!, 'wang.yi');
    expect(await read(browser, '/v1/session')).toMatchObject({ kind: 'officer', officer_id: world.gexiang.id });
    expect((await browser.get('/v1/grants')).status).toBe(200);
  });

  it('is given a new password by two officers: it is unlocked, begins again if it had ended, and its sessions end', async () => {
    const offices = await openOffices();
    const { street, world } = offices;
    const input = { officer_id: world.gexiang.id, name: 'wang.yi' };
    const id = await officerLogin(world, world.gexiang.id);
    const { browser } = await signIn(offices, PASSWORD, 'wang.yi');
    for (let n = 0; n < 5; n++) await signIn(offices, 'wrong', 'wang.yi');
    const renewed = (await approvedByTwo(offices, 'login', input)).body['result'] as Record<string, string>;
    expect(renewed['login_id']).toBe(id);
    expectProblem(await browser.get('/v1/session'), 'unauthorized');
    const own = await settled(offices, renewed['temporary_password']!, 'wang.yi');
    await street.post(`/v1/logins/${id}/revocation`, {});
    expectProblem(await own.get('/v1/session'), 'unauthorized');
    const begun = (await approvedByTwo(offices, 'login', input)).body['result'] as Record<string, string>;
    expectProblem(await own.get('/v1/session'), 'unauthorized');
    await settled(offices, begun['temporary_password']!, 'wang.yi');
  });

  it('keeps its name, and takes nobody else’s', async () => {
    const offices = await openOffices();
    const { street, secondOfStreet, world } = offices;
    await officerLogin(world, world.gexiang.id);
    const refused = async (officer_id: string, name: string) => {
      const { id } = await made(street, '/v1/proposals', { command: 'login', input: { officer_id, name }, reason: '登录' });
      return secondOfStreet.post(`/v1/proposals/${id}/approval`, {});
    };
    expectProblem(await refused(world.gexiang.id, 'wang.er'), 'login_named_otherwise');
    expectProblem(await refused(world.wanhe.id, 'wang.yi'), 'login_name_taken');
    expectProblem(await refused(`off_${'0'.repeat(32)}`, 'nobody'), 'officer_not_found');
  });
});
