/** What the log says while requests are turned away: why, once in a while, and nothing else. */
import { expect, test } from 'vitest';
import { Engine } from '../../src/ledger/index.ts';
import { commandIds, StoreUnavailable } from '../../src/store/index.ts';
import { openApi } from '../support/api.ts';
import { openWorld } from '../support/world.ts';

type Line = { readonly level: number; readonly reason?: string; readonly since?: number };

const WARNING = 40;

/** A till at a service whose database takes no write for a reason, which may change. */
async function openHindered(reason: () => string) {
  const world = await openWorld();
  const { clock, chance, merchantId, storeId } = world;
  const trusted = await openApi(world);
  const authorization = await trusted.bearer(await trusted.clientFor({ kind: 'till', merchantId, storeId }));
  const transaction = () => Promise.reject(new StoreUnavailable('nothing can be written', { cause: new Error(reason()) }));
  const engine = new Engine({ ...world.store, transaction }, { clock: () => clock.now, newId: commandIds(() => clock.now, chance) });
  const api = await openApi({ ...world, engine }, {});
  const body = { code: '770000000000000009', order_no: 'A-1', order_amount_fen: 10_000 };
  return {
    clock,
    redeem: (key: string) => api.http.post('/v1/redemptions').set({ authorization, 'idempotency-key': key }).send(body),
    told: () => api.logged.map((line) => JSON.parse(line) as Line).filter(({ level }) => level >= WARNING),
    api,
    body,
    authorization,
  };
}

test('an overload is logged at once and then once in ten seconds, with its reason and how often it came, and without a stack', async () => {
  let reason = 'the disk is full';
  const { clock, redeem, told, api } = await openHindered(() => reason);
  for (let n = 0; n < 20; n++) expect((await redeem(`R-${n}`)).status).toBe(503);
  const full = { level: WARNING, code: 'unavailable', reason: 'nothing can be written: the disk is full' };
  expect(told()).toEqual([expect.objectContaining(full)]);
  clock.now += 10_000;
  await redeem('R-20');
  expect(told().slice(1)).toEqual([expect.objectContaining({ ...full, since: 19 })]);
  reason = 'the disk fails';
  await redeem('R-21');
  expect(told().slice(2)).toEqual([expect.objectContaining({ reason: 'nothing can be written: the disk fails' })]);
  clock.now -= 60_000;
  await redeem('R-22');
  expect(told()).toHaveLength(4);
  expect(api.logged.join('')).not.toContain('frames');
});

test('a batch that an outage cuts short says why in the log as well', async () => {
  const { told, api, body, authorization } = await openHindered(() => 'the disk is full');
  const items = [1, 2, 3].map((n) => ({ ...body, request_no: `B-${n}`, presented_at: '2026-03-02T02:00:00Z' }));
  const answer = await api.http.post('/v1/redemption-batches').set({ authorization, 'idempotency-key': 'B' }).send({ items });
  expect(answer.status).toBe(503);
  expect(told().map(({ reason }) => reason)).toEqual([
    'nothing can be written: the disk is full',
    'an item of a batch could not be decided',
  ]);
});
