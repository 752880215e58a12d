/** The clock jumps while work of several commands is under way: what was done stands, and the rest is done by the right time. */
import { expect, it } from 'vitest';
import { settleThrough } from '../../src/clearing/index.ts';
import { closeDay, Engine, Unavailable } from '../../src/ledger/index.ts';
import { closeDayOver, mintCode } from '../../src/redeem/index.ts';
import { commandIds } from '../../src/store/index.ts';
import { openApi } from '../support/api.ts';
import { openCommunities } from '../support/communities.ts';
import { codeOf } from '../support/counter.ts';
import { all } from '../support/stores.ts';
import { openWorld, type World } from '../support/world.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** An engine over a world that takes so many commands, as if the clock jumped then, and again once it is back. */
function untilTheJump(world: World, commands: number): { readonly engine: Engine; readonly goOn: () => void } {
  let left = commands;
  const halted = () => (left-- > 0 ? undefined : 'the clock is wrong');
  const clock = () => world.clock.now;
  return { engine: new Engine(world.store, { clock, newId: commandIds(clock, world.chance), halted }), goOn: () => (left = Infinity) };
}

it('in the middle of a batch: it is answered 503, the items after the jump are not remembered, and all have passed when it is sent again', async () => {
  const world = await openWorld();
  const { clock, residentId, merchantId, storeId } = world;
  const { engine, goOn } = untilTheJump(world, 2);
  const api = await openApi({ ...world, engine });
  await world.grantHours(world.gexiang, residentId, 40);
  const items: object[] = [];
  for (const n of [1, 2, 3, 4]) {
    const codeHash = api.keys.secrets.hash('code', codeOf(n));
    await world.must(mintCode, { residentId, voucherId: await world.takeVoucher(), codeHash, sealedCode: 'sealed' });
    const presented = { presented_at: new Date(clock.now).toISOString() };
    items.push({ request_no: `R-${n}`, code: codeOf(n), order_no: `A-${n}`, order_amount_fen: 100_000, ...presented });
  }
  const authorization = await api.bearer(await api.clientFor({ kind: 'till', merchantId, storeId }));
  const send = () => api.http.post('/v1/redemption-batches').set({ authorization }).send({ items });
  expect(await send()).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  const kept = (await all(world.store, 'request')).map(({ key }) => key).filter((key) => key.startsWith('R-'));
  expect(kept.toSorted()).toEqual(['R-1', 'R-2']);
  goOn();
  expect((await send()).body).toMatchObject({ items: items.map(() => ({ status: 'succeeded' })) });
});

it('while a job closes the days of a pause: those that it closed stay so, and the next run closes the rest', async () => {
  const world = await openWorld();
  const before = '2026-03-01';
  await world.must(closeDay, { day: before });
  world.clock.advance(20 * DAY);
  const { engine, goOn } = untilTheJump(world, 3);
  const deps = { view: world.store, engine, clock: () => world.clock.now };
  await expect(closeDayOver(deps)).rejects.toThrow(Unavailable);
  const closed = async () => (await all(world.store, 'businessDay')).filter(({ day }) => day > before);
  expect(await closed()).toHaveLength(3);
  goOn();
  world.clock.advance(MINUTE);
  await closeDayOver(deps);
  const days = await closed();
  expect(days).toHaveLength(20);
  expect(days.filter(({ closedAt }) => closedAt > world.clock.now)).toEqual([]);
});

it('while a run closes: the run stays open, and settling again closes it', async () => {
  const scheme = await openCommunities(['gexiang', 'wanhe']);
  await scheme.spend('gexiang', 'wanhe', 3);
  scheme.goOnTo('2026-03-03');
  const { world } = scheme;
  for (const done of [1, 2]) {
    const { engine } = untilTheJump(world, 1);
    await expect(settleThrough({ view: world.store, engine, clock: () => world.clock.now }), `after ${done}`).rejects.toThrow(Unavailable);
  }
  expect((await all(world.store, 'settlementRun')).map(({ state }) => state)).toEqual(['open']);
  expect(await settleThrough({ view: world.store, engine: world.engine, clock: () => world.clock.now })).toMatchObject({ state: 'closed' });
});
