/** People who leave, beside everything else that there is of people: numbers, homes, households, questions, lists and officers. */
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { propose } from '../../../src/api/index.ts';
import {
  addHouseholdMember,
  answerSamePerson,
  appointOfficer,
  changePhone,
  correctResidentName,
  declineRegistration,
  foundHousehold,
  type GrantList,
  joinHousehold,
  mintHouseholdCode,
  moveResident,
  officerById,
  recordConsent,
  registerResident,
  registrationsPage,
  residentById,
  residentsNamedLike,
  samePersonPage,
  stopPhoneChange,
} from '../../../src/communities/index.ts';
import { type Command, put } from '../../../src/ledger/index.ts';
import { rowByKey } from '../../../src/store/index.ts';
import { consented } from '../../support/consents.ts';
import { dyingAfter, erased, eraseRun, requestedFor, sound, WEEK_MS } from '../../support/leaving.ts';
import { listedIn, proposalOf, proposeList } from '../../support/lists.ts';
import { refusedAlone } from '../../support/refused-alone.ts';
import { book } from '../../support/scheme.ts';
import { brokenBy } from '../../support/tampering.ts';
import { byTwo, officerOf } from '../../support/two-officers.ts';
import { openWorld, street, type World } from '../../support/world.ts';

const phone = { phoneHash: 'ab'.repeat(16), phoneSealed: 'sealed' };
const code = { row: 'c'.repeat(32), codeHash: 'd'.repeat(32) };

/** A question whether the resident is the same person as another, who is returned. */
async function questionOf(world: World): Promise<string> {
  const otherId = await world.register('gexiang');
  const open = { same: null, answer: null, answeredBy: null, answeredAt: null };
  const pair = { residentId: otherId, otherId: world.residentId, communityId: 'gexiang', why: 'device', foundAt: 1 };
  await world.must(book, { rows: [put('samePerson', { ...pair, ...open, version: 0 })] });
  return otherId;
}

const questions = async ({ store }: World) => (await samePersonPage(store, 'gexiang', { limit: 9 })).length;

describe('somebody who was erased', () => {
  it('gets no other name, number, home or household, no consent and no answer, and is no officer', async () => {
    const world = await openWorld();
    const { residentId, gexiang } = world;
    const otherId = await questionOf(world);
    const { id: householdId } = await world.must(foundHousehold, { by: null, headId: otherId, reason: null });
    const codeHash = 'e'.repeat(32);
    const formerHash = (await residentById(world.store, residentId))!.phoneHash;
    expect(await questions(world)).toBe(1);
    await erased(world);
    expect(await questions(world)).toBe(0);
    await world.must(mintHouseholdCode, { headId: otherId, codeHash, sealedCode: 'sealed' });
    const gone = <I, R>(command: Command<I, R>, input: I) => refusedAlone(world, command, input, 'resident_erased');
    await gone(correctResidentName, { by: gexiang, id: residentId, name: '葛大米', reason: '错字' });
    await gone(changePhone, { residentId, sessionId: 'none', phone, formerHash, codes: [code, code] });
    await gone(moveResident, { by: { ...world.wanhe, communityId: 'wanhe' }, id: residentId, proof: { reason: '搬家' } });
    await gone(foundHousehold, { by: gexiang, headId: residentId, reason: '本人到场' });
    await gone(mintHouseholdCode, { headId: residentId, codeHash: 'f'.repeat(32), sealedCode: 'sealed' });
    await gone(joinHousehold, { residentId, codeHash });
    await gone(addHouseholdMember, { by: gexiang, householdId, residentId, reason: '户口本' });
    await gone(answerSamePerson, { by: gexiang, residentId: otherId, otherId: residentId, same: true, answer: '同一人' });
    await gone(recordConsent, { by: gexiang, residentId, consent: consented.consent });
    await gone(appointOfficer, { name: '赵六', communityId: 'gexiang', residentId });
    const officer = await officerOf(world, 'gexiang');
    const stated = byTwo(world, await officerOf(world, null), 'officer_person', { officerId: officer.id, residentId });
    await expect(stated).rejects.toThrow('resident_erased');
    await expect(byTwo(world, gexiang, 'phone', { residentId, ...phone })).rejects.toThrow('resident_erased');
    await expect(requestedFor(world)).rejects.toThrow('resident_erased');
    await sound(world);
  });

  it('is found by nobody from the moment of ending, and S12 says so', async () => {
    const world = await openWorld();
    const found = async () => (await residentsNamedLike(world.store, '小米', 'gexiang', { limit: 9 })).length;
    expect(await found()).toBe(1);
    await requestedFor(world);
    world.clock.advance(WEEK_MS);
    const { store, clock } = world;
    await eraseRun({ ...world, engine: dyingAfter(world, 1) }).catch(() => {});
    expect(await residentById(store, world.residentId)).toMatchObject({ status: 'ended', name: '葛小米' });
    expect(await found()).toBe(0);
    await sound(world);
    clock.advance(1);
    await eraseRun(world);
    expect(await residentById(store, world.residentId)).toMatchObject({ name: '', nameKey: null });
    const { residentKey } = store.tables;
    const keys = await store.read.select().from(residentKey).where(eq(residentKey.residentId, world.residentId));
    expect([...new Set(keys.map(({ key }) => key))]).toEqual([null]);
    await sound(world);
  });

  it('sets every number free: that of before too, which was held after a change at a counter', async () => {
    const world = await openWorld();
    const { residentId, gexiang, store } = world;
    const { phoneHash } = (await residentById(store, residentId))!;
    await byTwo(world, gexiang, 'phone', { residentId, ...phone });
    expect(await rowByKey(store, 'residentPhone', phoneHash)).toMatchObject({ residentId, heldUntil: expect.any(Number) });
    await erased(world);
    for (const hash of [phoneHash, phone.phoneHash]) {
      expect(await rowByKey(store, 'residentPhone', hash)).toMatchObject({ residentId: null, heldUntil: null, heardAt: null });
    }
    const [{ id } = { id: '' }] = await store.read.select().from(store.tables.phoneChange);
    await world.refused(stopPhoneChange, { by: gexiang, id, code }, 'phone_change_over');
  });

  it('keeps its hands off a number that somebody else has by now: of one who was declined, and of one who was erased', async () => {
    const world = await openWorld();
    const { residentId, store, clock, gexiang } = world;
    const resident = (await residentById(store, residentId))!;
    const { phoneHash, phoneSealed } = resident;
    const registration = { residentId, communityId: 'gexiang', madeAt: clock.now, decidedAt: null, decidedBy: null, version: 0 };
    await world.must(book, { rows: [put('resident', { ...resident, status: 'unconfirmed' }), put('registration', registration)] });
    await world.must(declineRegistration, { by: gexiang, residentId, reason: '不住在本社区' });
    const told = { by: street, communityId: 'gexiang', name: '葛小麦', phoneHash, phoneSealed, ...consented };
    const { id: second } = await world.must(registerResident, told);
    await erased(world);
    expect(await residentById(store, residentId)).toMatchObject({ status: 'ended', name: '', statusReason: '' });
    expect(await rowByKey(store, 'residentPhone', phoneHash)).toMatchObject({ residentId: second });
    await requestedFor(world, second);
    clock.advance(WEEK_MS);
    await eraseRun(world);
    const { id: third } = await world.must(registerResident, told);
    clock.advance(600_000);
    expect(await eraseRun(world)).toBe(1);
    expect(await rowByKey(store, 'residentPhone', phoneHash)).toMatchObject({ residentId: third });
    expect(await residentById(store, third)).toMatchObject({ status: 'active', name: '葛小麦', phoneHash });
    await sound(world);
  });

  it('is no officer’s person any more, and the officer says anew who they are', async () => {
    const world = await openWorld();
    const { id } = await world.must(appointOfficer, { name: '赵六', communityId: 'gexiang', residentId: world.residentId });
    await erased(world);
    expect(await officerById(world.store, id)).toMatchObject({ residentId: null, residentSince: null });
  });

  it('waits for no officer, if they registered on their own phone', async () => {
    const world = await openWorld();
    const { residentId, store, clock } = world;
    const resident = (await residentById(store, residentId))!;
    const registration = { residentId, communityId: 'gexiang', madeAt: clock.now, decidedAt: null, decidedBy: null, version: 0 };
    await world.must(book, { rows: [put('resident', { ...resident, status: 'unconfirmed' }), put('registration', registration)] });
    const waiting = async () => (await registrationsPage(store, 'gexiang', { limit: 9 })).length;
    expect(await waiting()).toBe(1);
    await erased(world);
    expect(await waiting()).toBe(0);
    await sound(world);
  });
});

it('somebody who was declined is found by nobody, also after a correction, and S12 says so', async () => {
  const world = await openWorld();
  const { residentId, store, clock, gexiang } = world;
  const resident = (await residentById(store, residentId))!;
  const registration = { residentId, communityId: 'gexiang', madeAt: clock.now, decidedAt: null, decidedBy: null, version: 0 };
  await world.must(book, { rows: [put('resident', { ...resident, status: 'unconfirmed' }), put('registration', registration)] });
  await world.must(declineRegistration, { by: gexiang, residentId, reason: '不住在本社区' });
  await sound(world);
  await world.must(correctResidentName, { by: gexiang, id: residentId, name: '葛大米', reason: '错字' });
  await sound(world);
  expect(await residentsNamedLike(store, '大米', 'gexiang', { limit: 9 })).toEqual([]);
  const found = await brokenBy(world, (raw) => raw.exec(`update resident_key set "key" = ${raw.bytes('ff')} where place = 0`));
  expect(found).toEqual({ S12: `${residentId}: it is found, though it was declined or erased` });
});

/** The input of a proposed list. */
const inputOf = async ({ store }: World, id: string): Promise<GrantList> =>
  JSON.parse((await rowByKey(store, 'proposal', id))!.input) as GrantList;

describe('a list of grants', () => {
  it('loses the words about one who leaves: its references, points and hash stay, and so do the words about others', async () => {
    const world = await openWorld();
    const neighbour = await world.register('gexiang');
    const rows = [
      listedIn(world, { externalReference: '活动-1' }),
      listedIn(world, { residentId: neighbour, externalReference: '活动-2' }),
    ];
    const { id } = await proposeList(world, rows, 20);
    const before = await inputOf(world, id);
    await erased(world);
    expect(await inputOf(world, id)).toEqual({ ...before, rows: [{ ...rows[0], description: '' }, rows[1]] });
    await sound(world);
  });

  it('is stored without words about somebody who had left when it was proposed', async () => {
    const world = await openWorld();
    const neighbour = await world.register('gexiang');
    await erased(world);
    const rows = [listedIn(world), listedIn(world, { residentId: neighbour })];
    const { id } = await proposeList(world, rows, 20);
    expect((await inputOf(world, id)).rows).toEqual([{ ...rows[0], description: '' }, rows[1]]);
    const { by: _, approvedBy: __, ...deed } = { ...listedIn(world), by: null, approvedBy: null };
    const { id: single } = await world.must(propose, { by: world.gexiang, command: 'grant', input: deed, reason: '三月' });
    expect(await rowByKey(world.store, 'proposal', single)).toMatchObject({ residentId: null });
    await sound(world);
  });

  it('is stored without its reason, too, if that names somebody whose name is still there for a moment', async () => {
    const world = await openWorld();
    const neighbour = await world.register('wanhe');
    const [resident] = await world.store.read
      .select()
      .from(world.store.tables.resident)
      .where(eq(world.store.tables.resident.id, world.residentId));
    await world.must(book, { rows: [put('resident', { ...resident!, status: 'ended' })] });
    const rows = [listedIn(world), listedIn(world, { residentId: neighbour })];
    const reasonOf = async (reason: string) => {
      const { id } = await world.must(propose, { ...proposalOf(world, rows), reason });
      return (await rowByKey(world.store, 'proposal', id))!.reason;
    };
    expect([await reasonOf('葛 小米等人'), await reasonOf('三月志愿活动')]).toEqual(['', '三月志愿活动']);
  });
});
