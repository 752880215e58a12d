import { describe, expect, it } from 'vitest';
import { consent } from '../../support/consents.ts';
import { audit } from '../../../src/cli/audit.ts';
import { expectFields, expectProblem, type Offices, openOffices, PHONE, read } from '../../support/offices.ts';
import { browserOf, codeFor } from '../../support/people.ts';
import { DAY, NEW_PHONE, otherThan, pairOfCodes, replaced, signedInWith } from '../../support/phones.ts';

const MINUTE = 60_000;

/** The number of somebody else, who is registered. */
async function neighbours({ world, street }: Offices, phone = '13900008888'): Promise<string> {
  world.clock.advance(1);
  const answer = await street.post('/v1/residents', { name: '钱多多', phone, community_id: 'gexiang', ...consent });
  expect(answer.status, answer.text).toBe(201);
  return phone;
}

describe('a number', () => {
  it('is changed by a code of the old and one of the new: the new one signs in, the old one no longer, and other sessions end', async () => {
    const offices = await openOffices();
    const { api, world } = offices;
    const browser = await signedInWith(offices, PHONE);
    world.clock.advance(MINUTE);
    const elsewhere = await signedInWith(offices, PHONE);
    const sent = await pairOfCodes(offices, browser, NEW_PHONE);
    const codes = { code: sent['change-from'], new_code: sent['change-to'] };
    const answer = await browser.put('/v1/me/phone', { phone: NEW_PHONE, ...codes }, 'change-1');
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body).toEqual({ phone: '139****7777', changed_at: new Date(world.clock.now).toISOString() });
    expect(await read(browser, '/v1/me')).toMatchObject({ phone: '139****7777', spends_from: null });
    expectProblem(await elsewhere.get('/v1/me'), 'unauthorized');
    const again = await browser.put('/v1/me/phone', { phone: NEW_PHONE, ...codes }, 'change-1');
    expect([again.body, again.headers['idempotency-replayed']]).toEqual([answer.body, 'true']);

    world.clock.advance(MINUTE);
    expect(await read(await signedInWith(offices, NEW_PHONE), '/v1/me')).toMatchObject({ id: world.residentId });
    const sentBefore = api.delivered.length;
    expect((await browserOf(api).askCode(PHONE)).status).toBe(202);
    world.clock.advance(MINUTE);
    await codeFor(api, NEW_PHONE);
    // A code of the old number would have been sent before.
    expect(api.delivered.slice(sentBefore).map(({ phone }) => phone)).toEqual([NEW_PHONE]);
    const { phoneChange, residentPhone } = world.store.tables;
    const at = world.clock.now - 2 * MINUTE;
    expect(await world.store.read.select().from(phoneChange)).toMatchObject([
      { residentId: world.residentId, how: 'codes', changedAt: at, proposedBy: null, approvedBy: null, closedUntil: null },
    ]);
    const phones = await world.store.read.select().from(residentPhone);
    const hash = api.keys.secrets.hash('phone', PHONE);
    expect(phones.find((row) => row.hash === hash)).toMatchObject({ residentId: null, heldUntil: null });
    expect(phones.filter(({ residentId }) => residentId === world.residentId).map((row) => row.heldUntil)).toEqual([null, null]);
    expect((await audit(world.store)).ok).toBe(true);
  });

  it('withdraws papers from before, and closes nothing', async () => {
    const offices = await openOffices();
    const { world, gexiang, till } = offices;
    await world.grantHours(world.gexiang, world.residentId, 20);
    const voucherId = await world.takeVoucher();
    const { code, pin } = (await gexiang.post(`/v1/vouchers/${voucherId}/papers`, {})).body as { code: string; pin: string };
    const browser = await signedInWith(offices, PHONE);
    const sent = await pairOfCodes(offices, browser, NEW_PHONE);
    await browser.put('/v1/me/phone', { phone: NEW_PHONE, code: sent['change-from'], new_code: sent['change-to'] });
    expectProblem(await till.post('/v1/redemptions', { ...offices.order(code), pin }), 'paper_withdrawn');
    const shown = await browser.post(`/v1/me/vouchers/${voucherId}/codes`, {});
    expect((await till.post('/v1/redemptions', offices.order(shown.body['code']))).status).toBe(201);
    expect((await browser.post('/v1/me/vouchers', { offer_id: world.cashOfferId })).status).toBe(201);
  });

  it('that was left is free: somebody else registers it', async () => {
    const offices = await openOffices();
    const browser = await signedInWith(offices, PHONE);
    const sent = await pairOfCodes(offices, browser, NEW_PHONE);
    await browser.put('/v1/me/phone', { phone: NEW_PHONE, code: sent['change-from'], new_code: sent['change-to'] });
    await neighbours(offices, PHONE);
    expectProblem(
      await offices.street.post('/v1/residents', { name: '李四', phone: NEW_PHONE, community_id: 'gexiang', ...consent }),
      'phone_taken',
    );
  });

  it('is not changed by a stolen session, which has no code of the old number, however often it guesses', async () => {
    const offices = await openOffices();
    const { api, world } = offices;
    const owner = await signedInWith(offices, PHONE);
    await world.grantHours(world.gexiang, world.residentId, 10);
    // The cookie makes anybody the owner, as far as the service can tell.
    const thief = owner;
    const sent = await pairOfCodes(offices, thief, NEW_PHONE);
    expect(api.delivered.slice(-2).map(({ phone, purpose }) => [phone, purpose])).toEqual([
      [PHONE, 'change-from'],
      [NEW_PHONE, 'change-to'],
    ]);
    const body = (code: string) => ({ phone: NEW_PHONE, code, new_code: sent['change-to'] });
    for (let n = 0; n < 5; n++) expectProblem(await thief.put('/v1/me/phone', body(otherThan(sent['change-from']))), 'phone_code_wrong');
    const requests = await world.store.read.$count(world.store.tables.request);
    // Now even the right one is worth nothing, and guesses leave no rows.
    for (const code of [sent['change-from'], '000000']) expectProblem(await thief.put('/v1/me/phone', body(code)), 'phone_code_wrong');
    expect(await world.store.read.$count(world.store.tables.request)).toBe(requests);
    // The code of the new number twice is no code of the old one.
    world.clock.advance(MINUTE);
    const more = await pairOfCodes(offices, thief, NEW_PHONE);
    expectProblem(await thief.put('/v1/me/phone', body(more['change-to'])), 'phone_code_wrong');
    expect(await read(owner, '/v1/me')).toMatchObject({ phone: '138****5678' });
    expect(await world.store.read.$count(world.store.tables.phoneChange)).toBe(0);
  });

  it('is not changed by codes that were asked for another new number, for signing in, or by another resident', async () => {
    const offices = await openOffices();
    const { api, world } = offices;
    const browser = await signedInWith(offices, PHONE);
    const first = await pairOfCodes(offices, browser, NEW_PHONE);
    const change = (phone: string, code: string, newCode: string) => browser.put('/v1/me/phone', { phone, code, new_code: newCode });
    const second = '13900009999';
    expectProblem(await change(second, first['change-from'], first['change-to']), 'phone_code_wrong');
    world.clock.advance(MINUTE);
    const other = await pairOfCodes(offices, browser, second);
    // The code to the old number names the second new one by now.
    expectProblem(await change(NEW_PHONE, other['change-from'], first['change-to']), 'phone_code_wrong');
    const signIn = await codeFor(api, PHONE);
    expectProblem(await change(second, signIn, other['change-to']), 'phone_code_wrong');
    expectProblem(await browserOf(api).signIn({ phone: PHONE, code: other['change-from'] }), 'sign_in_failed');
    const neighbour = await signedInWith(offices, await neighbours(offices));
    const [code, newCode] = [other['change-from'], other['change-to']];
    expectProblem(await neighbour.put('/v1/me/phone', { phone: second, code, new_code: newCode }), 'phone_code_wrong');
    expect((await change(second, code, newCode)).status).toBe(200);
  });

  it('codes run out after five minutes, and are asked for once a minute', async () => {
    const offices = await openOffices();
    const { world } = offices;
    const browser = await signedInWith(offices, PHONE);
    const sent = await pairOfCodes(offices, browser, NEW_PHONE);
    expectProblem(await browser.post('/v1/me/phone-codes', { phone: '13900009999' }), 'code_asked_too_often', {
      details: { retry_after_seconds: 60 },
    });
    world.clock.advance(5 * MINUTE);
    const body = { phone: NEW_PHONE, code: sent['change-from'], new_code: sent['change-to'] };
    expectProblem(await browser.put('/v1/me/phone', body), 'phone_code_wrong');
  });

  it('of somebody else is told only to those who hold a code of it, and stays with its owner', async () => {
    const offices = await openOffices();
    const { world } = offices;
    const taken = await neighbours(offices);
    const browser = await signedInWith(offices, PHONE);
    const free = await browser.post('/v1/me/phone-codes', { phone: NEW_PHONE });
    world.clock.advance(MINUTE);
    const sent = await pairOfCodes(offices, browser, taken);
    expect(Object.keys(free.body)).toEqual(['expires_at', 'resend_at']);
    const wrong = { phone: taken, code: sent['change-from'], new_code: otherThan(sent['change-to']) };
    expectProblem(await browser.put('/v1/me/phone', wrong), 'phone_code_wrong');
    expectProblem(await browser.put('/v1/me/phone', { ...wrong, new_code: sent['change-to'] }), 'phone_taken');
    expect(await read(browser, '/v1/me')).toMatchObject({ phone: '138****5678' });
  });

  it('codes that others ask for the same new number do not spoil those of the resident', async () => {
    const offices = await openOffices();
    const neighbour = await signedInWith(offices, await neighbours(offices));
    const browser = await signedInWith(offices, PHONE);
    const sent = await pairOfCodes(offices, browser, NEW_PHONE);
    await pairOfCodes(offices, neighbour, NEW_PHONE);
    const body = { phone: NEW_PHONE, code: sent['change-from'], new_code: sent['change-to'] };
    expect((await browser.put('/v1/me/phone', body)).status).toBe(200);
  });

  it('is not changed to the one that it is, by a program, by an officer, or while a change may be stopped', async () => {
    const offices = await openOffices();
    const { resident, officer, world } = offices;
    const browser = await signedInWith(offices, PHONE);
    expectFields(await browser.post('/v1/me/phone-codes', { phone: PHONE }), '/phone');
    const body = { phone: NEW_PHONE, code: '123456', new_code: '123456' };
    expectProblem(await resident.put('/v1/me/phone', body), 'wrong_client');
    expectProblem(await officer.put('/v1/me/phone', body), 'insufficient_scope');
    expect((await replaced(offices)).status).toBe(200);
    const thief = await signedInWith(offices, NEW_PHONE);
    expectProblem(await thief.post('/v1/me/phone-codes', { phone: '13900009999' }), 'phone_change_open', {
      details: { closed_until: new Date(world.clock.now + 3 * DAY).toISOString() },
    });
  });
});
