import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { expectFields, expectProblem, listed, type Offices, openOffices, PHONE, read } from '../../support/offices.ts';
import { type Browser, browserOf, codeFor, counterLogin, officerLogin, PASSWORD } from '../../support/people.ts';

const ANOTHER = 'another password 7';
const STEP_MS = 30_000;

async function signedIn({ api }: Pick<Offices, 'api'>, more: object = {}): Promise<Browser> {
  const browser = browserOf(api);
  const answer = await browser.signIn({ login: 'wang.yi', password: PASSWORD, ...more });
  expect(answer.status, answer.text).toBe(201);
  return browser;
}

async function open(): Promise<Offices & { loginId: string }> {
  const offices = await openOffices();
  return { ...offices, loginId: await officerLogin(offices.world, offices.world.gexiang.id) };
}

describe('PUT /v1/session/password', () => {
  it('sets another one, and ends every other session of the login', async () => {
    const offices = await open();
    await counterLogin(offices.world);
    const [here, elsewhere] = [await signedIn(offices), await signedIn(offices)];
    expect((await elsewhere.get('/v1/session')).status).toBe(200);
    const answer = await here.put('/v1/session/password', { current_password: PASSWORD, password: ANOTHER });
    expect(answer.body).toEqual((await here.get('/v1/session')).body);
    expectProblem(await elsewhere.get('/v1/session'), 'unauthorized');
    expectProblem(await elsewhere.get('/v1/grants'), 'unauthorized');
    expect((await listed(here, '/v1/sessions')).map(({ ended_at: at }) => at !== null)).toEqual([true, false]);
    expectProblem(await browserOf(offices.api).signIn({ login: 'wang.yi', password: PASSWORD }), 'sign_in_failed');
    expect((await signedIn(offices, { password: ANOTHER })).cookie).not.toBe('');
  });

  it('takes the current one, and counts a wrong one as at sign-in', async () => {
    const offices = await open();
    const browser = await signedIn(offices);
    const change = (current: string) => browser.put('/v1/session/password', { current_password: current, password: ANOTHER });
    for (let n = 0; n < 4; n++) expectProblem(await change('wrong'), 'sign_in_failed');
    expectProblem(await change('wrong'), 'sign_in_locked');
    expectProblem(await change(PASSWORD), 'sign_in_locked');
    offices.world.clock.advance(60_000);
    expect((await change(PASSWORD)).status).toBe(200);
  });

  it('asks for ten characters that are not those of before', async () => {
    const browser = await signedIn(await open());
    const change = (password: string) => browser.put('/v1/session/password', { current_password: PASSWORD, password });
    expectFields(await change('too short'), '/password');
    expectFields(await change('long'.repeat(33)), '/password');
    expectFields(await change('ten\u0000characters'), '/password');
    expectFields(await change(PASSWORD), '/password');
  });

  it('is not for residents, who have none', async () => {
    const { api } = await open();
    const browser = browserOf(api);
    await browser.signIn({ phone: PHONE, code: await codeFor(api, PHONE) });
    const answer = await browser.put('/v1/session/password', { current_password: PASSWORD, password: ANOTHER });
    expectProblem(answer, 'wrong_client');
    expectProblem(await browser.post('/v1/session/totp', {}), 'wrong_client');
  });
});

/** The code that an app with this secret shows. */
function shown(secret: string, at: number): string {
  return new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: 30 }).generate({ timestamp: at });
}

/** Puts an authenticator app on the login, a step ago. */
async function withApp(offices: Offices): Promise<{ browser: Browser; secret: string }> {
  const { clock } = offices.world;
  const browser = await signedIn(offices);
  const { secret } = (await browser.post('/v1/session/totp', {})).body as { secret: string };
  expect((await browser.put('/v1/session/totp', { code: shown(secret, clock.now) })).body).toMatchObject({ totp: true });
  clock.advance(STEP_MS);
  return { browser, secret };
}

describe('an authenticator app', () => {
  it('is shown its secret, and counts from its first code on', async () => {
    const offices = await open();
    const { clock } = offices.world;
    const browser = await signedIn(offices);
    expectProblem(await browser.put('/v1/session/totp', { code: '000000' }), 'totp_not_begun');
    const begun = (await browser.post('/v1/session/totp', {})).body as { secret: string; uri: string };
    expect(begun.secret).toMatch(/^[A-Z2-7]{32}$/);
    const uri = new URL(begun.uri);
    expect([uri.protocol, uri.host, uri.pathname]).toEqual(['otpauth:', 'totp', '/CallMi:wang.yi']);
    expect(Object.fromEntries(uri.searchParams)).toMatchObject({ issuer: 'CallMi', secret: begun.secret, digits: '6', period: '30' });
    expect((await signedIn(offices)).cookie, 'not asked for before it counts').not.toBe('');
    expectProblem(await browser.put('/v1/session/totp', { code: shown(begun.secret, clock.now - 3 * STEP_MS) }), 'totp_code_wrong');
    expect(await read(browser, '/v1/session')).toMatchObject({ totp: false });
    await browser.put('/v1/session/totp', { code: shown(begun.secret, clock.now) });
    expect(await read(browser, '/v1/session')).toMatchObject({ totp: true });
    expectProblem(await browser.post('/v1/session/totp', {}), 'totp_confirmed');
  });

  it('is asked for once the password is right, and a missing code is no wrong try', async () => {
    const offices = await open();
    await withApp(offices);
    const tried = (body: object) => browserOf(offices.api).signIn({ login: 'wang.yi', ...body });
    expectProblem(await tried({ password: 'wrong' }), 'sign_in_failed');
    for (let n = 0; n < 6; n++) expectProblem(await tried({ password: PASSWORD }), 'totp_required');
    expectProblem(await tried({ password: 'wrong', totp: '000000' }), 'sign_in_failed');
  });

  it('takes a code of now or of a step before or after, each once', async () => {
    const offices = await open();
    const { clock } = offices.world;
    const { secret } = await withApp(offices);
    const tried = (at: number) => browserOf(offices.api).signIn({ login: 'wang.yi', password: PASSWORD, totp: shown(secret, at) });
    expectProblem(await tried(clock.now - STEP_MS), 'sign_in_failed');
    expect((await tried(clock.now)).status, 'now').toBe(201);
    expectProblem(await tried(clock.now), 'sign_in_failed');
    expect((await tried(clock.now + STEP_MS)).status, 'a step ahead').toBe(201);
    expectProblem(await tried(clock.now + 2 * STEP_MS), 'sign_in_failed');
    clock.advance(3 * STEP_MS);
    expectProblem(await tried(clock.now - 2 * STEP_MS), 'sign_in_failed');
    expect((await tried(clock.now - STEP_MS)).status, 'a step behind').toBe(201);
  });

  it('counts wrong codes as wrong passwords', async () => {
    const offices = await open();
    const { secret } = await withApp(offices);
    const { clock } = offices.world;
    const right = shown(secret, clock.now);
    const wrong = right === '123456' ? '654321' : '123456';
    const tried = (totp: string) => browserOf(offices.api).signIn({ login: 'wang.yi', password: PASSWORD, totp });
    for (let n = 0; n < 4; n++) expectProblem(await tried(wrong), 'sign_in_failed');
    expectProblem(await tried(wrong), 'sign_in_locked');
    expectProblem(await tried(right), 'sign_in_locked');
  });

  it('is taken off with the password, and its secret is never kept in the clear', async () => {
    const offices = await open();
    const { browser, secret } = await withApp(offices);
    const { store } = offices.world;
    const rows = async () =>
      JSON.stringify([...(await store.read.select().from(store.tables.login)), ...(await store.read.select().from(store.tables.request))]);
    expect(await rows()).not.toContain(secret);
    expectProblem(await browser.post('/v1/session/totp/removal', { password: 'wrong' }), 'sign_in_failed');
    expect((await browser.post('/v1/session/totp/removal', { password: PASSWORD })).body).toMatchObject({ totp: false });
    expect((await signedIn(offices)).cookie).not.toBe('');
  });
});
