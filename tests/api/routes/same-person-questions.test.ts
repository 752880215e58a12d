/** Two of one name, or two who sign in with one device: an officer says whether it is one person. */
import { expect, it } from 'vitest';
import { answerSamePerson, registerResident, samePersonIds, samePersonPage } from '../../../src/communities/index.ts';
import { consent, consented } from '../../support/consents.ts';
import { expectProblem, listed, made, type Offices, openOffices, PHONE, read } from '../../support/offices.ts';
import { type Browser, browserOf, codeFor } from '../../support/people.ts';
import { plansOf } from '../../support/plans.ts';
import { byTwo, officerOf } from '../../support/two-officers.ts';
import { openWorld, street } from '../../support/world.ts';

const one = { name: '葛小米', phone: '13912345678', ...consent };
const NOBODY = `res_${'0'.repeat(32)}`;

const sealed = ({ secrets }: Offices['api']['keys'], phone: string) => ({
  phoneHash: secrets.hash('phone', phone),
  phoneSealed: secrets.seal(phone),
});

const rowsOf = async ({ world: { store } }: Offices) => store.read.select().from(store.tables.samePerson);

it('a name that a resident of the community has is a question, which names no other community’s', async () => {
  const offices = await openOffices();
  const { gexiang, wanhe, world } = offices;
  const asked = await gexiang.post('/v1/residents', one, 'k-1');
  expectProblem(asked, 'same_person_question', { details: { resident_ids: [world.residentId] } });
  expectProblem(await gexiang.post('/v1/residents', { ...one, name: ' 葛 小米' }), 'same_person_question');
  expect(await made(wanhe, '/v1/residents', { ...one, phone: '13912345679' })).toMatchObject({ community_id: 'wanhe' });
  expect(await rowsOf(offices)).toEqual([]);
  const { id } = await made(gexiang, '/v1/residents', { ...one, different_person: '证件不同' });
  expect(await rowsOf(offices)).toMatchObject([{ residentId: id, otherId: world.residentId, why: 'name', same: 0, answer: '证件不同' }]);
  expect(await read(gexiang, `/v1/residents/${id}`)).toMatchObject({ same_person_ids: [] });
});

it('somebody who is suspended is asked about, and somebody who waits to be confirmed is not', async () => {
  const { gexiang, world } = await openOffices();
  await gexiang.put(`/v1/residents/${world.residentId}/status`, { status: 'suspended', reason: '核实' });
  expectProblem(await gexiang.post('/v1/residents', one), 'same_person_question');
});

it('a name that a resident gets by a correction, or brings along by a move, is a question too, once', async () => {
  const {
    gexiang,
    world,
    api: { keys },
  } = await openOffices();
  const registered = async (communityId: string, name: string, digit: string) =>
    (await world.must(registerResident, { by: street, communityId, name, ...consented, ...sealed(keys, `1391234567${digit}`) })).id;
  const id = await registered('gexiang', '葛小麦', '8');
  const third = await registered('wanhe', '葛小米', '9');
  expect((await gexiang.put(`/v1/residents/${id}/name`, { name: '葛小米', reason: '身份证为准' })).status).toBe(200);
  const asked = { resident: { id }, other: { id: world.residentId }, why: 'name', community_id: 'gexiang' };
  expect(await listed(gexiang, '/v1/same-person-questions')).toMatchObject([asked]);
  world.clock.advance(1);
  expect((await gexiang.post(`/v1/residents/${third}/moves`, { how: 'counter', reason: '搬家' })).status).toBe(200);
  const pairs = (await listed(gexiang, '/v1/same-person-questions')).map(({ resident, other }) => [resident.id, other.id]);
  expect(pairs).toEqual([
    [third, id],
    [third, world.residentId],
    [id, world.residentId],
  ]);
  await gexiang.put(`/v1/same-person-questions/${id}/${world.residentId}`, { same: false, answer: '证件不同' });
  world.clock.advance(1);
  expect((await gexiang.put(`/v1/residents/${id}/name`, { name: '葛 小米', reason: '少一个空格' })).status).toBe(200);
  expect(await listed(gexiang, '/v1/same-person-questions')).toHaveLength(2);
});

it('the words are no answer where nobody has the name', async () => {
  const offices = await openOffices();
  await made(offices.gexiang, '/v1/residents', { ...one, name: '陈小明', different_person: '证件不同' });
  expect(await rowsOf(offices)).toEqual([]);
});

async function signedIn({ api }: Offices, browser: Browser, phone: string): Promise<void> {
  const answer = await browser.signIn({ phone, code: await codeFor(api, phone) });
  expect(answer.status, answer.text).toBe(201);
}

/** Two residents of Gexiang and one of Wanhe sign in with one device. */
async function oneDevice() {
  const offices = await openOffices();
  const { gexiang, wanhe, world } = offices;
  const second = (await made(gexiang, '/v1/residents', { ...one, name: '陈小明' }))['id'] as string;
  const third = (await made(wanhe, '/v1/residents', { ...one, name: '万小禾', phone: '13912345679' }))['id'] as string;
  const browser = browserOf(offices.api);
  for (const phone of [PHONE, '13912345678', '13912345679', PHONE]) {
    await signedIn(offices, browser, phone);
    world.clock.advance(120_000);
  }
  return { ...offices, second, third };
}

it('several residents who sign in with one device are questions, each once, to whoever registered the later one', async () => {
  const offices = await oneDevice();
  const { gexiang, wanhe, world, second, third } = offices;
  expect(await rowsOf(offices)).toHaveLength(3);
  expect(await listed(gexiang, '/v1/same-person-questions')).toMatchObject([
    {
      resident: { id: second, name: '陈小明', phone: '139****5678', status: 'active' },
      other: { id: world.residentId, name: '葛小米', phone: '138****5678' },
      community_id: 'gexiang',
      why: 'device',
    },
  ]);
  const ofWanhe = await listed(wanhe, '/v1/same-person-questions', 1);
  expect(ofWanhe.map(({ resident, other }) => [resident.id, resident.name, other.id, other.name])).toEqual([
    [third, '万小禾', second, '陈**'],
    [third, '万小禾', world.residentId, '葛**'],
  ]);
  expectProblem(await gexiang.get('/v1/same-person-questions?community_id=wanhe'), 'foreign_community');
});

it('a device on which one resident signs in again, or another device, is no question', async () => {
  const offices = await openOffices();
  await made(offices.gexiang, '/v1/residents', { ...one, name: '陈小明' });
  const browser = browserOf(offices.api);
  await signedIn(offices, browser, PHONE);
  offices.world.clock.advance(120_000);
  await signedIn(offices, browser, PHONE);
  await signedIn(offices, browserOf(offices.api), '13912345678');
  expect(await rowsOf(offices)).toEqual([]);
});

it('an officer answers in words, in either order: one person is shown with the other’s id', async () => {
  const offices = await oneDevice();
  const { gexiang, wanhe, world, second } = offices;
  const path = `/v1/same-person-questions/${world.residentId}/${second}`;
  const answered = await gexiang.put(path, { same: true, answer: '本人承认登记了两次' });
  expect(answered.body).toEqual({ resident_id: second, other_id: world.residentId, same: true, answered_at: '2026-03-02T02:08:00.000Z' });
  expect(await listed(gexiang, '/v1/same-person-questions')).toEqual([]);
  expect(await read(gexiang, `/v1/residents/${second}`)).toMatchObject({ same_person_ids: [world.residentId] });
  expect(await read(gexiang, `/v1/residents/${world.residentId}`)).toMatchObject({ same_person_ids: [second] });
  const corrected = await gexiang.put(path, { same: false, answer: '是母女两人' });
  expect(corrected.body).toMatchObject({ same: false });
  expect(await read(gexiang, `/v1/residents/${second}`)).toMatchObject({ same_person_ids: [] });
  expectProblem(await wanhe.put(path, { same: true, answer: '同一人' }), 'foreign_community', { details: { community_id: 'gexiang' } });
  const nothing = await gexiang.put(`/v1/same-person-questions/${second}/${NOBODY}`, { same: true, answer: '同一人' });
  expectProblem(nothing, 'same_person_question_not_found', { details: { resident_id: second, other_id: NOBODY } });
});

it('no officer answers about oneself, whichever of the two registrations is stated; a colleague does', async () => {
  const offices = await oneDevice();
  const { gexiang, colleague, world, second } = offices;
  const path = `/v1/same-person-questions/${world.residentId}/${second}`;
  for (const residentId of [world.residentId, second]) {
    await byTwo(world, await officerOf(world, null), 'officer_person', { officerId: world.gexiang.id, residentId });
    const details = { officer_id: world.gexiang.id, resident_id: residentId };
    expectProblem(await gexiang.put(path, { same: false, answer: '不是我' }), 'officer_concerned', { details });
  }
  expect((await colleague.put(path, { same: true, answer: '同一人' })).status).toBe(200);
});

it('questions, and who is one person, are found by an index', async () => {
  const world = await openWorld();
  const plans = await plansOf(world, async () => {
    await samePersonPage(world.store, 'gexiang', { limit: 10, after: [NOBODY, NOBODY] });
    await samePersonIds(world.store, world.residentId);
  });
  expect(plans.flatMap(({ scans }) => scans)).toEqual([]);
  // The primary key has no name of its own on SQLite.
  expect(plans.flatMap(({ uses }) => uses)).toEqual(expect.arrayContaining(['same_person_open', 'same_person_other']));
});

it('whoever registers somebody reads no more than those of the name', async () => {
  const world = await openWorld();
  const plans = await plansOf(world, () => world.register('gexiang'));
  const named = plans.filter(({ statement }) => /from "resident"/.test(statement));
  expect(named.length).toBeGreaterThan(0);
  expect(named.flatMap(({ scans }) => scans)).toEqual([]);
  await world.refused(
    answerSamePerson,
    { by: world.gexiang, residentId: world.residentId, otherId: NOBODY, same: true, answer: '无' },
    'same_person_question_not_found',
  );
});

it('the residents of a name are read only after the row that whoever adds one writes, so that none comes in between', () => {
  const told = { by: street, communityId: 'gexiang', name: '葛小米', ...consented, phoneHash: 'ab'.repeat(16), phoneSealed: 'sealed' };
  const wantedBy = (has: boolean) =>
    registerResident
      .load(told, { get: () => undefined, list: () => [], used: () => 0, has: () => has }, 0)
      .map(({ table, group = table }) => group);
  expect(wantedBy(false)).toEqual(['community', 'residentPhone', 'nameSlot']);
  expect(wantedBy(true)).toEqual(['community', 'residentPhone', 'nameSlot', 'named']);
});
