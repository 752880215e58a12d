import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { copyFile, constants, open } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Backend } from './backend.ts';

/** Databases of SQLite in a folder. */
export function sqliteBackend(folder: string): Backend {
  mkdirSync(folder, { recursive: true });
  const fileOf = (name: string) => join(folder, `${name}.db`);
  const drop = async (name: string) => {
    for (const ending of ['', '-wal', '-shm']) rmSync(fileOf(name) + ending, { force: true });
  };
  return {
    engine: 'sqlite',
    version: `SQLite ${sqliteVersion()}`,
    urlOf: (name) => `file:${fileOf(name)}`,
    exists: async (name) => existsSync(fileOf(name)),
    create: drop,
    drop,
    tidy: async (name) => withDatabase(fileOf(name), checkpoint),
    async copy(from, to) {
      await drop(to);
      withDatabase(fileOf(from), checkpoint);
      await copyFile(fileOf(from), fileOf(to), constants.COPYFILE_FICLONE);
      await settle(fileOf(to));
    },
    bytes: async (name) => withDatabase(fileOf(name), bytesIn),
    bytesByTable: async (name) => withDatabase(fileOf(name), bytesByTable),
    close: async () => {},
  };
}

function sqliteVersion(): string {
  const database = new Database(':memory:');
  try {
    return database.prepare('select sqlite_version()').pluck().get() as string;
  } finally {
    database.close();
  }
}

function withDatabase<T>(file: string, work: (database: Database.Database) => T): T {
  const database = new Database(file);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

function checkpoint(database: Database.Database): void {
  database.pragma('wal_checkpoint(truncate)');
}

function bytesIn(database: Database.Database): number {
  checkpoint(database);
  const pages =
    (database.pragma('page_count', { simple: true }) as number) - (database.pragma('freelist_count', { simple: true }) as number);
  return pages * (database.pragma('page_size', { simple: true }) as number);
}

/** By table and index; reads the whole database. */
function bytesByTable(database: Database.Database): Map<string, number> {
  checkpoint(database);
  const rows = database.prepare('select name, sum(pgsize) from dbstat group by name').raw().all() as [string, number][];
  return new Map(rows);
}

/** Waits until a copy is on disk: the rest of it would otherwise be written during the run. */
async function settle(file: string): Promise<void> {
  const copy = await open(file, 'r+');
  await copy.sync();
  await copy.close();
}
