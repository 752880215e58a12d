import { beforeEach, describe, expect, it } from 'vitest';
import { accessMessages, rotateClient, standingClientId } from '../../../src/access/index.ts';
import { communityMessages, expireLot, reverseGrant } from '../../../src/communities/index.ts';
import { put, type RowChange } from '../../../src/ledger/index.ts';
import {
  cancelVoucher,
  clawBackGrant,
  expireVoucher,
  issueVoucher,
  printPaper,
  reverseRedemption,
  voucherById,
  voucherMessages,
} from '../../../src/redeem/index.ts';
import { openApi } from '../../support/api.ts';
import { plansOf } from '../../support/plans.ts';
import { hexNo } from '../../support/rows.ts';
import { book } from '../../support/scheme.ts';
import { someSecret } from '../../support/two-officers.ts';
import { openWorld, type World } from '../../support/world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Message = { id: string; kind: string; at: string; subject: string | null; details: Record<string, unknown> };
type Page = { items: Message[]; next_cursor: string | null };

let world: World;
let read: (query?: string) => Promise<Page>;

/** The messages but for that of the credential with which the test reads them. */
async function told(query = '?limit=100'): Promise<Message[]> {
  const { items } = await read(query);
  return items.filter(({ kind, details }) => kind !== 'credential_made' || details['name'] !== 'resident of a test');
}

const kinds = async () => (await told()).map(({ kind }) => kind).filter((kind) => kind !== 'points_received');

/** Everything, a page after another. */
async function paged(limit: number): Promise<Message[]> {
  const all: Message[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Page = await read(`?limit=${limit}${cursor === '' ? '' : `&cursor=${cursor}`}`);
    all.push(...page.items);
    cursor = page.next_cursor;
  }
  return all;
}

beforeEach(async () => {
  world = await openWorld();
  const api = await openApi(world);
  const credentials = await api.clientFor({ kind: 'resident', residentId: world.residentId });
  world.clock.advance(MINUTE);
  read = async (query = '') => {
    const answer = await api.http.get(`/v1/me/messages${query}`).set({ authorization: await api.bearer(credentials) });
    expect(answer.status, answer.text).toBe(200);
    return answer.body as Page;
  };
});

const now = () => new Date(world.clock.now).toISOString();
const rows = (...changes: readonly RowChange[]) => world.run(book, { rows: changes });
const id = <P extends string>(prefix: P, n: number) => `${prefix}_${hexNo(n)}` as const;

describe('a resident is told of points', () => {
  it('what was received, by whom, for what and until when', async () => {
    const grantId = await world.grantHours(world.gexiang, world.residentId, 3);
    const details = { points: 30, community_id: 'gexiang', expires_on: '2027-12-31', description: '社区清洁' };
    expect(await told()).toEqual([{ id: expect.any(String), kind: 'points_received', at: now(), subject: grantId, details }]);
  });

  it('what was reversed, or clawed back although it was spent', async () => {
    const { gexiang, residentId, clock } = world;
    const spent = await world.grantHours(gexiang, residentId, 10);
    await world.redeemVoucher(await world.takeVoucher());
    const mistaken = await world.grantHours(gexiang, residentId, 2);
    clock.advance(HOUR);
    await world.must(reverseGrant, { by: gexiang, grantId: mistaken, reason: '登记错误' });
    const reversedAt = now();
    clock.advance(HOUR);
    await world.must(clawBackGrant, { by: gexiang, grantId: spent, reason: '冒名登记' });
    const [clawedBack, reversed] = await told();
    expect(clawedBack).toMatchObject({ kind: 'points_clawed_back', at: now(), subject: spent, details: { points: 100 } });
    expect(reversed).toMatchObject({ kind: 'points_reversed', at: reversedAt, subject: mistaken, details: { points: 20 } });
  });

  it('thirty days before the last day of a lot that it runs out, and then that it has', async () => {
    const { gexiang, residentId, clock } = world;
    await world.grantHours(gexiang, residentId, 4);
    const notice = '2027-12-01T00:00:00+08:00';
    clock.now = Date.parse(notice) - 1;
    expect((await told()).map(({ kind }) => kind)).toEqual(['points_received']);
    clock.now = Date.parse(notice);
    const details = { points: 40, community_id: 'gexiang', expires_on: '2027-12-31' };
    expect((await told())[0]).toMatchObject({ kind: 'points_expiring', at: now(), details });
    clock.now = Date.parse('2028-01-01T00:10:00+08:00');
    expect((await told()).map(({ kind }) => kind)).toEqual(['points_received']);
    await world.must(expireLot, { residentId, communityId: 'gexiang', expiresOn: '2027-12-31' });
    expect((await told())[0]).toMatchObject({ kind: 'points_expired', at: now(), details });
  });

  it('nothing of a lot that is empty when its last day comes near', async () => {
    await world.grantHours(world.gexiang, world.residentId, 10);
    await world.takeVoucher();
    world.clock.now = Date.parse('2027-12-02T00:00:00+08:00');
    expect((await told()).map(({ kind }) => kind)).not.toContain('points_expiring');
  });
});

describe('a resident is told of vouchers', () => {
  it('where one was redeemed, and that this was reversed', async () => {
    await world.grantHours(world.gexiang, world.residentId, 10);
    const voucherId = await world.takeVoucher();
    const { id: redemptionId, merchant_id: merchantId } = await world.redeemVoucher(voucherId);
    const redeemedAt = now();
    const details = { title: '代金券', points: 100, face_fen: 1_000, merchant_name: '万和超市', store_name: '一店' };
    expect((await told())[0]).toMatchObject({ kind: 'voucher_redeemed', at: redeemedAt, subject: voucherId, details });
    world.clock.advance(HOUR);
    await world.must(reverseRedemption, { merchantId, storeId: null, redemptionId, reason: '顾客退货' });
    expect(await told()).toMatchObject([
      { kind: 'voucher_reversed', at: now(), subject: voucherId, details },
      { kind: 'voucher_redeemed', at: redeemedAt },
      { kind: 'points_received' },
    ]);
  });

  it('seven days before its end that it runs out, and then that it has', async () => {
    await world.grantHours(world.gexiang, world.residentId, 10);
    const voucherId = await world.takeVoucher();
    const { validUntil } = (await voucherById(world.store, voucherId))!;
    world.clock.now = validUntil - 7 * DAY - 1;
    expect(await kinds()).toEqual([]);
    world.clock.now += 1;
    expect((await told())[0]).toMatchObject({ kind: 'voucher_expiring', at: now(), subject: voucherId });
    world.clock.now = validUntil;
    expect(await kinds()).toEqual(['voucher_expired', 'voucher_expiring']);
    world.clock.advance(HOUR);
    await world.must(expireVoucher, { voucherId });
    expect((await told())[0]).toMatchObject({ kind: 'voucher_expired', at: new Date(validUntil).toISOString() });
  });

  it('nothing of the end of one that was redeemed or cancelled before', async () => {
    await world.grantHours(world.gexiang, world.residentId, 20);
    await world.redeemVoucher(await world.takeVoucher());
    const by = { residentId: world.residentId };
    await world.must(cancelVoucher, { voucherId: await world.takeVoucher(), by, reason: '不要了' });
    world.clock.advance(85 * DAY);
    expect(await kinds()).toEqual(['voucher_redeemed']);
  });

  it('what an officer took or printed for them, and nothing of what they took themselves', async () => {
    const { gexiang, residentId, cashOfferId, clock } = world;
    await world.grantHours(gexiang, residentId, 20);
    await world.takeVoucher();
    clock.advance(HOUR);
    const outcome = await world.engine.submit({
      command: issueVoucher,
      input: { residentId, offerId: cashOfferId, quantity: 1, by: gexiang },
      client: id('cli', 9),
      key: 'on behalf',
      hash: '00',
      actor: gexiang.id,
    });
    const voucherId = 'reply' in outcome ? outcome.reply.id : expect.fail('it was refused');
    clock.advance(HOUR);
    const paper = { by: gexiang, voucherId, codeHash: hexNo(1), pinHash: hexNo(2), sealedCode: 'sealed', sealedPin: 'sealed' };
    await world.must(printPaper, paper);
    await world.showCode(voucherId);
    expect(await told()).toMatchObject([
      { kind: 'paper_printed', at: new Date(clock.now - 1).toISOString(), subject: voucherId, details: { face_fen: 1_000 } },
      { kind: 'voucher_taken', at: new Date(clock.now - 1 - HOUR).toISOString(), subject: voucherId },
      { kind: 'points_received' },
    ]);
  });
});

describe('a resident is told of the account', () => {
  it('each device at its first sign-in', async () => {
    const { residentId, clock } = world;
    const clientId = standingClientId({ kind: 'resident', residentId });
    const session = (n: number, device: string) =>
      put('session', {
        id: id('ses', n),
        clientId,
        loginId: null,
        device,
        startedAt: clock.now,
        expiresAt: clock.now + DAY,
        endedAt: null,
        version: 0,
      });
    await rows(session(1, 'WeChat, Android'));
    const first = now();
    clock.advance(HOUR);
    await rows(session(2, 'WeChat, Android'), session(3, 'Safari, iOS'));
    expect(await told()).toMatchObject([
      { kind: 'signed_in', at: now(), subject: null, details: { device: 'Safari, iOS' } },
      { kind: 'signed_in', at: first, details: { device: 'WeChat, Android' } },
    ]);
  });

  it('a credential that was made, and that it was given another secret', async () => {
    const api = await openApi(world, {});
    const { clientId } = await api.clientFor({ kind: 'resident', residentId: world.residentId });
    const madeAt = now();
    world.clock.advance(HOUR);
    await world.must(rotateClient, { by: world.gexiang, id: clientId, ...someSecret });
    const { items } = await read('?limit=2');
    expect(items).toMatchObject([
      { kind: 'secret_replaced', at: now(), subject: clientId, details: { name: 'resident of a test' } },
      { kind: 'credential_made', at: madeAt, subject: clientId },
    ]);
  });

  it('a change of the number, that it was stopped, and until when nothing can be spent', async () => {
    const { residentId, clock } = world;
    const changedAt = clock.now;
    const closedUntil = changedAt + 72 * HOUR;
    const hashes = { formerHash: hexNo(1), newHash: hexNo(2), formerSealed: 'sealed' };
    const change = { id: id('phc', 1), residentId, ...hashes, how: 'counter', changedAt, proposedBy: null, approvedBy: null, closedUntil };
    const [resident] = await world.store.read.select().from(world.store.tables.resident);
    await rows(
      put('phoneChange', { ...change, stoppedAt: changedAt + HOUR, stoppedBy: null, version: 0 }),
      put('resident', { ...resident!, spendsFrom: closedUntil }),
    );
    clock.advance(2 * HOUR);
    const details = { closed_until: new Date(closedUntil).toISOString() };
    expect(await told()).toMatchObject([
      { kind: 'number_change_stopped', at: new Date(changedAt + HOUR).toISOString(), subject: change.id, details: {} },
      { kind: 'spending_closed', at: new Date(changedAt).toISOString(), subject: change.id, details },
      { kind: 'number_changed', at: new Date(changedAt).toISOString(), subject: change.id, details: { how: 'counter', ...details } },
    ]);
    clock.now = closedUntil;
    expect((await told()).map(({ kind }) => kind)).not.toContain('spending_closed');
  });

  it('a move, households joined and left, and a leaving that was requested and withdrawn', async () => {
    const { residentId, clock, gexiang } = world;
    const at = (hours: number) => clock.now + hours * HOUR;
    const household = { householdId: id('hou', 1), residentId, how: 'code', by: null, reason: null, version: 0 };
    const leaving = { id: id('era', 1), residentId, points: 40, dueAt: at(200), requestedBy: null, approvedBy: null, version: 0 };
    await rows(
      put('residentMove', {
        residentId,
        movedAt: at(1),
        fromId: 'gexiang',
        toId: 'wanhe',
        how: 'code',
        reason: null,
        movedBy: gexiang.id,
        version: 0,
      }),
      put('householdMember', { ...household, since: at(2), until: at(3) }),
      put('erasure', { ...leaving, requestedAt: at(4), withdrawnAt: at(5), endedAt: null, blankedAt: null, finishedAt: null }),
    );
    clock.advance(6 * HOUR);
    expect((await told()).map(({ kind, details }) => [kind, details])).toEqual([
      ['erasure_withdrawn', {}],
      ['erasure_requested', { due_at: new Date(leaving.dueAt).toISOString(), points: 40 }],
      ['household_left', { how: 'code' }],
      ['household_joined', { how: 'code' }],
      ['moved', { from_id: 'gexiang', to_id: 'wanhe' }],
    ]);
  });
});

describe('the messages', () => {
  it('come in the same order however many are on a page, also where several happened at one instant', async () => {
    const { gexiang, wanhe, residentId, clock } = world;
    for (let n = 0; n < 7; n++) await world.grantHours(n % 2 === 0 ? gexiang : wanhe, residentId, 2 + n);
    const voucherId = await world.takeVoucher();
    await world.redeemVoucher(voucherId);
    clock.advance(HOUR);
    await world.grantHours(gexiang, residentId, 1);
    const { items } = await read('?limit=100');
    expect(items).toHaveLength(10);
    expect(items.map(({ at }) => at)).toEqual(
      items
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
    expect(new Set(items.map((item) => item.id)).size).toBe(items.length);
    for (const limit of [1, 3, 4]) expect(await paged(limit)).toEqual(items);
  });

  it('newer than an instant are counted by that, and none is written by reading them', async () => {
    const { gexiang, residentId, clock } = world;
    await world.grantHours(gexiang, residentId, 1);
    const seen = now();
    expect((await read(`?after=${encodeURIComponent(seen)}`)).items).toEqual([]);
    clock.advance(1);
    await world.grantHours(gexiang, residentId, 2);
    const requests = await world.store.read.$count(world.store.tables.request);
    expect((await read(`?after=${encodeURIComponent(seen)}`)).items).toMatchObject([{ kind: 'points_received', details: { points: 20 } }]);
    expect(await world.store.read.$count(world.store.tables.request)).toBe(requests);
  });

  it('are a resident’s own', async () => {
    const neighbour = await world.register('gexiang');
    await world.grantHours(world.gexiang, neighbour, 10);
    const voucherId = await world.takeVoucher(neighbour);
    await world.redeemVoucher(voucherId);
    expect(await told()).toEqual([]);
  });

  it('cost the same however much there is: no table is scanned', async () => {
    await world.grantHours(world.gexiang, world.residentId, 20);
    await world.redeemVoucher(await world.takeVoucher());
    const span = { now: world.clock.now + 700 * DAY, until: world.clock.now + 700 * DAY };
    const plans = await plansOf(world, () =>
      Promise.all([accessMessages, communityMessages, voucherMessages].map(async (source) => source(world.store, world.residentId, span))),
    );
    expect(plans.length).toBeGreaterThan(10);
    for (const { statement, scans, sorts } of plans) {
      expect(scans, statement).toEqual([]);
      if (/ limit (\?|\$|\d)/.test(statement)) expect(sorts, statement).toBe(false);
    }
    expect(plans.flatMap(({ uses }) => uses)).toContain('code_paper');
  });
});
