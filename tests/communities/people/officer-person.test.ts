import { describe, expect, it } from 'vitest';
import { approveProposal, propose } from '../../../src/api/index.ts';
import { appointOfficer, confirmOfficerPerson, grant, isPersonStated, officerById, personUntil } from '../../../src/communities/index.ts';
import { deedOf } from '../../support/deeds.ts';
import { refusedAlone } from '../../support/refused-alone.ts';
import { START } from '../../support/scheme.ts';
import { byTwo, officerOf, someSecret } from '../../support/two-officers.ts';
import { openWorld, type World } from '../../support/world.ts';

const YEAR = 365 * 86_400_000;
const nobody = (prefix: string) => `${prefix}_${'0'.repeat(32)}`;

/** An officer about whom nothing is stated, as those who were appointed before it was asked. */
async function unstated(world: World) {
  const { id } = await world.must(appointOfficer, { name: '王一', communityId: 'gexiang' });
  return { id, communityId: 'gexiang' };
}

const state = async (world: World, officerId: string, residentId: string | null) =>
  byTwo(world, await officerOf(world, null), 'officer_person', { officerId, residentId });

describe('who an officer is as a resident', () => {
  it('is stated when two officers appoint one', async () => {
    const world = await openWorld();
    const input = { name: '赵六', communityId: 'gexiang', residentId: world.residentId };
    const { id } = (await byTwo(world, await officerOf(world, null), 'officer', input)) as { id: string };
    expect(await officerById(world.store, id)).toMatchObject({ residentId: world.residentId, residentSince: world.clock.now });
    const { id: none } = await world.must(appointOfficer, { name: '钱七', communityId: null, residentId: null });
    expect(await officerById(world.store, none)).toMatchObject({ residentId: null, residentSince: world.clock.now });
    await refusedAlone(world, appointOfficer, { ...input, residentId: nobody('res') }, 'resident_not_found');
  });

  it('is stated or changed by two officers of the street', async () => {
    const world = await openWorld();
    const { residentId, clock, store } = world;
    const { id } = await unstated(world);
    expect(await officerById(store, id)).toMatchObject({ residentId: null, residentSince: null });
    expect(await state(world, id, residentId)).toEqual({ officer_id: id, stated_until: clock.now + YEAR });
    expect(await officerById(store, id)).toMatchObject({ residentId, residentSince: clock.now });
    await state(world, id, null);
    expect(await officerById(store, id)).toMatchObject({ residentId: null, residentSince: clock.now });
    const [, proposal] = await store.read.select().from(store.tables.proposal);
    expect(proposal).toMatchObject({ command: 'officer_person', residentId: null });
  });

  it('is proposed by the street alone, about an officer and a resident who are there', async () => {
    const world = await openWorld();
    const { residentId, gexiang } = world;
    const street = await officerOf(world, null);
    const second = await officerOf(world, null);
    const asked = { by: street, command: 'officer_person' as const, input: { officerId: gexiang.id, residentId }, reason: '登记' };
    await refusedAlone(world, propose, { ...asked, by: gexiang }, 'street_only');
    const approve = async (input: object, code: string) => {
      const { id } = await world.must(propose, { ...asked, input });
      await refusedAlone(world, approveProposal, { by: second, id, reason: null, secret: someSecret }, code);
    };
    await approve({ officerId: nobody('off'), residentId }, 'officer_not_found');
    await approve({ officerId: gexiang.id, residentId: nobody('res') }, 'resident_not_found');
    const { id } = await world.must(propose, asked);
    await refusedAlone(world, approveProposal, { by: street, id, reason: null, secret: someSecret }, 'same_officer');
    const proposals = await world.store.read.select().from(world.store.tables.proposal);
    expect(proposals.find((row) => row.id === id)).toMatchObject({ residentId });
  });

  it('counts for a year, and is confirmed by the officer for another, also after it has run out', async () => {
    const world = await openWorld();
    const { clock, store, residentId } = world;
    const by = await unstated(world);
    await state(world, by.id, residentId);
    clock.now = START + YEAR - 1;
    expect(isPersonStated(await officerById(store, by.id), clock.now)).toBe(true);
    clock.advance(1);
    expect(isPersonStated(await officerById(store, by.id), clock.now)).toBe(false);
    expect(await world.must(confirmOfficerPerson, { by, residentId })).toEqual({ officer_id: by.id, stated_until: clock.now + YEAR });
    const officer = (await officerById(store, by.id))!;
    expect([officer.residentId, personUntil(officer), isPersonStated(officer, clock.now)]).toEqual([residentId, clock.now + YEAR, true]);
  });

  it('is never changed by the officer, nor stated first', async () => {
    const world = await openWorld();
    const { residentId, gexiang } = world;
    await refusedAlone(world, confirmOfficerPerson, { by: gexiang, residentId }, 'officer_person_differs');
    await refusedAlone(world, confirmOfficerPerson, { by: await unstated(world), residentId: null }, 'officer_person_differs');
    const stranger = { id: nobody('off'), communityId: 'gexiang' };
    await refusedAlone(world, confirmOfficerPerson, { by: stranger, residentId: null }, 'officer_not_found');
  });

  it('lets the officer grant alone only while it counts', async () => {
    const world = await openWorld();
    const { clock, gexiang } = world;
    const by = await unstated(world);
    expect(await refusedAlone(world, grant, deedOf(world, { by }), 'officer_person_unstated')).toEqual({ officer_id: by.id });
    await state(world, by.id, null);
    await world.must(grant, deedOf(world, { by }));
    clock.now = START + YEAR;
    const refused = await refusedAlone(world, grant, deedOf(world, { by: gexiang }), 'officer_person_unstated');
    expect(refused).toEqual({ officer_id: gexiang.id, ended_at: START + YEAR });
    await world.must(confirmOfficerPerson, { by: gexiang, residentId: null });
    await world.must(grant, deedOf(world, { by: gexiang }));
  });
});
