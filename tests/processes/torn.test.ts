/** On PostgreSQL others may write between two reads of one batch. */
import { expect, it, onTestFinished } from 'vitest';
import { reverseGrant } from '../../src/communities/index.ts';
import { type Command, Engine, SYSTEM_CLIENT, Unavailable } from '../../src/ledger/index.ts';
import { issueVoucher } from '../../src/redeem/index.ts';
import { commandIds, openStore, type Store, StoreUnavailable, type TableName } from '../../src/store/index.ts';
import { codeOf, isOutage } from '../../src/store/outage.ts';
import { onWriter } from '../support/writer.ts';
import { book, type Booking } from '../support/scheme.ts';
import { openWorld, type World } from '../support/world.ts';

/** An engine before whose first read of a table, in each of so many batches, something else happens. */
async function engineWith({ url, clock, chance }: World, table: TableName, times: number, meanwhile: () => Promise<unknown>) {
  const store = await openStore(url);
  let left = times;
  const torn: Store = {
    ...store,
    transaction: (work) =>
      store.transaction((tx) => {
        const before = left-- > 0 ? (left === times - 1 ? meanwhile : async () => {}) : undefined;
        return work({
          ...tx,
          byKey: async (from, keys) => {
            if (from === table) await before?.();
            return tx.byKey(from, keys);
          },
        });
      }),
  };
  const engine = new Engine(torn, { clock: () => clock.now, newId: commandIds(() => clock.now, chance) });
  onTestFinished(() => engine.idle().then(() => store.close()));
  return engine;
}

it('a voucher that is issued while a grant is reversed is refused or issued, and never fails', async () => {
  const world = await openWorld();
  const grantId = await world.grantHours(world.gexiang, world.residentId, 10);
  const reversed = () => world.must(reverseGrant, { by: world.gexiang, grantId, reason: 'a mistake' });
  const engine = await engineWith(world, 'account', 1, reversed);
  const input = { residentId: world.residentId, offerId: world.cashOfferId, quantity: 1, by: null };
  const outcome = await engine.bySystem(issueVoucher, input, 'torn');
  expect(outcome).toMatchObject({ refused: 'insufficient_points' });
});

it('facts that go on to contradict each other are our own mistake, and are not asked for ever', async () => {
  const world = await openWorld();
  const engine = await engineWith(world, 'account', 0, async () => {});
  let decided = 0;
  const overdrawn: Command<null, null> = {
    name: 'overdraw',
    load: (_input, known, at) => book.load(draft, known, at),
    decide: () => {
      decided++;
      return { ...draft, reply: null };
    },
  };
  const postings = [
    { account: `wallet:gexiang:${world.residentId}:2027-12-31`, amount: 5 },
    { account: 'issued:gexiang', amount: -5 },
  ];
  const draft: Booking = { entries: [{ kind: 'grant', effectiveAt: 0, subject: SYSTEM_CLIENT, postings }] };
  const failed = await engine.bySystem(overdrawn, null, 'overdraw').catch((error: unknown) => error);
  expect(failed).toMatchObject({ message: expect.stringContaining('would fall below its floor') });
  expect(failed).not.toBeInstanceOf(Unavailable);
  expect(decided).toBe(4);
});

it('a statement that is cancelled because it takes too long is an outage, which callers are answered 503', async () => {
  const { store } = await openWorld();
  const cancelled = await onWriter(store, "set local statement_timeout = '50ms'; select pg_sleep(5)").catch((error: unknown) => error);
  expect(cancelled).toBeInstanceOf(StoreUnavailable);
  expect([isOutage(cancelled), codeOf(cancelled)]).toEqual([true, '57014']);
});
