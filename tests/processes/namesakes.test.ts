/** People of one name, whom several processes register or confirm at once: one of them is registered, and the officer is asked about every other. */
import { expect, it } from 'vitest';
import { confirmRegistration, registerResident } from '../../src/communities/index.ts';
import { put } from '../../src/ledger/index.ts';
import { audit } from '../../src/cli/audit.ts';
import { consented } from '../support/consents.ts';
import { insist, openWriters, refusalsOf, succeeded, type Writer } from '../support/processes.ts';
import { book } from '../support/scheme.ts';
import { openWorld, street, type World } from '../support/world.ts';

const WRITERS = 4;
const ATTEMPTS = 12;

function all<T>(writers: readonly Writer[], attempt: (writer: Writer, n: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: ATTEMPTS }, (_, n) => insist(() => attempt(writers[n % WRITERS]!, n))));
}

const person = (name: string, n: number) => {
  const phoneHash = (n + 16).toString(16).repeat(16);
  return { by: street, communityId: 'gexiang', name, ...consented, phoneHash, phoneSealed: 'sealed' };
};

/** Residents of one name who wait to be confirmed. */
async function waiting(world: World, name: string): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < ATTEMPTS; n++) {
    const words = { ...person(name, n), differentPerson: '同名，并非同一人' };
    const { id } = await world.must(registerResident, words);
    ids.push(id);
  }
  const { store, clock } = world;
  const residents = (await store.read.select().from(store.tables.resident)).filter(({ id }) => ids.includes(id));
  const registrations = ids.map((residentId) =>
    put('registration', { residentId, communityId: 'gexiang', madeAt: clock.now, decidedAt: null, decidedBy: null, version: 0 }),
  );
  const asked = (await store.read.select().from(store.tables.samePerson)).map((row) => put('samePerson', { ...row, same: null }));
  await world.run(book, {
    rows: [...residents.map((row) => put('resident', { ...row, status: 'unconfirmed' })), ...registrations, ...asked],
  });
  return ids;
}

it('one is registered, and every other is a question', async () => {
  const world = await openWorld();
  const writers = await openWriters(world, WRITERS);
  for (const name of ['钱多多', '陈小明', '李小红']) {
    const first = name.charCodeAt(0) % 64;
    const outcomes = await all(writers, (writer, n) => writer.run(registerResident, person(name, n + first)));
    expect([name, succeeded(outcomes), refusalsOf(outcomes)]).toEqual([name, 1, { same_person_question: ATTEMPTS - 1 }]);
  }
  expect((await audit(world.store)).ok).toBe(true);
});

it('one is confirmed, and every other is a question', async () => {
  const world = await openWorld();
  const ids = await waiting(world, '钱多多');
  const writers = await openWriters(world, WRITERS);
  const input = { by: world.gexiang, differentPerson: null };
  const outcomes = await all(writers, (writer, n) => writer.run(confirmRegistration, { ...input, residentId: ids[n]! }));
  expect([succeeded(outcomes), refusalsOf(outcomes)]).toEqual([1, { same_person_question: ATTEMPTS - 1 }]);
});
