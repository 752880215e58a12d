/** What can be sent without end leaves no rows that are kept for ever. */
import { expect, it } from 'vitest';
import { openApi } from '../support/api.ts';
import { expectProblem, openOffices, PHONE } from '../support/offices.ts';
import { browserOf, codeFor, officerLogin, PASSWORD } from '../support/people.ts';
import { all } from '../support/stores.ts';

const MINUTE = 60_000;

it('signing in and everything that is sent without a key leaves no request, whoever sends it', async () => {
  const { world } = await openOffices();
  const api = await openApi(world, {});
  await officerLogin(world, world.gexiang.id);
  const requests = () => all(world.store, 'request');
  const before = await requests();
  const code = await codeFor(api, PHONE);
  const [phone, office, stranger] = [browserOf(api), browserOf(api), browserOf(api)];
  expect((await phone.signIn({ phone: PHONE, code })).status).toBe(201);
  expect((await office.signIn({ login: 'wang.yi', password: PASSWORD })).status).toBe(201);
  expect((await office.post('/v1/session/totp', {})).status).toBe(200);
  world.clock.advance(2 * MINUTE);
  for (let n = 0; n < 4; n++) {
    expectProblem(await stranger.signIn({ login: `name${n}`, password: 'x' }), 'sign_in_failed');
    expectProblem(await stranger.signIn({ phone: PHONE, code: '000000' }), 'sign_in_failed');
    expect((await stranger.askCode(`1390000000${n}`)).status).toBe(202);
    expectProblem(await phone.post(`/v1/sessions/ses_${String(n).padStart(32, '0')}/revocation`, {}), 'session_not_found');
    expectProblem(await office.put('/v1/session/password', { current_password: 'x', password: 'another one 2027' }), 'sign_in_failed');
    expectProblem(await office.put('/v1/session/totp', { code: '000000' }), 'totp_code_wrong');
  }
  expect((await phone.post(`/v1/sessions/${(await phone.get('/v1/session')).body['id']}/revocation`, {})).status).toBe(200);
  expect(await requests()).toEqual(before);
});
