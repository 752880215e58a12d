/** Somebody who registered on their own phone and waits for an officer: whatever is tried with the session, and by officers for them, nothing is spent. */
import { expect, it } from 'vitest';
import { audit } from '../../../src/cli/audit.ts';
import { put } from '../../../src/ledger/index.ts';
import { mintCode } from '../../../src/redeem/index.ts';
import { consent } from '../../support/consents.ts';
import { expectFields, expectProblem, listed, type Offices, openOffices, PHONE, read } from '../../support/offices.ts';
import { browserOf } from '../../support/people.ts';
import { codesSent, NEW_PHONE, pairOfCodes, replaced, signedInWith } from '../../support/phones.ts';
import { book } from '../../support/scheme.ts';
import { registerThere } from '../../support/self-registering.ts';

const OWN = '13912345678';

async function waiting() {
  const offices = await openOffices();
  const browser = browserOf(offices.api);
  const answer = await registerThere(offices.api, browser, { name: '陈小明', phone: OWN, community_id: 'gexiang' });
  expect(answer.status, answer.text).toBe(201);
  const id = answer.body['id'] as string;
  await offices.world.grantHours(offices.world.gexiang, id, 20);
  return { ...offices, browser, id };
}

/** Every way to a voucher. */
async function expectNothingSpent({ world, street, gexiang, wanhe }: Offices, id: string): Promise<void> {
  const voucher = { offer_id: world.cashOfferId, quantity: 1 };
  expectProblem(await gexiang.post(`/v1/residents/${id}/vouchers`, voucher), 'resident_unconfirmed');
  expectProblem(await wanhe.post(`/v1/residents/${id}/vouchers`, voucher), 'foreign_community');
  expectProblem(await street.post(`/v1/residents/${id}/vouchers`, voucher), 'insufficient_scope');
  expectProblem(await gexiang.put(`/v1/residents/${id}/status`, { status: 'active', reason: '启用' }), 'resident_unconfirmed');
  expectProblem(await gexiang.put(`/v1/residents/${id}/status`, { status: 'suspended', reason: '停用' }), 'resident_unconfirmed');
  expect(await world.store.read.select().from(world.store.tables.voucher)).toEqual([]);
}

it('their session takes no voucher, and no change of number, name or sign-in opens a way', async () => {
  const { browser, id, ...offices } = await waiting();
  const { world, gexiang } = offices;
  const voucher = { offer_id: world.cashOfferId };
  expectProblem(await browser.post('/v1/me/vouchers', voucher), 'resident_unconfirmed');
  await expectNothingSpent(offices, id);
  const sent = await pairOfCodes(offices, browser, NEW_PHONE);
  const changed = await browser.put('/v1/me/phone', { phone: NEW_PHONE, code: sent['change-from'], new_code: sent['change-to'] });
  expect(changed.status, changed.text).toBe(200);
  expect((await gexiang.put(`/v1/residents/${id}/name`, { name: '陈大明', reason: '身份证为准' })).status).toBe(200);
  const again = await signedInWith(offices, NEW_PHONE);
  expectProblem(await again.post('/v1/me/vouchers', voucher, 'again-1'), 'resident_unconfirmed');
  expect((await replaced(offices, OWN, id)).status).toBe(200);
  await expectNothingSpent(offices, id);
  expect(await read(await signedInWith(offices, OWN), '/v1/me')).toMatchObject({ status: 'unconfirmed' });
  expect((await audit(world.store)).ok).toBe(true);
});

it('a voucher is worth nothing to them, wherever it came from: no code, no paper, no redemption', async () => {
  const { world, gexiang, till, order } = await openOffices();
  await world.grantHours(world.gexiang, world.residentId, 10);
  const voucherId = await world.takeVoucher();
  const printed = (await gexiang.post(`/v1/vouchers/${voucherId}/papers`, {})).body as { code: string; pin: string };
  world.clock.advance(1);
  const { resident } = world.store.tables;
  const [row] = await world.store.read.select().from(resident);
  await world.run(book, { rows: [put('resident', { ...row!, status: 'unconfirmed' })] });
  expectProblem(await till.post('/v1/redemptions', { ...order(printed.code), pin: printed.pin }), 'resident_unconfirmed');
  expectProblem(await gexiang.post(`/v1/vouchers/${voucherId}/papers`, {}), 'resident_unconfirmed');
  const code = { residentId: world.residentId, voucherId, codeHash: 'c0'.repeat(16), sealedCode: 'sealed' };
  await world.refused(mintCode, code, 'resident_unconfirmed');
});

it('on a device with which somebody else signed in they are a question, which their community answers in words', async () => {
  const offices = await openOffices();
  const browser = await signedInWith(offices, PHONE);
  const answer = await registerThere(offices.api, browser, { name: '陈小明', phone: OWN, community_id: 'gexiang' });
  const id = answer.body['id'] as string;
  const path = '/v1/same-person-questions';
  expect(await listed(offices.gexiang, path)).toMatchObject([{ resident: { id }, other: { id: offices.world.residentId }, why: 'device' }]);
  expectFields(await offices.gexiang.put(`${path}/${id}/${offices.world.residentId}`, { same: true }), '/answer');
  expectFields(await offices.gexiang.put(`${path}/${id}/${offices.world.residentId}`, { same: true, answer: ' ' }), '/answer');
  expect((await offices.gexiang.put(`${path}/${id}/${offices.world.residentId}`, { same: false, answer: '母子共用手机' })).status).toBe(
    200,
  );
  expect(await listed(offices.gexiang, path)).toEqual([]);
});

it('they found and join no household, at a counter either, and are told why', async () => {
  const { browser, id, gexiang, ...offices } = await waiting();
  expectProblem(await browser.post('/v1/me/household', {}), 'resident_unconfirmed');
  const head = await signedInWith(offices, PHONE);
  const { id: householdId } = (await head.post('/v1/me/household', {}, 'head-1')).body as { id: string };
  const { code } = (await head.post('/v1/me/household/codes', {}, 'head-2')).body as { code: string };
  expectProblem(await browser.post('/v1/me/household/joining', { code }, 'join-1'), 'resident_unconfirmed');
  const added = await gexiang.post(`/v1/households/${householdId}/members`, { resident_id: id, reason: '同住' });
  expectProblem(added, 'resident_unconfirmed');
  const founded = await gexiang.post('/v1/households', { resident_id: id, reason: '本人到场' });
  expectProblem(founded, 'resident_unconfirmed');
});

it('they move nowhere before their community has decided: where they registered, they are decided about', async () => {
  const { browser, id, wanhe, gexiang, api, street } = await waiting();
  expectProblem(await wanhe.post(`/v1/residents/${id}/moves`, { how: 'counter', reason: '搬家' }), 'resident_unconfirmed');
  expectProblem(await wanhe.post(`/v1/residents/${id}/move-codes`, {}), 'resident_unconfirmed');
  expect(await listed(gexiang, '/v1/registrations')).toMatchObject([{ resident_id: id }]);
  expect((await gexiang.post(`/v1/registrations/${id}/confirmation`, {})).status).toBe(200);
  const { move: code } = await codesSent(api, () => wanhe.post(`/v1/residents/${id}/move-codes`, {}, 'move-code'));
  expect((await wanhe.post(`/v1/residents/${id}/moves`, { how: 'code', code })).status).toBe(200);
  expect(await read(browser, '/v1/me')).toMatchObject({ status: 'active', community: { id: 'wanhe' } });
  const elsewhere = await street.post('/v1/residents', { name: '陈小明', phone: NEW_PHONE, community_id: 'gexiang', ...consent });
  expect(elsewhere.status).toBe(201);
});
