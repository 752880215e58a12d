/** The clock stands at 2026-03-02 10:00 in Shanghai. */
import { expect, it } from 'vitest';
import { tallyClosedDays } from '../../src/clearing/index.ts';
import { closeDay, Unavailable } from '../../src/ledger/index.ts';
import { type Communities, openCommunities } from '../support/communities.ts';
import { openWriters } from '../support/processes.ts';
import { all } from '../support/stores.ts';

/** Five days, of which the second and the fourth pass without a redemption, and the last is open. */
async function openDays(): Promise<Communities> {
  const scheme = await openCommunities(['gexiang', 'wanhe']);
  await scheme.spend('gexiang', 'wanhe');
  scheme.goOnTo('2026-03-04');
  await scheme.spend('wanhe', 'gexiang', 2);
  scheme.goOnTo('2026-03-06');
  await scheme.spend('wanhe', 'wanhe');
  await scheme.world.must(closeDay, { day: '2026-03-05' });
  return scheme;
}

async function tallied({ world }: Communities): Promise<Record<string, number>> {
  const rows = await all(world.store, 'dayFlows');
  return Object.fromEntries(rows.map(({ day, flows }) => [day, (JSON.parse(flows) as unknown[]).length]));
}

const whole = { '2026-03-02': 1, '2026-03-03': 0, '2026-03-04': 1, '2026-03-05': 0 };

it('tallies the closed days one after another from the first redemption on, also those on which nothing was', async () => {
  const scheme = await openDays();
  const { store: view, engine } = scheme.world;
  expect(await tallyClosedDays({ view, engine })).toBe(4);
  expect(await tallied(scheme)).toEqual(whole);
  expect(await tallyClosedDays({ view, engine })).toBe(0);
});

it('tallies so many days at once, and goes on where it stopped', async () => {
  const scheme = await openDays();
  const { store: view, engine } = scheme.world;
  const done: number[] = [];
  for (let n = 0; n < 4; n++) done.push(await tallyClosedDays({ view, engine }, 3));
  expect(done).toEqual([3, 1, 0, 0]);
  expect(await tallied(scheme)).toEqual(whole);
});

it('has nothing to do where nothing was redeemed, or no day since is closed', async () => {
  const scheme = await openCommunities(['gexiang', 'wanhe']);
  const { world } = scheme;
  const { store: view, engine } = world;
  expect(await tallyClosedDays({ view, engine })).toBe(0);
  scheme.goOnTo('2026-03-03');
  await world.must(closeDay, { day: '2026-03-02' });
  await scheme.spend('gexiang', 'wanhe');
  expect(await tallyClosedDays({ view, engine })).toBe(0);
  expect(await tallied(scheme)).toEqual({});
});

it('in several processes at once tallies every day once', async () => {
  const scheme = await openDays();
  const { store: view } = scheme.world;
  const writers = await openWriters(scheme.world, 4);
  const running = await Promise.allSettled(writers.map(({ engine }) => tallyClosedDays({ view, engine })));
  // A process that is beaten too often gives up, and its next run finds nothing left.
  for (const each of running) if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(Unavailable);
  await tallyClosedDays({ view, engine: writers[0]!.engine });
  expect(await tallied(scheme)).toEqual(whole);
  const requests = (await all(view, 'request')).filter(({ command }) => command === 'tally-day');
  expect(requests.map(({ key, outcome }) => `${key} ${outcome}`)).toEqual(
    Object.keys(whole).map((day) => `tally-day:${day} ${JSON.stringify({ reply: { day } })}`),
  );
});
