import { describe, expect, it } from 'vitest';
import { approveProposal, propose } from '../../src/api/index.ts';
import { addActionRule, grant, reverseGrant } from '../../src/communities/index.ts';
import { Engine, SYSTEM_CLIENT, Unavailable } from '../../src/ledger/index.ts';
import { audit } from '../../src/cli/audit.ts';
import {
  cancelVoucher,
  clawBackGrant,
  expireDue,
  issueVoucher,
  reverseRedemption,
  setVoucherStatus,
  voidRedemption,
  voucherById,
} from '../../src/redeem/index.ts';
import { commandIds, type Store, type TableName } from '../../src/store/index.ts';
import { deedOf } from '../support/deeds.ts';
import { itOnPostgres } from '../support/it-on-postgres.ts';
import { entriesAfter, journalLines } from '../support/journal.ts';
import { refusedAlone } from '../support/refused-alone.ts';
import { byTwo, enact, officerOf, someSecret } from '../support/two-officers.ts';
import { hourlyRule, openWorld, type World } from '../support/world.ts';

const REASON = '冒名登记';
const WALLET = 'wallet:gexiang:小葛:2027-12-31';

const input = (world: World, grantId: string) => ({ by: world.gexiang, grantId, reason: REASON });

/** What two officers of the community reply when they claw a grant back. */
async function clawBack(world: World, grantId: string, by = world.gexiang) {
  return byTwo(world, by, 'clawback', { grantId }, REASON) as Promise<Record<string, unknown>>;
}

/** What a deed posts: each entry's kind, then its lines. */
async function postedBy(world: World, deed: () => Promise<unknown>): Promise<string[]> {
  const last = (await entriesAfter(world.store, undefined)).at(-1)!.id;
  await deed();
  const posted = await entriesAfter(world.store, last);
  return posted.flatMap(({ kind, postings }) => [
    kind,
    ...journalLines(postings).map((line) => `  ${line}`.replaceAll(world.residentId, '小葛').replaceAll(world.merchantId, '超市')),
  ]);
}

const stateOf = async ({ store }: World, id: string) => {
  const { state, stateReason } = (await voucherById(store, id))!;
  return [state, stateReason];
};

const grantRow = async ({ store: { read, tables } }: World, id: string) =>
  (await read.select().from(tables.grant)).find((row) => row.id === id)!;

const sound = async ({ store }: World) => expect(await audit(store)).toMatchObject({ ok: true });

const reversed = (world: World, redemptionId: string) =>
  world.must(reverseRedemption, { merchantId: world.merchantId, storeId: null, redemptionId, reason: '退货' });
const voided = (world: World, requestNo: string) =>
  world.must(voidRedemption, { client: SYSTEM_CLIENT, requestNo, reason: '没有收到答复' });
const expire = ({ store, engine, clock }: World) => expireDue({ view: store, engine, clock: () => clock.now });

/** Gives 60 points of Gexiang and 40 of Wanhe in one voucher. */
async function mixed() {
  const world = await openWorld();
  const grantId = await world.grantHours(world.gexiang, world.residentId, 6);
  const other = await world.grantHours(world.wanhe, world.residentId, 4);
  return { world, grantId, other, voucherId: await world.takeVoucher() };
}

describe('a grant is clawed back', () => {
  it('out of the wallet, where nothing of it is spent', async () => {
    const world = await openWorld();
    const grantId = await world.grantHours(world.gexiang, world.residentId, 3);
    await world.grantHours(world.gexiang, world.residentId, 1);
    let reply = {};
    const posted = await postedBy(world, async () => (reply = await clawBack(world, grantId)));
    expect(posted).toEqual(['grant_clawback', `  dr ${WALLET} 30   cr issued:gexiang 30   point`]);
    const { now } = world.clock;
    const entry_id = (await entriesAfter(world.store, undefined)).at(-1)!.id;
    expect(reply).toEqual({ grant_id: grantId, points: 30, voucher_ids: [], clawed_back_at: now, entry_id });
    expect(await grantRow(world, grantId)).toMatchObject({ remaining: 0, clawedBackAt: now, reversedAt: null, reversalReason: REASON });
    await sound(world);
  });

  it('out of an open voucher, which is cancelled first: what others gave to it goes back', async () => {
    const { world, grantId, other, voucherId } = await mixed();
    let reply: Record<string, unknown> = {};
    const posted = await postedBy(world, async () => (reply = await clawBack(world, grantId)));
    expect(posted).toEqual([
      'voucher_cancellation',
      `  dr escrow:gexiang 60   cr ${WALLET} 60   point`,
      '  dr escrow:wanhe 40   cr wallet:wanhe:小葛:2027-12-31 40   point',
      'grant_clawback',
      `  dr ${WALLET} 60   cr issued:gexiang 60   point`,
    ]);
    expect(reply).toMatchObject({ voucher_ids: [voucherId], entry_id: (await entriesAfter(world.store, undefined)).at(-1)!.id });
    expect(await stateOf(world, voucherId)).toEqual(['cancelled', REASON]);
    expect((await grantRow(world, other)).remaining).toBe(40);
    await sound(world);
  });

  it('out of a suspended voucher', async () => {
    const { world, grantId, voucherId } = await mixed();
    await world.must(setVoucherStatus, { by: world.gexiang, id: voucherId, status: 'suspended', reason: '核查' });
    await clawBack(world, grantId);
    expect(await stateOf(world, voucherId)).toEqual(['cancelled', REASON]);
    await sound(world);
  });

  it('out of a voucher whose date is past: that one is expired, whether or not it is booked', async () => {
    const { world, grantId, voucherId } = await mixed();
    world.clock.now = (await voucherById(world.store, voucherId))!.validUntil;
    expect((await postedBy(world, () => clawBack(world, grantId)))[0]).toBe('voucher_expiry');
    expect(await stateOf(world, voucherId)).toEqual(['expired', null]);
    await sound(world);
  });

  it('after it was redeemed: it stays with the community that granted, and no fen move', async () => {
    const { world, grantId, voucherId } = await mixed();
    await world.redeemVoucher(voucherId);
    expect(await postedBy(world, () => clawBack(world, grantId))).toEqual([
      'grant_clawback',
      '  dr clawback:gexiang 60   cr issued:gexiang 60   point',
    ]);
    expect(await stateOf(world, voucherId)).toEqual(['redeemed', null]);
    await sound(world);
  });

  it('where one voucher of it is redeemed and one is open; a voucher without any of it is left alone', async () => {
    const world = await openWorld();
    await world.grantHours(world.gexiang, world.residentId, 10);
    const untouched = await world.takeVoucher();
    const wrong = await world.grantHours(world.gexiang, world.residentId, 25);
    const [redeemed, open] = [await world.takeVoucher(), await world.takeVoucher()];
    await world.redeemVoucher(redeemed);
    expect(await postedBy(world, () => clawBack(world, wrong))).toEqual([
      'voucher_cancellation',
      `  dr escrow:gexiang 100   cr ${WALLET} 100   point`,
      'grant_clawback',
      `  dr ${WALLET} 150  dr clawback:gexiang 100   cr issued:gexiang 250   point`,
    ]);
    expect([await stateOf(world, untouched), await stateOf(world, open)]).toEqual([
      ['issued', null],
      ['cancelled', REASON],
    ]);
    await sound(world);
  });

  it('out of the wallet and two open vouchers that both give back to another grant too', async () => {
    const world = await openWorld();
    const right = await world.grantHours(world.gexiang, world.residentId, 15);
    const wrong = await world.grantHours(world.gexiang, world.residentId, 20);
    const first = await world.takeVoucher();
    const second = await world.takeVoucher();
    await world.must(cancelVoucher, { voucherId: first, by: { residentId: world.residentId }, reason: '不要了' });
    const third = await world.takeVoucher(world.residentId, 2);
    expect(await postedBy(world, () => clawBack(world, wrong))).toEqual([
      'voucher_cancellation',
      `  dr escrow:gexiang 100   cr ${WALLET} 100   point`,
      'voucher_cancellation',
      `  dr escrow:gexiang 200   cr ${WALLET} 200   point`,
      'grant_clawback',
      `  dr ${WALLET} 200   cr issued:gexiang 200   point`,
    ]);
    expect([await stateOf(world, second), await stateOf(world, third)]).toEqual([
      ['cancelled', REASON],
      ['cancelled', REASON],
    ]);
    expect(await grantRow(world, right)).toMatchObject({ remaining: 150 });
    await sound(world);
  });

  it('out of the wallet and what has expired of it', async () => {
    const world = await openWorld();
    const grantId = await world.grantHours(world.gexiang, world.residentId, 33);
    world.clock.now = Date.parse('2027-12-20T10:00:00+08:00');
    const [kept, spent, cancelled] = [await world.takeVoucher(), await world.takeVoucher(), await world.takeVoucher()];
    await world.redeemVoucher(spent);
    world.clock.now = Date.parse('2028-01-01T10:00:00+08:00');
    await world.must(cancelVoucher, { voucherId: cancelled, by: { residentId: world.residentId }, reason: '不要了' });
    // The 30 that were left in the lot are past their date, which is not booked yet.
    expect(await postedBy(world, () => clawBack(world, grantId))).toEqual([
      'voucher_cancellation',
      '  dr escrow:gexiang 100   cr expired:gexiang 100   point',
      'grant_clawback',
      `  dr ${WALLET} 30  dr expired:gexiang 200  dr clawback:gexiang 100   cr issued:gexiang 330   point`,
    ]);
    expect(await stateOf(world, kept)).toEqual(['cancelled', REASON]);
    expect(await expire(world)).toEqual({ vouchers: 0, lots: 0 });
    await sound(world);
  });

  it('after all of it has expired', async () => {
    const world = await openWorld();
    const grantId = await world.grantHours(world.gexiang, world.residentId, 3);
    world.clock.now = Date.parse('2028-01-01T10:00:00+08:00');
    expect(await expire(world)).toEqual({ vouchers: 0, lots: 1 });
    expect(await postedBy(world, () => clawBack(world, grantId))).toEqual([
      'grant_clawback',
      '  dr expired:gexiang 30   cr issued:gexiang 30   point',
    ]);
    await sound(world);
  });
});

describe('points of a grant that was clawed back', () => {
  it('are not spent again where their redemption is reversed: the voucher is cancelled at once, and what others gave goes back', async () => {
    const { world, grantId, other, voucherId } = await mixed();
    const { id } = await world.redeemVoucher(voucherId);
    await clawBack(world, grantId);
    const posted = await postedBy(world, () => reversed(world, id));
    expect(posted.filter((line) => line.endsWith('point') || !line.startsWith(' '))).toEqual([
      'redemption_reversal',
      '  dr redeemed:gexiang 60   cr escrow:gexiang 60   point',
      '  dr redeemed:wanhe 40   cr escrow:wanhe 40   point',
      'voucher_cancellation',
      '  dr escrow:gexiang 60   cr clawback:gexiang 60   point',
      '  dr escrow:wanhe 40   cr wallet:wanhe:小葛:2027-12-31 40   point',
    ]);
    expect(posted).toContain('  dr due-to:gexiang:wanhe:2026-03-02 600   cr cost:gexiang 600   fen');
    expect(await stateOf(world, voucherId)).toEqual(['cancelled', REASON]);
    expect([(await grantRow(world, grantId)).remaining, (await grantRow(world, other)).remaining]).toEqual([0, 40]);
    await sound(world);
  });

  it('nor where it is voided, in the same batch as the claw-back or later', async () => {
    const { world, grantId, voucherId } = await mixed();
    const { request_no: requestNo } = await world.redeemVoucher(voucherId);
    const voiding = { client: SYSTEM_CLIENT, requestNo, reason: '没有收到答复' };
    const [taken, undone] = await Promise.all([world.run(clawBackGrant, input(world, grantId)), world.run(voidRedemption, voiding)]);
    expect([taken, undone]).toMatchObject([{ reply: { voucher_ids: [] } }, { reply: { reversed: true } }]);
    expect(await stateOf(world, voucherId)).toEqual(['cancelled', REASON]);
    await sound(world);
  });

  it('nor where the redemption is undone just before, in one batch', async () => {
    const { world, grantId, voucherId } = await mixed();
    const { request_no: requestNo } = await world.redeemVoucher(voucherId);
    const voiding = { client: SYSTEM_CLIENT, requestNo, reason: '没有收到答复' };
    const [undone, taken] = await Promise.all([world.run(voidRedemption, voiding), world.run(clawBackGrant, input(world, grantId))]);
    expect([undone, taken]).toMatchObject([{ reply: { reversed: true } }, { reply: { voucher_ids: [voucherId] } }]);
    expect(await stateOf(world, voucherId)).toEqual(['cancelled', REASON]);
    await sound(world);
  });

  it('do not expire either: not with their voucher, and not with their lot', async () => {
    const { world, grantId, voucherId } = await mixed();
    const { request_no: requestNo } = await world.redeemVoucher(voucherId);
    await clawBack(world, grantId);
    world.clock.now = Date.parse('2028-01-02T10:00:00+08:00');
    const posted = await postedBy(world, () => voided(world, requestNo));
    expect(posted.slice(posted.indexOf('voucher_expiry'))).toEqual([
      'voucher_expiry',
      '  dr escrow:gexiang 60   cr clawback:gexiang 60   point',
      '  dr escrow:wanhe 40   cr expired:wanhe 40   point',
    ]);
    expect(await stateOf(world, voucherId)).toEqual(['expired', null]);
    await sound(world);
  });

  it('make room again under the caps of their rule and the exposure limit, as many as they were', async () => {
    const world = await openWorld();
    await enact(world, 'exposure_limit', { points: 200, communities: {} });
    const terms = { ...hourlyRule, capDay: 200 };
    const { id: ruleId } = await world.must(addActionRule, { by: world.gexiang, communityId: 'gexiang', class: 'volunteer', terms });
    const deed = (quantity: number) => deedOf(world, { ruleId, quantity });
    const { id: grantId } = await world.must(grant, deed(20));
    const { id } = await world.redeemVoucher(await world.takeVoucher());
    await world.takeVoucher();
    await refusedAlone(world, grant, deed(1), 'cap_exceeded');
    await clawBack(world, grantId);
    await refusedAlone(world, grant, deed(21), 'cap_exceeded');
    await world.must(grant, deed(20));
    const beyond = deedOf(world, { quantity: 1 });
    expect(await refusedAlone(world, grant, beyond, 'exposure_limit_exceeded')).toEqual({ requested: 10, available: 0 });
    await reversed(world, id);
    expect(await refusedAlone(world, grant, beyond, 'exposure_limit_exceeded')).toEqual({ requested: 10, available: 0 });
    await world.redeemVoucher(await world.takeVoucher());
    expect(await refusedAlone(world, grant, deedOf(world, { quantity: 11 }), 'exposure_limit_exceeded')).toEqual({
      requested: 110,
      available: 100,
    });
    await sound(world);
  });

  it('that had expired take no room from the exposure limit, nor give any', async () => {
    const world = await openWorld();
    await enact(world, 'exposure_limit', { points: 200, communities: {} });
    const grantId = await world.grantHours(world.gexiang, world.residentId, 20);
    world.clock.now = Date.parse('2028-01-01T10:00:00+08:00');
    await expire(world);
    await clawBack(world, grantId);
    await refusedAlone(world, grant, deedOf(world, { quantity: 21 }), 'exposure_limit_exceeded');
    await world.grantHours(world.gexiang, world.residentId, 20);
  });
});

describe('the claw-back of a grant', () => {
  it('is done once, and not to a grant that was reversed, nor is a grant reversed after it', async () => {
    const world = await openWorld();
    const [grantId, mistaken] = [
      await world.grantHours(world.gexiang, world.residentId, 3),
      await world.grantHours(world.gexiang, world.residentId, 3),
    ];
    await clawBack(world, grantId);
    const figures = { grant_id: grantId, clawed_back_at: world.clock.now };
    expect(await refusedAlone(world, clawBackGrant, input(world, grantId), 'grant_clawed_back')).toEqual(figures);
    expect(await refusedAlone(world, reverseGrant, input(world, grantId), 'grant_clawed_back')).toEqual(figures);
    await world.must(reverseGrant, input(world, mistaken));
    expect(await refusedAlone(world, clawBackGrant, input(world, mistaken), 'grant_already_reversed')).toEqual({
      grant_id: mistaken,
      reversed_at: world.clock.now,
    });
  });

  it('is of a grant that is there, and by the community that granted', async () => {
    const world = await openWorld();
    const grantId = await world.grantHours(world.gexiang, world.residentId, 3);
    const nothing = `grt_${'0'.repeat(32)}`;
    expect(await refusedAlone(world, clawBackGrant, input(world, nothing), 'grant_not_found')).toEqual({ grant_id: nothing });
    const { id } = await world.must(propose, { by: world.wanhe, command: 'clawback', input: { grantId }, reason: REASON });
    const approval = { by: await officerOf(world, 'wanhe'), id, reason: null, secret: someSecret };
    expect(await refusedAlone(world, approveProposal, approval, 'foreign_community')).toEqual({ community_id: 'gexiang' });
  });

  it('takes two officers, and is no matter of the street', async () => {
    const world = await openWorld();
    const grantId = await world.grantHours(world.gexiang, world.residentId, 3);
    const proposed = { command: 'clawback' as const, input: { grantId }, reason: REASON };
    const { id } = await world.must(propose, { by: world.gexiang, ...proposed });
    await refusedAlone(world, approveProposal, { by: world.gexiang, id, reason: null, secret: someSecret }, 'same_officer');
    await refusedAlone(world, propose, { by: await officerOf(world, null), ...proposed }, 'community_only');
    expect(await grantRow(world, grantId)).toMatchObject({ remaining: 30, clawedBackAt: null });
  });

  it('is answered as before when it is asked again, however many entries it made', async () => {
    const world = await openWorld();
    const grantId = await world.grantHours(world.gexiang, world.residentId, 30);
    const vouchers = [await world.takeVoucher(), await world.takeVoucher(), await world.takeVoucher()];
    const submission = { command: clawBackGrant, input: input(world, grantId), client: SYSTEM_CLIENT, key: 'C', hash: '00' };
    const first = await world.engine.submit({ ...submission, actor: SYSTEM_CLIENT });
    expect(first).toMatchObject({ reply: { voucher_ids: vouchers.toSorted() }, replayed: false });
    expect(await world.engine.submit({ ...submission, actor: SYSTEM_CLIENT })).toEqual({ ...first, replayed: true });
    await sound(world);
  });

  // On SQLite nobody writes between two reads of a batch.
  for (const [table, between, answer] of [
    ['grant', 'a voucher is taken', 'now'],
    ['voucherSource', 'a voucher is taken', 'again'],
    ['account', 'a voucher is taken', 'again'],
    ['voucher', 'the voucher is cancelled', 'now'],
  ] as const) {
    itOnPostgres(`holds where ${between} before it reads the table ${table}`, async () => {
      const world = await openWorld();
      const grantId = await world.grantHours(world.gexiang, world.residentId, 20);
      const voucherId = await world.takeVoucher();
      const meanwhile =
        table === 'voucher'
          ? () => world.must(cancelVoucher, { voucherId, by: { residentId: world.residentId }, reason: '不要了' })
          : () => world.must(issueVoucher, { residentId: world.residentId, offerId: world.cashOfferId, quantity: 1, by: null });
      const other = otherEngine(world, table, meanwhile);
      const submission = { command: clawBackGrant, input: input(world, grantId), client: SYSTEM_CLIENT, key: 'other', hash: '00' };
      const submit = () => other.submit({ ...submission, actor: SYSTEM_CLIENT });
      if (answer === 'again') await expect(submit()).rejects.toThrow(Unavailable);
      expect(await submit()).toMatchObject({ reply: { points: 200 } });
      await sound(world);
    });
  }

  itOnPostgres('holds where the redemption is undone by a process that does not know of it yet', async () => {
    const { world, grantId, voucherId } = await mixed();
    const { id } = await world.redeemVoucher(voucherId);
    const other = otherEngine(world, 'account', () => clawBack(world, grantId));
    const undoing = { merchantId: world.merchantId, storeId: null, redemptionId: id, reason: '退货' };
    const submission = { command: reverseRedemption, input: undoing, client: SYSTEM_CLIENT, key: 'other', hash: '00' };
    expect(await other.submit({ ...submission, actor: SYSTEM_CLIENT })).toMatchObject({ reply: { redemption_id: id } });
    expect(await stateOf(world, voucherId)).toEqual(['cancelled', REASON]);
    await sound(world);
  });
});

/** Another process's engine. `between` runs once, before it reads this table for the first time. */
function otherEngine({ store, clock, chance }: World, before: TableName, between: () => Promise<unknown>): Engine {
  let wasBetween: Promise<unknown> | undefined;
  const pause = async (table: TableName) => {
    if (table === before) await (wasBetween ??= between());
  };
  const transaction: Store['transaction'] = (work) =>
    store.transaction((tx) =>
      work({
        ...tx,
        byKey: async (table, keys) => pause(table).then(() => tx.byKey(table, keys)),
        byGroup: async (table, group, keys) => pause(table).then(() => tx.byGroup(table, group, keys)),
      }),
    );
  return new Engine({ ...store, transaction }, { clock: () => clock.now, newId: commandIds(() => clock.now, chance) });
}
