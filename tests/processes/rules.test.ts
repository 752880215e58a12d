/** What holds however many processes write one database. Each of these rules is kept by the database at the moment of writing. */
import { describe, expect, it } from 'vitest';
import { createClient } from '../../src/access/index.ts';
import { approveProposal, propose } from '../../src/api/index.ts';
import { audit, checkLine } from '../../src/cli/audit.ts';
import { contribute } from '../../src/clearing/index.ts';
import {
  addActionRule,
  addHouseholdMember,
  addMerchant,
  addStore,
  endHousehold,
  grant,
  registerResident,
} from '../../src/communities/index.ts';
import { setPolicy } from '../../src/communities/policies.ts';
import { closeDay, type Command, dayOf, type Outcome } from '../../src/ledger/index.ts';
import { cancelVoucher, redeem, type RedeemInput, reverseRedemption, voidRedemption } from '../../src/redeem/index.ts';
import { openCommunities } from '../support/communities.ts';
import { consented } from '../support/consents.ts';
import { deedOf } from '../support/deeds.ts';
import { householdOf } from '../support/households.ts';
import { insist, openAhead, openWriters, refusalsOf, succeeded, type Writer } from '../support/processes.ts';
import { lockWaits, rawOf } from '../support/raw.ts';
import { enact, officerOf, someSecret } from '../support/two-officers.ts';
import { hourlyRule, openWorld, street, type World } from '../support/world.ts';
import { SYSTEM_CLIENT } from '../../src/ledger/index.ts';

const WRITERS = 4;

async function expectWhole({ store }: World): Promise<void> {
  const { ok, checks } = await audit(store);
  expect(ok, checks.map(checkLine).join('')).toBe(true);
}

/** So many attempts, spread over the writers, all at once. */
function all<T>(writers: readonly Writer[], attempts: number, attempt: (writer: Writer, n: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: attempts }, (_, n) => insist(() => attempt(writers[n % writers.length]!, n))));
}

function tillOf({ merchantId, storeId, terminalId }: World, codeHash: string, changes: Partial<RedeemInput> = {}): RedeemInput {
  return { merchantId, storeId, terminalId, codeHash, orderNo: 'A-1', orderAmountFen: 100_000, presentedAt: null, ...changes };
}

/** Entries of the day on which everybody acts. */
async function entriesToday({ store, clock }: World): Promise<number> {
  const entries = await store.read.select().from(store.tables.entry);
  return entries.filter(({ businessDay }) => businessDay === dayOf(clock.now)).length;
}

/** Submits for a client, until there is an answer. */
function send<I, R>({ engine }: Writer, client: string, command: Command<I, R>, input: I, key: string): Promise<Outcome<R>> {
  return insist(() => engine.submit({ command, input, client, key, hash: '00', actor: client }));
}

async function codes(world: World, count: number): Promise<string[]> {
  await world.grantHours(world.gexiang, world.residentId, count * 10);
  const shown: string[] = [];
  for (let n = 0; n < count; n++) shown.push(await world.showCode(await world.takeVoucher()));
  return shown;
}

/** One reference, in one of four spellings. */
function spelt(reference: string, n: number): string {
  return [reference, reference.toLowerCase(), `\u200B${reference}`, reference.replace('-', '\uFF0D')][n % 4]!;
}

describe('of several processes', () => {
  it('one redeems a voucher, and the others are told that it is redeemed', async () => {
    const world = await openWorld();
    const shown = await codes(world, 8);
    const writers = await openWriters(world, WRITERS);
    for (const code of shown) {
      const outcomes = await all(writers, 12, (writer) => writer.run(redeem, tillOf(world, code)));
      expect([succeeded(outcomes), refusalsOf(outcomes)]).toEqual([1, { voucher_redeemed: 11 }]);
    }
    await expectWhole(world);
  });

  it('one adds a merchant of a name, and one a store of it', async () => {
    const world = await openWorld();
    const writers = await openWriters(world, WRITERS);
    const merchants = await all(writers, 12, (writer) => writer.run(addMerchant, { by: street, communityId: 'gexiang', name: '葛巷咖啡' }));
    expect([succeeded(merchants), refusalsOf(merchants)]).toEqual([1, { merchant_name_taken: 11 }]);
    const { merchantId } = world;
    const stores = await all(writers, 12, (writer) => writer.run(addStore, { by: street, merchantId, name: '九店' }));
    expect([succeeded(stores), refusalsOf(stores)]).toEqual([1, { store_name_taken: 11 }]);
  });

  it('one registers a phone, and the others are told that it is taken, whatever the name', async () => {
    const world = await openWorld();
    const writers = await openWriters(world, WRITERS);
    const told = { by: street, communityId: 'gexiang', phoneHash: 'f'.repeat(32), phoneSealed: 'sealed', ...consented };
    const outcomes = await all(writers, 12, (writer, n) => writer.run(registerResident, { ...told, name: `陈${n}` }));
    expect([succeeded(outcomes), refusalsOf(outcomes)]).toEqual([1, { phone_taken: 11 }]);
    const { read, tables } = world.store;
    expect(await read.select().from(tables.consent)).toHaveLength(2);
    await expectWhole(world);
  });

  it('one carries out a request key, and the others give its answer', async () => {
    const world = await openWorld();
    const [code] = await codes(world, 1);
    const writers = await openWriters(world, WRITERS);
    const outcomes = await all(writers, 20, (writer) => writer.run(redeem, tillOf(world, code!), 'SAME'));
    expect(succeeded(outcomes)).toBe(1);
    expect(new Set(outcomes.map((outcome) => JSON.stringify({ ...outcome, replayed: false }))).size).toBe(1);
    await expectWhole(world);
  });

  it('none exceeds what an officer grants alone, in a day or in a month to one resident', async () => {
    for (const [policy, used] of [
      [{ points: 100, points_day: 1_000, points_resident_month: 70 }, { grant_alone_exceeded: 13 }],
      [{ points: 100, points_day: 70, points_resident_month: 1_000 }, { grant_alone_exceeded: 13 }],
    ] as const) {
      const world = await openWorld();
      await enact(world, 'grant_alone', policy);
      const writers = await openWriters(world, WRITERS);
      const outcomes = await all(writers, 20, (writer) => writer.run(grant, deedOf(world)));
      expect([succeeded(outcomes), refusalsOf(outcomes)]).toEqual([7, used]);
      await expectWhole(world);
    }
  });

  it('none puts a resident into a second household, nor anybody into one that has ended', async () => {
    const world = await openWorld();
    const { gexiang: by, residentId } = world;
    const member = await world.register('gexiang');
    const heads = [residentId, await world.register('gexiang'), await world.register('gexiang'), await world.register('gexiang')];
    const ids: string[] = [];
    for (const head of heads) ids.push(await householdOf(world, head));
    const writers = await openWriters(world, WRITERS);
    const adding = (n: number) => ({ by, householdId: ids[n % ids.length]!, residentId: member, reason: '户口本' });
    const added = await all(writers, 12, (writer, n) => writer.run(addHouseholdMember, adding(n)));
    expect([succeeded(added), refusalsOf(added)]).toEqual([1, { in_household_already: 11 }]);

    const others = await Promise.all(Array.from({ length: 7 }, () => world.register('gexiang')));
    const end = { of: { by, householdId: ids[0]!, reason: '分户' } };
    await all<unknown>(writers, 8, (writer, n) =>
      n === 4 ? writer.run(endHousehold, end) : writer.run(addHouseholdMember, { ...adding(0), residentId: others[n > 4 ? n - 1 : n]! }),
    );
    const { householdMember, householdOf: current } = world.store.tables;
    const stays = (await world.store.read.select().from(householdMember)).filter(({ householdId }) => householdId === ids[0]);
    expect(stays.filter(({ until }) => until === null)).toEqual([]);
    expect((await world.store.read.select().from(current)).filter(({ householdId }) => householdId === ids[0])).toEqual([]);
  });

  it('none exceeds a cap', async () => {
    const world = await openWorld();
    const terms = { ...hourlyRule, capDay: 100 };
    const { id: ruleId } = await world.must(addActionRule, { by: world.gexiang, communityId: 'gexiang', class: 'civility', terms });
    const writers = await openWriters(world, WRITERS);
    const outcomes = await all(writers, 40, (writer) => writer.run(grant, deedOf(world, { ruleId })));
    expect([succeeded(outcomes), refusalsOf(outcomes)]).toEqual([10, { cap_exceeded: 30 }]);
    await expectWhole(world);
  });

  // The CHECK behind it would stop an increment that its condition let pass: each alone is enough.
  it.each(['', ', even without a CHECK'])('none exceeds the exposure limit, whoever the points are for%s', async (unchecked) => {
    const world = await openWorld();
    if (unchecked) await (await rawOf(world)).exec('alter table limit_use drop constraint limit_use_at_most');
    const value = { points: 150, communities: {} };
    await world.must(setPolicy, {
      name: 'exposure_limit',
      value,
      effectiveFrom: null,
      proposedBy: SYSTEM_CLIENT,
      approvedBy: SYSTEM_CLIENT,
    });
    const residents = [world.residentId, await world.register('gexiang'), await world.register('wanhe')];
    const writers = await openWriters(world, WRITERS);
    const outcomes = await all(writers, 48, (writer, n) => writer.run(grant, deedOf(world, { residentId: residents[n % 3]! })));
    expect([succeeded(outcomes), refusalsOf(outcomes)]).toEqual([15, { exposure_limit_exceeded: 33 }]);
    await expectWhole(world);
  });

  it.each(['', ', even without a CHECK'])('none grants what its fund does not pay for, whoever redeems meanwhile%s', async (unchecked) => {
    const world = await openWorld();
    if (unchecked) await (await rawOf(world)).exec('alter table limit_use drop constraint limit_use_at_most');
    const shown = await codes(world, 8);
    // 800 points are open, and 150 more are paid for.
    const fund = { by: street, communityId: 'gexiang', fen: 9_500, bankReference: 'B-1' };
    await world.must(contribute, fund);
    const writers = await openWriters(world, WRITERS);
    const redeemed = all(writers, 8, (writer, n) => writer.run(redeem, tillOf(world, shown[n]!, { orderNo: `A-${n}` })));
    const outcomes = await all(writers, 48, (writer) => writer.run(grant, deedOf(world)));
    expect([succeeded(outcomes), refusalsOf(outcomes), succeeded(await redeemed)]).toEqual([15, { fund_exceeded: 33 }, 8]);
    await expectWhole(world);
  });

  it('one books a reference of the bank’s, and the others are told what it was used for', async () => {
    const world = await openWorld();
    const writers = await openWriters(world, WRITERS);
    const fund = { by: street, communityId: 'gexiang', fen: 9_500, bankReference: 'B-1' };
    const outcomes = await all(writers, 12, (writer) => writer.run(contribute, fund));
    expect([succeeded(outcomes), refusalsOf(outcomes)]).toEqual([1, { bank_reference_used: 11 }]);
    await expectWhole(world);
  });

  it('one books a reference of the bank’s, in whatever spelling the others have it', async () => {
    const world = await openWorld();
    const writers = await openWriters(world, WRITERS);
    const outcomes = await all(writers, 12, (writer, n) =>
      writer.run(contribute, { by: street, communityId: 'gexiang', fen: 9_500, bankReference: spelt('B-1', n) }),
    );
    expect([succeeded(outcomes), refusalsOf(outcomes)]).toEqual([1, { bank_reference_used: 11 }]);
    await expectWhole(world);
  });

  it('one grant has a reference, and none takes more off an order, in whatever spelling they come', async () => {
    const world = await openWorld();
    const shown = await codes(world, 12);
    const writers = await openWriters(world, WRITERS);
    const grants = await all(writers, 12, (writer, n) => writer.run(grant, deedOf(world, { externalReference: spelt('B-1', n) })));
    expect([succeeded(grants), refusalsOf(grants)]).toEqual([1, { reference_used: 11 }]);
    const outcomes = await all(writers, 12, (writer, n) =>
      writer.run(redeem, tillOf(world, shown[n]!, { orderNo: spelt('B-1', n), orderAmountFen: 3_500 })),
    );
    expect([succeeded(outcomes), refusalsOf(outcomes)]).toEqual([3, { order_amount_exceeded: 9 }]);
    await expectWhole(world);
  });

  it('none takes more off an order than it comes to', async () => {
    const world = await openWorld();
    const shown = await codes(world, 12);
    const writers = await openWriters(world, WRITERS);
    const outcomes = await all(writers, 12, (writer, n) => writer.run(redeem, tillOf(world, shown[n]!, { orderAmountFen: 3_500 })));
    expect([succeeded(outcomes), refusalsOf(outcomes)]).toEqual([3, { order_amount_exceeded: 9 }]);
    await expectWhole(world);
  });

  it('no grant is lost, though all are for one wallet', async () => {
    const world = await openWorld();
    const writers = await openWriters(world, WRITERS);
    const outcomes = await all(writers, 60, (writer) => writer.run(grant, deedOf(world)));
    expect(succeeded(outcomes)).toBe(60);
    const accounts = await world.store.read.select().from(world.store.tables.account);
    expect(accounts.find(({ kind }) => kind === 'wallet')?.balance).toBe(-600);
    await expectWhole(world);
  });

  it('whoever comes too late is decided again, and hears nothing of it', async () => {
    const world = await openWorld();
    const writers = await openWriters(world, 2);
    for (let round = 0; round < 20; round++) {
      const outcomes = await Promise.all(writers.map((writer) => writer.run(grant, deedOf(world))));
      expect(succeeded(outcomes)).toBe(2);
    }
    await expectWhole(world);
  });

  it('a reference counts once, whoever else it is used for', async () => {
    const world = await openWorld();
    const writers = await openWriters(world, WRITERS);
    // Each for a resident of their own: they have no row in common but the reference's.
    const residents = await Promise.all(writers.map(() => world.register('gexiang')));
    for (let round = 0; round < 10; round++) {
      const outcomes = await all(writers, WRITERS, (writer, n) =>
        writer.run(grant, deedOf(world, { residentId: residents[n]!, externalReference: `sheet-${round}` })),
      );
      expect([succeeded(outcomes), refusalsOf(outcomes)]).toEqual([1, { reference_used: WRITERS - 1 }]);
    }
    await expectWhole(world);
  });

  it('a void and its request never pass each other by', async () => {
    const world = await openWorld();
    const writers = await openWriters(world, WRITERS);
    for (const [n, code] of (await codes(world, 10)).entries()) {
      const [made] = await Promise.all([
        insist(() => writers[0]!.run(redeem, tillOf(world, code), `R-${n}`)),
        insist(() => writers[1]!.run(voidRedemption, { client: SYSTEM_CLIENT, requestNo: `R-${n}`, reason: '无答复' }, `V-${n}`)),
      ]);
      const again: Outcome<unknown> = await writers[2]!.run(redeem, tillOf(world, code), `R-${n}`);
      expect(again).toMatchObject({ refused: 'request_voided' });
      expect('refused' in made ? made.refused : 'redeemed').toMatch(/^(redeemed|request_voided)$/);
    }
    await expectWhole(world);
  });

  it('a void and the request of another client of the same store never pass each other by', async () => {
    const world = await openWorld();
    const { merchantId, storeId } = world;
    const writers = await openWriters(world, 2);
    const binding = { kind: 'till' as const, merchantId, storeId };
    const till = async () => {
      const secret = { secretHash: '00', sealedSecret: 'sealed' };
      return (await world.must(createClient, { by: street, approvedBy: SYSTEM_CLIENT, name: '收银机', binding, scopes: null, ...secret }))
        .id;
    };
    const [old, fresh] = [await till(), await till()];
    for (const [n, code] of (await codes(world, 20)).entries()) {
      const [made, undone] = await Promise.all([
        send(writers[0]!, old, redeem, tillOf(world, code), `R-${n}`),
        send(writers[1]!, fresh, voidRedemption, { client: fresh, requestNo: `R-${n}`, reason: '无答复' }, `V-${n}`),
      ]);
      expect(undone).toMatchObject({ reply: { reversed: !('refused' in made) } });
      expect('refused' in made ? made.refused : 'request_voided').toBe('request_voided');
      expect(await send(writers[0]!, old, redeem, tillOf(world, code), `R-${n}`)).toMatchObject({ refused: 'request_voided' });
    }
    await expectWhole(world);
  });

  it('a redemption is adjusted or undone, never both', async () => {
    const world = await openWorld();
    const scheme = await openCommunities(['gexiang', 'wanhe'], world);
    const redemptions = await Array.fromAsync({ length: 40 }, () => scheme.spend('gexiang', 'wanhe'));
    scheme.goOnTo('2026-03-03');
    await scheme.settle('2026-03-02');
    const [by, second] = [await officerOf(world, null), await officerOf(world, null)];
    const writers = await openWriters(world, 2);
    for (const { id: redemptionId, entry_id: entryId, merchant_id: merchantId } of redemptions) {
      const { id } = await world.must(propose, { by, command: 'adjustment', input: { entryId, right: null }, reason: '记错' });
      const approval = { by: second, id, reason: null, secret: someSecret };
      const outcomes: Outcome<unknown>[] = await Promise.all([
        insist(() => writers[0]!.run(approveProposal, approval)),
        insist(() => writers[1]!.run(reverseRedemption, { merchantId, storeId: null, redemptionId, reason: '退货' })),
      ]);
      expect(succeeded(outcomes)).toBe(1);
    }
    await expectWhole(world);
  });

  it('nothing is booked on a day once it is closed', async () => {
    const world = await openWorld();
    const shown = await codes(world, 60);
    const writers = await openWriters(world, WRITERS);
    const ahead = await openAhead(world);
    const redeemed = all(writers, 60, (writer, n) => writer.run(redeem, tillOf(world, shown[n]!, { orderNo: `A-${n}` })));
    await ahead.run(closeDay, { day: dayOf(world.clock.now) });
    const booked = await entriesToday(world);
    expect(succeeded(await redeemed)).toBe(60);
    expect(await entriesToday(world)).toBe(booked);
    await expectWhole(world);
  });

  it('a day waits to be closed for whoever has begun on it', async () => {
    const world = await openWorld();
    const [writer] = await openWriters(world, 1);
    const ahead = await openAhead(world);
    const [holder, watcher] = [await rawOf(world), await rawOf(world)];
    let done = 0;
    // How many wait for a lock, or need not any more.
    const waiting = async () => (await lockWaits(watcher)) + done;
    await holder.exec('begin; lock table account in exclusive mode');
    const granted = writer!.run(grant, deedOf(world));
    while ((await waiting()) < 1);
    const closed = ahead.run(closeDay, { day: dayOf(world.clock.now) });
    const booked = closed.then(() => entriesToday(world)).finally(() => (done += 1));
    while ((await waiting()) < 2);
    await holder.exec('commit');
    expect(succeeded([await granted, await closed])).toBe(2);
    expect(await entriesToday(world)).toBe(await booked);
  });

  it('whatever races for the same rows, nobody is turned away and the books stay whole', async () => {
    const world = await openWorld();
    const shown = await codes(world, 20);
    const writers = await openWriters(world, WRITERS);
    const vouchers = (await world.store.read.select().from(world.store.tables.voucher)).map(({ id }) => id);
    const races = all(writers, 160, async (writer, n) => {
      const of = n % 20;
      if (n % 4 === 0) return writer.run(grant, deedOf(world));
      if (n % 4 === 1)
        return writer.run(cancelVoucher, { voucherId: vouchers[of]!, by: { residentId: world.residentId }, reason: '不要了' });
      const made = await writer.run(redeem, tillOf(world, shown[of]!, { orderNo: `A-${of}` }));
      if ('refused' in made) return made;
      return writer.run(reverseRedemption, { merchantId: world.merchantId, storeId: null, redemptionId: made.reply.id, reason: '退货' });
    });
    expect((await races).length).toBe(160);
    await expectWhole(world);
  });
});
