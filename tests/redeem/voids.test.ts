import { describe, expect, it } from 'vitest';
import { createClient, revokeClient } from '../../src/access/index.ts';
import { addMerchant, addStore } from '../../src/communities/index.ts';
import { type Command, type Refusal, SYSTEM_CLIENT } from '../../src/ledger/index.ts';
import { redeem, reverseRedemption, voidRedemption } from '../../src/redeem/index.ts';
import { expectWhole } from '../support/server.ts';
import { openWorld, type World } from '../support/world.ts';

const system = { id: SYSTEM_CLIENT, communityId: null };

/** A till of the small world with a client of its own, and what it may send. */
async function tillIn(world: World, bound: { merchantId?: string; storeId?: string | null } = {}) {
  const binding = { kind: 'till' as const, merchantId: world.merchantId, storeId: world.storeId, ...bound };
  const secret = { secretHash: '00', sealedSecret: 'sealed' };
  const input = { by: system, approvedBy: SYSTEM_CLIENT, name: '收银机', binding, scopes: null, ...secret };
  const { id: client } = await world.must(createClient, input);
  let voids = 0;

  const send = <I, R>(command: Command<I, R>, body: I, key: string) =>
    world.engine.submit({ command, input: body, client, key, hash: '00', actor: client });

  return {
    client,
    async redeem(requestNo: string, storeId = world.storeId) {
      await world.grantHours(world.gexiang, world.residentId, 10);
      const codeHash = await world.showCode(await world.takeVoucher());
      const order = { terminalId: null, orderNo: `order-${codeHash}`, orderAmountFen: 100_000, presentedAt: null };
      return send(redeem, { merchantId: binding.merchantId, storeId, codeHash, ...order }, requestNo);
    },
    /** Redeems, and gives the id. */
    async redeemed(requestNo: string, storeId = world.storeId): Promise<string> {
      const outcome = await this.redeem(requestNo, storeId);
      expect(outcome).toMatchObject({ reply: { request_no: requestNo } });
      return (outcome as { reply: { id: string } }).reply.id;
    },
    void: (requestNo: string) => send(voidRedemption, { client, requestNo, reason: '没有收到答复' }, `void-${++voids}`),
    reverse: (redemptionId: string) =>
      world.must(reverseRedemption, { merchantId: world.merchantId, storeId: null, redemptionId, reason: '退货' }),
  };
}

async function standing({ store }: World): Promise<string[]> {
  const reversed = new Set((await store.read.select().from(store.tables.redemptionReversal)).map(({ redemptionId }) => redemptionId));
  return (await store.read.select().from(store.tables.redemption)).map(({ id }) => id).filter((id) => !reversed.has(id));
}

describe('a void of a number that another client sent', () => {
  it('undoes the redemption of the till’s earlier client, which may be revoked by now', async () => {
    for (const revoked of [false, true]) {
      const world = await openWorld();
      const [old, fresh] = [await tillIn(world), await tillIn(world)];
      // A number behind that of the void: an entry is looked for in the order of numbers, and must not lead to the tombstone.
      const made = await old.redeemed('z-1');
      if (revoked) await world.must(revokeClient, { by: system, id: old.client });
      expect(await fresh.void('z-1')).toMatchObject({ reply: { request_no: 'z-1', redemption_id: made, reversed: true } });
      expect(await standing(world)).toEqual([]);
      // From both of them it never counts.
      for (const till of [old, fresh]) expect(await till.redeem('z-1')).toMatchObject({ refused: 'request_voided' });
      expect(await fresh.void('z-1')).toMatchObject({ reply: { redemption_id: made, reversed: false } });
      await expectWhole(world);
    }
  });

  it('finds it where the till’s own attempt under the number was refused', async () => {
    const world = await openWorld();
    const [old, fresh] = [await tillIn(world), await tillIn(world)];
    const made = await old.redeemed('R-1');
    expect(await fresh.redeem('R-1', `sto_${'1'.repeat(32)}`)).toMatchObject({ refused: 'store_not_found' });
    expect(await fresh.void('R-1')).toMatchObject({ reply: { redemption_id: made, reversed: true } });
    expect(await standing(world)).toEqual([]);
  });

  it('undoes the till’s own first, and never another’s after it', async () => {
    const world = await openWorld();
    const [own, other] = [await tillIn(world), await tillIn(world)];
    const [mine, theirs] = [await own.redeemed('R-1'), await other.redeemed('R-1')];
    expect(await own.void('R-1')).toMatchObject({ reply: { redemption_id: mine, reversed: true } });
    expect(await own.void('R-1')).toMatchObject({ reply: { redemption_id: mine, reversed: false } });
    expect(await standing(world)).toEqual([theirs]);
    expect(await other.redeem('R-1')).toMatchObject({ replayed: true, reply: { id: theirs } });
    await expectWhole(world);
  });

  it('is refused with their ids where several others stand, until all but one are undone', async () => {
    const world = await openWorld();
    const [first, second, fresh] = [await tillIn(world), await tillIn(world), await tillIn(world)];
    const made = [await first.redeemed('R-1'), await second.redeemed('R-1')];
    const refused = await fresh.void('R-1');
    expect(refused).toMatchObject({ refused: 'request_no_shared', details: { request_no: 'R-1', redemption_ids: expect.any(Array) } });
    const { details } = refused as Refusal;
    expect((details['redemption_ids'] as string[]).toSorted()).toEqual(made.toSorted());
    expect(await standing(world)).toEqual(made);
    await first.reverse(made[0]!);
    expect(await fresh.void('R-1')).toMatchObject({ reply: { redemption_id: made[1], reversed: true } });
    await expectWhole(world);
  });

  it('that nobody has seen leaves a tombstone for every active client of the merchant and store, and for no other', async () => {
    const world = await openWorld();
    const { wanhe, merchantId } = world;
    const otherStore = (await world.must(addStore, { by: wanhe, merchantId, name: '二店' })).id;
    const stranger = (await world.must(addMerchant, { by: wanhe, communityId: 'wanhe', name: '小吃店' })).id;
    const strangerStore = (await world.must(addStore, { by: wanhe, merchantId: stranger, name: '总店' })).id;
    const [asking, sibling, whole] = [await tillIn(world), await tillIn(world), await tillIn(world, { storeId: null })];
    const elsewhere = await tillIn(world, { storeId: otherStore });
    const foreign = await tillIn(world, { merchantId: stranger, storeId: strangerStore });
    expect(await asking.void('R-1')).toMatchObject({ reply: { redemption_id: null, reversed: false } });
    for (const till of [asking, sibling, whole]) {
      expect(await till.redeem('R-1'), 'the late original').toMatchObject({ refused: 'request_voided' });
    }
    await elsewhere.redeemed('R-1', otherStore);
    await foreign.redeemed('R-1', strangerStore);
    expect(await standing(world)).toHaveLength(2);
    await expectWhole(world);
  });

  it('touches nothing of another merchant or store', async () => {
    const world = await openWorld();
    const { wanhe, merchantId } = world;
    const otherStore = (await world.must(addStore, { by: wanhe, merchantId, name: '二店' })).id;
    const elsewhere = await tillIn(world, { storeId: otherStore });
    const whole = await tillIn(world, { storeId: null });
    const asking = await tillIn(world);
    const made = [await elsewhere.redeemed('R-1', otherStore), await whole.redeemed('R-1', otherStore)];
    expect(await asking.void('R-1')).toMatchObject({ reply: { redemption_id: null, reversed: false } });
    expect(await standing(world)).toEqual(made);
    // A client of the whole merchant may undo what its stores redeemed.
    const here = await asking.redeemed('R-2');
    expect(await whole.void('R-2')).toMatchObject({ reply: { redemption_id: here, reversed: true } });
  });

  it('and its original, on their way at once, leave nothing standing, whichever comes first', async () => {
    for (const voidFirst of [true, false]) {
      const world = await openWorld();
      const [old, fresh] = [await tillIn(world), await tillIn(world)];
      await world.grantHours(world.gexiang, world.residentId, 10);
      const [a, b] = voidFirst
        ? await Promise.all([fresh.void('R-1'), old.redeem('R-1')]).then(([undone, done]) => [done, undone] as const)
        : await Promise.all([old.redeem('R-1'), fresh.void('R-1')]);
      expect(b).toHaveProperty('reply');
      if ('refused' in a) expect(a.refused).toBe('request_voided');
      expect(await standing(world)).toEqual([]);
      await expectWhole(world);
    }
  });
});
