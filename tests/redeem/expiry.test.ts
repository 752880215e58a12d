import { describe, expect, it } from 'vitest';
import { audit } from '../../src/cli/audit.ts';
import { expireDue, expireVoucher, type JobDeps, voucherById } from '../../src/redeem/index.ts';
import { balancesOf } from '../support/balances.ts';
import { openCounter } from '../support/counter.ts';
import { rawOf } from '../support/raw.ts';
import { openWorld, type World } from '../support/world.ts';
import { engineOver } from '../support/engine-over.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

function depsOf({ store, engine, clock }: World): JobDeps {
  return { view: store, engine, clock: () => clock.now };
}

/** Goes to the end of a voucher's last day, and so many minutes further. */
async function passTheDateOf(world: World, voucherId: string, minutes = 0): Promise<void> {
  world.clock.now = (await voucherById(world.store, voucherId))!.validUntil + minutes * MINUTE;
}

async function openVouchers(world: World, count: number): Promise<string[]> {
  await world.grantHours(world.gexiang, world.residentId, 10 * count);
  const ids: string[] = [];
  for (let n = 0; n < count; n++) ids.push(await world.takeVoucher());
  return ids;
}

const stateOf = async ({ store }: World, id: string) => (await voucherById(store, id))!.state;
const notedDays = async ({ store }: World) => (await store.read.select().from(store.tables.expiryDay)).map(({ day }) => day);

describe('the expiry', () => {
  it('is refused of a voucher that there is not, and of one whose date is not past', async () => {
    const world = await openWorld();
    const [voucherId] = await openVouchers(world, 1);
    const nowhere = `vch_${'0'.repeat(32)}`;
    expect(await world.run(expireVoucher, { voucherId: nowhere })).toMatchObject({
      refused: 'voucher_not_found',
      details: { voucher_id: nowhere },
    });
    expect(await world.run(expireVoucher, { voucherId: voucherId! })).toMatchObject({ refused: 'voucher_not_due' });
  });

  it('notes a day once nothing of the day before can be under way, and then looks no further back', async () => {
    const world = await openWorld();
    const [first, second, third] = await openVouchers(world, 3);
    await passTheDateOf(world, first!);
    const raw = await rawOf(world);
    const setEnd = (id: string, end: number) => raw.exec(`update voucher set valid_until = ${end} where id = ${raw.id(id)}`);
    const end = world.clock.now;
    await setEnd(second!, end + 300 * DAY);
    await setEnd(third!, end + 300 * DAY);
    expect(await expireDue(depsOf(world))).toEqual({ vouchers: 1, lots: 0 });
    expect(await notedDays(world)).toEqual([]);

    await setEnd(second!, end);
    world.clock.advance(9 * MINUTE);
    expect(await expireDue(depsOf(world))).toEqual({ vouchers: 1, lots: 0 });
    world.clock.advance(MINUTE);
    expect(await expireDue(depsOf(world))).toEqual({ vouchers: 0, lots: 0 });
    expect(await notedDays(world)).toEqual(['2026-06-01']);

    await setEnd(third!, end);
    world.clock.advance(DAY);
    expect(await expireDue(depsOf(world))).toEqual({ vouchers: 0, lots: 0 });
    expect(await notedDays(world)).toEqual(['2026-06-01', '2026-06-02']);
  });

  it('books the rest where one cannot be booked, says why, and takes it up the next time', async () => {
    const world = await openWorld();
    const [first, second, third] = await openVouchers(world, 3);
    await passTheDateOf(world, first!, 10);
    const engine = engineOver((submission) =>
      (submission.input as { voucherId?: string }).voucherId === second
        ? Promise.reject(new Error('no luck'))
        : world.engine.submit(submission),
    );
    await expect(expireDue({ ...depsOf(world), engine })).rejects.toThrow('no luck');
    expect(await Promise.all([first, second, third].map((id) => stateOf(world, id!)))).toEqual(['expired', 'issued', 'expired']);
    expect(await notedDays(world)).toEqual([]);
    expect(await expireDue(depsOf(world))).toEqual({ vouchers: 1, lots: 0 });
    expect(await notedDays(world)).toEqual(['2026-06-01']);
  });

  it('finds the open ones among any number of those that ended with them', async () => {
    const world = await openWorld();
    const [voucherId] = await openVouchers(world, 1);
    const raw = await rawOf(world);
    const columns = Object.values(await raw.rows('select * from voucher')).flatMap((row) => Object.keys(row));
    const others = columns.filter((column) => column !== 'id' && column !== 'state').map((column) => `"${column}"`);
    for (let n = 0; n < 1_001; n++) {
      const id = raw.id(`vch_${n.toString(16).padStart(32, '0')}`);
      await raw.exec(
        `insert into voucher (id, state, ${others.join(', ')}) select ${id}, 'cancelled', ${others.join(', ')} from voucher where id = ${raw.id(voucherId!)}`,
      );
    }
    await passTheDateOf(world, voucherId!);
    expect(await expireDue(depsOf(world))).toEqual({ vouchers: 1, lots: 0 });
    expect(await stateOf(world, voucherId!)).toBe('expired');
  });
});

describe('a redemption undone after the date of its voucher', () => {
  it('leaves the voucher expired and its points where they came from, in the one command', async () => {
    const { world, till, readyCode, order } = await openCounter();
    const { voucherId, code } = await readyCode();
    expect((await till.post('/v1/redemptions', order(code), 'R-1')).status).toBe(201);
    await passTheDateOf(world, voucherId, 10);
    expect(await expireDue(depsOf(world))).toEqual({ vouchers: 0, lots: 0 });

    const voided = await till.post('/v1/redemption-voids', { request_no: 'R-1', reason: '没有收到答复' });
    expect(voided.body).toMatchObject({ reversed: true });
    expect(await stateOf(world, voucherId)).toBe('expired');
    const accounts = await balancesOf(world.store);
    expect(accounts.filter(({ unit, balance }) => unit === 'point' && balance !== 0).map(({ kind, balance }) => [kind, balance])).toEqual([
      ['issued', 100],
      ['wallet', -100],
    ]);
    expect(await audit(world.store)).toMatchObject({ ok: true });
  });
});
