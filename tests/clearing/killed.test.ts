/** A process that settles a period is killed at any moment: the books stay whole, and the same again finishes it. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { newestRun } from '../../src/clearing/index.ts';
import { addDays, dayOf } from '../../src/ledger/index.ts';
import { callmi } from '../support/callmi.ts';
import { type Communities, openCommunities } from '../support/communities.ts';
import { keysInEnvironment } from '../support/keys.ts';
import { program } from '../support/program.ts';
import { expectWhole } from '../support/server.ts';
import { expectSettledOnce } from '../support/tills.ts';
import type { Settling } from '../support/settler.ts';
import { openWorld, type World } from '../support/world.ts';

const KILLS = process.env['CALLMI_NIGHTLY'] === undefined ? 2 : 40;
const PERIOD_DAYS = 6;
const DAY_MS = 24 * 3_600_000;

const ids = ['gexiang', 'longtan', 'taiyan', 'wanhe', 'xixi'];

/** On each of some days every community's points pay at the shop of every community; gives the last one. */
async function livePeriod(scheme: Communities): Promise<string> {
  const { clock } = scheme.world;
  for (let n = 1; ; n++) {
    const day = dayOf(clock.now);
    await Promise.all(ids.flatMap((issuer, i) => ids.map((acquirer, a) => scheme.spend(issuer, acquirer, i < a ? 2 : 1))));
    scheme.goOnTo(addDays(day, 1));
    if (n === PERIOD_DAYS) return day;
  }
}

/** When a process is killed: after so many of its commands, or so many milliseconds after it began. */
type Kill = { readonly commands: number } | { readonly afterMs: number };

/** Has a process of its own settle through a day. Gives how many milliseconds it took. */
async function settleApart({ url }: World, throughDay: string, kill?: Kill): Promise<number> {
  const child = fork(program('settler'), { env: { ...process.env, ...keysInEnvironment, DATABASE_URL: url } });
  const gone = once(child, 'exit');
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'message');
  const began = performance.now();
  const commands = kill && 'commands' in kill ? kill.commands : undefined;
  child.send({ throughDay, commands } satisfies Settling);
  if (!kill) await once(child, 'message');
  else if ('afterMs' in kill) await sleep(kill.afterMs).then(() => child.kill('SIGKILL'));
  const took = performance.now() - began;
  await gone;
  return took;
}

/** How far it has come. */
async function progressOf({ store }: World, day: string): Promise<'nothing' | 'day closed' | 'run opened' | 'run closed'> {
  const run = await newestRun(store);
  if (run?.throughDay === day) return run.state === 'open' ? 'run opened' : 'run closed';
  const days = await store.read.select().from(store.tables.businessDay);
  return days.some((row) => row.day === day) ? 'day closed' : 'nothing';
}

it(
  `settling is killed between its commands, and ${KILLS} times at any moment: nothing is half done, and the same again finishes it`,
  async () => {
    const start = Date.now() - (KILLS + 4) * PERIOD_DAYS * DAY_MS;
    const scheme = await openCommunities(ids, await openWorld(start));
    const { world } = scheme;
    const wholeMs = await settleApart(world, await livePeriod(scheme));
    const moments = Array.from({ length: KILLS }, (_, n): Kill => ({ afterMs: (wholeMs * (n + 0.5)) / KILLS }));
    const reached: string[] = [];
    for (const [n, kill] of [{ commands: 1 }, { commands: 2 }, ...moments].entries()) {
      const day = await livePeriod(scheme);
      await settleApart(world, day, kill);
      reached.push(await progressOf(world, day));
      await expectWhole(world);

      const settled = await callmi(world.url, 'settle', day);
      expect(settled, reached.at(-1)).toMatchObject({ code: 0, err: '' });
      expect(await newestRun(world.store)).toMatchObject({ number: n + 2, throughDay: day, state: 'closed' });
      if (n === 0) expect(await callmi(world.url, 'settle', day)).toEqual(settled);
    }
    expect(reached.slice(0, 2)).toEqual(['day closed', 'run opened']);
    await expectSettledOnce(world);
    await expectWhole(world);
  },
  300_000 + KILLS * 20_000,
);
