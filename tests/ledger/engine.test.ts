import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import {
  account,
  accountFacts,
  balanceOf,
  closeDay,
  type Command,
  cr,
  dr,
  Engine,
  type EntryDraft,
  limitKey,
  many,
  one,
  type Outcome,
  put,
  conflict,
  refuserOf,
  SYSTEM_CLIENT,
  Unavailable,
} from '../../src/ledger/index.ts';
import { Conflict, commandIds, type Store } from '../../src/store/index.ts';
import { balancesOf } from '../support/balances.ts';
import { openScheme, type Scheme } from '../support/scheme.ts';
import { openWorld } from '../support/world.ts';
import { redeem, voidRedemption } from '../../src/redeem/index.ts';

const refuse = refuserOf({
  too_many: conflict('Too many', (d: { held: number }) => `Only ${d.held} are held.`, 'Spend fewer.', '积分不足'),
});
const EXPIRES = '2027-12-31';

/** Points from one resident's wallet into escrow, as far as they go. */
const spend: Command<{ readonly resident: string; readonly points: number }, { left: number }> = {
  name: 'spend',
  load: ({ resident }) => [balanceOf(account.wallet('gexiang', resident, EXPIRES))],
  decide(facts, { resident, points }, { at, id }) {
    const wallet = account.wallet('gexiang', resident, EXPIRES);
    const held = 0 - facts.balance(wallet);
    if (points > held) return refuse('too_many', { held });
    const postings = [dr(wallet, points), cr(account.escrow('gexiang'), points)];
    return { entries: [entry('spend', id, at, postings)], reply: { left: held - points } };
  },
};

const earn: Command<{ readonly resident: string; readonly points: number }, { earned: number }> = {
  name: 'earn',
  load: ({ resident }) => [balanceOf(account.wallet('gexiang', resident, EXPIRES))],
  decide: (_facts, { resident, points }, { at, id }) => ({
    entries: [entry('earn', id, at, [dr(account.issued('gexiang'), points), cr(account.wallet('gexiang', resident, EXPIRES), points)])],
    reply: { earned: points },
  }),
};

function entry(kind: string, subject: string, effectiveAt: number, postings: EntryDraft['postings']): EntryDraft {
  return { kind, subject, effectiveAt, postings };
}

function broken(decide: Command<null, null>['decide']): Command<null, null> {
  return { name: 'broken', load: () => [balanceOf(account.wallet('gexiang', 'a', EXPIRES))], decide };
}

/** An engine over a scheme's store, some of whose parts are the test's own. */
function engineOver({ store, clock, chance }: Scheme, parts: Partial<Store> = {}, options: { queueMax?: number } = {}): Engine {
  const newId = commandIds(() => clock.now, chance);
  return new Engine({ ...store, ...parts }, { clock: () => clock.now, newId, ...options });
}

function submit<I, R>(engine: Engine, command: Command<I, R>, input: I, key: string, hash = '00'): Promise<Outcome<R>> {
  return engine.submit({ command, input, client: SYSTEM_CLIENT, key, hash, actor: SYSTEM_CLIENT });
}

function voiding(requestNo: string) {
  return { client: SYSTEM_CLIENT, requestNo, reason: '无答复' };
}

describe('a batch', () => {
  it('is all that is waiting, in one transaction', async () => {
    const scheme = await openScheme();
    let transactions = 0;
    const engine = engineOver(scheme, {
      transaction: (work) => {
        transactions++;
        return scheme.store.transaction(work);
      },
    });
    await Promise.all(Array.from({ length: 100 }, (_, n) => submit(engine, earn, { resident: 'a', points: 1 }, `k${n}`)));
    expect(transactions).toBe(1);
    // The residents are many: batches that go on side by side must not meet.
    await Promise.all(Array.from({ length: 300 }, (_, n) => submit(engine, earn, { resident: `b${n}`, points: 1 }, `l${n}`)));
    expect(transactions).toBe(3);
  });

  it('lets a command see those before it', async () => {
    const scheme = await openScheme();
    const outcomes = await Promise.all([
      submit(scheme.engine, earn, { resident: 'a', points: 100 }, 'k1'),
      submit(scheme.engine, spend, { resident: 'a', points: 70 }, 'k2'),
      submit(scheme.engine, spend, { resident: 'a', points: 70 }, 'k3'),
      submit(scheme.engine, spend, { resident: 'a', points: 30 }, 'k4'),
    ]);
    expect(outcomes).toMatchObject([
      { reply: { earned: 100 } },
      { reply: { left: 30 } },
      { refused: 'too_many', details: { held: 30 } },
      { reply: { left: 0 } },
    ]);
  });

  it('answers nobody before it is committed', async () => {
    const scheme = await openScheme();
    const [done, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const engine = engineOver(scheme, {
      transaction: async (work) => {
        const result = await scheme.store.transaction(work);
        done.resolve();
        await gate.promise;
        return result;
      },
    });
    let answered = false;
    const outcome = submit(engine, earn, { resident: 'a', points: 1 }, 'k').then(() => (answered = true));
    await done.promise;
    for (let n = 0; n < 20; n++) await turn();
    expect(answered).toBe(false);
    gate.resolve();
    await outcome;
  });

  it('writes each row once, as the last command left it', async () => {
    const { engine, store } = await openScheme();
    await Promise.all(Array.from({ length: 50 }, (_, n) => submit(engine, earn, { resident: 'a', points: 2 }, `k${n}`)));
    const wallet = (await balancesOf(store)).find(({ kind }) => kind === 'wallet');
    expect(wallet).toMatchObject({ balance: -100 });
    expect(await store.read.$count(store.tables.posting)).toBe(100);
  });

  it('takes in what a command before it has made and leads to', async () => {
    const world = await openWorld();
    await world.grantHours(world.gexiang, world.residentId, 20);
    const codes = [await world.showCode(await world.takeVoucher()), await world.showCode(await world.takeVoucher())];
    const { merchantId, storeId, engine } = world;
    const till = { merchantId, storeId, terminalId: null, orderNo: '1', orderAmountFen: 9_000, presentedAt: null };
    const outcomes = await Promise.all([
      submit(engine, redeem, { ...till, codeHash: codes[0]! }, 'R-1'),
      submit(engine, voidRedemption, voiding('R-1'), 'V-1'),
      submit(engine, redeem, { ...till, codeHash: codes[0]! }, 'R-1'),
      submit(engine, voidRedemption, voiding('R-2'), 'V-2'),
      submit(engine, redeem, { ...till, codeHash: codes[1]! }, 'R-2'),
    ]);
    expect(outcomes).toMatchObject([
      { reply: { request_no: 'R-1' } },
      { reply: { reversed: true } },
      { refused: 'request_voided' },
      { reply: { reversed: false } },
      { refused: 'request_voided' },
    ]);
  });
});

describe('a request key', () => {
  it('is decided once, however often and however closely it comes', async () => {
    const { engine, store } = await openScheme();
    const together = await Promise.all(Array.from({ length: 5 }, () => submit(engine, earn, { resident: 'a', points: 7 }, 'k')));
    const later = await submit(engine, earn, { resident: 'a', points: 7 }, 'k');
    expect([...together, later].map((outcome) => ({ ...outcome }))).toEqual(
      [false, true, true, true, true, true].map((replayed) => ({ reply: { earned: 7 }, replayed })),
    );
    expect(await store.read.$count(store.tables.entry)).toBe(1);
  });

  it('with another input is refused, and that is not remembered', async () => {
    const { engine, store } = await openScheme();
    await submit(engine, earn, { resident: 'a', points: 7 }, 'k', '01');
    expect(await submit(engine, earn, { resident: 'a', points: 8 }, 'k', '02')).toMatchObject({ refused: 'idempotency_key_reused' });
    expect(await submit(engine, earn, { resident: 'a', points: 7 }, 'k', '01')).toMatchObject({ reply: { earned: 7 }, replayed: true });
    expect(await store.read.$count(store.tables.request)).toBe(1);
  });

  it('remembers a refusal, so that a retry never flips', async () => {
    const { engine } = await openScheme();
    const first = await submit(engine, spend, { resident: 'a', points: 5 }, 'k');
    await submit(engine, earn, { resident: 'a', points: 100 }, 'k2');
    expect(await submit(engine, spend, { resident: 'a', points: 5 }, 'k')).toEqual({ ...first, replayed: true });
  });
});

describe('our own mistake', () => {
  it('in a decision fails its own command alone, and is not remembered', async () => {
    const { engine, store } = await openScheme();
    const failing = broken(() => {
      throw new Error('a bug');
    });
    const [first, second, third] = await Promise.allSettled([
      submit(engine, earn, { resident: 'a', points: 1 }, 'k1'),
      submit(engine, failing, null, 'k2'),
      submit(engine, earn, { resident: 'a', points: 1 }, 'k3'),
    ]);
    expect([first.status, second.status, third.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await store.read.$count(store.tables.request)).toBe(2);
    expect(await submit(engine, earn, { resident: 'a', points: 1 }, 'k2')).toMatchObject({ replayed: false });
  });

  it.each([
    [
      'that does not balance',
      [dr(account.issued('gexiang'), 2), cr(account.escrow('gexiang'), 1)],
      /off by 1 in the book of gexiang point/,
    ],
    [
      'that balances only over two books',
      [dr(account.issued('gexiang'), 1), cr(account.escrow('wanhe'), 1)],
      /off by 1 in the book of gexiang/,
    ],
    ['of legs that come to nothing', [dr(account.issued('gexiang'), 0), cr(account.escrow('gexiang'), 0)], /an entry needs two legs/],
    ['of half a point', [dr(account.issued('gexiang'), 0.5), cr(account.escrow('gexiang'), 0.5)], /not a whole amount/],
    [
      'that takes a wallet below its floor',
      [dr(account.wallet('gexiang', 'a', EXPIRES), 1), cr(account.escrow('gexiang'), 1)],
      /below its floor/,
    ],
    ['on an account of no chart', [dr('mystery:gexiang', 1), cr('mystery:wanhe', 1)], /not an account/],
  ])('in an entry %s fails its own command alone', async (_what, postings, message) => {
    const { engine, store } = await openScheme();
    const failing = broken((_facts, _input, { id, at }) => ({ entries: [entry('broken', id, at, postings)], reply: null }));
    const settled = await Promise.allSettled([
      submit(engine, earn, { resident: 'b', points: 1 }, 'k1'),
      submit(engine, failing, null, 'k2'),
      submit(engine, earn, { resident: 'b', points: 1 }, 'k3'),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((settled[1] as PromiseRejectedResult).reason).toMatchObject({ message: expect.stringMatching(message) });
    expect(await store.read.$count(store.tables.entry)).toBe(2);
    expect(await store.read.$count(store.tables.request)).toBe(2);
  });

  it('found when some of its rows are put already leaves none of them to the commands after it', async () => {
    const { engine, store } = await openScheme();
    const path = account.wallet('gexiang', 'a', EXPIRES);
    const half = broken(() => {
      const { floor: _floor, normal: _normal, ...facts } = accountFacts(path);
      const rich = put('account', { ...facts, stripe: 0, path, balance: -100, version: 0 });
      const notLoaded = put('account', { ...facts, id: 'not loaded', stripe: 0, path: 'not loaded', balance: 0, version: 1 });
      return { rows: [rich, notLoaded], reply: null };
    });
    const [first, second] = await Promise.allSettled([
      submit(engine, half, null, 'k1'),
      submit(engine, spend, { resident: 'a', points: 70 }, 'k2'),
    ]);
    expect(first).toMatchObject({ status: 'rejected', reason: { message: 'account not loaded was not loaded' } });
    expect(second).toMatchObject({ status: 'fulfilled', value: { refused: 'too_many', details: { held: 0 } } });
    expect(await store.read.$count(store.tables.posting)).toBe(0);
  });

  it('of reading what was not loaded is told apart from an absence', async () => {
    const { engine } = await openScheme();
    const careless = broken((facts) => ({ reply: facts.get('voucher', `vch_${'0'.repeat(32)}`) ? null : null }));
    await expect(submit(engine, careless, null, 'k')).rejects.toThrow(/not loaded: voucher/);
  });
});

describe('a database that', () => {
  it('fails a batch without saying why has it run again one command at a time', async () => {
    const scheme = await openScheme();
    let batches = 0;
    const engine = engineOver(scheme, {
      transaction: async (work) => {
        if (batches++ === 0) throw new Error('disk I/O error');
        return scheme.store.transaction(work);
      },
    });
    const outcomes = await Promise.all(['k1', 'k2', 'k3'].map((key) => submit(engine, earn, { resident: 'a', points: 1 }, key)));
    expect(outcomes.every((outcome) => 'reply' in outcome)).toBe(true);
    expect(batches).toBe(4);
  });

  it('was changed by another process has the batch decided again, and at last answers that it is unavailable', async () => {
    const scheme = await openScheme();
    let conflicts = 0;
    const engine = engineOver(scheme, {
      transaction: async (work) => {
        if (conflicts++ < 2) throw new Conflict('voucher');
        return scheme.store.transaction(work);
      },
    });
    expect(await submit(engine, earn, { resident: 'a', points: 1 }, 'k')).toMatchObject({ reply: { earned: 1 } });
    const hopeless = engineOver(scheme, { transaction: () => Promise.reject(new Conflict('voucher')) });
    await expect(submit(hopeless, earn, { resident: 'a', points: 1 }, 'k2')).rejects.toThrow(Unavailable);
  });
});

describe('the queue', () => {
  it('is bounded: beyond it a command is turned away, and what waited is done', async () => {
    const engine = engineOver(await openScheme(), {}, { queueMax: 10 });
    const settled = await Promise.allSettled(
      Array.from({ length: 15 }, (_, n) => submit(engine, earn, { resident: 'a', points: 1 }, `k${n}`)),
    );
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    for (const { reason } of settled.filter((each) => each.status === 'rejected')) expect(reason).toBeInstanceOf(Unavailable);
  });
});

describe('the business day of an entry', () => {
  it('is the date in Shanghai, or the first open day if that date is closed', async () => {
    const { engine, clock, store } = await openScheme();
    await submit(engine, earn, { resident: 'a', points: 1 }, 'k1');
    clock.advance(24 * 3_600_000);
    await submit(engine, closeDay, { day: '2026-03-02' }, 'close');
    clock.advance(-24 * 3_600_000);
    await submit(engine, earn, { resident: 'a', points: 1 }, 'k2');
    const entries = await store.read.select().from(store.tables.entry).orderBy(store.tables.entry.id);
    expect(entries.map(({ businessDay, recordedAt }) => [businessDay, recordedAt])).toEqual([
      ['2026-03-02', clock.now],
      ['2026-03-03', clock.now],
    ]);
  });

  it('cannot be closed before it is over, nor twice', async () => {
    const { engine, clock } = await openScheme();
    expect(await submit(engine, closeDay, { day: '2026-03-02' }, 'k1')).toMatchObject({ refused: 'business_day_not_over' });
    clock.advance(24 * 3_600_000);
    expect(await submit(engine, closeDay, { day: '2026-03-02' }, 'k2')).toMatchObject({ reply: { day: '2026-03-02' } });
    expect(await submit(engine, closeDay, { day: '2026-03-02' }, 'k3')).toMatchObject({ refused: 'business_day_closed' });
  });
});

describe('the working set', () => {
  it('keeps a group as the commands before have left it', async () => {
    const { engine } = await openScheme();
    const [residentId, communityId] = [`res_${'1'.repeat(32)}`, 'gexiang'];
    const add: Command<{ expiresOn: string }, { before: number }> = {
      name: 'add-lot',
      load: ({ expiresOn }) => [many('lot', 'resident', residentId), one('lot', residentId, communityId, expiresOn)],
      decide: (facts, { expiresOn }) => ({
        rows: facts.get('lot', residentId, communityId, expiresOn) ? [] : [put('lot', { residentId, communityId, expiresOn })],
        reply: { before: facts.list('lot', 'resident', residentId).length },
      }),
    };
    const days = ['2026-12-31', '2027-12-31', '2027-12-31', '2028-12-31'];
    const outcomes = await Promise.all(days.map((expiresOn, n) => submit(engine, add, { expiresOn }, `k${n}`)));
    expect(outcomes).toMatchObject([0, 1, 2, 2].map((before) => ({ reply: { before } })));
  });

  it('knows of a counter that is loaded late what the commands before have added', async () => {
    const { engine } = await openScheme();
    const limit = limitKey('2026-03-02', 'a limit of this test');
    const late: Command<{ after: boolean }, { balance: number; used: number }> = {
      name: 'late',
      // Its facts depend on a row that the command before it makes, so that it is loaded only then.
      load: ({ after }, known) => [
        one('community', 'gexiang'),
        ...(after && known.get('community', 'gexiang') ? [balanceOf(account.escrow('gexiang')), one('limitUse', limit)] : []),
      ],
      decide: (facts, { after }, { id, at }) =>
        after
          ? { reply: { balance: facts.balance(account.escrow('gexiang')), used: facts.used(limit) } }
          : {
              rows: [
                put('community', {
                  id: 'gexiang',
                  name: '葛巷',
                  code: null,
                  openedAt: at,
                  successorId: null,
                  succeededFrom: null,
                  version: 0,
                }),
              ],
              uses: [{ key: limit, add: 5 }],
              entries: [entry('late', id, at, [dr(account.issued('gexiang'), 7), cr(account.escrow('gexiang'), 7)])],
              reply: { balance: 0, used: 0 },
            },
    };
    const [, second] = await Promise.all([submit(engine, late, { after: false }, 'k1'), submit(engine, late, { after: true }, 'k2')]);
    expect(second).toMatchObject({ reply: { balance: -7, used: 5 } });
  });
});
