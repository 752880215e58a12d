import { describe, expect, it } from 'vitest';
import { giveOfficerLogin } from '../../src/access/index.ts';
import { pruneOver } from '../../src/pruning.ts';
import { guessed } from '../support/guesses.ts';
import { openApi } from '../support/api.ts';
import { expectProblem, PHONE } from '../support/offices.ts';
import { browserOf, codeFor, counterLogin, freshPassword, PASSWORD } from '../support/people.ts';
import { openScheme } from '../support/scheme.ts';
import { all } from '../support/stores.ts';
import { HOME, knownAt, openStreet, RIGHT, type Street, STRANGERS, times } from '../support/street.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WRONG = { login: 'wang.yi', password: 'a wrong one' };

/** What is written of those who try to sign in. */
async function triesOf({ world: { store } }: Street): Promise<unknown[]> {
  return Promise.all([
    all(store, 'wrongTries'),
    all(store, 'login'),
    all(store, 'signInCode'),
    all(store, 'session'),
    all(store, 'request'),
  ]);
}

describe('strangers who guess passwords', () => {
  it('one wrong password each 15 minutes keeps no officer out, on a device that signed in before or on a new one', async () => {
    const street = await openStreet();
    const known = await knownAt(street, HOME);
    for (let n = 0; n < 96; n++) {
      await street.at(STRANGERS).signIn(WRONG);
      street.world.clock.advance(15 * MINUTE);
    }
    for (const browser of [known, street.at(HOME)]) expect((await browser.signIn(RIGHT)).status).toBe(201);
  });

  it('a right password passes with the cookie of a device that signed in before, also beside those who guess', async () => {
    const street = await openStreet();
    const known = await knownAt(street, STRANGERS);
    await times(20, () => street.at(STRANGERS).signIn(WRONG));
    expectProblem(await street.at(STRANGERS).signIn(RIGHT), 'sign_in_locked');
    expect((await known.signIn(RIGHT)).status).toBe(201);
  });

  it('a hundred wrong ones turn nobody else behind the same address away', async () => {
    const street = await openStreet();
    const known = await knownAt(street, STRANGERS);
    await times(120, (n) => street.at(STRANGERS).signIn({ login: `name${n}`, password: 'x' }));
    await times(5, () => street.at(STRANGERS).signIn({ login: 'li.si', password: 'x' }));
    expect((await known.signIn(RIGHT)).status).toBe(201);
    expect((await street.at(STRANGERS).signIn({ ...RIGHT, login: 'zhang.san' })).status, 'a stranger who has it right').toBe(201);
    const code = await codeFor(street.api, PHONE);
    expect((await street.at(STRANGERS).signIn({ phone: PHONE, code })).status, 'a resident').toBe(201);
    expectProblem(await street.at(STRANGERS).signIn({ ...RIGHT, login: 'li.si' }), 'too_many_guesses');
  });

  it('from an address that misses too often nothing is written any more, and a login is guessed at four times', async () => {
    const street = await openStreet();
    const wrong = { phone: PHONE, code: '000000' };
    await times(100, (n) => street.at(STRANGERS).signIn({ ...wrong, phone: `139${String(n).padStart(8, '0')}` }));
    const before = await triesOf(street);
    await times(4, async () => expectProblem(await street.at(STRANGERS).signIn(WRONG), 'sign_in_failed'));
    expectProblem(await street.at(STRANGERS).signIn(WRONG), 'too_many_guesses');
    await times(4, async () => expectProblem(await street.at(STRANGERS).signIn(wrong), 'sign_in_failed'));
    expectProblem(await street.at(STRANGERS).signIn(wrong), 'too_many_guesses');
    expect(await triesOf(street)).toEqual(before);
  });

  it('strangers are slowed by login and address: neither another login there nor the login elsewhere is', async () => {
    const { at } = await openStreet();
    await times(5, () => at(STRANGERS).signIn(WRONG));
    expectProblem(await at(STRANGERS).signIn(RIGHT), 'sign_in_locked');
    expect((await at(STRANGERS).signIn({ ...RIGHT, login: 'zhang.san' })).status).toBe(201);
    expect((await at(HOME).signIn(RIGHT)).status).toBe(201);
  });

  it('a new password begins anew, also for those who are locked out', async () => {
    const { at, world } = await openStreet();
    await times(7, () => at(STRANGERS).signIn(WRONG));
    await times(7, () => at(HOME).signIn({ ...WRONG, password: 'x' }));
    const by = { id: world.gexiang.id, communityId: null };
    const fresh = await freshPassword('a new one of 2027');
    await world.must(giveOfficerLogin, { by, officerId: world.gexiang.id, name: 'wang.yi', temporary: false, ...fresh });
    expect((await at(HOME).signIn({ ...RIGHT, password: 'a new one of 2027' })).status).toBe(201);
  });

  it('counts decay: who pauses may miss again', async () => {
    const { at, world } = await openStreet();
    await times(4, () => at(STRANGERS).signIn(WRONG));
    world.clock.advance(30 * MINUTE);
    await times(2, async () => expectProblem(await at(STRANGERS).signIn(WRONG), 'sign_in_failed'));
    expectProblem(await at(STRANGERS).signIn(WRONG), 'sign_in_locked');
    world.clock.advance(DAY);
    await times(4, async () => expectProblem(await at(STRANGERS).signIn(WRONG), 'sign_in_failed'));
  });

  it('unknown names lock alike, and with the same words', async () => {
    const { at } = await openStreet();
    const [known, unknown] = [[], []] as [unknown[], unknown[]];
    for (let n = 0; n < 7; n++) {
      for (const [login, told] of [
        ['wang.yi', known],
        ['nobody', unknown],
      ] as const) {
        const { status, body, headers } = await at(STRANGERS).signIn({ login, password: 'x' });
        told.push([status, { ...body, request_id: '' }, headers['retry-after']]);
      }
    }
    expect(unknown).toEqual(known);
    expect(known.map((each) => (each as [number])[0])).toEqual([401, 401, 401, 401, 429, 429, 429]);
  });

  it('no restart forgets who is locked out, nor another process, of known names and unknown ones', async () => {
    const { at, world } = await openStreet();
    for (const login of ['wang.yi', 'nobody']) await times(5, () => at(STRANGERS).signIn({ ...WRONG, login }));
    const beside = await openScheme(world.clock.now, world);
    const restarted = await openApi(beside, { trustProxy: ['127.0.0.1', '::1', '::ffff:127.0.0.1'] });
    for (const login of ['wang.yi', 'nobody']) {
      const browser = browserOf(restarted, { 'x-forwarded-for': STRANGERS });
      expectProblem(await browser.signIn({ ...RIGHT, login }), 'sign_in_locked');
    }
  });

  it('who is locked out leaves no rows, and costs no comparison', async () => {
    const street = await openStreet();
    await times(5, () => street.at(STRANGERS).signIn(WRONG));
    const commands = async () => /^callmi_commands_total.*sign-in-by-password.*$/m.exec((await street.api.http.get('/metrics')).text)?.[0];
    const before = [await triesOf(street), await commands()];
    expect(before[1]).toMatch(/ 5$/);
    await times(10, async () => expectProblem(await street.at(STRANGERS).signIn(WRONG), 'sign_in_locked'));
    expect([await triesOf(street), await commands()]).toEqual(before);
  });

  it('a login that is guessed at from everywhere leaves each stranger one wrong try, and the right password passes', async () => {
    const { at } = await openStreet();
    await times(50, (n) => at(`192.0.2.${n}`).signIn(WRONG));
    expectProblem(await at(STRANGERS).signIn(WRONG), 'sign_in_failed');
    expectProblem(await at(STRANGERS).signIn(WRONG), 'sign_in_locked');
    expect((await at(HOME).signIn(RIGHT)).status).toBe(201);
  });

  it('the rows of wrong tries are numbered by sixteen bits, whatever is tried', async () => {
    const { at, world } = await openStreet();
    await times(10, (n) => at(`192.0.2.${n}`).signIn({ login: `name${n}`, password: 'x' }));
    const rows = await world.store.read.select().from(world.store.tables.wrongTries);
    expect(rows.length).toBeGreaterThan(10);
    for (const { slot } of rows) expect(slot).toMatch(/^(address|name|device|totp|session|code|asked):[0-9a-f]{4}$/);
  });

  it('who knows the password and guesses the code of the app locks out strangers everywhere, and no known device', async () => {
    const street = await openStreet();
    const known = await knownAt(street, HOME);
    const app = await guessed.withApp(known, street.world.clock);
    const wrong = { ...RIGHT, totp: app.wrong() };
    await times(5, (n) => street.at(`192.0.2.${n}`).signIn(wrong));
    expectProblem(await street.at(STRANGERS).signIn({ ...RIGHT, totp: app.right() }), 'sign_in_locked');
    expect((await known.signIn({ ...RIGHT, totp: app.right() })).status).toBe(201);
  });
});

describe('a device that signed in before', () => {
  it('has a count of its own, so that a stolen cookie gives no free guesses', async () => {
    const street = await openStreet();
    const known = await knownAt(street, HOME);
    const stolen = { 'x-forwarded-for': STRANGERS, cookie: known.device };
    const tried = (body: object) => street.at(STRANGERS).from(stolen, 'post', '/v1/sessions', body);
    await times(4, async () => expectProblem(await tried(WRONG), 'sign_in_failed'));
    for (const minutes of [1, 5, 15, 15]) {
      expectProblem(await tried(WRONG), 'sign_in_locked', { details: { retry_after_seconds: minutes * 60 } });
      street.world.clock.advance(minutes * MINUTE);
    }
    expect((await street.at(HOME).signIn(RIGHT)).status, 'it locks nobody else out').toBe(201);
  });

  it('opens nothing by itself, and no script reads its cookie', async () => {
    const street = await openStreet();
    const known = await knownAt(street, HOME);
    expectProblem(await street.at(HOME).from({ cookie: known.device }, 'get', '/v1/session'), 'unauthorized');
    const { headers } = await street.at(HOME).signIn(RIGHT);
    const set = (headers['set-cookie'] as unknown as string[]).find((each) => each.startsWith('__Host-callmi_devices='))!;
    const expires = new Date(street.world.clock.now + 400 * DAY).toUTCString();
    expect(set.split('; ').slice(1).toSorted()).toEqual([`Expires=${expires}`, 'HttpOnly', 'Path=/', 'SameSite=Strict', 'Secure']);
    for (const secret of [PHONE, PASSWORD, 'wang.yi']) expect(set).not.toContain(secret);
  });

  it('may be shared by several: each is known there, and by no mark of another', async () => {
    const street = await openStreet();
    const counter = street.at(STRANGERS);
    for (const login of ['zhang.san', 'li.si']) expect((await counter.signIn({ ...RIGHT, login })).status).toBe(201);
    for (const login of ['zhang.san', 'li.si', 'wang.yi']) await times(5, () => street.at(STRANGERS).signIn({ ...WRONG, login }));
    for (const login of ['zhang.san', 'li.si']) expect((await counter.signIn({ ...RIGHT, login })).status).toBe(201);
    expectProblem(await counter.signIn(RIGHT), 'sign_in_locked');
    await times(3, () => counter.signIn({ ...RIGHT, login: 'zhang.san' }));
    expect(counter.device.length).toBeLessThan(200);
  });

  it('keeps the marks of the latest two dozen, in less than 2 KB', async () => {
    const street = await openStreet();
    const names = Array.from({ length: 26 }, (_, n) => `person${n}`);
    for (const name of names) await counterLogin(street.world, name);
    const counter = street.at(STRANGERS);
    for (const login of names) expect((await counter.signIn({ ...RIGHT, login })).status).toBe(201);
    expect(counter.device.length).toBeLessThan(2_000);
    expect(counter.device.split('.')).toHaveLength(24);
    for (const login of ['person0', 'person25']) await times(5, () => street.at(STRANGERS).signIn({ ...WRONG, login }));
    expect((await counter.signIn({ ...RIGHT, login: 'person25' })).status).toBe(201);
    expectProblem(await counter.signIn({ ...RIGHT, login: 'person0' }), 'sign_in_locked');
  });

  it('stays known after its person signs out there', async () => {
    const street = await openStreet();
    const known = await knownAt(street, STRANGERS);
    const { body } = await known.get('/v1/session');
    expect((await known.post(`/v1/sessions/${body['id']}/revocation`, {})).status).toBe(200);
    expect(known.cookie).toBe('');
    await times(5, () => street.at(STRANGERS).signIn(WRONG));
    expect((await known.signIn(RIGHT)).status).toBe(201);
  });

  it('is a stranger once its person ends its session from elsewhere', async () => {
    const street = await openStreet();
    const lost = await knownAt(street, STRANGERS);
    const { body } = await lost.get('/v1/session');
    const home = await knownAt(street, HOME);
    expect((await home.post(`/v1/sessions/${body['id']}/revocation`, {})).status).toBe(200);
    await times(5, () => street.at(STRANGERS).signIn(WRONG));
    expectProblem(await lost.signIn(RIGHT), 'sign_in_locked');
  });

  it('is a stranger after a new password, except where that was set', async () => {
    const street = await openStreet();
    const [elsewhere, signedOut] = [await knownAt(street, STRANGERS), await knownAt(street, STRANGERS)];
    const { body } = await signedOut.get('/v1/session');
    await signedOut.post(`/v1/sessions/${body['id']}/revocation`, {});
    const home = await knownAt(street, HOME);
    const password = 'another one 2027';
    expect((await home.put('/v1/session/password', { current_password: PASSWORD, password })).status).toBe(200);
    for (const address of [STRANGERS, HOME]) await times(5, () => street.at(address).signIn(WRONG));
    for (const browser of [elsewhere, signedOut]) expectProblem(await browser.signIn({ ...RIGHT, password }), 'sign_in_locked');
    expect((await home.signIn({ ...RIGHT, password })).status).toBe(201);
  });

  it('is a stranger with a mark that was altered, made up, or made for another', async () => {
    const street = await openStreet();
    const known = await knownAt(street, STRANGERS);
    await times(5, () => street.at(STRANGERS).signIn(WRONG));
    const [name, mark] = known.device.split('=') as [string, string];
    const other = (await knownAt(street, STRANGERS, { ...RIGHT, login: 'li.si' })).device;
    const altered = mark.slice(0, 60) + (mark[60] === 'A' ? 'B' : 'A') + mark.slice(61);
    for (const cookie of [
      `${name}=${altered}`,
      `${name}=o${mark.slice(1)}`,
      `${name}=${'i'.repeat(65)}`,
      `${name}=`,
      `${name}=%zz`,
      other,
    ]) {
      const answer = await street.at(STRANGERS).from({ 'x-forwarded-for': STRANGERS, cookie }, 'post', '/v1/sessions', RIGHT);
      expectProblem(answer, 'sign_in_locked');
    }
    const whole = await street.at(STRANGERS).from({ 'x-forwarded-for': STRANGERS, cookie: known.device }, 'post', '/v1/sessions', RIGHT);
    expect(whole.status).toBe(201);
  });

  it('is forgotten after 400 days', async () => {
    const street = await openStreet();
    const known = await knownAt(street, STRANGERS);
    street.world.clock.advance(400 * DAY);
    await times(5, () => street.at(STRANGERS).signIn(WRONG));
    expectProblem(await known.signIn(RIGHT), 'sign_in_locked');
  });

  it('is forgotten with the row of its session, a month after the session ended', async () => {
    const street = await openStreet();
    const known = await knownAt(street, STRANGERS);
    const { store, clock } = street.world;
    clock.advance(30 * DAY);
    await pruneOver(store, clock.now);
    await times(5, () => street.at(STRANGERS).signIn(WRONG));
    expect((await known.signIn(RIGHT)).status).toBe(201);
    clock.advance(31 * DAY);
    await pruneOver(store, clock.now);
    await times(5, () => street.at(STRANGERS).signIn(WRONG));
    expectProblem(await known.signIn(RIGHT), 'sign_in_locked');
  });
});

describe('a signed-in person', () => {
  it('is never locked out of their own settings by what strangers try, nor locks themselves out of signing in there', async () => {
    const street = await openStreet();
    const known = await knownAt(street, STRANGERS);
    const app = await guessed.withApp(known, street.world.clock);
    await times(20, () => street.at(STRANGERS).signIn(WRONG));
    expectProblem(await street.at(STRANGERS).signIn(WRONG), 'sign_in_locked');
    expect((await known.post('/v1/session/totp/removal', { password: PASSWORD })).status).toBe(200);
    const password = 'another one 2027';
    expect((await known.put('/v1/session/password', { current_password: PASSWORD, password })).status).toBe(200);
    await times(5, () => known.put('/v1/session/password', { current_password: 'wrong', password: 'another one 2028' }));
    expect((await street.at(HOME).signIn({ ...RIGHT, password })).status).toBe(201);
    expect((await known.signIn({ ...RIGHT, password })).status).toBe(201);
    const beside = await knownAt(street, HOME, { ...RIGHT, login: 'li.si' });
    const changed = await beside.put('/v1/session/password', { current_password: PASSWORD, password });
    expect(changed.status, 'in a session of somebody else').toBe(200);
    expect(app.right()).toMatch(/^\d{6}$/);
  });
});

/** A resident's device, and a stranger who has asked for as many codes as they may get within an hour. */
async function besieged() {
  const street = await openStreet();
  const known = await knownAt(street, HOME, { phone: PHONE, code: await codeFor(street.api, PHONE) });
  street.world.clock.advance(DAY);
  await times(5, async () => {
    expect((await street.at(STRANGERS).askCode(PHONE)).status).toBe(202);
    street.world.clock.advance(MINUTE);
  });
  expectProblem(await street.at(STRANGERS).askCode(PHONE), 'code_asked_too_often');
  // Codes are sent after the answer.
  await expect.poll(() => street.api.delivered.length, { timeout: 60_000 }).toBe(6);
  return { street, known };
}

describe('strangers who ask for codes for somebody’s phone', () => {
  it('do not lock out a device that signed in before with the phone: it has an allowance and a code of its own', async () => {
    const { street, known } = await besieged();
    const before = street.api.delivered.length;
    expect((await known.askCode(PHONE)).status).toBe(202);
    await expect.poll(() => street.api.delivered.length, { timeout: 60_000 }).toBe(before + 1);
    const { code } = street.api.delivered.at(-1)!;
    const wrong = code === '111111' ? '222222' : '111111';
    await times(20, (n) => street.at(`192.0.2.${n}`).signIn({ phone: PHONE, code: wrong }));
    expect((await known.signIn({ phone: PHONE, code })).status).toBe(201);
  });

  it('by five codes an hour keep no new device out elsewhere', async () => {
    const street = await openStreet();
    const ask = async (address: string, count: number) =>
      times(count, async () => {
        expect((await street.at(address).askCode(PHONE)).status).toBe(202);
        street.world.clock.advance(MINUTE);
      });
    await ask(STRANGERS, 5);
    // Codes are sent after the answer.
    await expect.poll(() => street.api.delivered.length, { timeout: 60_000 }).toBe(5);
    expect((await street.at(HOME).signIn({ phone: PHONE, code: await codeFor(street.api, PHONE) })).status).toBe(201);
    street.world.clock.advance(HOUR);
    await ask(STRANGERS, 5);
    await ask(HOME, 3);
  });

  it('at one address, however long they go on, leave codes to a new device elsewhere', async () => {
    const street = await openStreet();
    let refused = 0;
    for (let hour = 0; hour < 48; hour++) {
      for (let n = 0; n < 3; n++) {
        if ((await street.at(STRANGERS).askCode(PHONE)).status !== 202) refused++;
        street.world.clock.advance(20 * MINUTE);
      }
      if (hour % 6 === 0) expect((await street.at(HOME).askCode(PHONE)).status, `after ${hour} hours`).toBe(202);
      street.world.clock.advance(MINUTE);
    }
    expect(refused).toBeGreaterThan(100);
  });

  it('a known device has limits of its own too: one code a minute, five an hour, five tries', async () => {
    const { street, known } = await besieged();
    const codes = await guessed.codesAskedBy(street.api, known, PHONE, street.world.clock, 5);
    expectProblem(await known.askCode(PHONE), 'code_asked_too_often');
    const wrong = codes.at(-1) === '111111' ? '222222' : '111111';
    await times(5, async () => expectProblem(await known.signIn({ phone: PHONE, code: wrong }), 'sign_in_failed'));
    expectProblem(await known.signIn({ phone: PHONE, code: codes.at(-1)! }), 'sign_in_failed');
  });

  it('do not spoil the code of a new device by five wrong tries from elsewhere', async () => {
    const street = await openStreet();
    const code = await codeFor(street.api, PHONE);
    const wrong = code === '111111' ? '222222' : '111111';
    await times(8, () => street.at(STRANGERS).signIn({ phone: PHONE, code: wrong }));
    expect((await street.at(HOME).signIn({ phone: PHONE, code })).status).toBe(201);
  });

  it('try a code fifteen times in all, from however many addresses', async () => {
    const street = await openStreet();
    const code = await codeFor(street.api, PHONE);
    const wrong = code === '111111' ? '222222' : '111111';
    await times(15, (n) => street.at(`192.0.2.${n}`).signIn({ phone: PHONE, code: wrong }));
    expectProblem(await street.at(HOME).signIn({ phone: PHONE, code }), 'sign_in_failed');
  });

  it('run up no messages without bound: beyond the first sixteen, twelve a day for a phone', async () => {
    const street = await openStreet();
    const start = street.world.clock.now;
    let sent = 0;
    for (let n = 0; street.world.clock.now < start + 3 * DAY; n++) {
      const answer = await street.at(`192.0.2.${n % 200}`).askCode(PHONE);
      if (answer.status === 202) sent++;
      else expectProblem(answer, 'code_asked_too_often');
      street.world.clock.advance(answer.status === 202 ? MINUTE : Number(answer.headers['retry-after']) * 1_000);
    }
    expect(sent).toBeGreaterThan(36);
    expect(sent).toBeLessThanOrEqual(16 + 3 * 12);
  });

  it('are stopped by address, for all phones together; a known device there is not', async () => {
    const street = await openStreet();
    const known = await knownAt(street, STRANGERS, { phone: PHONE, code: await codeFor(street.api, PHONE) });
    street.world.clock.advance(HOUR);
    const ask = (n: number) => street.at(STRANGERS).askCode(`139${String(n).padStart(8, '0')}`);
    await times(100, async (n) => expect((await ask(n)).status).toBe(202));
    expectProblem(await ask(100), 'too_many_guesses');
    expect((await known.askCode(PHONE)).status).toBe(202);
    for (let n = 100; n < 500; n++) {
      if (n % 100 === 0) street.world.clock.advance(10 * MINUTE);
      expect((await ask(n)).status).toBe(202);
    }
    street.world.clock.advance(10 * MINUTE);
    expectProblem(await ask(500), 'too_many_guesses');
    street.world.clock.advance(DAY);
    expect((await ask(500)).status).toBe(202);
  });

  it('cannot tell by the answers whether a device is known or a resident has the phone', async () => {
    const { street, known } = await besieged();
    const nobodys = street.at(STRANGERS);
    const [mine, theirs] = [await known.askCode(PHONE), await nobodys.askCode('13911112222')];
    expect([mine.status, mine.body]).toEqual([theirs.status, theirs.body]);
  });
});
