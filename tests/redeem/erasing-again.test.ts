/** Erasures that are carried out again, since the books were set back to a backup that does not have them; and when an erasure may end. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, inject, it } from 'vitest';
import { audit } from '../../src/cli/audit.ts';
import { residentById } from '../../src/communities/index.ts';
import { eraseAgain, type EraseDeps, type Erased, eraseDue } from '../../src/redeem/index.ts';
import { all } from '../support/stores.ts';
import { erased, eraseRun, requestedFor, WEEK_MS } from '../support/leaving.ts';
import { hexNo } from '../support/rows.ts';
import { openWorld, type World } from '../support/world.ts';

const HOUR = 3_600_000;
const ERASURE = `era_${hexNo(1)}`;

type Given = { readonly lines: readonly Erased[]; readonly engine?: EraseDeps['engine']; readonly kept?: Erased[] };

/** What `callmi restore` does with the lines of `erasures.jsonl`. */
function again({ store, engine, clock }: World, { lines, engine: other = engine, kept = [] }: Given): Promise<number> {
  return eraseAgain({ view: store, engine: other, clock: () => clock.now, keepErased: (each) => kept.push(each) }, lines);
}

function lineOf({ residentId, clock }: World): Erased {
  return { erasureId: ERASURE, residentId, at: clock.now };
}

/** The books of a backup: a person who has points and a voucher. */
async function openBackup(): Promise<World> {
  const world = await openWorld();
  await world.grantHours(world.gexiang, world.residentId, 30);
  await world.takeVoucher();
  return world;
}

async function expectErased({ store, residentId }: World): Promise<void> {
  expect(await residentById(store, residentId)).toMatchObject({ name: '', phoneSealed: '', status: 'ended', erasureId: ERASURE });
  const { checks } = await audit(store);
  expect(checks.flatMap(({ id, finding }) => ('broken' in finding ? [`${id}: ${finding.broken}`] : []))).toEqual([]);
}

describe('an erasure that a restored backup does not have', () => {
  it('is carried out at once, and only once', async () => {
    const world = await openBackup();
    const lines = [lineOf(world)];
    expect([await again(world, { lines }), await again(world, { lines })]).toEqual([1, 0]);
    await expectErased(world);
  });

  it('goes on wherever it was stopped, also where the backup has the first half of it', async () => {
    const world = await openBackup();
    const lines = [lineOf(world)];
    const { engine, clock } = world;
    let runs = 0;
    for (let done = 0; done === 0; runs++) {
      let left = runs;
      const dying = {
        bySystem: async (...args: Parameters<typeof engine.bySystem>) =>
          left-- > 0 ? engine.bySystem(...args) : Promise.reject(new Error('killed')),
      };
      clock.advance(1);
      done = await again(world, { lines, engine: dying as never }).catch(() => 0);
    }
    expect(runs).toBeGreaterThan(5);
    await expectErased(world);
    expect((await all(world.store, 'entry')).map(({ kind }) => kind).toSorted()).toEqual([
      'grant',
      'lot_waiver',
      'voucher_cancellation',
      'voucher_issue',
    ]);
  });

  it('withdraws another one that is open in the backup: a person has one at a time', async () => {
    const world = await openBackup();
    const { id: open } = await requestedFor(world);
    expect(await again(world, { lines: [lineOf(world)] })).toBe(1);
    world.clock.advance(WEEK_MS + HOUR);
    expect(await eraseRun(world)).toBe(0);
    const other = (await all(world.store, 'erasure')).find(({ id }) => id === open);
    expect(other).toMatchObject({ withdrawnAt: expect.any(Number), finishedAt: null });
    await expectErased(world);
  });

  it('of somebody whom the backup does not know is left out', async () => {
    const world = await openBackup();
    const stranger = { erasureId: ERASURE, residentId: `res_${hexNo(9)}`, at: world.clock.now };
    expect(await again(world, { lines: [stranger] })).toBe(0);
    expect(await all(world.store, 'erasure')).toEqual([]);
  });
});

describe('an erasure', () => {
  it('does not end, and is not noted, until nothing is left beside the rows', async () => {
    const world = await openBackup();
    const { store, engine, clock } = world;
    await requestedFor(world);
    clock.advance(WEEK_MS);
    await eraseRun(world);
    clock.advance(HOUR);
    const kept: Erased[] = [];
    const run = (swept: boolean) => {
      const view = { ...store, sweep: async () => swept };
      return eraseDue({ view, engine, clock: () => clock.now, keepErased: (each) => kept.push(each) });
    };
    expect([await run(false), kept]).toEqual([0, []]);
    expect(await all(store, 'erasure')).toMatchObject([{ endedAt: expect.any(Number), finishedAt: null }]);
    clock.advance(1);
    expect([await run(true), kept.length]).toEqual([1, 1]);
    expect(await all(store, 'erasure')).toMatchObject([{ finishedAt: clock.now }]);
  });

  it('that cannot be kept holds up nobody else’s', async () => {
    const world = await openBackup();
    const { store, engine, clock } = world;
    const first = await requestedFor(world);
    const second = await requestedFor(world, await world.register('gexiang'));
    clock.advance(WEEK_MS);
    await eraseRun(world);
    clock.advance(HOUR);
    const kept: string[] = [];
    const keepErased = ({ erasureId }: Erased) => {
      if (erasureId === first.id) throw new Error('no space left');
      kept.push(erasureId);
    };
    await expect(eraseDue({ view: store, engine, clock: () => clock.now, keepErased })).rejects.toThrow('no space left');
    expect(kept).toEqual([second.id]);
    clock.advance(1);
    expect(await eraseRun(world)).toBe(1);
  });
});

it.runIf(inject('engine') === 'sqlite')('the name is in the log as long as somebody reads the books of before, and no longer', async () => {
  const world = await openBackup();
  const { store, file, residentId, clock } = world;
  const name = Buffer.from((await residentById(store, residentId))!.name, 'utf8');
  const files = () => [file, `${file}-wal`].filter((path) => existsSync(path) && readFileSync(path).includes(name));
  const reading = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const snapshot = store.snapshot(async (view) => {
    await residentById(view, residentId);
    begun.resolve();
    await reading.promise;
  });
  await begun.promise;
  expect(await erased(world)).toEqual([]);
  expect(await store.sweep()).toBe(false);
  expect(files()).not.toEqual([]);
  reading.resolve();
  await snapshot;
  clock.advance(1);
  const kept: Erased[] = [];
  expect([await eraseRun(world, kept), kept.length]).toEqual([1, 1]);
  expect(files()).toEqual([]);
});
