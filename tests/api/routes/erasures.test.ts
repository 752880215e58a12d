import { describe, expect, it } from 'vitest';
import { erased, eraseRun, sound, WEEK_MS } from '../../support/leaving.ts';
import { codesSent, HOUR, NEW_PHONE, replaced } from '../../support/phones.ts';
import { expectProblem, made, openOffices, type Offices, PHONE, read } from '../../support/offices.ts';
import { browserOf } from '../../support/people.ts';
import { registerThere } from '../../support/self-registering.ts';
import { officerOf } from '../../support/two-officers.ts';

const codeOf = ({ api }: Offices) => api.delivered.at(-1)!;

const asked = ({ api, resident }: Offices) => codesSent(api, () => resident.post('/v1/me/erasure-codes', {}));

async function requested(offices: Offices): Promise<Record<string, any>> {
  const { erase: code } = await asked(offices);
  const answer = await offices.resident.post('/v1/me/erasures', { code });
  expect(answer.status, answer.text).toBe(201);
  return answer.body;
}

describe('a resident who leaves', () => {
  it('gets a code on their own phone, requests it, reads until when it can be withdrawn, and withdraws it', async () => {
    const offices = await openOffices();
    const { resident, world } = offices;
    await world.grantHours(world.gexiang, world.residentId, 3);
    expect(await read(resident, '/v1/me/erasure')).toEqual({ erasure: null });
    const erasure = await requested(offices);
    expect(codeOf(offices).phone).toBe(PHONE);
    const due = new Date(world.clock.now + WEEK_MS).toISOString();
    expect(erasure).toMatchObject({
      resident_id: world.residentId,
      points: 30,
      due_at: due,
      requested_by: null,
      finished_at: null,
      remains: 'pseudonym',
    });
    expect(await read(resident, '/v1/me/erasure')).toEqual({ erasure });
    expectProblem(await resident.post('/v1/me/erasures', { code: codeOf(offices).code }), 'resident_leaving');
    const other = await offices.as({ kind: 'resident', residentId: await world.register('gexiang') });
    expectProblem(await other.post(`/v1/me/erasures/${erasure['id']}/withdrawal`, {}), 'erasure_not_found');
    const withdrawn = await resident.post(`/v1/me/erasures/${erasure['id']}/withdrawal`, {});
    expect(withdrawn.body).toEqual({ id: erasure['id'], withdrawn_at: new Date(world.clock.now).toISOString() });
    expect(await read(resident, '/v1/me/erasure')).toEqual({ erasure: null });
  });

  it('is not believed with a wrong code, with a used one, or after five wrong ones', async () => {
    const offices = await openOffices();
    const { resident, world } = offices;
    expectProblem(await resident.post('/v1/me/erasures', { code: '000000' }), 'phone_code_wrong');
    const { id } = await requested(offices);
    await resident.post(`/v1/me/erasures/${id}/withdrawal`, {});
    expectProblem(await resident.post('/v1/me/erasures', { code: codeOf(offices).code }), 'phone_code_wrong');
    world.clock.advance(61_000);
    const { erase: right } = await asked(offices);
    const wrong = right === '111111' ? '222222' : '111111';
    for (let n = 0; n < 5; n++) expectProblem(await resident.post('/v1/me/erasures', { code: wrong }), 'phone_code_wrong');
    expectProblem(await resident.post('/v1/me/erasures', { code: right }), 'phone_code_wrong');
  });

  it('has a code for nothing else: it does not sign in', async () => {
    const offices = await openOffices();
    await asked(offices);
    const answer = await offices.api.http.post('/v1/sessions').send({ phone: PHONE, code: codeOf(offices).code });
    expect(answer.status).toBe(401);
  });

  it('gets one code under one key, and no second one within a minute', async () => {
    const { resident, api } = await openOffices();
    await codesSent(api, () => resident.post('/v1/me/erasure-codes', {}, 'once'));
    await resident.post('/v1/me/erasure-codes', {}, 'once');
    expect(api.delivered.length).toBe(1);
    expectProblem(await resident.post('/v1/me/erasure-codes', {}), 'code_asked_too_often');
  });

  it('is turned away, and leaves no row, where somebody asks without end for what is not there', async () => {
    const { resident, world } = await openOffices();
    const path = `/v1/me/erasures/era_${'0'.repeat(32)}/withdrawal`;
    for (let n = 0; n < 40; n++) expectProblem(await resident.post(path, {}), 'erasure_not_found');
    const rows = async () => world.store.read.$count(world.store.tables.request);
    const before = await rows();
    for (const [to, body] of [
      [path, {}],
      ['/v1/me/erasure-codes', {}],
      ['/v1/me/erasures', { code: '123456' }],
    ] as const)
      expectProblem(await resident.post(to, body), 'done_too_often');
    expect(await rows()).toBe(before);
    world.clock.advance(HOUR);
    expectProblem(await resident.post(path, {}), 'erasure_not_found');
  });
});

it('a number that was changed at a counter gets no code for it, while the change may be stopped', async () => {
  const offices = await openOffices();
  const { resident, world } = offices;
  expect((await replaced(offices)).status).toBe(200);
  expectProblem(await resident.post('/v1/me/erasure-codes', {}), 'phone_change_open');
  expectProblem(await resident.post('/v1/me/erasures', { code: '123456' }), 'phone_change_open');
  world.clock.advance(72 * HOUR);
  await asked(offices);
  expect(codeOf(offices).phone).toBe(NEW_PHONE);
});

it('somebody who waits to be confirmed leaves without an officer, and the number registers again at once, as somebody else', async () => {
  const offices = await openOffices();
  const { api, world, gexiang } = offices;
  const told = { name: '陈小明', phone: NEW_PHONE, community_id: 'gexiang' };
  const browser = browserOf(api);
  const { id: former } = (await registerThere(api, browser, told)).body;
  await world.grantHours(world.gexiang, former, 3);
  const { erase: code } = await codesSent(api, () => browser.post('/v1/me/erasure-codes', {}));
  const { body: erasure } = await browser.post('/v1/me/erasures', { code });
  expect(erasure).toMatchObject({ resident_id: former, points: 30, remains: 'pseudonym' });
  world.clock.advance(WEEK_MS);
  expectProblem(await browser.post(`/v1/me/erasures/${erasure['id']}/withdrawal`, {}), 'erasure_due');
  await eraseRun(world);
  expectProblem(await browser.post('/v1/me/erasure-codes', {}), 'resident_erased');
  // By then every process has heard that the session is over.
  world.clock.advance(60_000);
  expect((await browser.get('/v1/me')).status).toBe(401);
  expectProblem(await gexiang.post(`/v1/registrations/${former}/confirmation`, {}), 'registration_decided');
  expectProblem(await gexiang.post(`/v1/erasures/${erasure['id']}/withdrawal`, {}), 'erasure_due');

  // Nothing of the former registration is left that would join the two, also in the browser of before.
  const again = await registerThere(api, browser, told);
  expect(again.status, again.text).toBe(201);
  const { id } = again.body as { id: string };
  expect(id).not.toBe(former);
  world.clock.advance(10 * 60_000);
  expect(await eraseRun(world)).toBe(1);
  expect(await read(browser, '/v1/me')).toMatchObject({ id, name: '陈小明' });
  expect(await read(browser, '/v1/me/wallet')).toMatchObject({ points: 0, lots: [] });
  expect(await read(browser, '/v1/me/statement')).toMatchObject({ items: [] });
  expect(await read(gexiang, '/v1/same-person-questions')).toMatchObject({ items: [] });
  expect(await read(gexiang, `/v1/residents/${id}`)).toMatchObject({ status: 'unconfirmed' });
  expect(JSON.stringify(await read(browser, '/v1/me/data'))).not.toContain(former);
  await sound(world);
});

it('somebody who is suspended asks at the counter, and officers of another community and the street cannot', async () => {
  const offices = await openOffices();
  const { gexiang, colleague, wanhe, street, world } = offices;
  const input = { resident_id: world.residentId };
  await gexiang.post(`/v1/residents/${world.residentId}/status`, { status: 'suspended', reason: '核查' });
  const proposal = { command: 'erasure', input, reason: '本人到窗口申请' };
  const { id: foreign } = await made(wanhe, '/v1/proposals', proposal);
  const second = await offices.as({ kind: 'officer', officerId: (await officerOf(world, 'wanhe')).id });
  expectProblem(await second.post(`/v1/proposals/${foreign}/approval`, {}), 'foreign_community');
  expectProblem(await street.post('/v1/proposals', proposal), 'community_only');
  const { id } = await made(gexiang, '/v1/proposals', proposal);
  expect((await colleague.post(`/v1/proposals/${id}/approval`, {})).body['result']).toMatchObject({ ...input, points: 0 });
});

describe('two officers', () => {
  it('request it for somebody at the counter, see how many points are lost, and can withdraw it', async () => {
    const offices = await openOffices();
    const { gexiang, colleague, wanhe, world } = offices;
    const input = { resident_id: world.residentId };
    const { id } = await made(gexiang, '/v1/proposals', { command: 'erasure', input, reason: '本人到窗口申请' });
    const { body } = await colleague.post(`/v1/proposals/${id}/approval`, {});
    expect(body['result']).toMatchObject({ resident_id: world.residentId, points: 0 });
    const { erasure_id: erasureId } = body['result'] as { erasure_id: string };
    expect(await read(gexiang, `/v1/residents/${world.residentId}`)).toMatchObject({ erasure_id: erasureId, status: 'active' });
    expect(await read(gexiang, `/v1/erasures/${erasureId}`)).toMatchObject({ id: erasureId, withdrawn_at: null });
    expectProblem(await wanhe.get(`/v1/erasures/${erasureId}`), 'foreign_community');
    expectProblem(await wanhe.post(`/v1/erasures/${erasureId}/withdrawal`, {}), 'foreign_community');
    expectProblem(await gexiang.get(`/v1/erasures/era_${'0'.repeat(32)}`), 'erasure_not_found');
    expect((await gexiang.post(`/v1/erasures/${erasureId}/withdrawal`, {})).status).toBe(200);
  });

  it('see an erased resident under a word that stands for the name, without a number', async () => {
    const { gexiang, machine, world } = await openOffices();
    const grantId = await world.grantHours(world.gexiang, world.residentId, 3);
    await erased(world);
    const shown = await read(gexiang, `/v1/residents/${world.residentId}`);
    expect(shown).toMatchObject({ name: '已注销', phone: '', status: 'ended' });
    expect(await read(machine, `/v1/residents/${world.residentId}`)).toMatchObject({ name: '已注销' });
    expect(await read(gexiang, `/v1/grants/${grantId}`)).toMatchObject({ resident_name: '已注销', description: '' });
    expectProblem(await gexiang.post(`/v1/grants/${grantId}/reversals`, { reason: '登记错误' }), 'resident_erased');
    expect(await eraseRun(world)).toBe(0);
  });
});
