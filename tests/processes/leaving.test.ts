/** What holds of somebody who leaves in however many processes write one database. */
import { expect, it } from 'vitest';
import { askSignInCode, signInByCode } from '../../src/access/index.ts';
import { endPerson, foundHousehold, residentById } from '../../src/communities/index.ts';
import type { Outcome } from '../../src/ledger/index.ts';
import { requestedFor, WEEK_MS } from '../support/leaving.ts';
import { insist, openWriters, type Writer } from '../support/processes.ts';
import { openWorld, type World } from '../support/world.ts';

const PEOPLE = 12;
const RIGHT = 'c0de'.padEnd(32, '0');

/** People whose time has come. */
async function leaving(world: World): Promise<{ residentId: string; erasureId: string; phoneHash: string }[]> {
  const people = [];
  for (let n = 0; n < PEOPLE; n++) {
    const residentId = await world.register('gexiang');
    const { id: erasureId } = await requestedFor(world, residentId);
    people.push({ residentId, erasureId, phoneHash: (await residentById(world.store, residentId))!.phoneHash });
  }
  world.clock.advance(WEEK_MS);
  return people;
}

/** Ends each of these people in one process, while they do something in another. */
async function endedWhile<P extends { erasureId: string }>(
  writers: readonly Writer[],
  people: readonly P[],
  act: (writer: Writer, person: P, n: number) => Promise<Outcome<object>>,
): Promise<void> {
  await Promise.all(
    people.flatMap((person, n) => [
      insist(() => writers[n % writers.length]!.run(endPerson, { erasureId: person.erasureId })),
      insist(() => act(writers[(n + 1) % writers.length]!, person, n)),
    ]),
  );
}

it('nobody who signs in while another process ends them has a client or a session that is good', async () => {
  const world = await openWorld();
  const writers = await openWriters(world, 4);
  const people = await leaving(world);
  for (const [n, { phoneHash: row }] of people.entries())
    await world.must(askSignInCode, { row, codeHash: RIGHT, slot: `asked:${n}`, known: true });
  await endedWhile(writers, people, (writer, { phoneHash }, n) =>
    writer.run(signInByCode, { phoneHash, codeHash: RIGHT, rows: [phoneHash], slot: `code:${n}`, device: 'a test' }),
  );
  const { read, tables } = world.store;
  const clients = (await read.select().from(tables.client)).filter(({ residentId }) => residentId !== null);
  expect(clients.filter(({ status }) => status !== 'revoked')).toEqual([]);
  expect((await read.select().from(tables.session)).filter(({ endedAt }) => endedAt === null)).toEqual([]);
});

it('nobody who founds a household while another process ends them is left in it', async () => {
  const world = await openWorld();
  const writers = await openWriters(world, 4);
  const people = await leaving(world);
  await endedWhile(writers, people, (writer, { residentId: headId }) => writer.run(foundHousehold, { by: null, headId, reason: null }));
  const { read, tables } = world.store;
  const ids = new Set(people.map(({ residentId }) => residentId));
  const inOne = (await read.select().from(tables.householdOf)).filter(
    ({ residentId, householdId }) => ids.has(residentId) && householdId !== null,
  );
  expect(inOne).toEqual([]);
  expect((await read.select().from(tables.household)).filter(({ endedAt }) => endedAt === null)).toEqual([]);
});
