import { describe, expect, it, vi } from 'vitest';
import { audit } from '../../../src/cli/audit.ts';
import { setResidentStatus } from '../../../src/communities/index.ts';
import { openApi, PUBLIC_URL } from '../../support/api.ts';
import type { Answer } from '../../support/counter.ts';
import { expectFields, expectProblem, listed, type Offices, openOffices, PHONE, read } from '../../support/offices.ts';
import { type Browser, browserOf, codeFor, counterLogin, officerLogin, PASSWORD } from '../../support/people.ts';
import { openScheme } from '../../support/scheme.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 me@example.org';
const NOBODYS_PHONE = '13911112222';

/** Tries a password so often, and gives the last answer. */
async function wrongly({ api }: Pick<Offices, 'api'>, times: number, login = 'wang.yi') {
  const answers: Answer[] = [];
  for (let n = 0; n < times; n++) answers.push(await browserOf(api).signIn({ login, password: `wrong ${n}` }));
  return answers.at(-1)!;
}

async function rightly({ api }: Pick<Offices, 'api'>, login = 'wang.yi'): Promise<{ browser: Browser; status: number }> {
  const browser = browserOf(api);
  return { browser, status: (await browser.signIn({ login, password: PASSWORD })).status };
}

describe('POST /v1/sessions', () => {
  it('signs a resident in by phone and code, for 90 days', async () => {
    const offices = await openOffices();
    const { world, api } = offices;
    const browser = browserOf(api);
    const answer = await browser.signIn({ phone: `+86${PHONE}`, code: await codeFor(api, PHONE) });
    expect(answer.status, answer.text).toBe(201);
    expect(answer.body).toEqual({
      id: expect.stringMatching(/^ses_/),
      kind: 'resident',
      person_name: '葛小米',
      login: null,
      community: { id: 'gexiang', name: '葛巷社区' },
      merchant: null,
      store: null,
      officer_id: null,
      resident_id: world.residentId,
      scopes: expect.arrayContaining(['me:read', 'me:write']),
      password_temporary: false,
      totp: false,
      started_at: new Date(world.clock.now).toISOString(),
      expires_at: new Date(world.clock.now + 90 * DAY).toISOString(),
    });
    expect(await read(browser, '/v1/me')).toMatchObject({ id: world.residentId });
    world.clock.advance(90 * DAY - 1_000);
    expect((await browser.get('/v1/me')).status).toBe(200);
    world.clock.advance(1_000);
    expectProblem(await browser.get('/v1/me'), 'unauthorized');
    expectProblem(await browser.get('/v1/session'), 'unauthorized');
  });

  it('asks for the registered name as well if nobody signed in with the number for 180 days, and counts wrong ones', async () => {
    const offices = await openOffices();
    const { world, api } = offices;
    world.clock.advance(180 * DAY - 1);
    expect((await browserOf(api).signIn({ phone: PHONE, code: await codeFor(api, PHONE) })).status).toBe(201);
    world.clock.advance(180 * DAY);
    const code = await codeFor(api, PHONE);
    expectProblem(await browserOf(api).signIn({ phone: PHONE, code: '000000', name: '葛小米' }), 'sign_in_failed');
    for (let n = 0; n < 6; n++) expectProblem(await browserOf(api).signIn({ phone: PHONE, code }), 'name_required');
    for (let n = 0; n < 3; n++) expectProblem(await browserOf(api).signIn({ phone: PHONE, code, name: '陈大文' }), 'sign_in_failed');
    const [{ failures, used } = { failures: 0, used: 1 }] = await world.store.read.select().from(world.store.tables.signInCode);
    expect([failures, used]).toEqual([4, 0]);
    // In the form in which names are compared.
    expect((await browserOf(api).signIn({ phone: PHONE, code, name: ' 葛\u3000小米 ' })).status).toBe(201);
    world.clock.advance(90 * DAY);
    expect((await browserOf(api).signIn({ phone: PHONE, code: await codeFor(api, PHONE) })).status).toBe(201);
  });

  it('takes five wrong names as five wrong codes, and tells a stranger nothing: a number that nobody has fails alike', async () => {
    const { world, api } = await openOffices();
    world.clock.advance(200 * DAY);
    const code = await codeFor(api, PHONE);
    for (let n = 0; n < 5; n++) expectProblem(await browserOf(api).signIn({ phone: PHONE, code, name: '陈大文' }), 'sign_in_failed');
    expectProblem(await browserOf(api).signIn({ phone: PHONE, code, name: '葛小米' }), 'sign_in_failed');
    expectProblem(await browserOf(api).signIn({ phone: NOBODYS_PHONE, code: '123456' }), 'sign_in_failed');
    expectFields(await browserOf(api).signIn({ login: 'wang.yi', password: PASSWORD, name: '王一' }), '/name');
  });

  it('lets whoever has a number that was silent guess at the name five times a day, with however many codes and from wherever', async () => {
    const offices = await openOffices();
    const { world, api } = offices;
    world.clock.advance(200 * DAY);
    const said = async (name: string, laterMs: number, address = '203.0.113.99') => {
      world.clock.advance(laterMs);
      return browserOf(api, { 'x-forwarded-for': address }).signIn({ phone: PHONE, code: await codeFor(api, PHONE), name });
    };
    for (let n = 0; n < 5; n++) expectProblem(await said(`陈大${n}`, HOUR, `203.0.113.${n}`), 'sign_in_failed');
    // Now even the right one is not looked at.
    const locked = { details: { retry_after_seconds: 23 * 3_600 } };
    expectProblem(await said('葛小米', HOUR, '203.0.113.9'), 'sign_in_locked', locked);
    expectProblem(await said('陈大文', 23 * HOUR - 1), 'sign_in_locked');
    expect((await said('葛小米', HOUR)).status).toBe(201);
  });

  it('signs an officer in by password, for 12 hours', async () => {
    const offices = await openOffices();
    const { world } = offices;
    await officerLogin(world, world.gexiang.id);
    const { browser } = await rightly(offices, ' Wang.Yi ');
    const signedIn = await read(browser, '/v1/session');
    expect(signedIn).toMatchObject({ kind: 'officer', person_name: '王一', login: 'wang.yi', officer_id: world.gexiang.id });
    expect(signedIn).toMatchObject({ community: { id: 'gexiang' }, resident_id: null, merchant: null });
    const offered = await browser.post('/v1/offers', { kind: 'cash', title: '代金券', points: 100 });
    expectProblem(offered, 'foreign_community');
    expect((await browser.get('/v1/grants')).status).toBe(200);
    expect(Date.parse(signedIn['expires_at']) - world.clock.now).toBe(12 * HOUR);
    world.clock.advance(12 * HOUR);
    expectProblem(await browser.get('/v1/grants'), 'unauthorized');
  });

  it('signs those behind a counter in: what one left another settles, and the books say who it was', async () => {
    const offices = await openOffices();
    const { world } = offices;
    const first = await counterLogin(world, 'zhang.san');
    const second = await counterLogin(world, 'li.si');
    const { browser: early } = await rightly(offices, 'zhang.san');
    const { browser: late } = await rightly(offices, 'li.si');
    expect(await read(early, '/v1/session')).toMatchObject({
      kind: 'till',
      person_name: '张三',
      merchant: { id: world.merchantId, name: '万和超市' },
      store: { id: world.storeId, name: '一店' },
    });
    const { code } = await offices.readyCode();
    const sold = await early.post('/v1/redemptions', offices.order(code), 'R-1');
    expect(sold.status, sold.text).toBe(201);
    expect((await read(late, '/v1/redemptions?request_no=R-1'))['items']).toMatchObject([{ status: 'succeeded' }]);
    const voided = await late.post('/v1/redemption-voids', { request_no: 'R-1', reason: '没有收到答复' }, 'V-1');
    expect(voided.body).toMatchObject({ reversed: true });
    const requests = await world.store.read.select().from(world.store.tables.request);
    const actorOf = (key: string) => requests.find((request) => request.key === key)!.actor;
    expect([actorOf('R-1'), actorOf('V-1')]).toEqual([first, second]);
    expect((await audit(world.store)).ok).toBe(true);
  });

  it('keeps the session in a cookie that no script reads and no other site sends, only over TLS where the service is reached so', async () => {
    const { world, api } = await openOffices();
    await officerLogin(world, world.gexiang.id);
    const body = { login: 'wang.yi', password: PASSWORD };
    const [set, devices, more] = (await browserOf(api).signIn(body)).headers['set-cookie'] as unknown as string[];
    expect(devices).toMatch(/^__Host-callmi_devices=/);
    expect(more).toBeUndefined();
    const expires = new Date(world.clock.now + 12 * HOUR).toUTCString();
    expect(set!.split('; ').slice(1).toSorted()).toEqual(
      [`Expires=${expires}`, 'HttpOnly', 'Path=/', 'SameSite=Strict', 'Secure'].toSorted(),
    );
    // By this prefix browsers take it from no other host of the domain; it asks for TLS.
    expect(set).toMatch(/^__Host-callmi_session=/);
    const plain = await openApi(world, { publicUrl: 'http://127.0.0.1:8080' });
    const [unsecured] = (await plain.http.post('/v1/sessions').send(body)).headers['set-cookie'] as unknown as string[];
    expect(unsecured).toMatch(/^callmi_session=.*; HttpOnly; SameSite=Strict/);
    expect(unsecured).not.toContain('Secure');
  });

  it('counts wrong passwords in a row, and locks those out who made them for one, five and then fifteen minutes, whatever is tried', async () => {
    const offices = await openOffices();
    const { world } = offices;
    await officerLogin(world, world.gexiang.id);
    expectProblem(await wrongly(offices, 4), 'sign_in_failed');
    for (const minutes of [1, 5, 15, 15]) {
      const locked = await wrongly(offices, 1);
      expectProblem(locked, 'sign_in_locked', { details: { retry_after_seconds: minutes * 60 } });
      expect(locked.headers['retry-after']).toBe(String(minutes * 60));
      world.clock.advance(minutes * MINUTE - 1);
      expect((await rightly(offices)).status).toBe(429);
      world.clock.advance(1);
    }
    expect((await rightly(offices)).status).toBe(201);
    expectProblem(await wrongly(offices, 4), 'sign_in_failed');
    expect((await rightly(offices)).status).toBe(201);
  });

  it('is locked in every process, and unlocked in every one', async () => {
    const offices = await openOffices();
    const { world } = offices;
    await officerLogin(world, world.gexiang.id);
    const beside = await openScheme(world.clock.now, world);
    const other = { api: await openApi(beside) };
    await wrongly(offices, 3);
    expectProblem(await wrongly(other, 2), 'sign_in_locked');
    expect((await rightly(offices)).status).toBe(429);
    for (const { clock } of [world, beside]) clock.advance(MINUTE);
    expect((await rightly(other)).status).toBe(201);
    expectProblem(await wrongly(offices, 4), 'sign_in_failed');
  });

  it('counts tries that are made at once, each of them', async () => {
    const offices = await openOffices();
    await officerLogin(offices.world, offices.world.gexiang.id);
    const tries = Array.from({ length: 8 }, () => browserOf(offices.api).signIn({ login: 'wang.yi', password: 'wrong' }));
    const codes = (await Promise.all(tries)).map(({ body }) => body['code'] as string).toSorted();
    expect(codes).toEqual([...Array(4).fill('sign_in_failed'), ...Array(4).fill('sign_in_locked')]);
  });

  it('tells an unknown name like a wrong password, and does the same work', async () => {
    const { world, api } = await openOffices();
    await officerLogin(world, world.gexiang.id);
    const answers: Answer[] = [];
    for (const login of ['nobody', 'wang.yi', '王一']) answers.push(await browserOf(api).signIn({ login, password: 'wrong' }));
    for (const answer of answers) expectProblem(answer, 'sign_in_failed');
    const [unknown, known] = answers.map(({ body }) => ({ ...body, request_id: '' }));
    expect(unknown).toEqual(known);
    const counted = await world.store.read.select({ count: world.store.tables.wrongTries.count }).from(world.store.tables.wrongTries);
    expect(counted, 'of each of the three: at the address, and everywhere').toEqual(Array.from({ length: 6 }, () => ({ count: 1 })));
  });

  it('lets those in who have it right at an address that others miss from again and again', async () => {
    const { world, api } = await openOffices();
    await officerLogin(world, world.gexiang.id);
    for (let n = 0; n < 100; n++)
      expectProblem(
        await browserOf(api).signIn({ phone: NOBODYS_PHONE.replace(/..$/, String(10 + (n % 80))), code: '000000' }),
        'sign_in_failed',
      );
    expect((await browserOf(api).signIn({ login: 'wang.yi', password: PASSWORD })).status).toBe(201);
  });

  it('takes a phone and its code, or a login and its password, and names what is missing or too much', async () => {
    const { api } = await openOffices();
    const tried = (body: object) => browserOf(api).signIn(body);
    expectFields(await tried({}), '/login', '/password');
    expectFields(await tried({ phone: PHONE }), '/code');
    expectFields(await tried({ code: '123456' }), '/phone');
    expectFields(await tried({ login: 'wang.yi' }), '/password');
    expectFields(await tried({ phone: PHONE, code: '123456', password: 'x', totp: '123456' }), '/password', '/totp');
    expectFields(await tried({ phone: '12345', code: '12345' }), '/phone', '/code');
    expectFields(await tried({ login: 'wang.yi', password: 'x', surprise: 1 }), '/surprise');
  });

  it('lets a suspended resident look, and not spend', async () => {
    const offices = await openOffices();
    const { world, api } = offices;
    await world.grantHours(world.gexiang, world.residentId, 10);
    await world.must(setResidentStatus, { by: world.gexiang, id: world.residentId, status: 'suspended', reason: '核实中' });
    const browser = browserOf(api);
    expect((await browser.signIn({ phone: PHONE, code: await codeFor(api, PHONE) })).status).toBe(201);
    expect(await read(browser, '/v1/me')).toMatchObject({ status: 'suspended' });
    expectProblem(await browser.post('/v1/me/vouchers', { offer_id: world.cashOfferId, quantity: 1 }), 'resident_suspended');
  });

  it('ends with the client that is acted through, which then nobody can sign in to', async () => {
    const offices = await openOffices();
    const { world, api, gexiang } = offices;
    const browser = browserOf(api);
    await browser.signIn({ phone: PHONE, code: await codeFor(api, PHONE) });
    const client = (await listed(gexiang, '/v1/clients')).find(
      (each) => each['resident_id'] === world.residentId && each['name'] === 'sign-in',
    );
    expectProblem(await gexiang.post(`/v1/clients/${client!['id']}/rotation`, {}), 'client_of_people');
    expect((await gexiang.post(`/v1/clients/${client!['id']}/revocation`, {})).status).toBe(200);
    expectProblem(await browser.get('/v1/me'), 'unauthorized');
    world.clock.advance(MINUTE);
    expectProblem(await browser.signIn({ phone: PHONE, code: await codeFor(api, PHONE) }), 'sign_in_failed');
  });

  it('leaves no phone, code, password or cookie in the log or among the outcomes', async () => {
    const { world, api } = await openOffices();
    await officerLogin(world, world.gexiang.id);
    const code = await codeFor(api, PHONE);
    const [phone, password] = [browserOf(api), browserOf(api)];
    await phone.signIn({ phone: PHONE, code: code === '000000' ? '000001' : '000000' });
    await phone.signIn({ phone: PHONE, code });
    await password.signIn({ login: 'wang.yi', password: PASSWORD });
    await password.put('/v1/session/password', { current_password: PASSWORD, password: 'another one 99' });
    await password.post('/v1/session/totp', {});
    const requests = JSON.stringify(await world.store.read.select().from(world.store.tables.request));
    const cookies = [phone, password].map(({ cookie }) => cookie.split('=')[1]!);
    expect(cookies.every((cookie) => cookie.length > 100)).toBe(true);
    for (const secret of [PHONE, code, PASSWORD, 'another one 99', 'wang.yi', ...cookies]) {
      expect(api.logged.join('')).not.toContain(secret);
      expect(requests).not.toContain(secret);
    }
    expect(api.logged.join('')).toContain('/v1/session/password');
  });
});

describe('POST /v1/sign-in-codes', () => {
  it('answers alike whether or not a resident has the phone, and sends a code only to one who has', async () => {
    const { world, api } = await openOffices();
    const ask = (phone: string) => api.http.post('/v1/sign-in-codes').send({ phone });
    const [known, unknown] = [await ask(PHONE), await ask(NOBODYS_PHONE)];
    expect([known.status, unknown.status]).toEqual([202, 202]);
    expect(known.body).toEqual({
      expires_at: new Date(world.clock.now + 5 * MINUTE).toISOString(),
      resend_at: new Date(world.clock.now + MINUTE).toISOString(),
    });
    expect(unknown.body).toEqual(known.body);
    expect(Object.keys(unknown.headers).toSorted()).toEqual(Object.keys(known.headers).toSorted());
    await vi.waitFor(() => expect(api.delivered).toMatchObject([{ phone: PHONE, code: expect.stringMatching(/^\d{6}$/) }]), 60_000);
    for (const phone of [PHONE, NOBODYS_PHONE]) {
      expectProblem(await ask(phone), 'code_asked_too_often', { details: { retry_after_seconds: 60 } });
      expectProblem(
        await browserOf(api).signIn({ phone, code: api.delivered[0]!.code === '999999' ? '999998' : '999999' }),
        'sign_in_failed',
      );
    }
    const rows = await world.store.read.select().from(world.store.tables.signInCode);
    expect(rows.map(({ failures, asked, used }) => ({ failures, asked, used }))).toEqual(
      [1, 1].map(() => ({ failures: 1, asked: 1, used: 0 })),
    );
  });

  it('answers before the code is on its way', async () => {
    const { promise: sent, resolve: send } = Promise.withResolvers<void>();
    const { world } = await openOffices();
    const slow = await openApi(world, { deliverCode: () => sent });
    expect((await slow.http.post('/v1/sign-in-codes').send({ phone: PHONE })).status).toBe(202);
    send();
  });

  it('gives a phone one code a minute, and five an hour', async () => {
    const { world, api } = await openOffices();
    const ask = () => api.http.post('/v1/sign-in-codes').send({ phone: NOBODYS_PHONE });
    for (let n = 1; n <= 5; n++) {
      const answer = await ask();
      expect(answer.status).toBe(202);
      const wait = n < 5 ? MINUTE : HOUR - 4 * MINUTE;
      expect(Date.parse((answer.body as { resend_at: string }).resend_at) - world.clock.now).toBe(wait);
      world.clock.advance(MINUTE);
    }
    const refused = await ask();
    expectProblem(refused, 'code_asked_too_often', { details: { retry_after_seconds: 55 * 60 } });
    expect(refused.headers['retry-after']).toBe(String(55 * 60));
    world.clock.advance(55 * MINUTE);
    expect((await ask()).status).toBe(202);
  });

  it('a code is good once', async () => {
    const { api } = await openOffices();
    const code = await codeFor(api, PHONE);
    expect((await browserOf(api).signIn({ phone: PHONE, code })).status).toBe(201);
    expectProblem(await browserOf(api).signIn({ phone: PHONE, code }), 'sign_in_failed');
  });

  it('a code is good once also where it is sent twice at the same time', async () => {
    const { api } = await openOffices();
    const code = await codeFor(api, PHONE);
    const answers = await Promise.all([1, 2, 3].map(() => browserOf(api).signIn({ phone: PHONE, code })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(2);
  });

  it('a code is good for five minutes, for its own phone, and until another is asked for', async () => {
    const { world, api } = await openOffices();
    const first = await codeFor(api, PHONE);
    expectProblem(await browserOf(api).signIn({ phone: NOBODYS_PHONE, code: first }), 'sign_in_failed');
    world.clock.advance(5 * MINUTE);
    expectProblem(await browserOf(api).signIn({ phone: PHONE, code: first }), 'sign_in_failed');
    const second = await codeFor(api, PHONE);
    world.clock.advance(MINUTE);
    const third = await codeFor(api, PHONE);
    expect(third).not.toBe(second);
    expectProblem(await browserOf(api).signIn({ phone: PHONE, code: second }), 'sign_in_failed');
    world.clock.advance(5 * MINUTE - 1);
    expect((await browserOf(api).signIn({ phone: PHONE, code: third })).status).toBe(201);
  });

  it('a code is dead after five wrong tries, and the next one is not', async () => {
    const { world, api } = await openOffices();
    const code = await codeFor(api, PHONE);
    const wrong = code === '111111' ? '222222' : '111111';
    for (let n = 0; n < 5; n++) expectProblem(await browserOf(api).signIn({ phone: PHONE, code: wrong }), 'sign_in_failed');
    expectProblem(await browserOf(api).signIn({ phone: PHONE, code }), 'sign_in_failed');
    world.clock.advance(MINUTE);
    expect((await browserOf(api).signIn({ phone: PHONE, code: await codeFor(api, PHONE) })).status).toBe(201);
  });

  it('turns away who asks for many phones from one address', async () => {
    const { world, api } = await openOffices();
    const ask = (n: number) => api.http.post('/v1/sign-in-codes').send({ phone: `139${String(n).padStart(8, '0')}` });
    for (let n = 0; n < 100; n++) expect((await ask(n)).status).toBe(202);
    expectProblem(await ask(100), 'too_many_guesses');
    world.clock.advance(10 * MINUTE);
    expect((await ask(100)).status).toBe(202);
  });

  it('says that it cannot where nothing delivers codes, and writes nothing', async () => {
    const { world } = await openOffices();
    const { http, logged } = await openApi(world, { deliverCode: 'nowhere' });
    const answer = await http.post('/v1/sign-in-codes').send({ phone: PHONE });
    expectProblem(answer, 'codes_not_deliverable');
    expect(await world.store.read.$count(world.store.tables.signInCode)).toBe(0);
    expect(logged.join('')).not.toContain('a request failed');
  });

  it.each(['/v1/sign-in-codes', '/v1/registrations/codes'])('a delivery that fails is logged without phone and code: %s', async (path) => {
    const { world } = await openOffices();
    const { http, logged } = await openApi(world, { deliverCode: failingGateway });
    expect((await http.post(path).send({ phone: PHONE })).status).toBe(202);
    const line = await vi.waitFor(
      () => logged.find((each) => each.includes('could not be delivered')) ?? expect.fail('not logged yet'),
      60_000,
    );
    expect(line).toContain('the gateway is away');
    expect(line).not.toContain(PHONE);
    expect(JSON.parse(line)).not.toHaveProperty('err.phone');
  });
});

async function failingGateway(phone: string, code: string): Promise<never> {
  throw Object.assign(new Error('the gateway is away'), { phone, code });
}

describe('GET /v1/sessions', () => {
  it("lists one's own, newest first, with a device in a few words; not a colleague's at the same counter", async () => {
    const offices = await openOffices();
    const { world, api } = offices;
    await counterLogin(world, 'zhang.san');
    await counterLogin(world, 'li.si');
    await rightly(offices, 'li.si');
    const browser = browserOf(api);
    const page = { origin: PUBLIC_URL, 'user-agent': CHROME };
    await browser.from(page, 'post', '/v1/sessions', { login: 'zhang.san', password: PASSWORD });
    const { browser: later } = await rightly(offices, 'zhang.san');
    const items = await listed(later, '/v1/sessions', 1);
    expect(items).toMatchObject([
      { device: 'unknown', current: true, ended_at: null },
      { device: 'Chrome, Windows', current: false, ended_at: null },
    ]);
    expect(Object.keys(items[0]!).toSorted()).toEqual(['current', 'device', 'ended_at', 'expires_at', 'id', 'started_at']);
  });
});

describe('POST /v1/sessions/{id}/revocation', () => {
  it('signs out: the cookie is cleared, and what it held is worth nothing', async () => {
    const offices = await openOffices();
    await officerLogin(offices.world, offices.world.gexiang.id);
    const { browser } = await rightly(offices);
    const { cookie } = browser;
    const { id } = await read(browser, '/v1/session');
    const ended = await browser.post(`/v1/sessions/${id}/revocation`, {});
    expect(ended.body).toEqual({ id, ended_at: new Date(offices.world.clock.now).toISOString() });
    expect((ended.headers['set-cookie'] as unknown as string[])[0]).toMatch(
      /^__Host-callmi_session=; Max-Age=0; Path=\/; Expires=Thu, 01 Jan 1970/,
    );
    expect(browser.cookie).toBe('');
    expectProblem(await browser.from({ cookie }, 'get', '/v1/session'), 'unauthorized');
    expectProblem(await browser.from({ cookie }, 'get', '/v1/grants'), 'unauthorized');
    expectProblem(await browser.from({ authorization: `Bearer ${cookie.split('=')[1]}` }, 'get', '/v1/grants'), 'invalid_token');
  });

  it('ends another one of mine: at once here, in another process within 5 seconds', async () => {
    const offices = await openOffices();
    const { world } = offices;
    await officerLogin(world, world.gexiang.id);
    const beside = await openScheme(world.clock.now, world);
    const elsewhere = browserOf(await openApi(beside));
    await elsewhere.signIn({ login: 'wang.yi', password: PASSWORD });
    const { browser } = await rightly(offices);
    const { cookie } = elsewhere;
    expect((await browser.from({ cookie }, 'get', '/v1/session')).status).toBe(200);
    const other = (await listed(browser, '/v1/sessions')).find(({ current }) => !current)!;
    const ended = await browser.post(`/v1/sessions/${other['id']}/revocation`, {});
    expect(ended.status).toBe(200);
    expect(ended.headers['set-cookie']).toBeUndefined();
    expectProblem(await browser.from({ cookie }, 'get', '/v1/session'), 'unauthorized');
    beside.clock.advance(5_000);
    expectProblem(await elsewhere.get('/v1/session'), 'unauthorized');
    const again = await browser.post(`/v1/sessions/${other['id']}/revocation`, {});
    expect(again.body).toEqual(ended.body);
    expect((await listed(browser, '/v1/sessions')).map(({ ended_at: at }) => at)).toEqual([null, ended.body['ended_at']]);
  });

  it("does not know anybody else's", async () => {
    const offices = await openOffices();
    const { world } = offices;
    await counterLogin(world, 'zhang.san');
    await counterLogin(world, 'li.si');
    const [{ browser: one }, { browser: colleague }] = [await rightly(offices, 'zhang.san'), await rightly(offices, 'li.si')];
    const { id } = await read(one, '/v1/session');
    expectProblem(await colleague.post(`/v1/sessions/${id}/revocation`, {}), 'session_not_found');
    expect((await one.get('/v1/session')).status).toBe(200);
  });

  it('is for people who are signed in, not for machines', async () => {
    const { till, gexiang } = await openOffices();
    for (const caller of [till, gexiang]) {
      expectProblem(await caller.get('/v1/session'), 'unauthorized');
      expectProblem(await caller.get('/v1/sessions'), 'unauthorized');
    }
  });
});
