/** The statements of a batch go out together: where one fails, those after it fail because of it, and that may be heard of sooner. */
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { account, type Command, cr, dr, Engine, limitKey, put, SYSTEM_CLIENT } from '../../src/ledger/index.ts';
import { commandIds, Conflict, type Tx } from '../../src/store/index.ts';
import { grantRow } from '../support/rows.ts';
import { book, openScheme, type Scheme } from '../support/scheme.ts';
import { openWorld } from '../support/world.ts';

type Fail = () => Promise<never>;

const BUSY_MS = 50;

/** An engine over a scheme's store, whose transactions are not quite as they are there; `n` counts them from 1. */
function engineOver({ store, clock, chance }: Scheme, altered: (tx: Tx, n: number) => Tx): Engine {
  let n = 0;
  const transaction: Scheme['store']['transaction'] = (work) => store.transaction((tx) => work(altered(tx, ++n)));
  return new Engine({ ...store, transaction }, { clock: () => clock.now, newId: commandIds(() => clock.now, chance) });
}

function submit<I, R>(engine: Engine, command: Command<I, R>, input: I) {
  return engine.submit({ command, input, client: SYSTEM_CLIENT, key: 'k', hash: '00', actor: SYSTEM_CLIENT });
}

const postings = [dr(account.issued('gexiang'), 1), cr(account.escrow('gexiang'), 1)];
const entries = [{ kind: 'test', subject: 'a', effectiveAt: 0, postings }];

/** Fails what is sent first, but not at once, for a row that another writer has changed, and whatever is sent after it as a database does. */
function failing(): Fail {
  let sent = 0;
  return async () => {
    if (sent++ > 0) throw new Error('current transaction is aborted, commands ignored until end of transaction block');
    await turn();
    throw new Conflict('request');
  };
}

describe('what failed first counts, and not what failed because of it:', () => {
  it.each<[string, (tx: Tx, fail: Fail) => Tx]>([
    ['reads', (tx, fail) => ({ ...tx, byKey: fail, byGroup: fail })],
    ['writes', (tx, fail) => ({ ...tx, write: fail, add: fail })],
  ])('a row that another writer has changed has the batch decided again, whatever its other %s come to', async (_what, broken) => {
    const scheme = await openScheme();
    let transactions = 0;
    const engine = engineOver(scheme, (tx, n) => {
      transactions = n;
      return n === 1 ? broken(tx, failing()) : tx;
    });
    const community = put('community', {
      id: 'gexiang',
      name: '葛巷社区',
      code: null,
      openedAt: 0,
      successorId: null,
      succeededFrom: null,
      version: 0,
    });
    expect(await submit(engine, book, { entries, rows: [community] })).toMatchObject({ reply: null, replayed: false });
    expect(transactions).toBe(2);
  });

  it('a row that the database refuses is our mistake, and not somebody else’s change', async () => {
    const world = await openWorld();
    // This process has much to do: when it looks, all answers are there.
    const engine = engineOver(world, (tx) => ({
      ...tx,
      add(table, rows) {
        const added = tx.add(table, rows);
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BUSY_MS);
        return added;
      },
    }));
    const { ruleId, residentId } = world;
    const impossible: Command<null, null> = {
      name: 'impossible',
      load: () => [],
      decide: () => ({
        rows: [put('grant', grantRow(1, { ruleId, residentId, points: 10, remaining: 11, version: 0 }))],
        uses: [{ key: limitKey('2026-03-02', 'a limit of this test'), add: 1 }],
        entries,
        reply: null,
      }),
    };
    await expect(submit(engine, impossible, null)).rejects.toThrow(/grant_remaining/);
  });
});
