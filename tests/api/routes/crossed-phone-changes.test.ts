/** Changes of a number that meet something else: a registration that is declined, a number that is taken in between, a long silence, a request that is sent again. */
import { describe, expect, it } from 'vitest';
import { audit } from '../../../src/cli/audit.ts';
import { consent } from '../../support/consents.ts';
import { expectProblem, type Offices, openOffices, PHONE, read } from '../../support/offices.ts';
import { browserOf, codeFor } from '../../support/people.ts';
import { codesSent, DAY, HOUR, NEW_PHONE, pairOfCodes, replaced, signedInWith, stopCode } from '../../support/phones.ts';
import { registerThere } from '../../support/self-registering.ts';

const MINUTE = 60_000;
const OWN = '13912345678';
const THIRD = '13900009999';

/** Somebody who registered on their own phone, and waits. */
async function waiting(offices: Offices) {
  const browser = browserOf(offices.api);
  const answer = await registerThere(offices.api, browser, { name: '陈小明', phone: OWN, community_id: 'gexiang' });
  expect(answer.status, answer.text).toBe(201);
  return { browser, id: answer.body['id'] as string };
}

function decline({ gexiang }: Offices, id: string) {
  return gexiang.post(`/v1/registrations/${id}/decline`, { reason: '不住在本社区' });
}

async function registered({ gexiang, world }: Offices, name: string, phone: string): Promise<string> {
  world.clock.advance(1);
  const answer = await gexiang.post('/v1/residents', { name, phone, ...consent });
  expect(answer.status, answer.text).toBe(201);
  return answer.body['id'] as string;
}

describe('a registration that was declined', () => {
  it('has no number that two officers could change: that of whoever registered it since stays theirs', async () => {
    const offices = await openOffices();
    const { id } = await waiting(offices);
    await decline(offices, id);
    const owner = await registered(offices, '钱多多', OWN);
    expectProblem(await replaced(offices, NEW_PHONE, id), 'resident_declined', { details: { resident_id: id } });
    expect(await read(await signedInWith(offices, OWN), '/v1/me')).toMatchObject({ id: owner });
  });

  it('gives no number back: a stop frees none that somebody registered since', async () => {
    const offices = await openOffices();
    const { wanhe } = offices;
    const { id } = await waiting(offices);
    expect((await replaced(offices, NEW_PHONE, id)).status).toBe(200);
    const stop = await stopCode(offices, wanhe, OWN);
    await decline(offices, id);
    const owner = await registered(offices, '钱多多', NEW_PHONE);
    expectProblem(await wanhe.post(`/v1/phone-changes/${stop.id}/stop`, { code: stop.code }), 'resident_declined');
    offices.world.clock.advance(MINUTE);
    expect(await read(await signedInWith(offices, NEW_PHONE), '/v1/me')).toMatchObject({ id: owner });
    expect((await audit(offices.world.store)).ok).toBe(true);
  });
});

describe('codes for a pair of numbers', () => {
  it('are worth nothing once two officers have changed the number, nor once that was stopped', async () => {
    const offices = await openOffices();
    const { world, wanhe } = offices;
    const owner = await signedInWith(offices, PHONE);
    const sent = await pairOfCodes(offices, owner, THIRD);
    const body = { phone: THIRD, code: sent['change-from'], new_code: sent['change-to'] };
    expect((await replaced(offices)).status).toBe(200);
    expectProblem(await owner.put('/v1/me/phone', body, 'own-1'), 'unauthorized');
    const thief = await signedInWith(offices, NEW_PHONE);
    expectProblem(await thief.put('/v1/me/phone', body, 'thief-1'), 'phone_code_wrong');
    const { id, code } = await stopCode(offices, wanhe, PHONE);
    expect((await wanhe.post(`/v1/phone-changes/${id}/stop`, { code })).status).toBe(200);
    expectProblem(await thief.put('/v1/me/phone', body, 'thief-2'), 'unauthorized');
    expect((await audit(world.store)).ok).toBe(true);
  });

  it('do not take a number that somebody registered since they were sent', async () => {
    const offices = await openOffices();
    const browser = await signedInWith(offices, PHONE);
    const sent = await pairOfCodes(offices, browser, NEW_PHONE);
    const owner = await registered(offices, '钱多多', NEW_PHONE);
    const body = { phone: NEW_PHONE, code: sent['change-from'], new_code: sent['change-to'] };
    expectProblem(await browser.put('/v1/me/phone', body, 'late'), 'phone_taken');
    offices.world.clock.advance(MINUTE);
    expect(await read(await signedInWith(offices, NEW_PHONE), '/v1/me')).toMatchObject({ id: owner });
    expect(await read(browser, '/v1/me')).toMatchObject({ phone: '138****5678' });
  });

  it('are not exchanged, nor good for registering, moving, leaving or stopping', async () => {
    const offices = await openOffices();
    const { world, api, wanhe } = offices;
    const browser = await signedInWith(offices, PHONE);
    const sent = await pairOfCodes(offices, browser, NEW_PHONE);
    const exchanged = { phone: NEW_PHONE, code: sent['change-to'], new_code: sent['change-from'] };
    expectProblem(await browser.put('/v1/me/phone', exchanged), 'phone_code_wrong');
    const asNew = { name: '陈小明', phone: NEW_PHONE, community_id: 'gexiang', consent: { notice_version: 1, aged_14: true } };
    const tried = await api.http.post('/v1/registrations').send({ ...asNew, code: sent['change-to'] });
    expect(tried.body).toMatchObject({ code: 'sign_in_failed' });
    const move = { how: 'code', code: sent['change-from'] };
    expectProblem(await wanhe.post(`/v1/residents/${world.residentId}/moves`, move), 'phone_code_wrong');
    expectProblem(await browser.post('/v1/me/erasures', { code: sent['change-from'] }), 'phone_code_wrong');
    expect((await replaced(offices)).status).toBe(200);
    const found = await wanhe.post('/v1/phone-changes/lookup', { phone: PHONE });
    const stop = `/v1/phone-changes/${found.body['id']}/stop`;
    expectProblem(await wanhe.post(stop, { code: sent['change-from'] }), 'phone_code_wrong');
  });
});

describe('a stop', () => {
  it('that is sent again is answered again, also under another key, and takes back nothing', async () => {
    const offices = await openOffices();
    const { world, wanhe, gexiang } = offices;
    expect((await replaced(offices)).status).toBe(200);
    const { id, code } = await stopCode(offices, wanhe, PHONE);
    const first = await wanhe.post(`/v1/phone-changes/${id}/stop`, { code }, 'stop-1');
    expect((await replaced(offices, THIRD)).status).toBe(200);
    const again = await wanhe.post(`/v1/phone-changes/${id}/stop`, { code }, 'stop-1');
    expect([again.body, again.headers['idempotency-replayed']]).toEqual([first.body, 'true']);
    expectProblem(await gexiang.post(`/v1/phone-changes/${id}/stop`, { code }, 'stop-2'), 'phone_change_stopped');
    expect(await read(gexiang, `/v1/residents/${world.residentId}`)).toMatchObject({ phone: '139****9999' });
    // The later change has a code of its own.
    const later = await wanhe.post('/v1/phone-changes/lookup', { phone: PHONE });
    expect(later.body['id']).not.toBe(id);
    expectProblem(await wanhe.post(`/v1/phone-changes/${later.body['id']}/stop`, { code }), 'phone_code_wrong');
  });

  it('does not make a number heard: one that was silent for long asks for the registered name afterwards', async () => {
    const offices = await openOffices();
    const { world, wanhe, api } = offices;
    world.clock.advance(200 * DAY);
    expect((await replaced(offices)).status).toBe(200);
    const { id, code } = await stopCode(offices, wanhe, PHONE);
    expect((await wanhe.post(`/v1/phone-changes/${id}/stop`, { code })).status).toBe(200);
    const typed = await codeFor(api, PHONE);
    expectProblem(await browserOf(api).signIn({ phone: PHONE, code: typed }), 'name_required');
    expect((await browserOf(api).signIn({ phone: PHONE, code: typed, name: '葛小米' })).status).toBe(201);
  });

  it('is found with its number after an earlier one, and not after 72 hours', async () => {
    const offices = await openOffices();
    const { world, wanhe } = offices;
    expect((await replaced(offices)).status).toBe(200);
    world.clock.advance(72 * HOUR);
    expectProblem(await wanhe.post('/v1/phone-changes/lookup', { phone: PHONE }), 'phone_change_not_found');
    await registered(offices, '钱多多', PHONE);
    expect((await replaced(offices, THIRD)).status).toBe(200);
    expectProblem(await wanhe.post('/v1/phone-changes/lookup', { phone: PHONE }), 'phone_change_not_found');
    const { id } = (await wanhe.post('/v1/phone-changes/lookup', { phone: NEW_PHONE })).body as { id: string };
    const { 'stop-change': code } = await codesSent(offices.api, () => wanhe.post(`/v1/phone-changes/${id}/codes`, {}));
    expect((await wanhe.post(`/v1/phone-changes/${id}/stop`, { code })).status).toBe(200);
  });
});

describe('a suspended resident', () => {
  it('stays suspended whatever becomes of the number', async () => {
    const offices = await openOffices();
    const { gexiang, wanhe, world } = offices;
    await world.grantHours(world.gexiang, world.residentId, 20);
    await gexiang.put(`/v1/residents/${world.residentId}/status`, { status: 'suspended', reason: '核实' });
    const browser = await signedInWith(offices, PHONE);
    const sent = await pairOfCodes(offices, browser, NEW_PHONE);
    const body = { phone: NEW_PHONE, code: sent['change-from'], new_code: sent['change-to'] };
    expect((await browser.put('/v1/me/phone', body)).status).toBe(200);
    expectProblem(await browser.post('/v1/me/vouchers', { offer_id: world.cashOfferId }), 'resident_suspended');
    expect((await replaced(offices, THIRD)).status).toBe(200);
    const { id, code } = await stopCode(offices, wanhe, NEW_PHONE);
    expect((await wanhe.post(`/v1/phone-changes/${id}/stop`, { code })).status).toBe(200);
    expect(await read(gexiang, `/v1/residents/${world.residentId}`)).toMatchObject({ status: 'suspended', spends_from: null });
  });
});
