/** The clock of a process that is set while it runs, or was while it did not. */
import { Command } from 'commander';
import { expect, it, onTestFinished, vi } from 'vitest';
import { databaseOption } from '../src/cli/database.ts';
import { writing } from '../src/cli/writing.ts';
import { clockGap, closeDay, dayOf, entriesOfDay, lastClosedDay } from '../src/ledger/index.ts';
import { watchClock } from '../src/clock.ts';
import { openReadable, type ReadableStore } from '../src/store/index.ts';
import { callmiIn } from './support/callmi.ts';
import { aheadMs } from './support/clock.ts';
import { keysInEnvironment } from './support/keys.ts';
import { expectWhole, prepare, type Prepared, readiness, redeemAt, type Server, startServer } from './support/server.ts';
import { wallClock } from './support/wall-clock.ts';
import { openWorld } from './support/world.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

async function reading<T>({ url }: Pick<Prepared, 'url'>, work: (store: ReadableStore) => Promise<T>): Promise<T> {
  const store = await openReadable(url);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const becomes = (server: Server, state: string) => expect.poll(() => readiness(server)).toBe(state);

it('while the clock is 400 days ahead tills are answered 503, nothing expires, no refusal is stored, and every later entry is found by its day', async () => {
  const prepared = await prepare(6);
  const clock = wallClock();
  const server = await startServer(prepared, clock.env);
  const redeemed = (n: number) => redeemAt(server, `attempt-${n}`, prepared.shown[n]!.code);
  expect((await redeemed(0)).status).toBe(201);

  clock.set(400 * DAY);
  const meanwhile = await Promise.all([1, 2, 3].map(redeemed));
  expect(meanwhile.map(({ status, text }) => [status, (JSON.parse(text) as { code: string }).code])).toEqual(
    Array.from({ length: 3 }, () => [503, 'unavailable']),
  );
  await becomes(server, 'clock_wrong');
  await expect.poll(() => server.printed()).toContain('the clock is wrong: commands');

  clock.set(0);
  await becomes(server, 'ready');
  await expect.poll(() => server.printed()).toContain('the clock is right again');
  for (const n of [1, 2, 3, 4]) expect((await redeemed(n)).status).toBe(201);
  await server.stop('SIGTERM');

  await reading(prepared, async (store) => {
    const { tables, read } = store;
    const states = (await read.select({ state: tables.voucher.state }).from(tables.voucher)).map(({ state }) => state);
    expect(states.toSorted()).toEqual(['issued', ...Array.from({ length: 5 }, () => 'redeemed')]);
    const outcomes = await read.select({ outcome: tables.request.outcome, at: tables.request.at }).from(tables.request);
    expect(outcomes.filter(({ outcome, at }) => outcome?.includes('"refused"') || at > Date.now() + MINUTE)).toEqual([]);
    const entries = await read.select().from(tables.entry);
    for (const day of new Set(entries.map(({ businessDay }) => businessDay))) {
      const found = (await Array.fromAsync(entriesOfDay(store, day, 100))).flat();
      expect(found).toHaveLength(entries.filter(({ businessDay }) => businessDay === day).length);
    }
    expect(entries.filter(({ recordedAt }) => recordedAt > Date.now() + MINUTE)).toEqual([]);
  });
  await expectWhole(prepared);
});

it('after a pause of up to 31 days a server goes on, and closes each day by itself', async () => {
  const prepared = await prepare(1);
  const server = await startServer(prepared, wallClock(20 * DAY).env);
  await becomes(server, 'ready');
  const last = dayOf(Date.now() + 19 * DAY);
  await expect.poll(() => reading(prepared, lastClosedDay)).toBe(last);
  const again = await startServer(prepared, wallClock(25 * DAY).env);
  await expect.poll(() => reading(prepared, lastClosedDay)).toBe(dayOf(Date.now() + 24 * DAY));
  await server.stop('SIGKILL');
  await again.stop('SIGKILL');
  const days = await reading(prepared, async ({ read, tables }) => read.select({ day: tables.businessDay.day }).from(tables.businessDay));
  expect(days.map(({ day }) => day).filter((day) => day > last)).toHaveLength(5);
});

it('after a longer pause no command is taken and no job runs until the operator says which day it is', async () => {
  const prepared = await prepare(1);
  const { env } = wallClock(40 * DAY);
  const server = await startServer(prepared, env);
  expect(await readiness(server)).toBe('clock_unproven');
  expect((await redeemAt(server, 'attempt', prepared.shown[0]!.code)).status).toBe(503);
  const today = dayOf(Date.now() + 40 * DAY);
  const run = (...args: string[]) => callmiIn({ ...prepared.keys, ...env }, prepared.url, ...args);

  for (const command of ['expire', 'close-day']) {
    expect(await run(command)).toMatchObject({ code: 1, err: expect.stringContaining(`callmi resume --day ${today}`) });
  }
  expect(await run('resume', '--day', dayOf(Date.now()))).toMatchObject({ code: 1, err: expect.stringContaining(`says ${today}`) });
  expect(await readiness(server)).toBe('clock_unproven');
  expect(await reading(prepared, async ({ read, tables }) => read.$count(tables.businessDay))).toBe(1);

  expect(await run('resume', '--day', today)).toMatchObject({ code: 0, out: `resumed: it is ${today}\n` });
  await becomes(server, 'ready');
  expect(await run('expire')).toMatchObject({ code: 0 });
});

it.each([
  ['ahead of the books by more than 31 days', 40 * DAY],
  ['behind them', -DAY],
])('a clock that was %s at the start is believed once it is set right, without a restart, as nothing was done by it', async (_how, off) => {
  const prepared = await prepare(1);
  const clock = wallClock(off);
  const server = await startServer(prepared, clock.env);
  expect(await readiness(server)).toBe('clock_unproven');
  const redeemed = () => redeemAt(server, 'attempt', prepared.shown[0]!.code);
  // A token that was given while the clock was ahead is not good for as much longer, and one that was given before has run out.
  clock.set(0);
  await becomes(server, 'ready');
  expect((await redeemed()).status).toBe(401);
  await server.signInAgain();
  expect((await redeemed()).status).toBe(201);
  // From here on the clock is watched as ever.
  clock.set(3 * MINUTE);
  await becomes(server, 'clock_wrong');
  await server.stop('SIGTERM');
  await reading(prepared, async ({ read, tables }) => {
    const rows = await read.select({ at: tables.request.at }).from(tables.request);
    expect(rows.filter(({ at }) => Math.abs(at - Date.now()) > MINUTE)).toEqual([]);
  });
});

it('of two processes on one database only that goes on whose clock is right', async () => {
  const prepared = await prepare(2);
  const clock = wallClock();
  const [jumping, steady] = [await startServer(prepared, clock.env), await startServer(prepared)];
  clock.set(400 * DAY);
  await becomes(jumping, 'clock_wrong');
  expect((await redeemAt(jumping, 'one', prepared.shown[0]!.code)).status).toBe(503);
  expect((await redeemAt(steady, 'one', prepared.shown[0]!.code)).status).toBe(201);
  clock.set(0);
  await becomes(jumping, 'ready');
  expect((await redeemAt(jumping, 'one', prepared.shown[0]!.code)).status).toBe(201);
  expect((await redeemAt(jumping, 'other', prepared.shown[1]!.code)).status).toBe(201);
});

it('a command of the command line takes no further step if the clock jumps while it runs', async () => {
  const world = await openWorld();
  await world.grantHours(world.gexiang, world.residentId, 1);
  await world.close();
  let ahead = 0;
  // The clock of the tests is added to it.
  vi.spyOn(Date, 'now').mockImplementation(() => world.clock.now + ahead - aheadMs(process.env));
  for (const [name, value] of Object.entries(keysInEnvironment)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.restoreAllMocks().unstubAllEnvs());
  const program = new Command().addOption(databaseOption).setOptionValue('database', world.url);
  await writing(program, async ({ engine }) => {
    ahead = 400 * DAY;
    await expect(engine.bySystem(closeDay, { day: dayOf(world.clock.now) }, 'late')).rejects.toThrow('the clock was set meanwhile');
    ahead = 0;
    await engine.bySystem(closeDay, { day: dayOf(world.clock.now - DAY) }, 'then');
  });
});

it('a clock that is behind what is written already is not believed either, by more than two minutes', async () => {
  const world = await openWorld();
  await world.grantHours(world.gexiang, world.residentId, 1);
  const { now } = world.clock;
  expect(await clockGap(world.store, now - 2 * MINUTE)).toBeUndefined();
  expect(await clockGap(world.store, now - 2 * MINUTE - 1)).toEqual({ clock: 'behind', known: now });
  expect(await clockGap(world.store, now + 31 * DAY)).toBeUndefined();
  expect(await clockGap(world.store, now + 31 * DAY + 1)).toEqual({ clock: 'ahead', known: now });
});

type Moved = { wall: number; steady: number; awake: number };

function watched(): { readonly at: Moved; readonly clock: ReturnType<typeof watchClock> } {
  const at: Moved = { wall: 1_000_000, steady: 0, awake: 0 };
  const clock = watchClock(
    () => at.wall,
    () => at.steady,
    () => at.awake,
  );
  return { at, clock };
}

/** Lets the same time pass for all clocks. */
function pass(at: Moved, ms: number): void {
  at.wall += ms;
  at.steady += ms;
  at.awake += ms;
}

it('while the wall clock is wrong the time goes on from its last right one, and it is right again once it is back', () => {
  const { at, clock } = watched();
  pass(at, 1_000);
  expect([clock.now(), clock.wrongBy()]).toEqual([1_001_000, undefined]);
  at.wall += 400 * DAY;
  pass(at, 5_000);
  expect(clock.wrongBy()).toBe(400 * DAY);
  expect(clock.now()).toBe(1_006_000);
  at.wall -= 400 * DAY + 3 * MINUTE;
  expect(clock.wrongBy()).toBe(-3 * MINUTE);
  at.wall += 3 * MINUTE;
  expect([clock.now(), clock.wrongBy()]).toEqual([1_006_000, undefined]);
});

it('a clock that is taken for right is watched from there', () => {
  const { at, clock } = watched();
  at.wall += 400 * DAY;
  expect(clock.wrongBy()).toBe(400 * DAY);
  clock.beginAnew();
  expect([clock.now(), clock.wrongBy()]).toEqual([at.wall, undefined]);
  at.wall -= 400 * DAY;
  expect(clock.wrongBy()).toBe(-400 * DAY);
});

it('a step of two minutes is followed, and so is the sleep of a machine; a clock that runs too fast is found out', () => {
  const { at, clock } = watched();
  at.wall += 2 * MINUTE;
  expect([clock.now(), clock.wrongBy()]).toEqual([at.wall, undefined]);
  at.wall -= 2 * MINUTE;
  at.wall += DAY;
  at.awake += DAY;
  expect([clock.now(), clock.wrongBy()]).toEqual([at.wall, undefined]);
  for (let n = 0; n < 10; n++) {
    pass(at, 1_000);
    at.wall += MINUTE;
    clock.now();
  }
  expect(clock.wrongBy()).toBeGreaterThan(2 * MINUTE);
});
