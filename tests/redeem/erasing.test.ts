import { describe, expect, it, onTestFinished } from 'vitest';
import { audit } from '../../src/cli/audit.ts';
import { closeDay, type Command, dayOf, Engine, put } from '../../src/ledger/index.ts';
import {
  blankRows,
  correctResidentName,
  endPerson,
  grant,
  markErasure,
  registerResident,
  releaseNumbers,
  residentById,
  residentByPhone,
  setResidentStatus,
  waiveLot,
  withdrawErasure,
} from '../../src/communities/index.ts';
import {
  eraseAgain,
  type Erased,
  type EraseDeps,
  eraseDue,
  issueVoucher,
  reverseRedemption,
  setVoucherStatus,
  voucherById,
} from '../../src/redeem/index.ts';
import { endVoucher } from '../../src/redeem/leaving.ts';
import { getTableName } from 'drizzle-orm';
import { blankColumns, blankTables, commandIds, openStore, rowByKey, type Row } from '../../src/store/index.ts';
import { sqliteTables } from '../../src/store/sqlite-tables.ts';
import { consented } from '../support/consents.ts';
import { deedOf } from '../support/deeds.ts';
import { householdOf } from '../support/households.ts';
import { dyingAfter, erased, eraseRun, pointsOf, requestedFor, rowsIn, sound, WEEK_MS } from '../support/leaving.ts';
import { changingNothing } from '../support/refused-alone.ts';
import { hexNo } from '../support/rows.ts';
import { plansOf } from '../support/plans.ts';
import type { Raw } from '../support/raw.ts';
import { book, type Scheme } from '../support/scheme.ts';
import { brokenBy } from '../support/tampering.ts';
import { byTwo, enact } from '../support/two-officers.ts';
import { openWorld, street, type World } from '../support/world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('a request to be erased', () => {
  it('says how many points are lost, in the wallet and in open vouchers, and is due in seven days', async () => {
    const world = await openWorld();
    await world.grantHours(world.gexiang, world.residentId, 30);
    await world.takeVoucher();
    await world.must(setVoucherStatus, { by: world.gexiang, id: await world.takeVoucher(), status: 'suspended', reason: '待查' });
    const { id, points: lost, due_at: due } = await requestedFor(world);
    expect([lost, due]).toEqual([300, world.clock.now + WEEK_MS]);
    expect(await rowByKey(world.store, 'erasure', id)).toMatchObject({ points: 300, dueAt: due, residentId: world.residentId });
    expect((await residentById(world.store, world.residentId))!.erasureId).toBe(id);
  });

  it('is made once at a time, and by officers of the home community', async () => {
    const world = await openWorld();
    const { id } = await requestedFor(world);
    await expect(requestedFor(world)).rejects.toThrow(`resident_leaving {"resident_id":"${world.residentId}","erasure_id":"${id}"}`);
    const neighbour = await world.register('wanhe');
    await expect(requestedFor(world, neighbour)).rejects.toThrow('foreign_community');
  });

  it('can be withdrawn until it is due, by the person or an officer of the home community, and by nobody else', async () => {
    const world = await openWorld();
    const { id: erasureId } = await requestedFor(world);
    await world.refused(withdrawErasure, { erasureId, by: world.wanhe }, 'foreign_community');
    await world.refused(withdrawErasure, { erasureId, by: { residentId: await world.register('gexiang') } }, 'erasure_not_found');
    world.clock.advance(WEEK_MS - 1);
    await world.must(withdrawErasure, { erasureId, by: { residentId: world.residentId } });
    await world.refused(withdrawErasure, { erasureId, by: world.gexiang }, 'erasure_withdrawn');
    world.clock.advance(1);
    await eraseRun(world);
    expect(await world.must(endPerson, { erasureId })).toEqual({ done: false });
    expect(await residentById(world.store, world.residentId)).toMatchObject({ status: 'active', erasureId: null });
    const { id: again } = await requestedFor(world);
    world.clock.advance(WEEK_MS);
    await world.refused(withdrawErasure, { erasureId: again, by: world.gexiang }, 'erasure_due');
  });
});

describe('an erased person', () => {
  it('earns, spends and is changed no more; points and open vouchers are gone, and the number is free', async () => {
    const world = await openWorld();
    const { residentId, store } = world;
    const { phoneHash, phoneSealed } = (await residentById(store, residentId))!;
    await world.grantHours(world.gexiang, residentId, 30);
    const voucherId = await world.takeVoucher();
    const kept = await erased(world);
    expect(kept).toEqual([expect.objectContaining({ residentId })]);
    expect(await pointsOf(world)).toEqual({ issued: 300, expired: 300 });
    expect(await voucherById(store, voucherId)).toMatchObject({ state: 'cancelled', stateReason: null });
    expect(await rowsIn(world, 'grant')).toMatchObject([{ description: '', remaining: 0 }]);
    expect(await residentById(store, residentId)).toMatchObject({
      name: '',
      nameKey: null,
      phoneSealed: '',
      phoneHash: '0'.repeat(32),
      status: 'ended',
    });
    const entries = await rowsIn(world, 'entry');
    expect(entries.map(({ kind }) => kind).toSorted()).toEqual(['grant', 'lot_waiver', 'voucher_cancellation', 'voucher_issue']);
    await sound(world);

    await world.refused(grant, { ...deedOf(world), by: world.gexiang }, 'resident_erased');
    await world.refused(issueVoucher, { residentId, offerId: world.cashOfferId, quantity: 1, by: null }, 'resident_erased');
    await world.refused(setResidentStatus, { by: world.gexiang, id: residentId, status: 'active', reason: '误操作' }, 'resident_erased');
    expect(await residentByPhone(store, phoneHash)).toBeUndefined();
    const { id } = await world.must(registerResident, {
      by: street,
      communityId: 'gexiang',
      name: '葛小米',
      phoneHash,
      phoneSealed,
      ...consented,
    });
    expect((await residentByPhone(store, phoneHash))!.id).toBe(id);
    expect((await rowByKey(store, 'erasure', kept[0]!.erasureId))!.finishedAt).toBe(world.clock.now);
  });

  it('leaves a household, which goes on under its oldest member, and ends with the last', async () => {
    const world = await openWorld();
    const [first, second, third] = [world.residentId, await world.register('gexiang'), await world.register('gexiang')];
    const householdId = `hou_${hexNo(1)}`;
    const member = (residentId: string, since: number) =>
      put('householdMember', { householdId, residentId, since, until: null, how: 'code', by: null, reason: '母子', version: 0 });
    await world.must(book, {
      rows: [
        put('household', { id: householdId, communityId: 'gexiang', headId: first, foundedAt: 1, endedAt: null, version: 0 }),
        ...[first, third, second].map((residentId, n) => member(residentId, n)),
        ...[first, second, third].map((residentId) => put('householdOf', { residentId, householdId, version: 0 })),
      ],
    });
    const household = async () => (await rowsIn(world, 'household'))[0]!;
    await erased(world, first);
    expect(await household()).toMatchObject({ headId: third, endedAt: null });
    expect(await rowByKey(world.store, 'householdOf', first)).toMatchObject({ householdId: null });
    const left = (await rowsIn(world, 'householdMember')).map(({ residentId, until, reason }) => [residentId, until !== null, reason]);
    expect(left).toEqual(
      expect.arrayContaining([
        [first, true, ''],
        [second, false, '母子'],
        [third, false, '母子'],
      ]),
    );
    await erased(world, second);
    expect(await household()).toMatchObject({ headId: third, endedAt: null });
    await erased(world, third);
    expect((await household()).endedAt).not.toBeNull();
    await sound(world);
  });

  it('is erased once, however many processes try it at the same time', async () => {
    const world = await openWorld();
    await world.grantHours(world.gexiang, world.residentId, 30);
    await world.takeVoucher();
    await requestedFor(world);
    world.clock.advance(WEEK_MS);
    const kept: Erased[] = [];
    const processes = [1, 2, 3].map(async (n) => otherProcess(world, n));
    const runEach = async () => Promise.all((await Promise.all(processes)).map((each) => eraseRun(each, kept)));
    expect(await runEach()).toEqual([0, 0, 0]);
    world.clock.advance(10 * MINUTE);
    const finished = await runEach();
    expect(finished.reduce((sum, people) => sum + people)).toBe(1);
    expect(new Set(kept.map(({ erasureId }) => erasureId)).size).toBe(1);
    expect(await pointsOf(world)).toEqual({ issued: 300, expired: 300 });
    await sound(world);
  });

  it('keeps its place in the books: what was booked stands as it was, under an id', async () => {
    const world = await openWorld();
    await world.redeemVoucher(await world.grantHours(world.gexiang, world.residentId, 30).then(() => world.takeVoucher()));
    await world.takeVoucher();
    const tables = ['entry', 'posting', 'lot', 'voucherSource', 'code', 'redemption', 'grantReference', 'account'] as const;
    const kept = async () =>
      Promise.all(tables.map(async (table) => (await rowsIn(world, table)).map((row) => ('path' in row ? row.path : row))));
    const before = await kept();
    await erased(world);
    for (const [n, rows] of (await kept()).entries()) expect(rows, tables[n]).toEqual(expect.arrayContaining(before[n]!));
    expect(await rowsIn(world, 'voucher')).toMatchObject([{ state: 'redeemed', residentId: world.residentId }, { state: 'cancelled' }]);
  });

  it('is emptied however much there was of them', async () => {
    const world = await openWorld();
    const days = ['2026-01-31', '2026-02-01'];
    for (let n = 0; n < 210; n++) await world.grantHours(n % 3 === 0 ? world.wanhe : world.gexiang, world.residentId, 2, days[n % 2]);
    for (let n = 0; n < 12; n++) await world.takeVoucher(world.residentId, 2);
    const { points } = await requestedFor(world);
    expect(points).toBe(4200);
    await erasedNow(world);
    expect(new Set((await rowsIn(world, 'grant')).map(({ description, remaining }) => `${description} ${remaining}`))).toEqual(
      new Set([' 0']),
    );
    expect(await pointsOf(world)).toEqual({ issued: 2800, expired: 2800 });
    await sound(world);
  });

  it.each([
    ['before the next command', true],
    ['before it hears of the last', false],
  ])('is erased step by step, and a run goes on wherever the one before was killed, %s', async (_when, answers) => {
    const world = await openWorld();
    await world.grantHours(world.gexiang, world.residentId, 30);
    await world.takeVoucher();
    await requestedFor(world);
    world.clock.advance(WEEK_MS);
    // As often as there are commands, the process is killed after one more of them.
    for (let allowed = 0; allowed < 40; allowed++) {
      world.clock.advance(MINUTE);
      await eraseRun({ ...world, engine: dyingAfter(world, allowed, answers) }).catch(() => {});
    }
    expect(await rowsIn(world, 'erasure')).toMatchObject([{ finishedAt: expect.any(Number) }]);
    expect(await pointsOf(world)).toEqual({ issued: 300, expired: 300 });
    await sound(world);
  });
});

/** The job's two runs, once a request is due. */
async function erasedNow(world: World): Promise<void> {
  world.clock.advance(WEEK_MS);
  await eraseRun(world);
  world.clock.advance(10 * MINUTE);
  expect(await eraseRun(world)).toBe(1);
}

/** A process with a store and an engine of its own on the same database, whose clock is some milliseconds ahead. */
async function otherProcess(world: World, aheadMs: number): Promise<Scheme> {
  const store = await openStore(world.url);
  onTestFinished(() => store.close());
  const clock = {
    get now() {
      return world.clock.now + aheadMs;
    },
    advance: (milliseconds: number) => world.clock.advance(milliseconds),
  };
  const engine = new Engine(store, { clock: () => clock.now, newId: commandIds(() => clock.now, world.chance) });
  return { ...world, store, engine, clock };
}

const hindered = async (world: World, changes: Partial<EraseDeps>) =>
  eraseDue({ view: world.store, engine: world.engine, clock: () => world.clock.now, keepErased: () => {}, ...changes });

function full(): never {
  throw new Error('the disk is full');
}

describe('the job that erases', () => {
  it('takes what a command that was under way has given since: a household, a credential, a session', async () => {
    const world = await openWorld();
    const { residentId } = world;
    const headId = await world.register('gexiang');
    const householdId = await householdOf(world, headId);
    await requestedFor(world);
    world.clock.advance(WEEK_MS);
    await eraseRun(world);
    const clientId = `cli_${residentId.slice(4)}`;
    const session = { id: `ses_${hexNo(1)}`, clientId, loginId: null, device: '手机', startedAt: world.clock.now };
    await world.must(book, {
      rows: [
        put('client', { ...clientOf(residentId), id: clientId }),
        put('session', { ...session, expiresAt: world.clock.now + DAY, endedAt: null, version: 0 }),
        put('householdMember', { householdId, residentId, since: 1, until: null, how: 'code', by: null, reason: null, version: 0 }),
        put('householdOf', { residentId, householdId, version: 0 }),
      ],
    });
    world.clock.advance(10 * MINUTE);
    expect(await eraseRun(world)).toBe(0);
    expect(await rowByKey(world.store, 'householdOf', residentId)).toMatchObject({ householdId: null });
    expect(await rowByKey(world.store, 'client', clientId)).toMatchObject({ status: 'revoked', name: '' });
    expect(await rowByKey(world.store, 'session', session.id)).toMatchObject({ endedAt: world.clock.now, device: '' });
    expect(await rowsIn(world, 'household')).toMatchObject([{ headId, endedAt: null }]);
    world.clock.advance(MINUTE);
    expect(await eraseRun(world)).toBe(1);
    await sound(world);
  });

  it('does nothing before its time, nor to anybody else', async () => {
    const world = await openWorld();
    const neighbour = await world.register('gexiang');
    for (const each of [world.residentId, neighbour]) await world.grantHours(world.gexiang, each, 30);
    const vouchers = new Map([
      [world.residentId, await world.takeVoucher()],
      [neighbour, await world.takeVoucher(neighbour)],
    ]);
    const { id: erasureId } = await requestedFor(world);
    const changesNothing = async (residentId: string, more: readonly (readonly [Command<any, { done: boolean }>, object])[]) =>
      changingNothing(world, async () => {
        const lot = { residentId, communityId: 'gexiang', expiresOn: '2027-12-31' };
        const steps = [
          ...more,
          [waiveLot, lot],
          [endVoucher, { voucherId: vouchers.get(residentId) }],
          [blankRows, { table: 'resident', keys: [[residentId]] }],
        ] as const;
        for (const [command, input] of steps) {
          expect(await world.must(command, { ...input, erasureId } as any), command.name).toEqual({ done: false });
        }
      });
    const release = [releaseNumbers, { officerIds: [] }] as const;
    const mark = [markErasure, { step: 'finishedAt' }] as const;
    world.clock.advance(WEEK_MS - 1);
    await changesNothing(world.residentId, [[endPerson, {}], release, mark]);
    world.clock.advance(1);
    await changesNothing(world.residentId, [release, mark]);
    expect(await world.must(endPerson, { erasureId })).toEqual({ done: true });
    await changesNothing(neighbour, [[endPerson, {}]]);
  });

  it('goes on with the others if one fails, and says so at the end', async () => {
    const world = await openWorld();
    const people = [world.residentId, await world.register('gexiang'), await world.register('gexiang')];
    for (const residentId of people) await requestedFor(world, residentId);
    world.clock.advance(WEEK_MS);
    const [first] = (await rowsIn(world, 'erasure')).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const bySystem: typeof world.engine.bySystem = async (command, input, ...rest) =>
      (input as { erasureId: string }).erasureId === first!.id
        ? Promise.reject(new Error('this one fails'))
        : world.engine.bySystem(command, input, ...rest);
    const engine = { bySystem } as typeof world.engine;
    await expect(hindered(world, { engine })).rejects.toThrow('this one fails');
    world.clock.advance(10 * MINUTE);
    await expect(hindered(world, { engine })).rejects.toThrow('this one fails');
    const left = (await rowsIn(world, 'erasure')).filter(({ finishedAt }) => finishedAt === null);
    expect(left.map(({ id }) => id)).toEqual([first!.id]);
    expect(await eraseRun(world)).toBe(0);
    world.clock.advance(10 * MINUTE);
    expect(await eraseRun(world)).toBe(1);
  });

  it('erases again after a restore: whoever had not asked yet, had withdrawn, had another request open, or is not there', async () => {
    const world = await openWorld();
    const { store, engine, clock, residentId } = world;
    const [other, third] = [await world.register('gexiang'), await world.register('gexiang')];
    await world.grantHours(world.gexiang, residentId, 30);
    await requestedFor(world);
    const { id: withdrawn } = await requestedFor(world, other);
    await world.must(withdrawErasure, { erasureId: withdrawn, by: world.gexiang });
    const lines = [
      { erasureId: `era_${hexNo(1)}`, residentId, at: 1 },
      { erasureId: withdrawn, residentId: other, at: 2 },
      { erasureId: `era_${hexNo(3)}`, residentId: third, at: 3 },
      { erasureId: `era_${hexNo(4)}`, residentId: `res_${hexNo(4)}`, at: 4 },
    ];
    const again = () => eraseAgain({ view: store, engine, clock: () => clock.now, keepErased: () => {} }, lines);
    expect(await again()).toBe(3);
    for (const id of [residentId, other, third]) expect(await residentById(store, id)).toMatchObject({ status: 'ended', name: '' });
    await sound(world);
    clock.advance(1);
    expect(await again()).toBe(0);
    clock.advance(WEEK_MS);
    expect(await eraseRun(world)).toBe(0);
    expect(await pointsOf(world)).toEqual({ issued: 300, expired: 300 });
    await sound(world);
  });

  it('erases more people than it reads at once', async () => {
    const world = await openWorld();
    for (let n = 0; n < 45; n++) await requestedFor(world, await world.register('gexiang'));
    world.clock.advance(WEEK_MS);
    expect(await eraseRun(world)).toBe(0);
    world.clock.advance(10 * MINUTE);
    expect(await eraseRun(world)).toBe(45);
    await sound(world);
  });

  it('ends only when the log was cut off and the line is kept', async () => {
    const world = await openWorld();
    await requestedFor(world);
    world.clock.advance(WEEK_MS);
    await eraseRun(world);
    world.clock.advance(10 * MINUTE);
    const kept: Erased[] = [];
    const finishedAt = async () => (await rowsIn(world, 'erasure'))[0]!.finishedAt;
    const busy = { ...world.store, sweep: async () => false };
    expect(await hindered(world, { view: busy, keepErased: (line) => void kept.push(line) })).toBe(0);
    expect([await finishedAt(), kept]).toEqual([null, []]);
    world.clock.advance(MINUTE);
    await expect(hindered(world, { keepErased: full })).rejects.toThrow('the disk is full');
    expect(await finishedAt()).toBeNull();
    world.clock.advance(MINUTE);
    expect(await eraseRun(world, kept)).toBe(1);
    expect([await finishedAt(), kept.length]).toEqual([world.clock.now, 1]);
  });
});

const clientOf = (residentId: string) => ({
  id: `cli_${hexNo(40)}`,
  kind: 'resident',
  name: '小米的手机',
  communityId: 'gexiang',
  merchantId: null,
  storeId: null,
  officerId: null,
  residentId,
  scopes: '',
  secretHash: hexNo(1),
  previousSecretHash: null,
  previousSecretUntil: null,
  status: 'active',
  createdAt: 1,
  version: 0,
});

const redeemed = async (world: World) => {
  await world.grantHours(world.gexiang, world.residentId, 30);
  return world.redeemVoucher(await world.takeVoucher());
};

it('those who are due are found by an index of open erasures', async () => {
  const world = await openWorld();
  const plans = await plansOf(world, () => eraseRun(world));
  expect(plans.map(({ scans, uses }) => ({ scans, uses }))).toEqual([{ scans: [], uses: ['erasure_open'] }]);
});

/** A person of whom there was everything, erased; and how each part would be found again. */
async function everythingErased(): Promise<World & { readonly clientId: string }> {
  const world = await openWorld();
  const { residentId, gexiang } = world;
  const clientId = `cli_${hexNo(40)}`;
  const householdId = `hou_${hexNo(1)}`;
  await enact(world, 'reversal_window', { hours: 1 });
  const { id } = await redeemed(world);
  await world.must(reverseRedemption, { merchantId: world.merchantId, storeId: null, redemptionId: id, reason: '退货' });
  const { by: _by, approvedBy: _second, ...proposed } = deedOf(world);
  await byTwo(world, gexiang, 'grant', proposed);
  const about = { residentId, version: 0 };
  await world.must(book, {
    rows: [
      put('client', clientOf(residentId)),
      put('session', {
        id: `ses_${hexNo(1)}`,
        clientId,
        loginId: null,
        device: '旧手机',
        startedAt: 1,
        expiresAt: 2,
        endedAt: null,
        version: 0,
      }),
      put('consent', { ...about, noticeVersion: 1, how: 'paper', paperNumber: null, guardian: '葛母', takenBy: null, at: 1 }),
      put('samePerson', {
        ...about,
        otherId: await world.register('gexiang'),
        communityId: 'gexiang',
        why: 'name',
        foundAt: 1,
        same: 1,
        answer: '同一人',
        answeredBy: null,
        answeredAt: null,
      }),
      put('phoneChange', {
        ...about,
        id: `phc_${hexNo(1)}`,
        formerHash: hexNo(3),
        formerSealed: 'x',
        newHash: hexNo(4),
        how: 'codes',
        changedAt: 1,
        proposedBy: null,
        approvedBy: null,
        closedUntil: null,
        stoppedAt: null,
        stoppedBy: null,
      }),
      put('residentMove', {
        ...about,
        movedAt: 1,
        fromId: 'wanhe',
        toId: 'gexiang',
        how: 'counter',
        reason: '搬家',
        movedBy: gexiang.id,
      }),
      put('householdMember', { ...about, householdId, since: 1, until: 2, how: 'counter', by: null, reason: '分家' }),
      put('householdOf', { ...about, householdId: null }),
    ],
  });
  await world.must(correctResidentName, { by: gexiang, id: residentId, name: '葛大米', reason: '错字' });
  await world.takeVoucher();
  await erased(world);
  return { ...world, clientId };
}

describe('a list of grants that names several people', () => {
  it('keeps the words about the others', async () => {
    const world = await openWorld();
    const neighbour = await severalNamed(world);
    await erased(world);
    const { items } = JSON.parse((await rowByKey(world.store, 'proposal', `pro_${hexNo(5)}`))!.input) as { items: object[] };
    const kept = { quantity: 1, occurredOn: '2026-03-02' };
    expect(items).toEqual([
      { ...kept, residentId: world.residentId, description: '' },
      { ...kept, residentId: neighbour, description: `${neighbour} 的好事` },
    ]);
    await sound(world);
  });

  const reasons: readonly (readonly [reason: string, decisionReason: string, left: readonly [string, string]])[] = [
    ['三月志愿活动', '属实', ['三月志愿活动', '属实']],
    ['葛小米等人三月志愿活动', '属实', ['', '属实']],
    ['三月志愿活动', '葛 小米核对过', ['三月志愿活动', '']],
    ['葛大米的名字登记错了', '同意', ['', '同意']],
  ];

  it.each(reasons)('loses its reasons as far as they name the person: %s, %s', async (reason, decisionReason, left) => {
    const world = await openWorld();
    const { gexiang, residentId } = world;
    await world.must(correctResidentName, { by: gexiang, id: residentId, name: '葛大米', reason: '错字' });
    await severalNamed(world, { reason, decisionReason, status: 'declined' });
    await erased(world);
    const row = (await rowByKey(world.store, 'proposal', `pro_${hexNo(5)}`))!;
    expect([row.reason, row.decisionReason]).toEqual(left);
    await sound(world);
  });

  it('loses them, too, if it came when the name was gone already', async () => {
    const world = await openWorld();
    await requestedFor(world);
    world.clock.advance(WEEK_MS);
    await eraseRun(world);
    await severalNamed(world, { reason: '葛小米等人' });
    world.clock.advance(HOUR);
    expect(await eraseRun(world)).toBe(0);
    await eraseRun(world);
    expect((await rowByKey(world.store, 'proposal', `pro_${hexNo(5)}`))!.reason).toBe('');
    await sound(world);
  });

  it('is found by E9 if words about an erased person are left', async () => {
    const world = await openWorld();
    await erased(world);
    await severalNamed(world);
    const found = await brokenBy(world, async () => {});
    expect(found).toEqual({ E9: `pro_${hexNo(5)}: has words beside the id of an erased person` });
  });
});

const item = (residentId: string) => ({ residentId, quantity: 1, occurredOn: '2026-03-02', description: `${residentId} 的好事` });

/** A proposal about the resident and a neighbour, whose id is returned. */
async function severalNamed(world: World, told: Partial<Row<'proposal'>> = {}): Promise<string> {
  const neighbour = await world.register('gexiang');
  const input = JSON.stringify({ items: [item(world.residentId), item(neighbour)] });
  const decision = { status: 'open', decidedBy: null, decidedAt: null, decisionReason: null, result: null, residentId: null };
  const row = { id: `pro_${hexNo(5)}`, command: 'grant', input, communityId: 'gexiang', reason: '三月', proposedBy: world.gexiang.id };
  const people = [world.residentId, neighbour].map((residentId) => put('proposalPerson', { residentId, proposalId: row.id }));
  await world.must(book, { rows: [put('proposal', { ...row, ...decision, proposedAt: 1, lapsesAt: 2, version: 0, ...told }), ...people] });
  return neighbour;
}

describe('E9', () => {
  it('finds nothing of an erased person, and has looked at everybody', async () => {
    const { store } = await everythingErased();
    const { checks } = await audit(store);
    expect(checks.find(({ id }) => id === 'E9')!.finding).toEqual({ seen: 2, of: 'residents' });
  });

  const texts: readonly (readonly [table: string, column: string, value: string])[] = blankTables.flatMap((table) =>
    blankColumns(table).map(({ name, kind }) => [
      getTableName(sqliteTables[table]),
      name,
      kind === 'hash' ? 'hash' : name === 'input' ? `'{"description":"葛"}'` : "'葛'",
    ]),
  );

  it.each(texts)('%s.%s is found when it is filled by hand', async (table, column, value) => {
    const world = await everythingErased();
    const found = await brokenBy(world, async (raw) => {
      const [before] = await raw.rows(`select count(*) as n from ${table}`);
      expect(Number(before!['n'])).toBeGreaterThan(0);
      await raw.exec(`update ${table} set ${column} = ${value === 'hash' ? raw.bytes(hexNo(9)) : value}`);
    });
    expect(found['E9']).toContain(column);
  });

  const others: Readonly<Record<string, (raw: Raw, world: World) => string>> = {
    'voucher.state, to suspended': () => "update voucher set state = 'suspended' where state = 'cancelled'",
    'voucher.state, to issued': () => "update voucher set state = 'issued' where state = 'cancelled'",
    'account.balance': () => "update account set balance = -7 where kind = 'wallet'",
    'resident.status': () => "update resident set status = 'active'",
    'resident.erasure_id': () => 'update resident set erasure_id = null',
    'client.status': () => "update client set status = 'active'",
    'resident_phone.resident_id': (raw, { residentId }) => `update resident_phone set resident_id = ${raw.id(residentId)}`,
    'officer.resident_id': (raw, { residentId }) => `update officer set resident_id = ${raw.id(residentId)}`,
    'household_of.household_id': (raw) => `update household_of set household_id = ${raw.id(`hou_${hexNo(1)}`)}`,
    'household_member.until': () => 'update household_member set until = null',
    'erasure.id': (raw) => `update erasure set id = ${raw.id(`era_${hexNo(99)}`)}`,
    'erasure.ended_at': () => 'update erasure set ended_at = null',
    'erasure.withdrawn_at': () => 'update erasure set withdrawn_at = 1',
    'erasure.finished_at': () => 'update erasure set finished_at = null',
    'erasure, of which the row is gone': () => 'delete from erasure',
    'resident, of which the row is gone': (raw, { residentId }) => `delete from resident where id = ${raw.id(residentId)}`,
    'erasure.resident_id': (raw) => `update erasure set resident_id = ${raw.id(`res_${hexNo(99)}`)}`,
  };

  it('finds somebody who ended by the erasure of somebody else', async () => {
    const world = await openWorld();
    const [first, second] = [world.residentId, await world.register('gexiang')];
    const [kept] = [...(await erased(world, first)), ...(await erased(world, second))];
    const found = await brokenBy(world, (raw) =>
      raw.exec(`update resident set erasure_id = ${raw.id(kept!.erasureId)} where id = ${raw.id(second)}`),
    );
    expect(found['E9']).toBe(`${second}: ended, and no erasure of theirs says why`);
  });

  it.each(Object.keys(others))('%s is found when it is changed by hand', async (name) => {
    const world = await everythingErased();
    world.clock.advance(3 * DAY);
    await world.must(closeDay, { day: dayOf(world.clock.now - DAY) });
    const found = await brokenBy(world, (raw) => raw.exec(others[name]!(raw, world)));
    expect(found['E9']).toMatch(/(res|vch|cli|off|era)_[0-9a-f]{32}/);
  });
});
