import { expect, it } from 'vitest';
import { createLogger } from '../src/api/index.ts';
import { startJobs } from '../src/jobs.ts';
import { openKeys } from '../src/keys.ts';
import { dayOf } from '../src/ledger/index.ts';
import { voucherById } from '../src/redeem/index.ts';
import { testKeys } from './support/keys.ts';
import { requestedFor, WEEK_MS } from './support/leaving.ts';
import { linesInto } from './support/lines.ts';
import { approveList, listedIn } from './support/lists.ts';
import { enact } from './support/two-officers.ts';
import { openWorld, type World } from './support/world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type More = Partial<Pick<Parameters<typeof startJobs>[0], 'secrets' | 'store' | 'keepErased'>>;

/** One run of the jobs; gives what it logged. */
async function ran({ store: view, engine, clock }: World, more: More = {}): Promise<object[]> {
  const logged: object[] = [];
  const logger = createLogger(
    'info',
    linesInto((line) => logged.push(JSON.parse(line) as object)),
  );
  const stop = startJobs({ view, engine, clock: () => clock.now, ...more }, logger);
  await stop();
  return logged;
}

it('the jobs log the day that they closed or the expiries that they booked, and nothing where there are none', async () => {
  const world = await openWorld();
  await enact(world, 'cut_off', { hour: 20 });
  await world.grantHours(world.gexiang, world.residentId, 10);
  const { validUntil } = (await voucherById(world.store, await world.takeVoucher()))!;
  world.clock.now = validUntil - MINUTE;
  expect(await ran(world)).toMatchObject([
    { day: dayOf(validUntil - MINUTE), vouchers: 0, lots: 0, msg: 'booked what dates have decided' },
  ]);
  expect(await ran(world)).toEqual([]);

  world.clock.now = validUntil;
  const [expired, ...others] = await ran(world);
  expect(expired).toMatchObject({ vouchers: 1, lots: 0 });
  expect([expired, others]).toEqual([expect.not.objectContaining({ day: expect.anything() }), []]);

  world.clock.advance(20 * HOUR);
  expect(await ran(world)).toMatchObject([{ day: dayOf(validUntil), vouchers: 0, lots: 0 }]);
});

it('a job that fails is logged, and the next run continues', async () => {
  const world = await openWorld();
  const away = { ...world, store: { ...world.store, read: undefined as never } };
  expect(await ran(away)).toMatchObject([{ level: expect.anything(), msg: 'a job failed' }]);
  expect(await ran(world)).toMatchObject([{ day: '2026-03-01' }]);
});

it('the jobs go on with lists of grants, and fill in the keys by which residents are found', async () => {
  const world = await openWorld();
  const { secrets } = await openKeys({ databaseUrl: world.url, keys: testKeys }, world.store, world.engine, world.chance);
  await ran(world);
  await approveList(world, [listedIn(world), listedIn(world)], 20);
  expect(await ran(world, { secrets })).toMatchObject([
    { lists: 1, msg: 'carried out lists of grants' },
    { phoneEnds: 1, msg: 'filled in keys by which residents are found' },
  ]);
  expect(await world.store.read.$count(world.store.tables.grant)).toBe(2);
  expect(await ran(world, { secrets })).toEqual([]);
});

function notWritable(): never {
  throw new Error('the folder cannot be written');
}

it('people who cannot be erased, as nothing can be kept beside the keys, hold up no other job', async () => {
  const world = await openWorld();
  const { store, clock } = world;
  await requestedFor(world);
  clock.advance(WEEK_MS);
  await ran(world, { store, keepErased: () => {} });
  clock.advance(HOUR);
  await approveList(world, [listedIn(world)], 10);
  const logged = await ran(world, { store, keepErased: notWritable });
  expect(logged).toMatchObject([
    { msg: 'people who have left could not be erased', err: { message: 'the folder cannot be written' } },
    { lists: 1, msg: 'carried out lists of grants' },
  ]);
  clock.advance(MINUTE);
  expect(await ran(world, { store, keepErased: () => {} })).toMatchObject([{ erased: 1, msg: 'erased people who have left' }]);
});
