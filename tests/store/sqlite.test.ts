import Database from 'better-sqlite3';
import { copyFileSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { account, cr, dr } from '../../src/ledger/index.ts';
import { openReadable, openStore, type Store, StoreUnusable, type View } from '../../src/store/index.ts';
import { connect } from '../../src/store/sqlite.ts';
import { freshFile } from '../support/database.ts';
import { hexNo } from '../support/rows.ts';
import { book, openScheme } from '../support/scheme.ts';
import { all, write } from '../support/stores.ts';
import { tempFolder } from '../support/temp-folder.ts';

const FULL = 2;
const ON = 1;

/** A scheme with one entry in its books, and a raw connection beside it. */
/** Its file is made by the store, not copied. */
async function schemeWithAnEntry() {
  const scheme = await openScheme(undefined, freshFile());
  const postings = [dr(account.issued('gexiang'), 100), cr(account.escrow('gexiang'), 100)];
  await scheme.run(book, { entries: [{ kind: 'grant', effectiveAt: 0, subject: 'x', postings }] });
  const raw = connect(new Database(scheme.file));
  onTestFinished(() => void raw.close());
  return { ...scheme, raw };
}

/** Tries to open, and closes what should not have opened. */
async function opening(url: string): Promise<void> {
  await (await openStore(url)).close();
}

async function reading(url: string): Promise<void> {
  await (await openReadable(url)).close();
}

/** The connection that a store writes with: the one that runs BEGIN IMMEDIATE. */
async function writerOf(store: Store): Promise<Database.Database> {
  const exec = vi.spyOn(Database.prototype, 'exec');
  await store.transaction(async () => {});
  const writer = exec.mock.contexts[exec.mock.calls.findIndex(([statement]) => statement === 'begin immediate')];
  exec.mockRestore();
  return writer as Database.Database;
}

function clientOf({ read }: View): Database.Database {
  return (read as unknown as { $client: Database.Database }).$client;
}

function synchronous(database: Database.Database): unknown {
  return database.pragma('synchronous', { simple: true });
}

async function synchronousOf(store: Store) {
  return {
    writer: synchronous(await writerOf(store)),
    reader: synchronous(clientOf(store)),
    snapshot: await store.snapshot(async (view) => synchronous(clientOf(view))),
  };
}

it('every connection writes synchronous=FULL, also to a database that was closed and opened again', async () => {
  const { store, url, close } = await openScheme();
  expect(await synchronousOf(store)).toEqual({ writer: FULL, reader: FULL, snapshot: FULL });
  await close();
  const again = await openStore(url);
  onTestFinished(() => again.close());
  expect(await synchronousOf(again)).toEqual({ writer: FULL, reader: FULL, snapshot: FULL });
});

async function secureDelete(store: Store): Promise<unknown> {
  return (await writerOf(store)).pragma('secure_delete', { simple: true });
}

it('every connection that writes overwrites what it deletes, also in a database that was closed and opened again', async () => {
  const { store, url, file, close } = await openScheme();
  expect(await secureDelete(store)).toBe(ON);
  await close();
  const again = await openStore(url);
  onTestFinished(() => again.close());
  expect(await secureDelete(again)).toBe(ON);
  const prepare = vi.spyOn(Database.prototype, 'prepare');
  await again.prune('session', 'expiresAt', 0, 1);
  const pruning = prepare.mock.contexts.at(-1) as Database.Database;
  prepare.mockRestore();
  expect([pruning.name, pruning.pragma('secure_delete', { simple: true })]).toEqual([file, ON]);
});

it.each<[string, (store: Store) => Promise<unknown>]>([
  ['replaced', async (store) => write(store, 'session', { ...(await all(store, 'session'))[0]!, device: '', version: 2 })],
  ['removed', (store) => store.prune('session', 'expiresAt', 1, 1)],
])('a text that was %s is nowhere in the file any more, however many pages it took', async (_how, lose) => {
  const { store, file } = await openScheme(undefined, freshFile());
  const canary = Array.from({ length: 4_000 }, (_, n) => `鹡鸰${n}`).join('');
  const session = {
    id: `ses_${hexNo(1)}`,
    clientId: `cli_${hexNo(1)}`,
    loginId: null,
    startedAt: 0,
    expiresAt: 0,
    endedAt: null,
    version: 1,
  };
  await write(store, 'session', { ...session, device: canary });
  const raw = connect(new Database(file));
  onTestFinished(() => void raw.close());
  const found = () => {
    expect(raw.pragma('wal_checkpoint(truncate)')).toMatchObject([{ busy: 0 }]);
    return readFileSync(file).includes('鹡鸰');
  };
  expect(found()).toBe(true);
  await lose(store);
  expect(found()).toBe(false);
});

it('every table is STRICT', async () => {
  const { raw } = await schemeWithAnEntry();
  const tables = raw.pragma('table_list') as { name: string; strict: number }[];
  const ours = tables.filter(({ name }) => !/^(sqlite_|__drizzle)/.test(name));
  expect(ours.length).toBeGreaterThan(20);
  expect(ours.filter(({ strict }) => strict !== 1)).toEqual([]);
});

it.each([
  ['entry', "update entry set kind = 'other'"],
  ['entry', 'delete from entry'],
  ['entry', "insert or replace into entry select id, 'other', business_day, effective_at, recorded_at, subject, reverses from entry"],
  ['posting', 'update posting set amount = amount + 1'],
  ['posting', 'delete from posting'],
  ['posting', 'insert or replace into posting select account, entry, seq, amount + 1 from posting'],
])('%s refuses: %s', async (table, statement) => {
  const { raw } = await schemeWithAnEntry();
  const before = raw.prepare(`select * from ${table}`).all();
  expect(before.length).toBeGreaterThan(0);
  expect(() => raw.exec(statement)).toThrow('immutable');
  expect(raw.prepare(`select * from ${table}`).all()).toEqual(before);
});

const value = ({ name, type }: { readonly name: string; readonly type: string }) =>
  name === 'kind' ? "'voided'" : type === 'TEXT' ? "'a reason'" : type === 'BLOB' ? "x'01'" : '1';

it.each(['redemption_reversal', 'adjustment'])('of a row of %s only the reason can be changed, and only to nothing', async (table) => {
  const { raw } = await schemeWithAnEntry();
  const columns = raw.pragma(`table_info(${table})`) as { name: string; type: string }[];
  raw.exec(`insert into ${table} values (${columns.map(value).join(', ')})`);
  for (const { name } of columns) {
    expect(() => raw.exec(`update ${table} set ${name} = ${name}`), name).toThrow('immutable');
    if (name !== 'reason') expect(() => raw.exec(`update ${table} set reason = '', ${name} = ${name}`), name).toThrow('immutable');
  }
  raw.exec(`update ${table} set reason = ''`);
  expect(raw.prepare(`select reason from ${table}`).pluck().all()).toEqual(['']);
  expect(() => raw.exec(`delete from ${table}`)).toThrow('immutable');
});

it('a wallet below zero is refused by the database itself', async () => {
  const { raw } = await schemeWithAnEntry();
  const overdrawn = "insert into account values (x'00', 0, 'wallet:gexiang:res_1:2027-12-31', 'wallet', 'gexiang', 'point', 1, 1)";
  expect(() => raw.exec(overdrawn)).toThrow('account_wallet_floor');
});

it('a database that a newer version wrote is refused, untouched', async () => {
  const { raw, url, close } = await schemeWithAnEntry();
  await close();
  raw.exec("insert into __drizzle_migrations (hash, created_at) values ('later', 9999999999999)");
  await expect(opening(url)).rejects.toThrow(StoreUnusable);
  await expect(opening(url)).rejects.toThrow('newer version');
  await expect(reading(url)).rejects.toThrow('newer version');
});

it('reading never creates a database, nor migrates one', async () => {
  const file = join(tempFolder(), 'none.db');
  await expect(reading(`file:${file}`)).rejects.toThrow(`there is no database at ${file}`);
  expect(existsSync(file)).toBe(false);
  new Database(file).exec('create table something (else_ integer)').close();
  await expect(reading(`file:${file}`)).rejects.toThrow('is not a database of CallMi');
});

it('a file that is not a database is refused with a sentence', async () => {
  const file = join(tempFolder(), 'notes.db');
  copyFileSync(import.meta.filename, file);
  await expect(opening(`file:${file}`)).rejects.toThrow(`${file} cannot be opened: file is not a database`);
  await expect(opening('mysql://somewhere')).rejects.toThrow('must start with file:');
});

it('a database and its log are for their owner alone', async () => {
  const { file } = await schemeWithAnEntry();
  for (const each of [file, `${file}-wal`, `${file}-shm`]) expect((statSync(each).mode & 0o777).toString(8)).toBe('600');
});

it('cuts its log off when asked to, but not while somebody reads in it', async () => {
  const { store, file, raw } = await schemeWithAnEntry();
  raw.exec('begin');
  raw.prepare('select count(*) from entry').get();
  await write(store, 'scheme', { name: 'swept', value: 'x' });
  expect(await store.sweep()).toBe(false);
  expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
  raw.exec('commit');
  expect(await store.sweep()).toBe(true);
  expect(statSync(`${file}-wal`).size).toBe(0);
});
