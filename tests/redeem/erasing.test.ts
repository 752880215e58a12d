import { describe, expect, it } from 'vitest';
import { approveProposal, propose } from '../../src/api/index.ts';
import { audit } from '../../src/cli/audit.ts';
import { closeDay, put, SYSTEM_CLIENT } from '../../src/ledger/index.ts';
import {
  correctResidentName,
  grant,
  registerResident,
  residentById,
  residentByPhone,
  setResidentStatus,
  withdrawErasure,
} from '../../src/communities/index.ts';
import {
  eraseDue,
  issueVoucher,
  printPaper,
  redeem,
  reverseRedemption,
  setVoucherStatus,
  voidRedemption,
  voucherById,
} from '../../src/redeem/index.ts';
import { getTableName } from 'drizzle-orm';
import { blankColumns, blankTables, rowByKey, type Row, type TableName } from '../../src/store/index.ts';
import { sqliteTables } from '../../src/store/sqlite-tables.ts';
import { consented } from '../support/consents.ts';
import { balancesOf } from '../support/balances.ts';
import { deedOf } from '../support/deeds.ts';
import { erased, eraseRun, requestedFor, WEEK_MS } from '../support/leaving.ts';
import { hexNo } from '../support/rows.ts';
import { plansOf } from '../support/plans.ts';
import type { Raw } from '../support/raw.ts';
import { book } from '../support/scheme.ts';
import { brokenBy } from '../support/tampering.ts';
import { byTwo, enact, officerOf, someSecret } from '../support/two-officers.ts';
import { openWorld, street, type World } from '../support/world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

async function rows<N extends TableName>({ store: { read, tables } }: World, table: N): Promise<Row<N>[]> {
  return read.select().from(tables[table] as never);
}

/** The balances of Gexiang's accounts of points that are not zero, each on its normal side. */
async function points({ store }: World): Promise<Record<string, number>> {
  const found = (await balancesOf(store)).filter(
    ({ unit, balance, community }) => unit === 'point' && balance !== 0 && community === 'gexiang',
  );
  return Object.fromEntries(found.map(({ kind, balance }) => [kind, Math.abs(balance)]));
}

async function sound({ store }: World): Promise<void> {
  const { checks } = await audit(store);
  expect(checks.flatMap(({ id, finding }) => ('broken' in finding ? [`${id}: ${finding.broken}`] : []))).toEqual([]);
}

describe('a request to be erased', () => {
  it('says how many points are lost, in the wallet and in open vouchers, and is due in seven days', async () => {
    const world = await openWorld();
    await world.grantHours(world.gexiang, world.residentId, 30);
    await world.takeVoucher();
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
    expect(await points(world)).toEqual({ issued: 300, expired: 300 });
    expect(await voucherById(store, voucherId)).toMatchObject({ state: 'cancelled', stateReason: null });
    expect(await rows(world, 'grant')).toMatchObject([{ description: '', remaining: 0 }]);
    expect(await residentById(store, residentId)).toMatchObject({
      name: '',
      nameKey: null,
      phoneSealed: '',
      phoneHash: '0'.repeat(32),
      status: 'ended',
    });
    const entries = await rows(world, 'entry');
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
    const household = async () => (await rows(world, 'household'))[0]!;
    await erased(world, first);
    expect(await household()).toMatchObject({ headId: third, endedAt: null });
    expect(await rowByKey(world.store, 'householdOf', first)).toMatchObject({ householdId: null });
    const left = (await rows(world, 'householdMember')).map(({ residentId, until, reason }) => [residentId, until !== null, reason]);
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
    await Promise.all([eraseRun(world), eraseRun(world), eraseRun(world)]);
    world.clock.advance(HOUR);
    const finished = await Promise.all([eraseRun(world), eraseRun(world)]);
    expect(finished.toSorted()).toEqual([0, 1]);
    expect(await points(world)).toEqual({ issued: 300, expired: 300 });
    await sound(world);
  });

  it('is erased step by step, and a run goes on wherever the one before was stopped', async () => {
    const world = await openWorld();
    await world.grantHours(world.gexiang, world.residentId, 30);
    await world.takeVoucher();
    await requestedFor(world);
    world.clock.advance(WEEK_MS);
    const { engine, store, clock } = world;
    // As often as there are commands, the process is killed after one more of them.
    for (let allowed = 0; allowed < 40; allowed++) {
      let left = allowed;
      const dying = {
        bySystem: async (...args: Parameters<typeof engine.bySystem>) =>
          left-- > 0 ? engine.bySystem(...args) : Promise.reject(new Error('killed')),
      };
      clock.advance(60_000);
      await eraseDue({ view: store, engine: dying as never, clock: () => clock.now, keepErased: () => {} }).catch(() => {});
    }
    expect(await rows(world, 'erasure')).toMatchObject([{ finishedAt: expect.any(Number) }]);
    expect(await points(world)).toEqual({ issued: 300, expired: 300 });
    await sound(world);
  });
});

/** Something of a person's that is open when they are erased, and what may still be done about it. */
type Open = { readonly after: (world: World) => Promise<unknown>; readonly left: Record<string, number> };

const redeemed = async (world: World) => {
  await world.grantHours(world.gexiang, world.residentId, 30);
  return world.redeemVoucher(await world.takeVoucher());
};

const cases: Readonly<Record<string, (world: World) => Promise<Open>>> = {
  'an open voucher': async (world) => {
    await world.grantHours(world.gexiang, world.residentId, 30);
    await world.takeVoucher();
    return { after: async () => {}, left: { issued: 300, expired: 300 } };
  },
  'a suspended voucher': async (world) => {
    await world.grantHours(world.gexiang, world.residentId, 30);
    const id = await world.takeVoucher();
    await world.must(setVoucherStatus, { by: world.gexiang, id, status: 'suspended', reason: '待查' });
    return { after: async () => {}, left: { issued: 300, expired: 300 } };
  },
  'a redemption that may still be voided': async (world) => {
    const { request_no: requestNo } = await redeemed(world);
    const after = () => world.must(voidRedemption, { client: SYSTEM_CLIENT, requestNo, reason: '没有收到答复' });
    return { after, left: { issued: 300, expired: 300 } };
  },
  'a redemption that may still be reversed': async (world) => {
    await enact(world, 'reversal_window', { hours: 24 * 14 });
    const { id } = await redeemed(world);
    const input = { merchantId: world.merchantId, storeId: null, redemptionId: id, reason: '退货' };
    return { after: () => world.must(reverseRedemption, input), left: { issued: 300, expired: 300 } };
  },
  'a claw-back of points that are redeemed': async (world) => {
    await redeemed(world);
    const [{ id: grantId } = { id: '' }] = await rows(world, 'grant');
    const after = () => byTwo(world, world.gexiang, 'clawback', { grantId }, '冒名登记');
    return { after, left: { redeemed: 100, clawback: 100 } };
  },
  'a claw-back that was proposed': async (world) => {
    await enact(world, 'proposal_validity', { hours: 24 * 14 });
    await redeemed(world);
    const [{ id: grantId } = { id: '' }] = await rows(world, 'grant');
    const { id } = await world.must(propose, { by: world.gexiang, command: 'clawback', input: { grantId }, reason: '冒名登记' });
    const second = await officerOf(world, 'gexiang');
    const after = () => world.must(approveProposal, { by: second, id, reason: '同意', secret: someSecret });
    return { after, left: { redeemed: 100, clawback: 100 } };
  },
  'a day that is closed and not settled': async (world) => {
    await redeemed(world);
    world.clock.advance(DAY);
    await world.must(closeDay, { day: '2026-03-02' });
    return { after: async () => {}, left: { issued: 300, redeemed: 100, expired: 200 } };
  },
  'a paper': async (world) => {
    await world.grantHours(world.gexiang, world.residentId, 30);
    const voucherId = await world.takeVoucher();
    await world.must(printPaper, { by: world.gexiang, voucherId, codeHash: hexNo(7), pinHash: hexNo(8), sealedCode: 's', sealedPin: 's' });
    const till = {
      merchantId: world.merchantId,
      storeId: world.storeId,
      terminalId: null,
      orderNo: 'o',
      orderAmountFen: 9_000,
      presentedAt: null,
    };
    const after = () => world.refused(redeem, { ...till, codeHash: hexNo(7), pinHash: hexNo(8) }, 'voucher_cancelled');
    return { after, left: { issued: 300, expired: 300 } };
  },
};

it('those who are due are found by an index of open erasures', async () => {
  const world = await openWorld();
  const plans = await plansOf(world, () => eraseRun(world));
  expect(plans.map(({ scans, uses }) => ({ scans, uses }))).toEqual([{ scans: [], uses: ['erasure_open'] }]);
});

describe('erased while it is open', () => {
  it.each(Object.keys(cases))('%s: the money is right, and the audit finds nothing', async (name) => {
    const world = await openWorld();
    const { after, left } = await cases[name]!(world);
    await erased(world);
    await sound(world);
    await after(world);
    expect(await points(world)).toEqual(left);
    const reversals = await rows(world, 'redemptionReversal');
    expect(reversals.map(({ reason }) => reason)).toEqual(reversals.map(() => ''));
    expect((await rows(world, 'grant')).map(({ reversalReason }) => reversalReason ?? '')).toEqual(['']);
    await sound(world);
  });
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
  const bound = { communityId: 'gexiang', merchantId: null, storeId: null, officerId: null, residentId, previousSecretUntil: null };
  const client = {
    ...bound,
    id: clientId,
    kind: 'resident',
    name: '小米的手机',
    scopes: '',
    secretHash: hexNo(1),
    previousSecretHash: null,
  };
  const about = { residentId, version: 0 };
  await world.must(book, {
    rows: [
      put('client', { ...client, status: 'active', createdAt: 1, version: 0 }),
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
async function severalNamed(world: World): Promise<string> {
  const neighbour = await world.register('gexiang');
  const input = JSON.stringify({ items: [item(world.residentId), item(neighbour)] });
  const decision = { status: 'open', decidedBy: null, decidedAt: null, decisionReason: null, result: null, residentId: null };
  const row = { id: `pro_${hexNo(5)}`, command: 'grant', input, communityId: 'gexiang', reason: '三月', proposedBy: world.gexiang.id };
  await world.must(book, { rows: [put('proposal', { ...row, ...decision, proposedAt: 1, lapsesAt: 2, version: 0 })] });
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
    'voucher.state': () => "update voucher set state = 'suspended' where state = 'cancelled'",
    'account.balance': () => "update account set balance = -7 where kind = 'wallet'",
    'resident.status': () => "update resident set status = 'active'",
    'resident.erasure_id': () => 'update resident set erasure_id = null',
    'client.status': () => "update client set status = 'active'",
    'resident_phone.resident_id': (raw, { residentId }) => `update resident_phone set resident_id = ${raw.id(residentId)}`,
    'officer.resident_id': (raw, { residentId }) => `update officer set resident_id = ${raw.id(residentId)}`,
    'erasure.resident_id': (raw) => `update erasure set resident_id = ${raw.id(`res_${hexNo(99)}`)}`,
  };

  it.each(Object.keys(others))('%s is found when it is changed by hand', async (name) => {
    const world = await everythingErased();
    const found = await brokenBy(world, (raw) => raw.exec(others[name]!(raw, world)));
    expect(found['E9']).toMatch(/(res|vch|cli|off|era)_[0-9a-f]{32}/);
  });
});
