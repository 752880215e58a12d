import { describe, expect, it } from 'vitest';
import { expectProblem, openOffices, PHONE } from '../../support/offices.ts';
import { browserOf, codeFor, counterLogin, officerLogin, PASSWORD } from '../../support/people.ts';

describe('POST /v1/sessions', () => {
  it('signs a resident in by phone and code', async () => {
    const offices = await openOffices();
    const browser = browserOf(offices.api);
    const answer = await browser.signIn({ phone: PHONE, code: await codeFor(offices.api, PHONE) });
    expect(answer.status, answer.text).toBe(201);
    expect(answer.body).toMatchObject({ kind: 'resident', resident_id: offices.world.residentId });
    const me = await browser.get('/v1/me');
    expect(me.body['id']).toBe(offices.world.residentId);
  });
  it('signs an officer in by password', async () => {
    const offices = await openOffices();
    await officerLogin(offices.world, offices.world.gexiang.id);
    const browser = browserOf(offices.api);
    const answer = await browser.signIn({ login: 'wang.yi', password: PASSWORD });
    expect(answer.status, answer.text).toBe(201);
    expect((await browser.get('/v1/grants')).status).toBe(200);
    expect((await browser.get('/v1/session')).body).toEqual(answer.body);
    expectProblem(await browser.signIn({ login: 'wang.yi', password: 'x' }), 'sign_in_failed');
  });
  it('signs a cashier in', async () => {
    const offices = await openOffices();
    await counterLogin(offices.world);
    const browser = browserOf(offices.api);
    const answer = await browser.signIn({ login: 'Zhang.San', password: PASSWORD });
    expect(answer.status, answer.text).toBe(201);
    const { code } = await offices.readyCode();
    const sold = await browser.post('/v1/redemptions', offices.order(code));
    expect(sold.status, sold.text).toBe(201);
  });
});
