/** The database goes away under load and comes back: its own server, which this test may stop. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, inject, it, onTestFinished, vi } from 'vitest';
import { type Attempt, expectWhole, prepare, redeemAt, type Server, startServer } from '../support/server.ts';
import { startPostgres } from '../support/postgres-server.ts';

const VOUCHERS = 400;
const TILLS = 16;
/** A cashier's pause, so that there is something left to do when the database goes. */
const PAUSE_MS = 50;

/** Redeems one code after another, each again with the same key for as long as the answer is 503. */
async function till(server: Server, codes: { requestNo: string; code: string }[], answers: Attempt[]): Promise<void> {
  for (let next = codes.pop(); next; next = codes.pop()) {
    for (;;) {
      const attempt = await redeemAt(server, next.requestNo, next.code);
      answers.push(attempt);
      await sleep(PAUSE_MS);
      if (attempt.status !== 503) break;
    }
  }
}

async function until(what: string, holds: () => boolean): Promise<void> {
  await vi.waitFor(() => expect(holds(), what).toBe(true), 60_000);
}

it('answers 503 while the database is away, goes on by itself when it is back, and loses and repeats nothing', async () => {
  expect(inject('engine')).toBe('postgres');
  const database = await startPostgres({ durable: true });
  onTestFinished(() => database.stop());
  const prepared = await prepare(VOUCHERS, { url: await database.create('outage'), file: '/dev/null/postgres' });
  const server = await startServer(prepared);
  const codes = prepared.shown.map(({ code }, n) => ({ requestNo: `O-${n}`, code }));
  const answers: Attempt[] = [];
  const tills = Promise.all(Array.from({ length: TILLS }, () => till(server, codes, answers)));

  const done = () => answers.filter(({ status }) => status === 201).length;
  const turnedAway = () => answers.filter(({ status }) => status === 503).length;
  await until('redemptions', () => done() > VOUCHERS / 8);
  await database.pause();
  await until('an outage', () => turnedAway() > TILLS);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
  await database.resume();
  await tills;

  expect(answers.filter(({ status }) => status !== 201 && status !== 503)).toEqual([]);
  for (const { text } of answers.filter(({ status }) => status === 503).slice(0, 50)) {
    expect(JSON.parse(text)).toMatchObject({ code: 'unavailable', retryable: true });
  }
  expect(done()).toBe(VOUCHERS);
  // An answer from before the outage is the same after it.
  const early = answers.filter(({ status }) => status === 201).slice(0, 40);
  for (const { requestNo, text } of early) {
    const again = await redeemAt(server, requestNo, prepared.shown[Number(requestNo.slice(2))]!.code);
    expect(again).toMatchObject({ status: 201, text });
  }
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  await server.stop('SIGTERM');
  await expectWhole(prepared);
});
