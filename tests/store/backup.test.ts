import Database from 'better-sqlite3';
import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { audit } from '../../src/cli/audit.ts';
import { backup, openReadable, openStore, restore, StoreUnusable } from '../../src/store/index.ts';
import { openHistory } from '../support/history.ts';
import { openScheme } from '../support/scheme.ts';
import { write } from '../support/stores.ts';
import { tempFolder } from '../support/temp-folder.ts';

function raw(file: string): Database.Database {
  const database = new Database(file);
  onTestFinished(() => void database.close());
  return database;
}

/** How many entries a database file holds, if it passes the audit. */
async function soundEntries(file: string): Promise<number> {
  const store = await openReadable(`file:${file}`);
  try {
    expect(await audit(store)).toMatchObject({ ok: true });
    return await store.read.$count(store.tables.entry);
  } finally {
    await store.close();
  }
}

/** A scheme whose server is stopped, and a backup of it from before its last grant. */
async function stoppedWithBackup() {
  const world = await openHistory();
  const saved = join(dirname(world.file), 'saved.db');
  const entries = await world.store.read.$count(world.store.tables.entry);
  backup(world.url, saved);
  await world.grantHours(world.gexiang, world.residentId, 1);
  await world.close();
  return { ...world, saved, entries };
}

describe('a backup', () => {
  it('is whole, sound and private, though commands were being written', async () => {
    const world = await openHistory();
    const before = await world.store.read.$count(world.store.tables.entry);
    const target = join(dirname(world.file), 'saved.db');
    const grants = Array.from({ length: 600 }, () => world.grantHours(world.gexiang, world.residentId, 1));
    // Some batches are committed, others wait.
    await Promise.race(grants);
    backup(world.url, target);
    await Promise.all(grants);
    const entries = await soundEntries(target);
    expect(entries).toBeGreaterThan(before);
    expect(entries).toBeLessThan(before + grants.length);
    expect(statSync(target).mode & 0o777).toBe(0o600);
    expect(readdirSync(dirname(target)).filter((name) => name.includes('saved'))).toEqual(['saved.db']);
  });

  it('never replaces a file unless it is told to', async () => {
    const { url } = await openHistory();
    const target = join(tempFolder(), 'saved.db');
    writeFileSync(target, 'precious');
    expect(() => backup(url, target)).toThrow(`${target} is there already`);
    expect(readFileSync(target, 'utf8')).toBe('precious');
    backup(url, target, { force: true });
    expect(await soundEntries(target)).toBeGreaterThan(0);
  });

  it('never replaces the database itself, or one in use', async () => {
    const { url, file } = await openHistory();
    const other = await openScheme();
    expect(() => backup(url, file, { force: true })).toThrow('is the database itself');
    expect(() => backup(url, other.file, { force: true })).toThrow('looks like a database in use');
  });

  it('leaves nothing behind where it fails', async () => {
    const folder = tempFolder();
    expect(() => backup(`file:${folder}/none.db`, join(folder, 'saved.db'))).toThrow('there is no database');
    const { url } = await openScheme();
    expect(() => backup(url, join(folder, 'missing', 'saved.db'))).toThrow('there is no folder');
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([0.2, 0.5, 0.8])('of a database damaged at %s of its length fails rather than saving the damage', async (where) => {
    const { url, file, close } = await openHistory();
    await close();
    const bytes = readFileSync(file);
    bytes.fill(0xff, Math.floor(bytes.length * where), Math.floor(bytes.length * (where + 0.1)));
    writeFileSync(file, bytes);
    const target = join(tempFolder(), 'saved.db');
    expect(() => backup(url, target)).toThrow(/cannot be (opened|copied)|is damaged/);
    expect(readdirSync(dirname(target))).toEqual([]);
  });
});

it('a backup is read again before it counts', async () => {
  const { url } = await openHistory();
  const target = join(tempFolder(), 'saved.db');
  const spy = vi.spyOn(Database.prototype, 'pragma').mockImplementation(function (this: Database.Database, source) {
    const statement = this.prepare(`pragma ${source}`);
    if (!statement.reader) return statement.run();
    const ofCopy = this.name.includes('.partial-') && source === 'integrity_check';
    return ofCopy ? 'row 7 missing from index' : statement.pluck().get();
  });
  onTestFinished(() => spy.mockRestore());
  expect(() => backup(url, target)).toThrow('is damaged: row 7 missing from index');
  expect(readdirSync(dirname(target))).toEqual([]);
});

describe('a restore', () => {
  it('puts the backup in place, and keeps the former database beside it, whole', async () => {
    const { url, file, saved, entries } = await stoppedWithBackup();
    expect(restore(url, saved)).toEqual({ former: `${file}.before-restore-1` });
    expect(await soundEntries(file)).toBe(entries);
    expect(await soundEntries(`${file}.before-restore-1`)).toBe(entries + 1);
    expect(restore(url, saved)).toEqual({ former: `${file}.before-restore-2` });
  });

  it('leaves a database that a server can use at once', async () => {
    const { url, saved, entries } = await stoppedWithBackup();
    restore(url, saved);
    const store = await openStore(url);
    onTestFinished(() => store.close());
    expect(await store.read.$count(store.tables.entry)).toBe(entries);
    await write(store, 'scheme', { name: 'x', value: 'y' });
  });

  it('keeps what was still in the write-ahead log of the former database', async () => {
    const { store, url, file } = await openHistory();
    const entries = await store.read.$count(store.tables.entry);
    const saved = join(dirname(file), 'saved.db');
    backup(url, saved);
    // A server that was killed: its log is left beside the file.
    const killed = join(dirname(file), 'killed.db');
    for (const suffix of ['', '-wal']) copyFileSync(file + suffix, killed + suffix);
    expect(statSync(`${killed}-wal`).size).toBeGreaterThan(0);
    restore(`file:${killed}`, saved);
    expect(await soundEntries(`${killed}.before-restore-1`)).toBe(entries);
    expect(existsSync(`${killed}.before-restore-1-wal`)).toBe(false);
    expect(await soundEntries(killed)).toBe(entries);
  });

  it('is refused while a server has the database open, even an idle one', async () => {
    const { url, file, saved, entries } = await stoppedWithBackup();
    const server = await openStore(url);
    onTestFinished(() => server.close());
    expect(() => restore(url, saved)).toThrow(`${file} is in use by another process`);
    expect(await server.read.$count(server.tables.entry)).toBe(entries + 1);
    expect(readdirSync(dirname(file)).filter((name) => /restore|partial/.test(name))).toEqual([]);
  });

  it.each([
    ['something else', (file: string) => void raw(file).exec('create table other (x)'), 'is not a database of CallMi'],
    ['no database', (file: string) => writeFileSync(file, 'x'.repeat(5_000)), 'file is not a database'],
  ])('of %s is refused, and nothing changes', async (_what, make, sentence) => {
    const { url, file, entries } = await stoppedWithBackup();
    const source = join(tempFolder(), 'source.db');
    make(source);
    expect(() => restore(url, source)).toThrow(sentence);
    expect(() => restore(url, join(tempFolder(), 'none.db'))).toThrow('there is no database');
    expect(() => restore(url, file)).toThrow('is the database itself');
    expect(await soundEntries(file)).toBe(entries + 1);
  });

  it('of a backup that a newer version made is refused', async () => {
    const { url, saved } = await stoppedWithBackup();
    raw(saved).exec("insert into __drizzle_migrations (hash, created_at) values ('later', 9999999999999)");
    expect(() => restore(url, saved)).toThrow(StoreUnusable);
    expect(() => restore(url, saved)).toThrow('newer version');
  });

  it('works where there is no database yet, or one that cannot be opened', async () => {
    const { saved, entries } = await stoppedWithBackup();
    const file = join(tempFolder(), 'new', 'callmi.db');
    expect(restore(`file:${file}`, saved)).toEqual({});
    expect(await soundEntries(file)).toBe(entries);
    writeFileSync(file, 'ruined'.repeat(1_000));
    expect(restore(`file:${file}`, saved)).toEqual({ former: `${file}.before-restore-1` });
    expect(await soundEntries(file)).toBe(entries);
    expect(readFileSync(`${file}.before-restore-1`, 'utf8')).toContain('ruined');
  });

  it('is not mixed with the log of a database that is gone', async () => {
    const world = await openHistory();
    const saved = join(dirname(world.file), 'saved.db');
    backup(world.url, saved);
    await world.grantHours(world.gexiang, world.residentId, 1);
    const file = join(dirname(world.file), 'gone.db');
    copyFileSync(`${world.file}-wal`, `${file}-wal`);
    const entries = await soundEntries(saved);
    restore(`file:${file}`, saved);
    expect(await soundEntries(file)).toBe(entries);
    expect(existsSync(`${file}.before-restore-1-wal`)).toBe(true);
  });
});
