/** SQLite cannot write, or cannot read: real errors of a real database, as a command and as a query meet them. */
import { closeSync, openSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { openStore, type Store, StoreUnavailable } from '../../src/store/index.ts';
import { isPassing } from '../../src/store/outage.ts';
import { freshFile } from '../support/database.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** The error that SQLite throws. */
function thrown(work: () => unknown): Error & { readonly code: string } {
  try {
    work();
  } catch (error) {
    return error as Error & { readonly code: string };
  }
  throw new Error('nothing was thrown');
}

function table(): Database.Database {
  const database = new Database(`${tempFolder()}/small.db`);
  onTestFinished(() => void database.close());
  return database.exec('create table t (x primary key)');
}

/** A database of which SQLite says these. */
const saying: Readonly<Record<string, () => Error & { readonly code: string }>> = {
  SQLITE_FULL() {
    const database = table();
    database.pragma('max_page_count = 3');
    return thrown(() => database.prepare('insert into t values (randomblob(100000))').run());
  },
  SQLITE_READONLY() {
    const database = new Database(table().name, { readonly: true });
    onTestFinished(() => void database.close());
    return thrown(() => database.exec('insert into t values (1)'));
  },
  SQLITE_BUSY() {
    const [one, other] = [table(), table()];
    const second = new Database(one.name, { timeout: 0 });
    onTestFinished(() => void second.close());
    other.close();
    one.exec('begin immediate');
    return thrown(() => second.exec('begin immediate'));
  },
  SQLITE_CANTOPEN: () => thrown(() => new Database(tempFolder())),
  SQLITE_CORRUPT() {
    const { name } = table().exec('insert into t values (1)').close();
    const file = openSync(name, 'r+');
    writeSync(file, Buffer.alloc(4_096, 0xa5), 0, 4_096, 4_096);
    closeSync(file);
    const damaged = new Database(name);
    onTestFinished(() => void damaged.close());
    return thrown(() => damaged.prepare('select * from t').all());
  },
  SQLITE_CONSTRAINT_PRIMARYKEY() {
    const database = table().exec('create table r (x integer primary key) ; insert into r values (1)');
    return thrown(() => database.exec('insert into r values (1)'));
  },
  SQLITE_ERROR: () => thrown(() => table().exec('select from nowhere')),
};

async function open(): Promise<Store> {
  const store = await openStore(freshFile().url);
  onTestFinished(() => store.close());
  return store;
}

it.each([
  ['SQLITE_FULL', true],
  ['SQLITE_READONLY', true],
  ['SQLITE_BUSY', true],
  ['SQLITE_CANTOPEN', true],
  ['SQLITE_CORRUPT', false],
  ['SQLITE_CONSTRAINT_PRIMARYKEY', false],
  ['SQLITE_ERROR', false],
])('%s in a command or in a read passes: %s', async (code, passes) => {
  const error = saying[code]!();
  expect(error.code).toBe(code);
  const failed = await (await open()).transaction(() => Promise.reject(error)).catch((why: unknown) => why);
  if (passes) expect(failed).toMatchObject({ name: 'StoreUnavailable', cause: error });
  else expect(failed).toBe(error);
  // A query by Drizzle has the error as its cause.
  expect([isPassing(error), isPassing(new Error('Failed query', { cause: error }))]).toEqual([passes, passes]);
});

it.each(['SQLITE_IOERR', 'SQLITE_IOERR_WRITE', 'SQLITE_IOERR_SHORT_READ', 'SQLITE_READONLY_DBMOVED', 'SQLITE_BUSY_SNAPSHOT'])(
  '%s, which no test can bring about everywhere, is told apart by its name alone',
  (code) => expect(isPassing(Object.assign(new Error('said by SQLite'), { code }))).toBe(true),
);

it('a full disk in the middle of a batch leaves nothing of it, also not for the next one', async () => {
  const store = await open();
  const row = { name: 'half', value: 'written' };
  const full = saying['SQLITE_FULL']!();
  const halfway = store.transaction(async (tx) => {
    await tx.write('scheme', [row]);
    throw full;
  });
  await expect(halfway).rejects.toThrow(StoreUnavailable);
  expect(await store.read.$count(store.tables.scheme)).toBe(0);
  await store.transaction((tx) => tx.write('scheme', [row]));
  expect(await store.read.$count(store.tables.scheme)).toBe(1);
});
