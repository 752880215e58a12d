/** A business day is closed while several processes go on writing: each batch under way holds on to the day that it is booked on. */
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { grant } from '../../src/communities/index.ts';
import { account, addDays, closeDay, cr, dayOf, dr, Engine, type Outcome } from '../../src/ledger/index.ts';
import { commandIds, type Store } from '../../src/store/index.ts';
import { deedOf } from '../support/deeds.ts';
import { insist, openAhead, openWriters, refusalsOf, succeeded } from '../support/processes.ts';
import { lockWaits, rawOf } from '../support/raw.ts';
import { book, seededChance } from '../support/scheme.ts';
import { expectWhole } from '../support/server.ts';
import { opened } from '../support/stores.ts';
import { openWorld, type World } from '../support/world.ts';

const WRITERS = 4;
const RESIDENTS_OF_EACH = 4;
const DAYS = 8;
const DAY_MS = 24 * 3_600_000;

async function entriesOn({ store }: World, days: readonly string[]): Promise<number[]> {
  const entries = await store.read.select().from(store.tables.entry);
  return days.map((day) => entries.filter(({ businessDay }) => businessDay === day).length);
}

it('a day is closed once those who were before have ended, and whoever comes later waits for that', async () => {
  const world = await openWorld();
  const day = dayOf(world.clock.now);
  const ahead = await openAhead(world);
  const [before, after] = [await opened(world.url), await opened(world.url)];
  const watcher = await rawOf(world);
  let begun = 0;
  // How many wait for a lock, or need not any more.
  const inLine = async () => (await lockWaits(watcher)) + begun;
  /** Begins, holds on until then, and gives the day that it has seen closed last. */
  const hold = (store: Store, end: Promise<unknown>) =>
    store.transaction(async (tx) => {
      begun += 1;
      await end;
      return tx.lastClosedDay();
    });
  const mayEnd = Promise.withResolvers<void>();
  const seenBefore = hold(before, mayEnd.promise);
  while ((await inLine()) < 1);
  const closing = ahead.run(closeDay, { day });
  while ((await inLine()) < 2);
  const seenAfter = hold(after, closing);
  while ((await inLine()) < 3);
  mayEnd.resolve();
  expect(await closing).toMatchObject({ reply: { day } });
  expect([(await seenBefore) < day, await seenAfter]).toEqual([true, day]);
});

it('days are closed one after another while all the others write without a pause, and nothing is booked on one that is closed', async () => {
  const world = await openWorld();
  const writers = await openWriters(world, WRITERS);
  const ahead = await openAhead(world, DAYS);
  const days = Array.from({ length: DAYS }, (_, n) => addDays(dayOf(world.clock.now), n));
  // Several residents each, so that every process has a batch to write while it writes another.
  const residents = await Promise.all(Array.from({ length: WRITERS * RESIDENTS_OF_EACH }, () => world.register('gexiang')));
  const load = { isOver: false, granted: 0 };
  const writing = residents.map(async (residentId, n) => {
    while (!load.isOver) {
      const outcome = await insist(() => writers[n % WRITERS]!.run(grant, deedOf(world, { residentId })));
      load.granted += succeeded([outcome]);
    }
  });
  const bookedWhenClosed: number[] = [];
  try {
    for (const [n, day] of days.entries()) {
      // At least half of these were sent when the day before was closed.
      for (const enough = load.granted + residents.length * 2; load.granted < enough;) await turn();
      // As often as an engine tries by itself, and no more.
      expect(await ahead.run(closeDay, { day })).toMatchObject({ reply: { day } });
      bookedWhenClosed.push((await entriesOn(world, days))[n]!);
    }
  } finally {
    load.isOver = true;
  }
  await Promise.all(writing);
  expect(Math.min(...bookedWhenClosed)).toBeGreaterThan(0);
  expect(await entriesOn(world, days)).toEqual(bookedWhenClosed);
  await expectWhole(world);
});

it('days that one process closes without a pause are closed in their turn, each after what came before', async () => {
  const world = await openWorld();
  const { store, clock } = world;
  const first = dayOf(clock.now);
  const days = Array.from({ length: 40 }, (_, n) => addDays(first, n));
  // Small batches, of which two are under way at a time.
  const engine = new Engine(store, { clock: () => clock.now, newId: commandIds(() => clock.now, seededChance('closing')), batchMax: 3 });
  const submitted = days.flatMap((day): Promise<Outcome<object | null>>[] => {
    const entries = [
      {
        kind: 'grant',
        effectiveAt: clock.now,
        subject: 'x',
        postings: [dr(account.issued('gexiang'), 1), cr(account.escrow('gexiang'), 1)],
      },
    ];
    const booked = Array.from({ length: 4 }, (_, n) => engine.bySystem(book, { entries }, `book:${day}:${n}`));
    clock.advance(DAY_MS);
    return [...booked, engine.bySystem(closeDay, { day }, `close:${day}`)];
  });
  const outcomes = await Promise.all(submitted);
  expect([succeeded(outcomes), refusalsOf(outcomes)]).toEqual([submitted.length, {}]);
  expect(await entriesOn(world, days)).toEqual(days.map(() => 4));
});
