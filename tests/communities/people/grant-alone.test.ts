import { describe, expect, it } from 'vitest';
import { approveProposal, propose } from '../../../src/api/index.ts';
import type { Acting } from '../../../src/access/index.ts';
import {
  addActionRule,
  appointOfficer,
  endHousehold,
  grant,
  leaveHousehold,
  moveResident,
  previewGrant,
  reverseGrant,
} from '../../../src/communities/index.ts';
import { addDays, dayOf, put, SYSTEM_CLIENT } from '../../../src/ledger/index.ts';
import { deedOf } from '../../support/deeds.ts';
import { householdOf } from '../../support/households.ts';
import { listedIn, proposalOf } from '../../support/lists.ts';
import { refusedAlone } from '../../support/refused-alone.ts';
import { book } from '../../support/scheme.ts';
import { all } from '../../support/stores.ts';
import { byTwo, enact, officerOf, someSecret } from '../../support/two-officers.ts';
import { hourlyRule, openWorld, type World } from '../../support/world.ts';

const DAY = 86_400_000;

/** A world with the limits of a new scheme: a rule gives 10 points an hour. */
async function openBound(): Promise<World> {
  const world = await openWorld();
  await enact(world, 'grant_alone', { points: 200, points_day: 2_000, points_resident_month: 600 });
  return world;
}

const hours = (world: World, quantity: number, changes = {}) => deedOf(world, { quantity, ...changes });

const ofGexiang = ({ gexiang: by }: World) => ({ by, communityId: 'gexiang', class: 'volunteer' as const });

/** The figures of a refused grant to one's own household. */
const details = (by: Acting, residentId: string) => ({ officer_id: by.id, resident_id: residentId });

async function officerWho(world: World, residentId: string): Promise<Acting> {
  return { id: (await world.must(appointOfficer, { name: '王一', communityId: 'gexiang', residentId })).id, communityId: 'gexiang' };
}

describe('a grant without a second officer', () => {
  it('is of at most so many points', async () => {
    const world = await openBound();
    const refused = await refusedAlone(world, grant, hours(world, 21), 'grant_alone_exceeded');
    expect(refused).toEqual({ per: 'grant', limit: 200, used: 0, requested: 210 });
    expect(await world.must(grant, hours(world, 20))).toMatchObject({ points: 200 });
  });

  it('is held to the point: 200 and no more, however 201 are split on one day', async () => {
    const world = await openBound();
    await enact(world, 'grant_alone', { points: 200, points_day: 401, points_resident_month: 201 });
    const ruleId = (await world.must(addActionRule, { ...ofGexiang(world), terms: { ...hourlyRule, per: 'event', points: 1 } })).id;
    const points = (n: number, changes = {}) => hours(world, n, { ruleId, ...changes });
    await refusedAlone(world, grant, points(201), 'grant_alone_exceeded');
    await world.must(grant, points(200));
    await refusedAlone(world, grant, points(2), 'grant_alone_exceeded');
    await world.must(grant, points(1, { occurredOn: addDays(dayOf(world.clock.now), -3) }));
    await refusedAlone(world, grant, points(1), 'grant_alone_exceeded');
    const other = { residentId: await world.register('gexiang') };
    const over = await refusedAlone(world, grant, { ...points(201), ...other }, 'grant_alone_exceeded');
    expect(over).toMatchObject({ per: 'grant' });
    await world.must(grant, points(200, other));
    expect(await refusedAlone(world, grant, points(1, other), 'grant_alone_exceeded')).toMatchObject({ per: 'day', used: 401 });
    await refusedAlone(world, grant, points(1, { occurredOn: addDays(dayOf(world.clock.now), 1) }), 'effective_date_out_of_range');
  });

  it('leaves the officer so many points a month for one resident, from the first of the month anew', async () => {
    const world = await openBound();
    for (const quantity of [20, 20, 19]) await world.must(grant, hours(world, quantity));
    const refused = await refusedAlone(world, grant, hours(world, 2), 'grant_alone_exceeded');
    expect(refused).toEqual({ per: 'month', limit: 600, used: 590, requested: 20 });
    await world.must(grant, hours(world, 1));
    await refusedAlone(world, grant, hours(world, 1), 'grant_alone_exceeded');
    const receiving = { id: world.wanhe.id, communityId: 'wanhe' };
    await world.must(moveResident, { by: receiving, id: world.residentId, proof: { reason: '搬家' } });
    await refusedAlone(world, grant, hours(world, 1), 'grant_alone_exceeded');
    await world.must(grant, hours(world, 20, { residentId: await world.register('gexiang') }));
    await world.must(grant, hours(world, 20, { by: await officerOf(world, 'gexiang') }));
    world.clock.now = Date.parse('2026-03-31T23:59:59.999+08:00');
    await refusedAlone(world, grant, hours(world, 1), 'grant_alone_exceeded');
    world.clock.advance(1);
    await world.must(grant, hours(world, 20));
  });

  it('leaves the officer so many points a day, by the day of the act and not of the deed', async () => {
    const world = await openBound();
    for (let n = 0; n < 10; n++) await world.must(grant, hours(world, 20, { residentId: await world.register('gexiang') }));
    const more = hours(world, 1, { residentId: await world.register('gexiang'), occurredOn: addDays(dayOf(world.clock.now), -40) });
    const refused = await refusedAlone(world, grant, more, 'grant_alone_exceeded');
    expect(refused).toEqual({ per: 'day', limit: 2_000, used: 2_000, requested: 10 });
    await world.must(grant, { ...more, by: await officerOf(world, 'gexiang') });
    world.clock.advance(DAY);
    await world.must(grant, more);
  });

  it('gives nothing back when it is reversed', async () => {
    const world = await openBound();
    for (let n = 0; n < 3; n++) {
      const { id } = await world.must(grant, hours(world, 20));
      await world.must(reverseGrant, { by: world.gexiang, grantId: id, reason: '登记错误' });
    }
    await refusedAlone(world, grant, hours(world, 1), 'grant_alone_exceeded');
    for (let n = 0; n < 7; n++) {
      const { id } = await world.must(grant, hours(world, 20, { residentId: await world.register('gexiang') }));
      await world.must(reverseGrant, { by: world.gexiang, grantId: id, reason: '登记错误' });
    }
    const another = hours(world, 1, { residentId: await world.register('gexiang') });
    expect(await refusedAlone(world, grant, another, 'grant_alone_exceeded')).toMatchObject({ per: 'day', used: 2_000 });
  });

  it('holds though many arrive together', async () => {
    const world = await openBound();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => world.run(grant, hours(world, 10))));
    expect(outcomes.filter((outcome) => 'reply' in outcome)).toHaveLength(6);
  });

  it('writes two counters more than one with a second officer, and no other row', async () => {
    const world = await openBound();
    const countsOf = async () => {
      const { read, tables } = world.store;
      const counts = await Promise.all(Object.entries(tables).map(async ([name, table]) => [name, await read.$count(table)] as const));
      return new Map(counts);
    };
    const written = async (act: () => Promise<unknown>) => {
      const before = await countsOf();
      await act();
      return Object.fromEntries([...(await countsOf())].map(([name, n]) => [name, n - before.get(name)!]).filter(([, n]) => n !== 0));
    };
    const [a, b] = [await world.register('gexiang'), await world.register('gexiang')];
    const second = await officerOf(world, 'gexiang');
    await world.must(grant, hours(world, 1));
    const byTwoWritten = await written(() => world.must(grant, hours(world, 1, { residentId: a, approvedBy: second.id })));
    // The day's counter of the officer is there already.
    const aloneWritten = await written(() => world.must(grant, hours(world, 1, { residentId: b })));
    expect(aloneWritten).toEqual({ ...byTwoWritten, limitUse: byTwoWritten['limitUse']! + 1 });
    world.clock.advance(DAY);
    const c = await world.register('gexiang');
    const first = await written(() => world.must(grant, hours(world, 1, { residentId: c })));
    expect(first).toEqual({ ...byTwoWritten, limitUse: byTwoWritten['limitUse']! + 2 });
  });

  it('binds nobody who proposes, nor the system', async () => {
    const world = await openBound();
    const { by: _by, approvedBy: _none, ...deed } = hours(world, 100);
    expect(await byTwo(world, world.gexiang, 'grant', deed)).toMatchObject({ points: 1_000 });
    await world.must(grant, hours(world, 100, { by: { id: SYSTEM_CLIENT, communityId: 'gexiang' } }));
    await world.must(grant, hours(world, 20));
  });

  it('tells by its preview that it takes a second officer, and what is left', async () => {
    const world = await openBound();
    const { gexiang, residentId } = world;
    await world.must(grant, hours(world, 5));
    const asking = { client: SYSTEM_CLIENT, actor: gexiang.id, at: world.clock.now };
    const by = { id: gexiang.id, communityId: 'gexiang' };
    const limits = [
      { per: 'grant', limit: 200, used: 0, left: 200, freesOn: null },
      { per: 'day', limit: 2_000, used: 50, left: 1_950, freesOn: '2026-03-03' },
      { per: 'month', limit: 600, used: 50, left: 550, freesOn: '2026-04-01' },
    ];
    const small = await previewGrant(world.store, { ...hours(world, 1), by }, asking);
    expect(small).toMatchObject({ refusal: null, secondOfficer: false, alone: { refusal: null, limits } });
    expect(small.alone.personUntil).toBe(world.clock.now + 365 * DAY);
    const large = await previewGrant(world.store, { ...hours(world, 21), by }, asking);
    const why = { refused: 'grant_alone_exceeded', details: { per: 'grant', limit: 200, used: 0, requested: 210 } };
    expect(large).toMatchObject({ points: 210, refusal: null, secondOfficer: true, alone: { refusal: why, limits } });
    const own = await officerWho(world, residentId);
    const toOwn = await previewGrant(world.store, { ...hours(world, 1), by: { id: own.id, communityId: 'gexiang' } }, asking);
    expect(toOwn).toMatchObject({ refusal: { refused: 'grant_to_own_household' }, secondOfficer: false, alone: { refusal: null } });
  });
});

describe('a grant to oneself or the own household', () => {
  it('is refused to the officer who grants alone', async () => {
    const world = await openWorld();
    const { residentId } = world;
    const by = await officerWho(world, residentId);
    const partner = await world.register('wanhe');
    await householdOf(world, residentId, partner);
    expect(await refusedAlone(world, grant, hours(world, 1, { by }), 'grant_to_own_household')).toEqual(details(by, residentId));
    const toPartner = hours(world, 1, { by, residentId: partner });
    expect(await refusedAlone(world, grant, toPartner, 'grant_to_own_household')).toEqual(details(by, partner));
    await world.must(grant, hours(world, 1, { by, residentId: await world.register('gexiang') }));
  });

  it('is refused as well where such an officer proposes it, or approves it', async () => {
    const world = await openWorld();
    const { residentId, gexiang } = world;
    const friend = await world.register('gexiang');
    await householdOf(world, residentId, friend);
    const near = await officerWho(world, friend);
    const { by: _by, approvedBy: _none, ...deed } = hours(world, 1);
    for (const [first, second] of [
      [near, gexiang],
      [gexiang, near],
    ] as const) {
      const { id } = await world.must(propose, { by: first, command: 'grant', input: deed, reason: '两人同意' });
      const approval = { by: second, id, reason: null, secret: someSecret };
      expect(await refusedAlone(world, approveProposal, approval, 'grant_to_own_household')).toEqual(details(near, residentId));
    }
    expect(await byTwo(world, gexiang, 'grant', deed)).toMatchObject({ points: 10 });
  });

  it('is refused to another registration of the officer, as long as an officer says that both are one person', async () => {
    const world = await openWorld();
    const { residentId, gexiang } = world;
    const own = await world.register('gexiang');
    const by = await officerWho(world, own);
    const saidToBe = async (same: 0 | 1 | null) => {
      const [asked] = await all(world.store, 'samePerson');
      const question = {
        residentId: own,
        otherId: residentId,
        communityId: 'gexiang',
        why: 'name',
        foundAt: 1,
        version: asked?.version ?? 0,
      };
      await world.run(book, { rows: [put('samePerson', { ...question, same, answer: '同一人', answeredBy: gexiang.id, answeredAt: 1 })] });
    };
    await saidToBe(1);
    expect(await refusedAlone(world, grant, hours(world, 1, { by }), 'grant_to_own_household')).toEqual(details(by, residentId));
    await refusedAlone(world, propose, proposalOf(world, [listedIn(world)], by), 'officer_in_list');
    for (const same of [0, null] as const) {
      await saidToBe(same);
      await world.must(grant, hours(world, 1, { by }));
    }
  });

  it('is refused for a deed of a day on which they lived together, though it was left yesterday', async () => {
    const world = await openWorld();
    const { residentId, clock } = world;
    const friend = await world.register('gexiang');
    const by = await officerWho(world, friend);
    await householdOf(world, residentId, friend);
    const together = dayOf(clock.now);
    clock.advance(5 * DAY);
    await world.must(leaveHousehold, { by: null, residentId: friend, reason: null });
    const left = dayOf(clock.now);
    clock.advance(DAY);
    const of = (occurredOn: string) => hours(world, 1, { by, occurredOn });
    for (const day of [addDays(together, -7), together, left]) await refusedAlone(world, grant, of(day), 'grant_to_own_household');
    await world.must(grant, of(dayOf(clock.now)));
  });

  it('is refused for a deed of before they lived together, too, and until the end of the day on which it ended', async () => {
    const world = await openWorld();
    const { residentId, clock } = world;
    const by = await officerWho(world, await world.register('gexiang'));
    const before = dayOf(clock.now);
    const person = (await world.store.read.select().from(world.store.tables.officer)).find(({ id }) => id === by.id)!.residentId!;
    clock.advance(2 * DAY);
    await householdOf(world, residentId, person);
    await world.must(endHousehold, { of: { by: null, headId: residentId } });
    await refusedAlone(world, grant, hours(world, 1, { by, occurredOn: before }), 'grant_to_own_household');
    await refusedAlone(world, grant, hours(world, 1, { by }), 'grant_to_own_household');
    clock.advance(DAY);
    await world.must(grant, hours(world, 1, { by }));
  });

  it('is refused also when the statement has run out', async () => {
    const world = await openWorld();
    const { residentId, clock, gexiang } = world;
    const near = await officerWho(world, residentId);
    clock.advance(400 * DAY);
    await refusedAlone(world, grant, hours(world, 1, { by: near }), 'grant_to_own_household');
    await refusedAlone(world, grant, hours(world, 1, { by: gexiang, approvedBy: near.id }), 'grant_to_own_household');
  });
});
