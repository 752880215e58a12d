/** Copies of a SQLite database: taken beside a running server, and restored when none is running. */
import {
  chmodSync,
  chownSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { openExisting } from './sqlite-open.ts';
import { connect } from './sqlite.ts';
import { StoreUnusable } from './store.ts';
import { engineOf, fileOf, nameOf } from './url.ts';

/** The suffixes of files that SQLite may keep beside a database file. */
const COMPANIONS = ['-wal', '-shm', '-journal'];

/**
 * Writes the database as it stands at one instant into the file `target` (mode 0600), checked and complete or not at all.
 * Throws `StoreUnusable` if `target` exists and `force` does not allow to replace it, or if it is the database itself.
 */
export function backup(url: string, target: string, { force = false } = {}): void {
  const file = backedUpFile(url, 'pg_dump');
  const database = openExisting(file);
  try {
    assertReplaceable(file, target, force);
    withCopy(database, target, (copy) => renameSync(copy, target));
  } finally {
    database.close();
  }
  syncFolder(target);
}

/**
 * Replaces the database with the backup `source` in one step, and keeps the former database beside it. Returns where. Throws
 * `StoreUnusable` if another process has the database open, or if `source` is damaged, is no database of CallMi, or comes from a newer
 * version.
 */
export function restore(url: string, source: string): { readonly former?: string } {
  const file = backedUpFile(url, 'pg_restore');
  if (sameFile(file, source)) throw new StoreUnusable(`${source} is the database itself`);
  const saved = openExisting(source);
  try {
    assertSound(saved, source);
    mkdirSync(dirname(file), { recursive: true });
    return withCopy(saved, file, (copy) => {
      // In the server's journal mode, so that the first reader beside it holds up no writer.
      connect(new Database(copy)).close();
      return exchange(file, copy);
    });
  } finally {
    saved.close();
    syncFolder(file);
  }
}

/** Moves a whole database file aside; `label` and `replace` are those of `setAside`. Returns its new path. */
export function setFileAside(file: string, label: string, replace: boolean): string {
  const name = replace ? `${file}.${label}` : freeName(file, label);
  const held = seize(file);
  try {
    for (const suffix of COMPANIONS) {
      rmSync(name + suffix, { force: true });
      if (existsSync(file + suffix)) renameSync(file + suffix, name + suffix);
    }
    renameSync(file, name);
  } finally {
    held?.close();
    syncFolder(name);
  }
  return name;
}

/** The file of a SQLite database. A PostgreSQL server has tools of its own, which handle its roles and its archive. */
function backedUpFile(url: string, tool: string): string {
  if (engineOf(url) === 'postgres')
    throw new StoreUnusable(`${nameOf(url)} is a PostgreSQL database: use ${tool}, as docs/operating.md says`);
  return fileOf(url);
}

function assertReplaceable(file: string, target: string, force: boolean): void {
  if (sameFile(file, target)) throw new StoreUnusable(`${target} is the database itself`);
  if (existsSync(target) && !force) throw new StoreUnusable(`${target} is there already: choose another name, or --force`);
  // A write-ahead log that outlived its database would be replayed into the new file.
  if (existsSync(`${target}-wal`)) throw new StoreUnusable(`${target} looks like a database in use: ${target}-wal lies beside it`);
}

/**
 * Calls `work` with a checked copy in a private folder next to `target`, so that moving it there is one rename. The folder is removed
 * afterwards.
 */
function withCopy<T>(database: Database.Database, target: string, work: (copy: string) => T): T {
  if (!existsSync(dirname(target))) throw new StoreUnusable(`there is no folder ${dirname(target)}`);
  const folder = mkdtempSync(`${target}.partial-`);
  try {
    const copy = join(folder, basename(target));
    closeSync(openSync(copy, 'wx', 0o600));
    vacuumInto(database, copy);
    verify(copy);
    return work(copy);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Reads everything in one read transaction, which holds up no writer, and writes it in order. */
function vacuumInto(database: Database.Database, copy: string): void {
  try {
    database.prepare('vacuum into ?').run(copy);
  } catch (error) {
    throw new StoreUnusable(`${database.name} cannot be copied: ${(error as Error).message}`, { cause: error });
  }
}

function verify(copy: string): void {
  chmodSync(copy, 0o600);
  sync(copy, 'r+');
  const database = openExisting(copy);
  try {
    assertSound(database, copy);
  } finally {
    database.close();
  }
}

function assertSound(database: Database.Database, file: string): void {
  const said = database.pragma('integrity_check', { simple: true });
  if (said !== 'ok') throw new StoreUnusable(`${file} is damaged: ${said}`);
}

function exchange(file: string, copy: string): { former?: string } {
  const there = existsSync(file);
  const held = there ? seize(file) : undefined;
  try {
    const former = freeName(file, 'before-restore');
    // Both names exist until the rename, so that a server that starts now never misses the database and makes an empty one.
    if (there) keepUnderName(file, former);
    for (const suffix of COMPANIONS) if (existsSync(file + suffix)) renameSync(file + suffix, former + suffix);
    if (there) keepOwner(file, copy);
    renameSync(copy, file);
    return there ? { former } : {};
  } finally {
    held?.close();
  }
}

/**
 * Merges the write-ahead log into the file and locks everybody out until closed. Leaving WAL mode fails while any other connection exists,
 * even an idle one, which shows whether a server is running. Undefined if the file is too damaged to be opened.
 */
function seize(file: string): Database.Database | undefined {
  const database = new Database(file, { timeout: 0 });
  try {
    database.pragma('journal_mode = delete');
    database.exec('begin exclusive');
    return database;
  } catch (error) {
    database.close();
    const code = error instanceof Database.SqliteError ? error.code : '';
    if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) return undefined;
    if (/^SQLITE_(BUSY|LOCKED)/.test(code))
      throw new StoreUnusable(`${file} is in use by another process: stop it first`, { cause: error });
    throw error;
  }
}

function freeName(file: string, label: string): string {
  for (let n = 1; ; n++) {
    const name = `${file}.${label}-${n}`;
    if (!existsSync(name)) return name;
  }
}

/** Root may restore for the user that the server runs as. */
function keepOwner(file: string, copy: string): void {
  const { uid, gid } = statSync(file);
  const now = statSync(copy);
  if (uid !== now.uid || gid !== now.gid) chownSync(copy, uid, gid);
}

function keepUnderName(file: string, name: string): void {
  try {
    linkSync(file, name);
  } catch {
    // Not every file system has links.
    copyFileSync(file, name);
  }
}

function sameFile(a: string, b: string): boolean {
  if (!existsSync(a) || !existsSync(b)) return false;
  const [one, other] = [statSync(a), statSync(b)];
  return one.dev === other.dev && one.ino === other.ino;
}

function sync(path: string, flags: string): void {
  const handle = openSync(path, flags);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Makes a rename survive a power cut. Windows has no such call. */
function syncFolder(file: string): void {
  if (process.platform !== 'win32' && existsSync(dirname(file))) sync(dirname(file), 'r');
}
