/** Rows are removed when nobody can need them any more, and none before. */
import { expect, it } from 'vitest';
import { createLogger } from '../src/api/index.ts';
import { askSignInCode } from '../src/access/index.ts';
import { startJobs } from '../src/jobs.ts';
import { type Pruned, pruneOver } from '../src/pruning.ts';
import { put } from '../src/ledger/index.ts';
import { countWrongPin, printPaper, redeem, voucherById } from '../src/redeem/index.ts';
import { idOf, prunableTables, type Row, type TableName, writeOrder } from '../src/store/index.ts';
import { all } from './support/stores.ts';
import { book } from './support/scheme.ts';
import { enact } from './support/two-officers.ts';
import { openWorld, type World } from './support/world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const nothing: Pruned = { codes: 0, signInCodes: 0, sessions: 0, householdCodes: 0 };

async function counts({ store }: World): Promise<Partial<Record<TableName, number>>> {
  const counted = await Promise.all(writeOrder.map(async (table) => [table, (await all(store, table)).length] as const));
  return Object.fromEntries(counted);
}

function order({ merchantId, storeId, terminalId }: World, codeHash: string, presentedAt: number | null = null) {
  return { merchantId, storeId, terminalId, orderNo: '1', orderAmountFen: 10_000, presentedAt, codeHash };
}

it('a code is kept for the offline window and a day after it ran out, and a redemption that was stored offline still finds it', async () => {
  const world = await openWorld();
  await enact(world, 'offline_window', { hours: 48 });
  await world.grantHours(world.gexiang, world.residentId, 10);
  const codeHash = await world.showCode(await world.takeVoucher());
  const [code] = await all(world.store, 'code');
  const shownAt = world.clock.now;
  const last = code!.expiresAt + 72 * HOUR;
  expect(await pruneOver(world.store, last)).toEqual(nothing);
  world.clock.now = shownAt + 48 * HOUR;
  await world.must(redeem, order(world, codeHash, shownAt));
  expect(await pruneOver(world.store, last + 1)).toMatchObject({ codes: 1 });
  expect(await all(world.store, 'code')).toEqual([]);
});

it('a redemption is replayed after its code was removed, and a reversal and the books stay as they were', async () => {
  const world = await openWorld();
  await world.grantHours(world.gexiang, world.residentId, 10);
  const codeHash = await world.showCode(await world.takeVoucher());
  const asked = {
    command: redeem,
    input: order(world, codeHash),
    client: 'cli_' + '1'.repeat(32),
    key: 'A',
    hash: '00',
    actor: world.merchantId,
  };
  const first = await world.engine.submit(asked);
  const before = await counts(world);
  expect(await pruneOver(world.store, world.clock.now + 3 * DAY)).toMatchObject({ codes: 1 });
  expect(await counts(world)).toEqual({ ...before, code: 0 });
  expect(await world.engine.submit(asked)).toEqual({ ...first, replayed: true });
  world.clock.advance(3 * DAY);
  await world.refused(redeem, order(world, codeHash), 'code_unknown');
});

it('the code of a paper is kept until its voucher has ended, and a wrong PIN that is counted later fails nothing', async () => {
  const world = await openWorld();
  await world.grantHours(world.gexiang, world.residentId, 10);
  const voucherId = await world.takeVoucher();
  const paper = { by: world.gexiang, voucherId, codeHash: 'aa'.repeat(16), pinHash: 'bb'.repeat(16), sealedCode: '', sealedPin: '' };
  await world.must(printPaper, paper);
  const { validUntil } = (await voucherById(world.store, voucherId))!;
  expect(await pruneOver(world.store, validUntil + 2 * DAY)).toMatchObject({ codes: 0 });
  expect(await pruneOver(world.store, validUntil + 2 * DAY + 1)).toMatchObject({ codes: 1 });
  expect(await world.must(countWrongPin, { codeHash: paper.codeHash })).toEqual({ wrong_pins: 5 });
});

it('one-time codes go after a day, and sessions a month after they ended', async () => {
  const world = await openWorld();
  const { now } = world.clock;
  await world.must(askSignInCode, { row: 'aa'.repeat(16), codeHash: 'bb'.repeat(16), slot: 'a', known: false });
  const session = (n: number, endedAt: number | null, expiresAt: number) => ({
    id: idOf('ses', String(n).padStart(32, '0')),
    clientId: idOf('cli', '1'.repeat(32)),
    loginId: null,
    device: 'x',
    startedAt: now,
    expiresAt,
    endedAt,
    version: 0,
  });
  const sessions: Row<'session'>[] = [session(1, now, now + 90 * DAY), session(2, null, now), session(3, null, now + 90 * DAY)];
  await world.run(book, { rows: sessions.map((row) => put('session', row)) });
  expect(await pruneOver(world.store, now + DAY)).toEqual(nothing);
  expect(await pruneOver(world.store, now + DAY + 1)).toEqual({ ...nothing, signInCodes: 1 });
  expect(await pruneOver(world.store, now + 30 * DAY)).toMatchObject({ sessions: 0 });
  expect(await pruneOver(world.store, now + 30 * DAY + 1)).toMatchObject({ sessions: 2 });
  expect((await all(world.store, 'session')).map(({ id }) => id)).toEqual([sessions[2]!.id]);
});

it('the code of a household goes once it has run out', async () => {
  const world = await openWorld();
  const { now } = world.clock;
  const householdId = idOf('hou', '1'.repeat(32));
  const codes = [now - 1, now].map((expiresAt, n) =>
    put('householdCode', { hash: `${n}0`.repeat(16), householdId, mintedAt: 0, expiresAt }),
  );
  await world.run(book, { rows: codes });
  expect(await pruneOver(world.store, now)).toEqual({ ...nothing, householdCodes: 1 });
  expect((await all(world.store, 'householdCode')).map(({ expiresAt }) => expiresAt)).toEqual([now]);
});

it('the jobs remove them, in chunks, and from no other table', async () => {
  const world = await openWorld();
  const old = Array.from({ length: 1_201 }, (_, n) =>
    put('code', {
      hash: n.toString(16).padStart(32, '0'),
      voucherId: idOf('vch', '1'.repeat(32)),
      mintedAt: 0,
      expiresAt: n,
      pinHash: null,
    }),
  );
  await world.run(book, { rows: old });
  const before = await counts(world);
  const chunks: number[] = [];
  const store: World['store'] = {
    ...world.store,
    async prune(table, column, until, atMost) {
      const removed = await world.store.prune(table, column, until, atMost);
      if (table === 'code') chunks.push(removed);
      return removed;
    },
  };
  const { engine, clock } = world;
  await startJobs({ view: store, store, engine, clock: () => clock.now }, createLogger('silent'))();
  expect(chunks).toEqual([500, 500, 201]);
  const after = await counts(world);
  const changed = writeOrder.filter((table) => after[table]! < before[table]!);
  expect(changed).toEqual(['code']);
  expect(prunableTables).toContain('code');
});
