import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { residentById } from '../src/communities/index.ts';
import { erasedIn } from '../src/erasures-file.ts';
import { openReadable } from '../src/store/index.ts';
import { keysInEnvironment } from './support/keys.ts';
import { dyingAfter, eraseRun, pointsOf, requestedFor, sound } from './support/leaving.ts';
import { olderScheme } from './support/older-scheme.ts';
import { program } from './support/program.ts';
import { answered } from './support/server.ts';
import { tempFolder } from './support/temp-folder.ts';
import { openWorld } from './support/world.ts';

const DAY = 86_400_000;

/** Starts the process on a free port; gives it, and the address that it logs. */
async function start(
  folder: string,
  entry = program('main'),
  more: NodeJS.ProcessEnv = {},
  heard: (line: string) => void = () => {},
): Promise<{ server: ChildProcess; address: string }> {
  const env = { ...process.env, DATABASE_URL: `file:${join(folder, 'callmi.db')}`, PORT: '0', LOG_LEVEL: 'info', ...more };
  const server = spawn(process.execPath, [entry], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void server.kill('SIGKILL'));
  for await (const line of createInterface({ input: server.stdout })) {
    heard(line);
    const address = /CallMi listens at (\S+?)"/.exec(line)?.[1];
    if (address) return { server, address };
  }
  throw new Error('it did not start');
}

test('the process starts from nothing, says where it listens, and closes with grace when it is told to', async () => {
  const folder = tempFolder();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const { server, address } = await start(folder, 'src/main.ts');
    expect((await answered(() => fetch(`${address}/healthz`))).status).toBe(200);
    server.kill(signal);
    expect(await once(server, 'exit')).toEqual([0, null]);
  }
});

test('two processes that start at once on one new database share its keys', async () => {
  const folder = tempFolder();
  const servers = await Promise.all([start(folder), start(folder)]);
  const [one, other] = await Promise.all(
    servers.map(async ({ address }) => (await answered(() => fetch(`${address}/.well-known/jwks.json`))).text()),
  );
  expect(one).toBe(other);
});

test('the process listens where HOST says, and nowhere else', async () => {
  const { address } = await start(tempFolder(), program('main'), { HOST: '127.0.0.2' });
  expect(address).toMatch(/^http:\/\/127\.0\.0\.2:\d+$/);
  expect((await answered(() => fetch(`${address}/healthz`))).status).toBe(200);
  await expect(fetch(`${address.replace('127.0.0.2', '127.0.0.1')}/readyz`)).rejects.toThrow('fetch failed');
});

test('the process that migrates an older database logs references that fold alike by their ids alone', async () => {
  const { database } = await olderScheme();
  const folder = tempFolder();
  const lines: string[] = [];
  await start(folder, program('main'), { DATABASE_URL: database.url, ...keysInEnvironment }, (line) => lines.push(line));
  const told = lines.filter((line) => line.includes('fold alike'));
  expect(told).toHaveLength(4);
  for (const line of told) expect(line).toMatch(/"first":"(grt|ent)_[0-9a-f]{32}","other":"(grt|ent)_[0-9a-f]{32}"/);
  expect(told.join('\n')).not.toMatch(/B-1|活动/);
});

test('the process goes on with an erasure wherever it was killed, and keeps its line beside the keys', async () => {
  const world = await openWorld(Date.now() - 9 * DAY);
  const { residentId, url, file, clock } = world;
  await world.grantHours(world.gexiang, residentId, 300);
  for (let n = 0; n < 20; n++) await world.takeVoucher();
  await requestedFor(world);
  // The person ended a day ago, and nothing else was done.
  clock.advance(8 * DAY);
  await expect(eraseRun({ ...world, engine: dyingAfter(world, 1) })).rejects.toThrow('killed');
  await world.close();
  const folder = dirname(file);
  for (const afterMs of [0, 4, 8, 16, 32]) {
    const { server } = await start(folder, program('main'), keysInEnvironment);
    await sleep(afterMs);
    server.kill('SIGKILL');
    await once(server, 'exit');
  }
  // Told to stop, it ends what it is at. The second one finds nothing that is left to do, and finishes.
  for (let n = 0; n < 2; n++) {
    const { server } = await start(folder, program('main'), keysInEnvironment);
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
  expect(erasedIn(join(folder, 'erasures.jsonl'))).toMatchObject([{ residentId }]);
  const store = await openReadable(url);
  onTestFinished(() => store.close());
  expect(await residentById(store, residentId)).toMatchObject({ status: 'ended', name: '' });
  expect(await pointsOf({ store })).toEqual({ issued: 3000, expired: 3000 });
  await sound({ store });
});
