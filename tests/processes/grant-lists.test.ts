/** A list of grants that several processes carry out at once, one of which ends in the middle. */
import { expect, it } from 'vitest';
import { carryOutGrantList, carryOutGrantLists, grantListById, rowsOfGrantList } from '../../src/communities/index.ts';
import { Unavailable } from '../../src/ledger/index.ts';
import { approveList, listedIn } from '../support/lists.ts';
import { insist, openWriters } from '../support/processes.ts';
import { expectWhole } from '../support/server.ts';
import { all } from '../support/stores.ts';
import { openWorld } from '../support/world.ts';

it('a list is granted once by all of them together, whichever of them ends', async () => {
  const world = await openWorld();
  const people = [world.residentId, await world.register('gexiang'), await world.register('wanhe')];
  const rows = Array.from({ length: 90 }, (_, n) => listedIn(world, { residentId: people[n % 3]!, externalReference: `活动-${n}` }));
  const listId = await approveList(world, [...rows, listedIn(world, { residentId: `res_${'0'.repeat(32)}` })], 910);
  const writers = await openWriters(world, 3);
  const { store: view, clock } = world;
  let left = 25;
  const ends: typeof world.engine.bySystem = (...call) =>
    left-- > 0 ? writers[0]!.engine.bySystem(...call) : Promise.reject(new Unavailable('it ended'));
  const outcomes = await Promise.allSettled([
    carryOutGrantList({ view, engine: { bySystem: ends } as typeof world.engine }, listId),
    insist(() => carryOutGrantList({ view, engine: writers[1]!.engine }, listId)),
    insist(() => carryOutGrantLists({ view, engine: writers[2]!.engine, clock: () => clock.now })),
  ]);
  expect(outcomes.slice(1).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  await carryOutGrantLists({ view, engine: world.engine, clock: () => clock.now });
  expect(await grantListById(view, listId)).toMatchObject({ granted: 90, refused: 1, doneAt: clock.now });
  const grants = await all(view, 'grant');
  expect(new Set(grants.map(({ externalReference }) => externalReference)).size).toBe(90);
  expect(grants).toHaveLength(90);
  const granted = (await rowsOfGrantList(view, { id: listId })).flatMap(({ outcome }) =>
    outcome && 'grantId' in outcome ? [outcome.grantId] : [],
  );
  expect(granted.toSorted()).toEqual(grants.map(({ id }) => id).toSorted());
  await expectWhole(world);
});
