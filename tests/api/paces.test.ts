import { describe, expect, it } from 'vitest';
import { expectProblem, PHONE } from '../support/offices.ts';
import { codeFor, PASSWORD } from '../support/people.ts';
import { HOME, knownAt, openStreet, RIGHT, type Street, STRANGERS, times } from '../support/street.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const requests = ({ world: { store } }: Street) => store.read.$count(store.tables.request);

describe('what a person does again and again', () => {
  it('a known device that asks for codes without end leaves no more rows after twenty, and others are not held up', async () => {
    const street = await openStreet();
    const known = await knownAt(street, HOME, { phone: PHONE, code: await codeFor(street.api, PHONE) });
    street.world.clock.advance(HOUR);
    await times(20, () => known.askCode(PHONE));
    const before = await requests(street);
    await times(5, async () => expectProblem(await known.askCode(PHONE), 'too_many_guesses'));
    expect(await requests(street)).toBe(before);
    expect((await street.at(HOME).askCode(PHONE)).status).toBe(202);
  });

  it('a known device that guesses codes without end leaves no more rows after twenty', async () => {
    const street = await openStreet();
    const known = await knownAt(street, HOME, { phone: PHONE, code: await codeFor(street.api, PHONE) });
    const wrong = { phone: PHONE, code: '000000' };
    await times(20, () => known.signIn(wrong));
    const before = await requests(street);
    await times(4, async () => expectProblem(await known.signIn(wrong), 'sign_in_failed'));
    await times(5, async () => expectProblem(await known.signIn(wrong), 'too_many_guesses'));
    expect(await requests(street)).toBe(before);
    street.world.clock.advance(HOUR);
    const code = await codeFor(street.api, PHONE);
    expect((await street.at(HOME).signIn({ phone: PHONE, code })).status, 'it locks nobody else out').toBe(201);
  });

  it('a right password begins a hundred sessions from one address, and then twenty an hour', async () => {
    const street = await openStreet();
    await times(100, async () => expect((await street.at(HOME).signIn(RIGHT)).status).toBe(201));
    const before = await requests(street);
    expectProblem(await street.at(HOME).signIn(RIGHT), 'done_too_often', { details: { retry_after_seconds: 180 } });
    expect(await requests(street)).toBe(before);
    for (const elsewhere of [street.at(STRANGERS).signIn(RIGHT), street.at(HOME).signIn({ ...RIGHT, login: 'li.si' })])
      expect((await elsewhere).status).toBe(201);
    street.world.clock.advance(3 * MINUTE);
    expect((await street.at(HOME).signIn(RIGHT)).status).toBe(201);
  });

  it('a session changes settings sixty times, and then twenty times an hour; signing out always works', async () => {
    const street = await openStreet();
    const known = await knownAt(street, HOME);
    const nobodys = `/v1/sessions/ses_${'0'.repeat(32)}/revocation`;
    await times(55, () => known.post('/v1/session/totp', {}));
    await times(5, async () => expectProblem(await known.post(nobodys, {}), 'session_not_found'));
    const before = await requests(street);
    const changes = [
      known.post('/v1/session/totp', {}),
      known.put('/v1/session/totp', { code: '000000' }),
      known.post('/v1/session/totp/removal', { password: PASSWORD }),
      known.put('/v1/session/password', { current_password: PASSWORD, password: 'another one 2027' }),
      known.post(nobodys, {}),
    ];
    for (const change of changes) expectProblem(await change, 'done_too_often');
    expect(await requests(street)).toBe(before);
    const { body } = await known.get('/v1/session');
    expect((await known.post(`/v1/sessions/${body['id']}/revocation`, {})).status).toBe(200);
  });
});
