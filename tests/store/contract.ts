/** What a store promises, whatever database is underneath. It knows rows and no rules, so the rows here mean nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Conflict, keyOf, readerOf, type Store, type View } from '../../src/store/index.ts';
import {
  clientRow,
  communityRow,
  entryRow,
  escrowRow,
  grantRow,
  hexNo,
  lotRow,
  postingRows,
  requestRow,
  ruleRow,
} from '../support/rows.ts';
import { all, balanceOf, committed, expectKept, opened, sorted, usedOf, write } from '../support/stores.ts';
import { onWriter } from '../support/writer.ts';

const LARGEST = Number.MAX_SAFE_INTEGER;
const BATCHES = 60;

/** What has a meaning of its own somewhere between us and a database. */
const texts = [
  ['', ' ', ' padded ', 'NULL', 'null', 'undefined', '葛巷社区', '😀', 'é', 'x'.repeat(100_000)],
  ['"', "'", '"quoted"', "it's", "''", '\\', '\\\\', '\\"', "\\'", '\\N', '\\n', '\\x00', 'E\\', '`'],
  ['{', '}', '{}', '{a,b}', '{"a","b"}', '{NULL}', ',', 'a,b', ',,', '(a)', '[1]', '$1', '?', ':a', '%', '_', '--', '/*', ';'],
  ['\n', '\r\n', '\t', 'a\nb', '\u0001', '\u007f', '\u00a0', '\u2028', '\ufeff'],
].flat();

const resident = (n: number) => [`res_${hexNo(n)}`] as const;

async function idsOf(view: View): Promise<string[]> {
  return (await all(view, 'community')).map(({ id }) => id);
}

/** The name of Gexiang as a transaction reads it. */
async function nameIn(store: Store): Promise<string | undefined> {
  const rows = await store.transaction((tx) => tx.byKey('community', [['gexiang']]));
  return rows[0]?.name;
}

function manyCommunities(version: number) {
  return Array.from({ length: 40 }, (_, n) => communityRow(`c-${n}`, { version }));
}

/** Books an entry a transaction, with its postings and balances. */
async function bookMany(store: Store): Promise<void> {
  for (let n = 1; n <= BATCHES; n++) {
    await store.transaction(async (tx) => {
      await tx.write('entry', [entryRow(n)]);
      await tx.write('posting', postingRows(n, n));
      await tx.add('account', [escrowRow(1, n), escrowRow(2, 0 - n)]);
    });
  }
}

async function countBooks(view: View) {
  const { read, tables } = view;
  const accounts = await all(view, 'account');
  return {
    entries: await read.$count(tables.entry),
    postings: await read.$count(tables.posting),
    sum: accounts.reduce((total, { balance }) => total + balance, 0),
  };
}

/** 25 times adds n + 1 to each account n. */
async function addRepeatedly(store: Store, accounts: readonly number[]): Promise<void> {
  const rows = accounts.map((n) => escrowRow(n, n + 1));
  for (let round = 0; round < 25; round++) await store.transaction((tx) => tx.add('account', rows));
}

/** Tries 20 times to use one of 25; gives how often it could. */
async function useRepeatedly(store: Store): Promise<number> {
  let used = 0;
  for (let tries = 0; tries < 20; tries++) {
    const [done] = await committed([store.transaction((tx) => tx.add('limitUse', [{ id: hexNo(1), used: 1, atMost: 25 }]))]);
    used += done ? 1 : 0;
  }
  return used;
}

/** Any text but U+0000, which PostgreSQL has no place for, and which the service refuses. */
const anyText = fc
  .string({ unit: fc.oneof(fc.constantFrom('"', "'", '\\', '{', '}', ',', ' ', '\n'), fc.string({ unit: 'grapheme', maxLength: 1 })) })
  .map((text) => text.replaceAll('\u0000', ''));

export function storeContract(name: string, makeDatabase: () => Promise<{ readonly url: string }>): void {
  const open = async () => opened((await makeDatabase()).url);
  /** Two stores on one database, as of two processes. */
  const openTwo = async (): Promise<[Store, Store]> => {
    const { url } = await makeDatabase();
    return [await opened(url), await opened(url)];
  };

  describe(`a row on ${name}`, () => {
    it('comes back as it went in: ids, days, hashes, instants, numbers, and nothing where there is nothing', async () => {
      const store = await open();
      const [id, hash] = ['f'.repeat(32), '00ff'.repeat(8)];
      await expectKept(store, 'community', [
        communityRow('gexiang', { code: '330110', openedAt: LARGEST }),
        communityRow('wanhe', { openedAt: -LARGEST }),
        communityRow('taiyan'),
      ]);
      await expectKept(store, 'client', [
        clientRow(1),
        clientRow(2, {
          communityId: 'gexiang',
          merchantId: `mer_${id}`,
          storeId: `sto_${id}`,
          officerId: `off_${id}`,
          residentId: `res_${id}`,
        }),
        clientRow(3, { previousSecretHash: hash, previousSecretUntil: LARGEST }),
        clientRow(4, { previousSecretHash: '' }),
      ]);
      await expectKept(store, 'actionRule', [
        ruleRow(1),
        ruleRow(2, { ruleVersion: LARGEST, points: LARGEST, capDay: 0, capMonth: LARGEST, capYear: 1, validUntil: '9999-12-31' }),
        ruleRow(2, { validFrom: '2028-02-29', validUntil: '1970-01-01' }),
      ]);
      await expectKept(store, 'grant', [grantRow(1), grantRow(2, { approvedBy: `off_${id}`, reversedAt: -1, externalReference: '' })]);
      await expectKept(store, 'request', [requestRow('a'), requestRow('b', { hash: '', outcome: '{}', voidedAt: 0 })]);
      await expectKept(store, 'posting', [...postingRows(1, LARGEST), ...postingRows(2, 1)]);
      await expectKept(store, 'residentPhone', [{ hash, residentId: `res_${id}`, heldUntil: null, heardAt: LARGEST, version: 1 }]);
      await expectKept(store, 'businessDay', [{ day: '2026-03-02', closedAt: 1 }]);
    });

    it('keeps text to the letter, also as a key', async () => {
      const store = await open();
      await expectKept(
        store,
        'scheme',
        texts.map((text) => ({ name: text.slice(0, 1_000), value: text })),
      );
      // Text beside nothing, in every order.
      await expectKept(
        store,
        'community',
        texts.map((text, n) => communityRow(`c-${n}`, { name: text, code: n % 2 ? text : null })),
      );
      await expectKept(
        store,
        'request',
        texts.map((text) => requestRow(text.slice(0, 1_000), { outcome: JSON.stringify({ text }) })),
      );
    });

    it('keeps any text', async () => {
      const store = await open();
      let run = 0;
      const property = fc.asyncProperty(fc.array(anyText, { minLength: 1 }), async (values) => {
        const ofRun = ++run;
        const rows = values.map((value, n) => ({ name: `${ofRun} ${n} ${value}`, value }));
        await expectKept(store, 'scheme', rows);
      });
      await fc.assert(property, { numRuns: 50 });
    });

    it('is found by its key and by no other, among as many as one batch may ask for', async () => {
      const store = await open();
      const rows = Array.from({ length: 1_000 }, (_, n) => lotRow(n, n % 2 ? 'gexiang' : 'wanhe', '2027-12-31'));
      await write(store, 'lot', ...rows);
      const asked = [
        ...rows.slice(0, 300),
        lotRow(1, 'wanhe', '2027-12-31'),
        lotRow(1, 'gexiang', '2028-12-31'),
        lotRow(5_000, 'wanhe', '2027-12-31'),
      ];
      const found = await store.transaction((tx) =>
        tx.byKey(
          'lot',
          asked.map((row) => keyOf('lot', row)),
        ),
      );
      expect(sorted('lot', found)).toEqual(sorted('lot', rows.slice(0, 300)));
    });

    it('is found with those of its group, where they are above zero if the group wants that', async () => {
      const store = await open();
      const lots = [lotRow(1, 'gexiang', '2027-12-31'), lotRow(1, 'wanhe', '2027-12-31'), lotRow(2, 'gexiang', '2027-12-31')];
      await write(store, 'lot', ...lots, lotRow(3, 'gexiang', '2027-12-31'));
      await write(store, 'community', communityRow('gexiang'));
      const later = { expiresOn: '2028-12-31' };
      await write(
        store,
        'grant',
        grantRow(1),
        grantRow(2),
        grantRow(3, { remaining: 0 }),
        grantRow(4, later),
        grantRow(5, { residentId: `res_${hexNo(9)}` }),
      );
      await store.transaction(async (tx) => {
        expect(sorted('lot', await tx.byGroup('lot', 'resident', [resident(1), resident(2), resident(8)]))).toEqual(sorted('lot', lots));
        const unspent = await tx.byGroup('grant', 'unspentInLot', [[...resident(1), 'gexiang', '2027-12-31']]);
        expect(sorted('grant', unspent)).toEqual([grantRow(1), grantRow(2)]);
      });
    });

    it('is found by a reader as by a transaction, by any key and group, and with all stripes of an account', async () => {
      const store = await open();
      await write(store, 'community', communityRow('gexiang'), communityRow('wanhe'));
      await write(store, 'lot', lotRow(1, 'gexiang', '2027-12-31'), lotRow(1, 'wanhe', '2027-12-31'), lotRow(2, 'gexiang', '2027-12-31'));
      await write(store, 'grant', grantRow(1), grantRow(2, { remaining: 0 }));
      await bookMany(store);
      const reader = readerOf(store);
      const told = await store.transaction(async (tx) =>
        Promise.all(
          [tx, reader].map(async ({ byKey, byGroup }) => ({
            communities: sorted('community', await byKey('community', [['gexiang'], ['wanhe'], ['nowhere']])),
            lots: sorted(
              'lot',
              await byKey('lot', [
                [...resident(1), 'wanhe', '2027-12-31'],
                [...resident(2), 'gexiang', '2027-12-31'],
              ]),
            ),
            ofResident: sorted('lot', await byGroup('lot', 'resident', [resident(1), resident(8)])),
            unspent: await byGroup('grant', 'unspentInLot', [[...resident(1), 'gexiang', '2027-12-31']]),
            account: (await byKey('account', [[escrowRow(1, 0).id]])).reduce((sum, { balance }) => sum + balance, 0),
          })),
        ),
      );
      expect(told[1]).toEqual(told[0]);
      expect(told[1]).toMatchObject({ lots: [{}, {}], ofResident: [{}, {}], unspent: [{}], account: (BATCHES * (BATCHES + 1)) / 2 });
      expect(told[1]!.communities).toHaveLength(2);
    });

    it('is seen by the transaction that wrote it', async () => {
      const store = await open();
      await store.transaction(async (tx) => {
        await tx.write('community', [communityRow('gexiang')]);
        await tx.write('community', [communityRow('gexiang', { name: '葛巷', version: 2 })]);
        expect(await tx.byKey('community', [['gexiang']])).toEqual([communityRow('gexiang', { name: '葛巷', version: 2 })]);
      });
    });
  });

  describe(`a transaction on ${name}`, () => {
    it('that throws leaves nothing, and rejects with what was thrown', async () => {
      const store = await open();
      const failing = store.transaction(async (tx) => {
        await tx.write('community', [communityRow('gexiang')]);
        await tx.add('account', [escrowRow(1, 5)]);
        throw new Error('a mistake of ours');
      });
      await expect(failing).rejects.toThrow('a mistake of ours');
      expect([await all(store, 'community'), await balanceOf(store, 1)]).toEqual([[], 0]);
    });

    it('is read by others only when it is whole', async () => {
      const [store, other] = await openTwo();
      await store.transaction(async (tx) => {
        await tx.write('community', [communityRow('gexiang')]);
        await tx.write('scheme', [{ name: 'founded', value: '1' }]);
        for (const reader of [store, other]) expect(await all(reader, 'community')).toEqual([]);
      });
      for (const reader of [store, other])
        expect([await all(reader, 'community'), await all(reader, 'scheme')]).toMatchObject([[{}], [{}]]);
    });

    it('sees what another writer has changed since, also of the tables that hardly ever change', async () => {
      const [store, other] = await openTwo();
      expect(await nameIn(store)).toBeUndefined();
      await write(other, 'community', communityRow('gexiang', { name: '葛巷' }));
      expect([await nameIn(store), await nameIn(store)]).toEqual(['葛巷', '葛巷']);
      await write(other, 'community', communityRow('gexiang', { name: '老葛巷', version: 2 }));
      expect(await nameIn(store)).toBe('老葛巷');
      await write(store, 'community', communityRow('gexiang', { name: '新葛巷', version: 3 }));
      expect([await nameIn(store), await nameIn(other)]).toEqual(['新葛巷', '新葛巷']);
    });

    it('that is undone leaves nothing, also not to the next one', async () => {
      const store = await open();
      await write(store, 'community', communityRow('gexiang', { name: '葛巷' }));
      const undone = store.transaction(async (tx) => {
        await tx.write('community', [communityRow('gexiang', { name: '老葛巷', version: 2 })]);
        expect(await tx.byKey('community', [['gexiang']])).toMatchObject([{ name: '老葛巷' }]);
        throw new Error('never mind');
      });
      await expect(undone).rejects.toThrow('never mind');
      const found = await store.transaction((tx) => tx.byKey('community', [['gexiang']]));
      expect(found).toMatchObject([{ name: '葛巷' }]);
    });

    it('is never half seen by a snapshot, however many are written meanwhile', async () => {
      const [store, other] = await openTwo();
      const writer = { isDone: false };
      const writing = bookMany(store).finally(() => (writer.isDone = true));
      let seen = 0;
      for (; !writer.isDone; seen++) {
        const { entries, postings, sum } = await other.snapshot(countBooks);
        expect({ postings, sum }).toEqual({ postings: entries * 2, sum: 0 });
      }
      await writing;
      expect(seen).toBeGreaterThan(1);
      expect(await other.snapshot(countBooks)).toEqual({ entries: BATCHES, postings: BATCHES * 2, sum: 0 });
    });

    it('is not seen by a snapshot that read before it, and is not held up by one', async () => {
      const store = await open();
      await write(store, 'community', communityRow('gexiang'));
      const seen = await store.snapshot(async (view) => {
        const before = await idsOf(view);
        await write(store, 'community', communityRow('taiyan'));
        return [before, await idsOf(view)];
      });
      expect(seen).toEqual([['gexiang'], ['gexiang']]);
      expect(await idsOf(store)).toEqual(['gexiang', 'taiyan']);
    });

    it('goes on beside as many others as the store says', async () => {
      const store = await open();
      const everyone = Promise.withResolvers<void>();
      let inside = 0;
      const meeting = () =>
        store.transaction(async (tx) => {
          await tx.lastClosedDay();
          if (++inside === store.transactionsMax) everyone.resolve();
          await everyone.promise;
        });
      await Promise.all(Array.from({ length: store.transactionsMax }, meeting));
      expect(inside).toBe(store.transactionsMax);
    });

    it('knows the day that was closed last, and holds it: none is closed until it ends', async () => {
      const [store, other] = await openTwo();
      await write(store, 'businessDay', { day: '2026-03-02', closedAt: 1 });
      await write(store, 'businessDay', { day: '2026-02-28', closedAt: 2 });
      const happened: string[] = [];
      const started = Promise.withResolvers<void>();
      const booking = store.transaction(async (tx) => {
        expect(await tx.lastClosedDay()).toBe('2026-03-02');
        started.resolve();
        await tx.write('entry', [entryRow(1, { businessDay: '2026-03-03' })]);
        // Meanwhile a day could be closed many times, were it possible.
        for (let n = 0; n < 30; n++) await all(other, 'community');
        happened.push('booked');
      });
      await started.promise;
      const closing = other.transaction(async (tx) => {
        await tx.lastClosedDay();
        await tx.write('businessDay', [{ day: '2026-03-03', closedAt: 3 }]);
        happened.push('closed');
      });
      // The closing writer waits, or learns that it came too early and does it again.
      const [booked, closed] = await committed([booking, closing]);
      expect(booked).toBe(true);
      if (!closed) await write(other, 'businessDay', { day: '2026-03-03', closedAt: 3 });
      expect(happened[0]).toBe('booked');
      expect(await store.transaction((tx) => tx.lastClosedDay())).toBe('2026-03-03');
    });
  });

  describe(`a write on ${name}`, () => {
    it('of a row that another writer changed meanwhile is a Conflict, and nothing of the batch stays', async () => {
      const [store, other] = await openTwo();
      await write(store, 'community', communityRow('gexiang'));
      await write(other, 'community', communityRow('gexiang', { name: '葛巷', version: 2 }));
      const stale = store.transaction(async (tx) => {
        await tx.write('scheme', [{ name: 'a', value: 'b' }]);
        await tx.add('limitUse', [{ id: hexNo(1), used: 1, atMost: null }]);
        await tx.add('account', [escrowRow(1, 5)]);
        await tx.write('community', [communityRow('taiyan'), communityRow('gexiang', { name: '老葛巷', version: 2 })]);
      });
      await expect(stale).rejects.toBeInstanceOf(Conflict);
      await expect(stale).rejects.toMatchObject({ table: 'community' });
      expect(await all(store, 'community')).toEqual([communityRow('gexiang', { name: '葛巷', version: 2 })]);
      expect([await all(store, 'scheme'), await usedOf(store), await balanceOf(store, 1)]).toEqual([[], [], 0]);
    });

    it('of a row that was absent when it was decided on is a Conflict if it is there', async () => {
      const [store, other] = await openTwo();
      await write(other, 'community', communityRow('gexiang'));
      await expect(write(store, 'community', communityRow('gexiang', { name: '又一个' }))).rejects.toMatchObject({ table: 'community' });
      expect(await all(store, 'community')).toEqual([communityRow('gexiang')]);
    });

    it('of a row that is absent makes it, whatever its version: so a scheme is copied', async () => {
      const store = await open();
      await write(store, 'community', communityRow('gexiang', { version: 7 }));
      expect(await all(store, 'community')).toEqual([communityRow('gexiang', { version: 7 })]);
    });

    it('of a row that is only ever appended is a Conflict the second time', async () => {
      const [store, other] = await openTwo();
      await write(other, 'scheme', { name: 'founded', value: '1' });
      const again = write(store, 'scheme', { name: 'keys', value: 'k' }, { name: 'founded', value: '2' });
      await expect(again).rejects.toBeInstanceOf(Conflict);
      await expect(again).rejects.toMatchObject({ table: 'scheme' });
      expect(await all(store, 'scheme')).toEqual([{ name: 'founded', value: '1' }]);
      await write(store, 'entry', entryRow(1));
      await expect(write(other, 'entry', entryRow(1))).rejects.toMatchObject({ table: 'entry' });
    });

    it('of an appended row whose words are emptied changes nothing else of it, and is a Conflict if it is not there', async () => {
      const [store, other] = await openTwo();
      const reversal = {
        redemptionId: `red_${hexNo(1)}`,
        id: `rev_${hexNo(2)}`,
        kind: 'reversed',
        reason: '退货',
        storeId: `sto_${hexNo(3)}`,
      };
      const row = { ...reversal, client: `cli_${hexNo(4)}`, businessDay: '2026-03-02', at: 5 };
      await write(store, 'redemptionReversal', row, { ...row, redemptionId: `red_${hexNo(6)}` });
      await other.transaction((tx) => tx.blank('redemptionReversal', [{ ...row, kind: 'voided', reason: '' }]));
      const kept = (await all(store, 'redemptionReversal')).toSorted((a, b) => (a.redemptionId < b.redemptionId ? -1 : 1));
      expect(kept).toEqual([
        { ...row, reason: '' },
        { ...row, redemptionId: `red_${hexNo(6)}` },
      ]);
      const absent = store.transaction((tx) => tx.blank('redemptionReversal', [{ ...row, redemptionId: `red_${hexNo(7)}` }]));
      await expect(absent).rejects.toBeInstanceOf(Conflict);
    });

    it('of the same row by two at once succeeds for one of them', async () => {
      const [store, other] = await openTwo();
      const race = (version: number) =>
        committed([store, other].map((each) => write(each, 'community', communityRow('gexiang', { version }))));
      for (let version = 1; version <= 10; version++) expect((await race(version)).filter(Boolean)).toHaveLength(1);
      expect(await all(store, 'community')).toMatchObject([{ version: 10 }]);
    });

    it('of many rows by two at once, in whatever order they come, ends in a Conflict at worst', async () => {
      const [store, other] = await openTwo();
      await write(store, 'community', ...manyCommunities(1));
      for (let version = 2; version <= 8; version++) {
        const race = [
          write(store, 'community', ...manyCommunities(version)),
          write(other, 'community', ...manyCommunities(version).toReversed()),
        ];
        expect((await committed(race)).filter(Boolean)).toHaveLength(1);
      }
    });
  });

  describe(`an increment on ${name}`, () => {
    it('makes its row where there is none, and adds up with all others', async () => {
      const store = await open();
      for (const balance of [5, -7, LARGEST])
        await store.transaction((tx) => tx.add('account', [escrowRow(1, balance), escrowRow(2, 0 - balance)]));
      expect([await balanceOf(store, 1), await balanceOf(store, 2)]).toEqual([LARGEST - 2, 2 - LARGEST]);
      const rows = await store.transaction((tx) => tx.byKey('account', [[hexNo(1)]]));
      expect(rows.reduce((sum, { balance }) => sum + balance, 0)).toBe(LARGEST - 2);
      for (const row of rows)
        expect(row).toMatchObject({ path: 'escrow:community-1', kind: 'escrow', community: 'community-1', unit: 'point' });
    });

    it('never fails for another one, also from two stores at once', async () => {
      const stores = await openTwo();
      const accounts = Array.from({ length: 20 }, (_, n) => n);
      await Promise.all(stores.map((store) => addRepeatedly(store, accounts)));
      for (const n of accounts) expect(await balanceOf(stores[0], n)).toBe(50 * (n + 1));
    });

    it('of a limit’s use beyond its ceiling is a Conflict, and changes nothing', async () => {
      const store = await open();
      const use = (n: number, used: number, atMost: number | null) =>
        store.transaction(async (tx) => {
          await tx.write('scheme', [{ name: `use ${Math.abs(used)} of ${n} at most ${atMost}`, value: '' }]);
          await tx.add('limitUse', [{ id: hexNo(n), used, atMost }]);
        });
      await use(1, 7, 10);
      await use(1, 3, 10);
      await expect(use(1, 1, 10)).rejects.toBeInstanceOf(Conflict);
      await expect(use(1, 1, 10)).rejects.toMatchObject({ table: 'limitUse' });
      // Also the first use of all.
      await expect(use(2, 11, 10)).rejects.toMatchObject({ table: 'limitUse' });
      expect(await usedOf(store)).toEqual([10]);
      expect(await all(store, 'scheme')).toHaveLength(2);
      // A part that was given back may be used again.
      await use(1, -4, null);
      await use(1, 4, 10);
      expect(await usedOf(store)).toEqual([10]);
    });

    it('of a limit’s use knows no ceiling but the one that it brings', async () => {
      const store = await open();
      const use = (used: number, atMost: number | null) => store.transaction((tx) => tx.add('limitUse', [{ id: hexNo(1), used, atMost }]));
      await use(10, 10);
      await use(5, 20);
      await use(10, null);
      expect(await usedOf(store)).toEqual([25]);
      // A ceiling that was lowered since counts from now on, and what is above it may still be given back.
      await expect(use(1, 12)).rejects.toBeInstanceOf(Conflict);
      await use(-5, null);
      expect(await usedOf(store)).toEqual([20]);
    });

    it('of a limit’s use keeps the ceiling though two stores use it up at once', async () => {
      const stores = await openTwo();
      const [one, two] = await Promise.all(stores.map(useRepeatedly));
      expect(one! + two!).toBe(25);
      expect(await usedOf(stores[0])).toEqual([25]);
    });
  });

  describe(`what was booked on ${name}`, () => {
    it.each([
      "update entry set kind = 'other'",
      'delete from entry',
      'update posting set amount = amount + 1',
      'delete from posting',
      'insert into posting select * from posting where seq = 0 on conflict (entry, seq) do update set amount = 1',
    ])('stays as it was: the service’s own connection cannot %s', async (statement) => {
      const store = await open();
      await write(store, 'entry', entryRow(1));
      await write(store, 'posting', ...postingRows(1, 5));
      await expect(onWriter(store, statement)).rejects.toThrow(/immutable|permission denied/);
      expect(await all(store, 'entry')).toEqual([entryRow(1)]);
      expect(await all(store, 'posting')).toEqual(postingRows(1, 5));
    });
  });
}
