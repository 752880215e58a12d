import { describe, expect, it } from 'vitest';
import { consent } from '../../support/consents.ts';
import { audit } from '../../../src/cli/audit.ts';
import { expectProblem, listed, type Offices, openOffices, PHONE, read } from '../../support/offices.ts';
import { browserOf, codeFor } from '../../support/people.ts';
import { byTwo } from '../../support/two-officers.ts';
import { codesSent, DAY, HOUR, NEW_PHONE, otherThan, pairOfCodes, replaced, signedInWith, stopCode } from '../../support/phones.ts';

const MINUTE = 60_000;

/** The resident with 300 points, signed in. */
async function withPoints(offices: Offices) {
  await offices.world.grantHours(offices.world.gexiang, offices.world.residentId, 30);
  return signedInWith(offices, PHONE);
}

describe('a number that is changed without the old one', () => {
  it('takes two officers of the home community, who see it masked; it is stored hashed and sealed', async () => {
    const offices = await openOffices();
    const { world, gexiang, colleague, wanhe, street } = offices;
    const input = { resident_id: world.residentId, phone: NEW_PHONE };
    const body = { command: 'phone', input, reason: '手机丢失' };
    const proposed = await gexiang.post('/v1/proposals', body, 'proposed-1');
    expect(proposed.body).toMatchObject({
      command: 'phone',
      input: { resident_id: world.residentId, phone: '139****7777' },
      names: { [world.residentId]: '葛小米' },
    });
    expect((await gexiang.post('/v1/proposals', body, 'proposed-1')).body).toEqual(proposed.body);
    const rows = await world.store.read.select().from(world.store.tables.proposal);
    expect(rows).toMatchObject([{ residentId: world.residentId }]);
    expect(JSON.stringify(rows)).not.toContain(NEW_PHONE);
    const path = `/v1/proposals/${proposed.body['id']}`;
    expectProblem(await gexiang.post(`${path}/approval`, {}), 'same_officer');
    expectProblem(await wanhe.post(`${path}/approval`, {}), 'proposal_not_found');
    const approved = await colleague.post(`${path}/approval`, {}, 'approved-1');
    expect(approved.status, approved.text).toBe(200);
    const at = world.clock.now;
    expect(approved.body['result']).toEqual({
      phone_change_id: expect.stringMatching(/^phc_/),
      resident_id: world.residentId,
      changed_at: new Date(at).toISOString(),
      closed_until: new Date(at + 72 * HOUR).toISOString(),
    });
    expect(await world.store.read.select().from(world.store.tables.phoneChange)).toMatchObject([
      { how: 'counter', proposedBy: world.gexiang.id, approvedBy: approved.body['decided_by'], closedUntil: at + 72 * HOUR },
    ]);
    expectProblem(await street.post('/v1/proposals', body), 'community_only');
    const foreign = await wanhe.post('/v1/proposals', body);
    expect(foreign.body['input']).toEqual({ resident_id: world.residentId, phone: '139****7777' });
  });

  it('is refused for a resident of another community, for a number of somebody else, for the same one, and twice within 72 hours', async () => {
    const offices = await openOffices();
    const { world, street } = offices;
    world.clock.advance(1);
    const neighbour = await street.post('/v1/residents', { name: '钱多多', phone: '13900008888', community_id: 'wanhe', ...consent });
    expectProblem(await replaced(offices, NEW_PHONE, neighbour.body['id']), 'foreign_community');
    expectProblem(await replaced(offices, '13900008888'), 'phone_taken');
    expectProblem(await replaced(offices, PHONE), 'phone_unchanged');
    expectProblem(await replaced(offices, NEW_PHONE, `res_${'f'.repeat(32)}`), 'resident_not_found');
    expect((await replaced(offices)).status).toBe(200);
    expectProblem(await replaced(offices, '13900009999'), 'phone_change_open');
    world.clock.advance(72 * HOUR);
    expect((await replaced(offices, '13900009999')).status).toBe(200);
  });

  it('signs in, closes spending for 72 hours and ends every session, while points are earned on', async () => {
    const offices = await openOffices();
    const { world } = offices;
    const before = await withPoints(offices);
    const voucher = await before.post('/v1/me/vouchers', { offer_id: world.cashOfferId });
    const { code } = (await before.post(`/v1/me/vouchers/${voucher.body['id']}/codes`, {})).body as { code: string };
    expect((await replaced(offices)).status).toBe(200);
    expectProblem(await before.get('/v1/me'), 'unauthorized');

    const until = new Date(world.clock.now + 72 * HOUR).toISOString();
    const after = await signedInWith(offices, NEW_PHONE);
    expect(await read(after, '/v1/me')).toMatchObject({ id: world.residentId, phone: '139****7777', spends_from: until });
    expect(await read(offices.gexiang, `/v1/residents/${world.residentId}`)).toMatchObject({ spends_from: until });
    const closed = { details: { spends_from: until } };
    const path = `/v1/me/vouchers/${voucher.body['id']}/codes`;
    // Keys of their own: both browsers act through one client.
    expectProblem(await after.post('/v1/me/vouchers', { offer_id: world.cashOfferId }, 'a-1'), 'spending_closed', closed);
    expectProblem(await offices.till.post('/v1/redemptions', offices.order(code)), 'spending_closed', closed);
    const seen = await offices.till.post('/v1/vouchers/inspect', { code });
    expect(seen.body).toMatchObject({ redeemable: false, refusal: { code: 'spending_closed' } });
    expect(seen.body['cashier_message']).toMatch(/^积分暂时不能使用/);
    world.clock.advance(MINUTE);
    expectProblem(await after.post(path, {}, 'a-2'), 'spending_closed', closed);
    expectProblem(await offices.gexiang.post(`/v1/vouchers/${voucher.body['id']}/papers`, {}), 'spending_closed', closed);
    await world.grantHours(world.gexiang, world.residentId, 1);

    world.clock.advance(72 * HOUR - MINUTE - 1);
    expectProblem(await after.post(path, {}, 'a-3'), 'spending_closed');
    world.clock.advance(MINUTE);
    // By the date alone: nobody has done anything.
    const shown = await after.post(path, {}, 'a-4');
    expect((await offices.till.post('/v1/redemptions', offices.order(shown.body['code']))).status).toBe(201);
    expect((await audit(world.store)).ok).toBe(true);
  });

  it('leaves the old one to nobody for 72 hours: it neither signs in nor is registered', async () => {
    const offices = await openOffices();
    const { world, api, street } = offices;
    const code = await codeFor(api, PHONE);
    expect((await replaced(offices)).status).toBe(200);
    expectProblem(await browserOf(api).signIn({ phone: PHONE, code }), 'sign_in_failed');
    const registered = (at: string) =>
      street.post('/v1/residents', { name: '李四', phone: PHONE, community_id: 'gexiang', ...consent }, at);
    world.clock.advance(72 * HOUR - 1);
    expectProblem(await registered('early'), 'phone_taken');
    expectProblem(await replaced(offices, PHONE), 'phone_change_open');
    world.clock.advance(1);
    expect((await registered('late')).status).toBe(201);
    expect(await read(await signedInWith(offices, PHONE), '/v1/me')).toMatchObject({ name: '李四' });
  });

  it('withdraws papers from before; papers from after are good', async () => {
    const offices = await openOffices();
    const { world, till, gexiang } = offices;
    await withPoints(offices);
    const voucherId = await world.takeVoucher();
    const printed = async () => (await gexiang.post(`/v1/vouchers/${voucherId}/papers`, {})).body as { code: string; pin: string };
    const former = await printed();
    expect((await replaced(offices)).status).toBe(200);
    world.clock.advance(72 * HOUR);
    const spent = ({ code, pin }: { code: string; pin: string }) => till.post('/v1/redemptions', { ...offices.order(code), pin });
    expectProblem(await spent(former), 'paper_withdrawn');
    world.clock.advance(1);
    expect((await spent(await printed())).status).toBe(201);
  });
});

describe('the owner of the old number', () => {
  it('stops the change at any counter within 72 hours: it signs in again, the new one no longer, and spending is open', async () => {
    const offices = await openOffices();
    const { world, wanhe, api } = offices;
    await withPoints(offices);
    expect((await replaced(offices)).status).toBe(200);
    const thief = await signedInWith(offices, NEW_PHONE);
    world.clock.advance(71 * HOUR);
    const { id, code } = await stopCode(offices, wanhe, PHONE);
    expect(api.delivered.at(-1)).toMatchObject({ phone: PHONE, purpose: 'stop-change' });
    const stopped = await wanhe.post(`/v1/phone-changes/${id}/stop`, { code }, 'stop-1');
    expect(stopped.status, stopped.text).toBe(200);
    expect(stopped.body).toEqual({ id, resident_id: world.residentId, stopped_at: new Date(world.clock.now).toISOString() });
    expectProblem(await thief.get('/v1/me'), 'unauthorized');
    const owner = await signedInWith(offices, PHONE);
    expect(await read(owner, '/v1/me')).toMatchObject({ id: world.residentId, phone: '138****5678', spends_from: null });
    expect((await owner.post('/v1/me/vouchers', { offer_id: world.cashOfferId })).status).toBe(201);
    expect((await offices.street.post('/v1/residents', { name: '李四', phone: NEW_PHONE, community_id: 'wanhe', ...consent })).status).toBe(
      201,
    );
    expectProblem(await wanhe.post(`/v1/phone-changes/${id}/stop`, { code }), 'phone_change_stopped');
    expectProblem(await wanhe.post(`/v1/phone-changes/${id}/codes`, {}), 'phone_change_stopped');
    expectProblem(await wanhe.post('/v1/phone-changes/lookup', { phone: PHONE }), 'phone_change_not_found');
    expect((await audit(world.store)).ok).toBe(true);
  });

  it('is found by an officer of any community, masked there, and by nobody else', async () => {
    const offices = await openOffices();
    const { world, wanhe, gexiang, machine } = offices;
    const lookup = { phone: PHONE };
    expectProblem(await wanhe.post('/v1/phone-changes/lookup', lookup), 'phone_change_not_found');
    const id = (await replaced(offices)).body['result']['phone_change_id'];
    const found = { id, resident_id: world.residentId, changed_at: expect.any(String), closed_until: expect.any(String) };
    expect((await wanhe.post('/v1/phone-changes/lookup', lookup)).body).toEqual({ ...found, resident_name: '葛**' });
    expect((await gexiang.post('/v1/phone-changes/lookup', lookup)).body).toEqual({ ...found, resident_name: '葛小米' });
    expectProblem(await machine.post('/v1/phone-changes/lookup', lookup), 'wrong_client');
    expectProblem(await wanhe.post('/v1/phone-changes/lookup', { phone: NEW_PHONE }), 'phone_change_not_found');
    for (let n = 0; n < 20; n++) await wanhe.post('/v1/phone-changes/lookup', { phone: NEW_PHONE });
    expectProblem(await wanhe.post('/v1/phone-changes/lookup', lookup), 'too_many_guesses');
  });

  it('stops nothing with a wrong code, with one for something else, or after 72 hours', async () => {
    const offices = await openOffices();
    const { world, wanhe, api } = offices;
    expect((await replaced(offices)).status).toBe(200);
    const signIn = await codeFor(api, NEW_PHONE);
    const { id, code } = await stopCode(offices, wanhe, PHONE);
    const stop = (typed: string) => wanhe.post(`/v1/phone-changes/${id}/stop`, { code: typed });
    expectProblem(await stop(signIn), 'phone_code_wrong');
    expectProblem(await browserOf(api).signIn({ phone: NEW_PHONE, code }), 'sign_in_failed');
    for (let n = 0; n < 4; n++) expectProblem(await stop(otherThan(code)), 'phone_code_wrong');
    expectProblem(await stop(code), 'phone_code_wrong');
    world.clock.advance(72 * HOUR - MINUTE);
    const last = await codesSent(api, () => wanhe.post(`/v1/phone-changes/${id}/codes`, {}));
    world.clock.advance(MINUTE);
    expectProblem(await stop(last['stop-change']), 'phone_change_over');
    expectProblem(await wanhe.post(`/v1/phone-changes/${id}/codes`, {}), 'phone_change_over');
    expectProblem(await wanhe.post(`/v1/phone-changes/phc_${'f'.repeat(32)}/stop`, { code }), 'phone_change_not_found');
  });

  it('stops no change that was made by both codes', async () => {
    const offices = await openOffices();
    const { wanhe, world } = offices;
    const browser = await signedInWith(offices, PHONE);
    const sent = await pairOfCodes(offices, browser, NEW_PHONE);
    await browser.put('/v1/me/phone', { phone: NEW_PHONE, code: sent['change-from'], new_code: sent['change-to'] });
    const [change] = await world.store.read.select().from(world.store.tables.phoneChange);
    expectProblem(await wanhe.post('/v1/phone-changes/lookup', { phone: PHONE }), 'phone_change_not_found');
    expectProblem(await wanhe.post(`/v1/phone-changes/${change!.id}/codes`, {}), 'phone_change_not_found');
    expectProblem(await wanhe.post(`/v1/phone-changes/${change!.id}/stop`, { code: '123456' }), 'phone_change_not_found');
  });

  it('gets a code once: a replay sends none', async () => {
    const offices = await openOffices();
    const { wanhe, api, world } = offices;
    const id = (await replaced(offices)).body['result']['phone_change_id'];
    await codesSent(api, () => wanhe.post(`/v1/phone-changes/${id}/codes`, {}, 'code-1'));
    const again = await wanhe.post(`/v1/phone-changes/${id}/codes`, {}, 'code-1');
    expect(again.headers['idempotency-replayed']).toBe('true');
    world.clock.advance(MINUTE);
    await codesSent(api, () => wanhe.post(`/v1/phone-changes/${id}/codes`, {}, 'code-2'));
    expect(api.delivered).toHaveLength(2);
  });
});

describe('GET /v1/residents/{id}/changes', () => {
  it('tells who changed name, number and home, when and why, newest first and in pages', async () => {
    const offices = await openOffices();
    const { world, gexiang, wanhe, street, machine } = offices;
    const path = `/v1/residents/${world.residentId}`;
    expect((await gexiang.put(`${path}/name`, { name: '葛小麦', reason: '身份证为准' })).status).toBe(200);
    world.clock.advance(DAY);
    const { secrets } = offices.api.keys;
    const phone = { phoneHash: secrets.hash('phone', NEW_PHONE), phoneSealed: secrets.seal(NEW_PHONE) };
    await byTwo(world, world.gexiang, 'phone', { residentId: world.residentId, ...phone });
    world.clock.advance(4 * DAY);
    expect((await wanhe.post(`${path}/moves`, { how: 'counter', reason: '搬到万和，持租房合同' })).status).toBe(200);
    const changes = await listed(wanhe, `${path}/changes`, 1);
    expect(changes).toMatchObject([
      { kind: 'move', from_id: 'gexiang', to_id: 'wanhe', how: 'counter', reason: '搬到万和，持租房合同', moved_by: world.wanhe.id },
      { kind: 'phone', former_phone: '138****5678', how: 'counter', proposed_by: world.gexiang.id, stopped_at: null },
      { kind: 'name', former_name: '葛小米', reason: '身份证为准', corrected_by: world.gexiang.id },
    ]);
    expect((await read(street, `${path}/changes`))['items']).toEqual(changes);
    expectProblem(await gexiang.get(`${path}/changes`), 'foreign_community');
    expectProblem(await machine.get(`${path}/changes`), 'foreign_community');
    expectProblem(await wanhe.get(`/v1/residents/res_${'f'.repeat(32)}/changes`), 'resident_not_found');
  });
});

describe('PUT /v1/residents/{id}/name', () => {
  it('corrects the name: the resident is found by the new one, no longer by the old one, and the audit agrees', async () => {
    const offices = await openOffices();
    const { world, gexiang, wanhe, street } = offices;
    const path = `/v1/residents/${world.residentId}/name`;
    const corrected = await gexiang.put(path, { name: '葛 小麦', reason: '身份证为准' });
    expect(corrected.body).toEqual({ id: world.residentId, corrected_at: new Date(world.clock.now).toISOString() });
    const found = async (name: string) => (await gexiang.post('/v1/residents/lookup', { name })).body['items'];
    expect(await found('葛小麦')).toMatchObject([{ id: world.residentId, name: '葛 小麦' }]);
    expect(await found('葛小米')).toEqual([]);
    expect((await audit(world.store)).ok).toBe(true);
    expectProblem(await gexiang.put(path, { name: '葛 小麦', reason: '身份证为准' }), 'name_unchanged');
    expectProblem(await wanhe.put(path, { name: '葛小米', reason: '错了' }), 'foreign_community');
    expectProblem(await street.put(path, { name: '葛小米', reason: '错了' }), 'foreign_community');
    const nobody = `/v1/residents/res_${'f'.repeat(32)}/name`;
    expectProblem(await gexiang.put(nobody, { name: '葛小米', reason: '错了' }), 'resident_not_found');
  });
});
