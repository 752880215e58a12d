/** A small history in which everything has happened once: what the audit and the export are tried on. */
import { createClient, createLogin, standingClientId } from '../../src/access/index.ts';
import { contribute, tallyClosedDays } from '../../src/clearing/index.ts';
import {
  addMerchant,
  addStore,
  addTerminal,
  carryOutGrantList,
  correctResidentName,
  expireLot,
  exportList,
  leaveHousehold,
  moveResident,
  reverseGrant,
} from '../../src/communities/index.ts';
import { claimText } from '../../src/communities/people/text-claims.ts';
import { closeDay, put, recordAudit, recordBackup } from '../../src/ledger/index.ts';
import {
  addOffer,
  cancelVoucher,
  clawBackGrant,
  expireVoucher,
  issueVoucher,
  reverseRedemption,
  setVoucherStatus,
} from '../../src/redeem/index.ts';
import { audit } from '../../src/cli/audit.ts';
import type { Database } from './database.ts';
import { householdOf } from './households.ts';
import { approveList, listedIn } from './lists.ts';
import { hexNo } from './rows.ts';
import { book } from './scheme.ts';
import { settlingOf } from './settling.ts';
import { byTwo, officerOf, someSecret } from './two-officers.ts';
import { openWorld, street, type World } from './world.ts';

const HOUR = 3_600_000;

export type History = World & {
  /** A voucher redeemed at a shop of Wanhe, 60 points from Gexiang and 40 from Wanhe. */
  readonly redeemed: string;
  /** One that is not spent, 100 points from Gexiang. */
  readonly open: string;
};

/** Grants by two communities, vouchers in every state, reversals, a refusal, a closed day, a lot that expired and was clawed back. */
export async function openHistory(database?: Database): Promise<History> {
  const world = await openWorld(undefined, database);
  const { gexiang, wanhe, residentId, clock, merchantId } = world;
  const neighbour = await world.register('wanhe');
  const wrong = await world.grantHours(wanhe, neighbour, 3);
  await world.grantHours(gexiang, residentId, 6);
  await world.grantHours(wanhe, residentId, 4);
  const redeemed = await world.takeVoucher();
  await world.redeemVoucher(redeemed);
  await world.grantHours(gexiang, residentId, 45);
  const mistaken = await world.grantHours(gexiang, residentId, 2);
  const [returned, open, lapsed, cancelled] = [
    await world.takeVoucher(),
    await world.takeVoucher(),
    await world.takeVoucher(),
    await world.takeVoucher(),
  ];
  const { id } = await world.redeemVoucher(returned);

  clock.advance(12 * HOUR);
  await world.must(reverseGrant, { by: gexiang, grantId: mistaken, reason: '登记错误' });
  clock.advance(11 * HOUR);
  await world.must(closeDay, { day: '2026-03-02' });
  await world.must(reverseRedemption, { merchantId, storeId: null, redemptionId: id, reason: '顾客退货' });
  await world.must(setVoucherStatus, { by: gexiang, id: returned, status: 'suspended', reason: '待查' });
  await world.must(cancelVoucher, { voucherId: cancelled, by: { residentId }, reason: '不要了' });
  await world.refused(issueVoucher, { residentId, offerId: world.cashOfferId, quantity: 50, by: null }, 'insufficient_points');

  clock.now = Date.parse('2028-01-01T10:00:00+08:00');
  await world.must(expireVoucher, { voucherId: lapsed });
  await world.must(expireLot, { residentId: neighbour, communityId: 'wanhe', expiresOn: '2027-12-31' });
  await world.must(clawBackGrant, { by: wanhe, grantId: wrong, reason: '冒名登记' });
  return { ...world, redeemed, open };
}

/** The same, and March is settled: netted, confirmed, paid, and its days are tallied. */
export async function openSettledHistory(database?: Database): Promise<History> {
  const history = await openHistory(database);
  const { settle, confirmAll, payAll } = settlingOf(history, (id) => (id === 'gexiang' ? history.gexiang : history.wanhe));
  const { id } = await settle('2026-03-31');
  await confirmAll(id);
  await payAll(id);
  await tallyClosedDays({ view: history.store, engine: history.engine });
  return history;
}

/** The same, and there is a row in every table that a query reads: people who sign in, what is booked since the run, a correction of it. */
export async function openFullHistory(database?: Database): Promise<History> {
  const history = await openSettledHistory(database);
  const { clock, gexiang, wanhe, residentId, merchantId, storeId } = history;
  const by = { by: street, approvedBy: street.id, name: '收银台', scopes: null, ...someSecret };
  const till = { kind: 'till', merchantId, storeId } as const;
  await history.must(createClient, { ...by, binding: till });
  await history.must(createClient, { ...by, binding: { kind: 'machine', communityId: 'gexiang' } });
  const password = { passwordHash: 'hash', sealedPassword: 'sealed' };
  const login = { by: wanhe, name: 'wanhe-1', personName: '李四', temporary: false, binding: till, ...password };
  const { id: loginId, client_id: clientId } = await history.must(createLogin, login);
  const opened = { clientId, device: 'Firefox', startedAt: clock.now, expiresAt: clock.now + HOUR, endedAt: null, version: 0 };
  const code = { phoneHash: 'a'.repeat(32), codeHash: 'b'.repeat(32), sentAt: clock.now, expiresAt: clock.now + HOUR };
  const tries = { slot: 'try-1', count: 9, lastAt: clock.now, version: 0 };
  await history.run(book, {
    rows: [put('signInCode', { ...code, failures: 0, used: 0, asked: 1, countedFrom: clock.now, version: 0 }), put('wrongTries', tries)],
  });
  for (const n of [1, 2, 3]) await history.run(book, { rows: [put('session', { ...opened, id: `ses_${hexNo(n)}`, loginId })] });

  for (const n of [1, 2, 3]) {
    const { id } = await history.must(addMerchant, { by: wanhe, communityId: 'wanhe', name: `万和超市${n}` });
    await history.must(addStore, { by: wanhe, merchantId, name: `分店${n}` });
    await history.must(addTerminal, { by: wanhe, storeId, name: `收银台${n}` });
    await history.must(addOffer, { by: street, kind: 'item', title: `咖啡${n}`, points: 150, merchantId: id, settlementFen: 700 });
    await history.must(contribute, { by: street, communityId: 'gexiang', fen: 100_000 * n, bankReference: `bank-${n}` });
    await history.register('gexiang');
    await history.grantHours(gexiang, residentId, 20);
    await history.redeemVoucher(await history.takeVoucher());
  }
  await changedInRegister(history);
  const guest = await history.register('wanhe');
  await householdOf(history, residentId, await history.register('gexiang'), guest);
  await householdOf(history, await history.register('gexiang'));
  await history.must(leaveHousehold, { by: gexiang, residentId: guest, reason: '已搬走' });
  await tell(history);
  await history.must(exportList, { by: gexiang, communityId: 'gexiang', what: 'residents', reason: '核对名册', rows: 4 });
  await byTwo(history, gexiang, 'erasure', { residentId: await history.register('gexiang') });
  const startedAt = clock.now;
  for (const finishedAt of [startedAt, startedAt + 1]) {
    await history.must(recordAudit, { report: await audit(history.store), startedAt, finishedAt });
  }
  await history.must(recordBackup, { finishedAt: startedAt });
  const [settled] = await history.store.read.select().from(history.store.tables.redemption);
  await byTwo(history, await officerOf(history, null), 'adjustment', { entryId: `ent_${settled!.id.slice(4)}`, right: null });
  const listId = await approveList(history, [listedIn(history), listedIn(history, { externalReference: '活动-1' })], 20);
  await carryOutGrantList({ view: history.store, engine: history.engine }, listId);
  clock.advance(24 * HOUR);
  await history.must(closeDay, { day: '2028-01-01' });
  return history;
}

/** Somebody whose name was corrected, who got another number at a counter, and who has moved. */
async function changedInRegister(world: World): Promise<void> {
  const { clock, gexiang, wanhe } = world;
  const id = await world.register('gexiang');
  for (const name of ['葛小麦', '葛大麦']) {
    clock.advance(1);
    await world.must(correctResidentName, { by: gexiang, id, name, reason: '身份证为准' });
  }
  await byTwo(world, gexiang, 'phone', { residentId: id, phoneHash: 'c'.repeat(32), phoneSealed: 'sealed' });
  const by = { id: wanhe.id, communityId: 'wanhe' };
  await world.must(moveResident, { by, id, proof: { reason: '搬家' } });
}

/** Whatever a resident is told of beside points and vouchers, and a message to the phone that has not arrived. */
async function tell(history: History): Promise<void> {
  const { run, residentId, gexiang, clock } = history;
  const binding = { kind: 'resident', residentId } as const;
  const made = { by: gexiang, approvedBy: null, name: '手机', binding, scopes: null, ...someSecret };
  const { id: subject } = await history.must(createClient, made);
  await history.must(claimText, { residentId, kind: 'secret_replaced', subject, at: clock.now });
  const numbers = { formerHash: hexNo(1), formerSealed: 'sealed', newHash: hexNo(2), proposedBy: null, approvedBy: null };
  const change = { id: `phc_${hexNo(1)}`, residentId, ...numbers, how: 'codes', changedAt: clock.now, closedUntil: null };
  const home = { fromId: 'wanhe', toId: 'gexiang', how: 'counter', reason: null, movedBy: gexiang.id };
  const household = { householdId: `hou_${hexNo(7)}`, residentId, how: 'code', by: null, reason: null };
  const leaving = { id: `era_${hexNo(1)}`, residentId, points: 40, dueAt: clock.now + HOUR, requestedBy: null, approvedBy: null };
  const session = { id: `ses_${hexNo(9)}`, clientId: standingClientId(binding), loginId: null, device: 'WeChat, Android' };
  await run(book, {
    rows: [
      put('phoneChange', { ...change, stoppedAt: null, stoppedBy: null, version: 0 }),
      put('residentMove', { residentId, movedAt: clock.now, ...home, version: 0 }),
      put('householdMember', { ...household, since: clock.now, until: clock.now + 1, version: 0 }),
      put('erasure', {
        ...leaving,
        requestedAt: clock.now,
        withdrawnAt: clock.now + 1,
        endedAt: null,
        blankedAt: null,
        finishedAt: null,
        version: 0,
      }),
      put('session', { ...session, startedAt: clock.now, expiresAt: clock.now + HOUR, endedAt: null, version: 0 }),
    ],
  });
}
