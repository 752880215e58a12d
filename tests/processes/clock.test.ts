/** Two processes serve one database, and the clock of one jumps while tills redeem at both. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { entriesOfDay } from '../../src/ledger/index.ts';
import { openReadable } from '../../src/store/index.ts';
import { expectWhole, prepare, readiness, redeemAt, startServer } from '../support/server.ts';
import { wallClock } from '../support/wall-clock.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const TILLS = 6;
/** A cashier's pause, so that there is something left to do when the clock jumps. */
const PAUSE_MS = 30;

it('every code is redeemed once and by the right time, nothing expires, and no refusal is stored', async () => {
  const prepared = await prepare(200);
  const clock = wallClock();
  const servers = [await startServer(prepared, clock.env), await startServer(prepared)];
  const codes = prepared.shown.map(({ code }, n) => ({ requestNo: `J-${n}`, code }));
  const statuses: number[] = [];

  async function till(n: number): Promise<void> {
    for (let next = codes.pop(); next; next = codes.pop()) {
      let status = 503;
      while (status === 503) {
        ({ status } = await redeemAt(servers[n % 2]!, next.requestNo, next.code));
        statuses.push(status);
        await sleep(PAUSE_MS);
      }
    }
  }
  const tills = Promise.all(Array.from({ length: TILLS }, (_, n) => till(n)));
  for (const jump of [400 * DAY, -DAY, 3 * MINUTE]) {
    clock.set(jump);
    await expect.poll(() => readiness(servers[0]!)).toBe('clock_wrong');
    expect(await readiness(servers[1]!)).toBe('ready');
    await expect.poll(() => statuses.includes(503)).toBe(true);
    clock.set(0);
    await expect.poll(() => readiness(servers[0]!)).toBe('ready');
  }
  await tills;
  expect(new Set(statuses)).toEqual(new Set([201, 503]));
  expect(statuses.filter((status) => status === 201)).toHaveLength(200);
  for (const server of servers) await server.stop('SIGTERM');

  const store = await openReadable(prepared.url);
  const { read, tables } = store;
  expect(new Set((await read.select({ state: tables.voucher.state }).from(tables.voucher)).map(({ state }) => state))).toEqual(
    new Set(['redeemed']),
  );
  const requests = await read.select().from(tables.request);
  expect(requests.filter(({ at, outcome }) => Math.abs(at - Date.now()) > 10 * MINUTE || outcome?.includes('"refused"'))).toEqual([]);
  const entries = await read.select().from(tables.entry);
  for (const day of new Set(entries.map(({ businessDay }) => businessDay))) {
    const found = (await Array.fromAsync(entriesOfDay(store, day, 100))).flat();
    expect(found).toHaveLength(entries.filter(({ businessDay }) => businessDay === day).length);
  }
  await store.close();
  await expectWhole(prepared);
});
