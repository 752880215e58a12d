import { describe, expect, it } from 'vitest';
import { expireLot, reverseGrant } from '../../src/communities/index.ts';
import { Engine, entryById, normalBalance, SYSTEM_CLIENT, Unavailable } from '../../src/ledger/index.ts';
import { cancelVoucher } from '../../src/redeem/index.ts';
import { commandIds, type Store } from '../../src/store/index.ts';
import { balancesOf } from '../support/balances.ts';
import { itOnPostgres } from '../support/it-on-postgres.ts';
import { refusedAlone } from '../support/refused-alone.ts';
import { openWorld, type World } from '../support/world.ts';

const EXPIRES = '2027-12-31';
const DAY = 86_400_000;

function take(world: World, grantId: string, by = world.gexiang) {
  return { by, grantId, reason: '登记错误' };
}

const reversed = (world: World, grantId: string) => world.must(reverseGrant, take(world, grantId));
const refused = (world: World, grantId: string, code: string) => refusedAlone(world, reverseGrant, take(world, grantId), code);

const lotOf = ({ residentId }: World) => ({ residentId, communityId: 'gexiang', expiresOn: EXPIRES });

describe('the reversal of a grant', () => {
  it('mirrors its entry and leaves nothing of it', async () => {
    const world = await openWorld();
    const id = await world.grantHours(world.gexiang, world.residentId, 3);
    const reply = await reversed(world, id);
    expect(reply).toMatchObject({ grant_id: id, points: 30, reversed_at: world.clock.now });
    expect(await entryById(world.store, reply.entry_id)).toMatchObject({
      kind: 'grant_reversal',
      subject: id,
      reverses: `ent_${id.slice(4)}`,
      postings: [
        { account: `wallet:gexiang:${world.residentId}:${EXPIRES}`, amount: 30 },
        { account: 'issued:gexiang', amount: -30 },
      ],
    });
    expect(await refused(world, id, 'grant_already_reversed')).toEqual({ grant_id: id, reversed_at: world.clock.now });
  });

  it('is of a grant that is there, by the community that granted', async () => {
    const world = await openWorld();
    const id = await world.grantHours(world.gexiang, world.residentId, 3);
    const nothing = `grt_${'0'.repeat(32)}`;
    expect(await refused(world, nothing, 'grant_not_found')).toEqual({ grant_id: nothing });
    expect(await refusedAlone(world, reverseGrant, take(world, id, world.wanhe), 'foreign_community')).toEqual({
      community_id: 'gexiang',
    });
  });

  it('is refused while vouchers hold its points, and names them', async () => {
    const world = await openWorld();
    const first = await world.grantHours(world.gexiang, world.residentId, 15);
    const second = await world.grantHours(world.gexiang, world.residentId, 10);
    const [one, two] = [await world.takeVoucher(), await world.takeVoucher()];
    expect(await refused(world, first, 'grant_spent')).toEqual({ grant_id: first, voucher_ids: [one, two] });
    expect(await refused(world, second, 'grant_spent')).toEqual({ grant_id: second, voucher_ids: [two] });
  });

  it('may be made again once those vouchers are cancelled, but not once they are redeemed', async () => {
    const world = await openWorld();
    const id = await world.grantHours(world.gexiang, world.residentId, 20);
    const [cancelled, redeemed] = [await world.takeVoucher(), await world.takeVoucher()];
    await world.redeemVoucher(redeemed);
    await world.must(cancelVoucher, { voucherId: cancelled, by: { residentId: world.residentId }, reason: '不要了' });
    expect(await refused(world, id, 'grant_spent')).toEqual({ grant_id: id, voucher_ids: [redeemed] });

    const other = await world.grantHours(world.gexiang, world.residentId, 10);
    const returned = await world.takeVoucher(world.residentId, 2);
    await refused(world, other, 'grant_spent');
    await world.must(cancelVoucher, { voucherId: returned, by: { residentId: world.residentId }, reason: '不要了' });
    await reversed(world, other);
  });

  it('is too late after the last day of its lot, whether or not the expiry is booked', async () => {
    const world = await openWorld();
    const id = await world.grantHours(world.gexiang, world.residentId, 3);
    const other = await world.grantHours(world.gexiang, world.residentId, 4);
    world.clock.now = Date.parse(`${EXPIRES}T23:59:59+08:00`);
    await reversed(world, other);
    world.clock.advance(1_000);
    expect(await refused(world, id, 'grant_expired')).toEqual({ grant_id: id, expires_on: EXPIRES });
    await world.must(expireLot, { residentId: world.residentId, communityId: 'gexiang', expiresOn: EXPIRES });
    expect(await refused(world, id, 'grant_expired')).toEqual({ grant_id: id, expires_on: EXPIRES });
  });

  it('does not ask for vouchers to be cancelled after that day, since their points would expire', async () => {
    const world = await openWorld();
    const id = await world.grantHours(world.gexiang, world.residentId, 30);
    world.clock.now = Date.parse(`${EXPIRES}T10:00:00+08:00`);
    const [kept, spent, cancelled] = [await world.takeVoucher(), await world.takeVoucher(), await world.takeVoucher()];
    await world.redeemVoucher(spent);
    expect(await refused(world, id, 'grant_spent')).toEqual({ grant_id: id, voucher_ids: [kept, spent, cancelled] });
    world.clock.advance(DAY);
    expect(await refused(world, id, 'grant_expired')).toEqual({ grant_id: id, expires_on: EXPIRES });
    await world.must(cancelVoucher, { voucherId: cancelled, by: { residentId: world.residentId }, reason: '不要了' });
    expect(await refused(world, id, 'grant_expired')).toEqual({ grant_id: id, expires_on: EXPIRES });
  });

  // On SQLite nobody writes between two reads of a batch.
  itOnPostgres('is to be asked for again where a voucher is cancelled between its reads', async () => {
    const world = await openWorld();
    const id = await world.grantHours(world.gexiang, world.residentId, 10);
    const voucherId = await world.takeVoucher();
    const cancel = () => world.must(cancelVoucher, { voucherId, by: { residentId: world.residentId }, reason: '不要了' });
    const other = otherEngine(world, cancel);
    const submission = {
      command: reverseGrant,
      input: take(world, id),
      client: SYSTEM_CLIENT,
      key: 'other',
      hash: '00',
      actor: SYSTEM_CLIENT,
    };
    await expect(other.submit(submission)).rejects.toThrow(Unavailable);
    expect(await other.submit(submission)).toMatchObject({ reply: { grant_id: id, points: 100 } });
  });
});

/** Another process's engine. `between` runs once, when it has read its grants and not yet their vouchers. */
function otherEngine({ store, clock, chance }: World, between: () => Promise<unknown>): Engine {
  let wasBetween: Promise<unknown> | undefined;
  const transaction: Store['transaction'] = (work) =>
    store.transaction((tx) =>
      work({
        ...tx,
        async byKey(table, keys) {
          if (table === 'voucher') await (wasBetween ??= between());
          return tx.byKey(table, keys);
        },
      }),
    );
  return new Engine({ ...store, transaction }, { clock: () => clock.now, newId: commandIds(() => clock.now, chance) });
}

describe('the expiry of a lot', () => {
  it('is booked when its last day is over, and not before', async () => {
    const world = await openWorld();
    await world.grantHours(world.gexiang, world.residentId, 3);
    world.clock.now = Date.parse(`${EXPIRES}T23:59:59+08:00`);
    expect(await refusedAlone(world, expireLot, lotOf(world), 'nothing_to_expire')).toEqual({ expires_on: EXPIRES, points: 30 });
    world.clock.advance(1_000);
    expect(await world.must(expireLot, lotOf(world))).toEqual({ points: 30 });
    expect(await refusedAlone(world, expireLot, lotOf(world), 'nothing_to_expire')).toEqual({ expires_on: EXPIRES, points: 0 });
  });

  it('takes what is left in the wallet, and leaves what vouchers hold', async () => {
    const world = await openWorld();
    await world.grantHours(world.gexiang, world.residentId, 13);
    world.clock.now = Date.parse('2027-12-20T10:00:00+08:00');
    await world.takeVoucher();
    world.clock.now = Date.parse('2028-01-01T00:00:00+08:00');
    expect(await world.must(expireLot, lotOf(world))).toEqual({ points: 30 });
    const { grant } = world.store.tables;
    const balances = (await balancesOf(world.store)).map(({ path, kind, balance }) => [path, normalBalance(kind as 'wallet', balance)]);
    expect(Object.fromEntries(balances)).toMatchObject({ 'expired:gexiang': 30, 'escrow:gexiang': 100, 'issued:gexiang': 130 });
    expect(await world.store.read.select().from(grant)).toMatchObject([{ remaining: 0 }]);
  });
});
