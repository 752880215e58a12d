import { execFile } from 'node:child_process';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { Engine, SYSTEM_CLIENT, Unavailable } from '../../src/ledger/index.ts';
import { commandIds, openStore } from '../../src/store/index.ts';
import { freshFile } from '../support/database.ts';
import { program } from '../support/program.ts';
import { book, openScheme } from '../support/scheme.ts';

/** A connection of somebody else's. */
function stranger(file: string): Database.Database {
  const database = new Database(file);
  onTestFinished(() => void database.close());
  return database;
}

it("another process's write lock is waited for, and everything else goes on meanwhile", async () => {
  const scheme = await openScheme();
  const other = stranger(scheme.file);
  other.exec('begin immediate');
  let ticks = 0;
  const timer = setInterval(() => {
    if (++ticks === 5) other.exec('commit');
  }, 10);
  expect(await scheme.run(book, {})).toMatchObject({ replayed: false });
  clearInterval(timer);
  expect(ticks).toBeGreaterThanOrEqual(5);
});

it('a lock that is never given up makes a command unavailable, and nothing is written', async () => {
  const { url, file } = freshFile();
  const store = await openStore(url, { busyTimeoutMs: 50 });
  onTestFinished(() => store.close());
  const engine = new Engine(store, {
    clock: () => 0,
    newId: commandIds(
      () => 0,
      (bytes) => new Uint8Array(bytes),
    ),
  });
  const other = stranger(file);
  other.exec('begin immediate');
  const submission = { command: book, input: {}, client: SYSTEM_CLIENT, key: 'k', hash: '00', actor: SYSTEM_CLIENT };
  await expect(engine.submit(submission)).rejects.toThrow(Unavailable);
  other.exec('commit');
  expect(await engine.submit(submission)).toMatchObject({ replayed: false });
});

it('of several processes that start on a new database one migrates it, and the others find it done', async () => {
  const { url } = freshFile();
  const migrate = () =>
    new Promise<string>((resolve) => {
      const args = [program('callmi'), 'migrate', '--database', url];
      execFile(process.execPath, args, (error, stdout, stderr) => resolve(error ? stderr : stdout));
    });
  const said = await Promise.all(Array.from({ length: 4 }, migrate));
  expect(said.filter((text) => /callmi:|error/i.test(text))).toEqual([]);
});
