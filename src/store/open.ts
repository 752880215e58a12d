import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { newerSchema, schemaState } from './migrate.ts';
import { connect, openSqlite, snapshotOf, type SqliteOptions, sqliteTables } from './sqlite.ts';
import { type ReadableStore, type Store, StoreUnusable } from './store.ts';

/** Opens the database that a `DATABASE_URL` names, brought up to this code's schema. Throws `StoreUnusable` with a sentence for the operator. */
export function openStore(url: string, options: SqliteOptions = {}): Store {
  const file = fileOf(url);
  return usable(file, () => openSqlite(file, options));
}

/**
 * Opens a database that is there, to read it beside whoever writes it: nothing is created or migrated.
 * Throws `StoreUnusable` where there is none, or one of another version.
 */
export function openReadable(url: string): ReadableStore {
  const file = fileOf(url);
  const database = openExisting(file);
  const state = schemaState(database);
  if (state === 'older') throw new StoreUnusable(`${file} was written by an older version of CallMi: run \`callmi migrate\` first`);
  return {
    engine: 'sqlite',
    tables: sqliteTables,
    read: drizzle(database),
    snapshot: (work) => snapshotOf(file, work),
    async close() {
      database.close();
    },
  };
}

/** A read-only connection to a database of CallMi, of this version or an older one. Throws `StoreUnusable` if `file` is anything else. */
export function openExisting(file: string): Database.Database {
  if (!existsSync(file)) throw new StoreUnusable(`there is no database at ${file}`);
  return usable(file, () => {
    const database = connect(new Database(file, { readonly: true }));
    const state = schemaState(database);
    if (state === 'current' || state === 'older') return database;
    database.close();
    throw state === 'newer' ? newerSchema(file) : new StoreUnusable(`${file} is not a database of CallMi`);
  });
}

/** The path in a `file:` URL, relative or absolute: `file:./data/callmi.db`. Throws `StoreUnusable` on any other URL. */
export function fileOf(url: string): string {
  if (!url.startsWith('file:')) throw new StoreUnusable(`DATABASE_URL must start with file: (got ${url.split(':', 1)[0]}:)`);
  const file = url.slice('file:'.length);
  if (file === '') throw new StoreUnusable('DATABASE_URL names no file');
  return file;
}

/** What SQLite cannot open is the operator's to mend: a sentence that names the file, not a stack. */
function usable<T>(file: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof StoreUnusable || !('code' in error)) throw error;
    throw new StoreUnusable(`${file} cannot be opened: ${error.message}`, { cause: error });
  }
}
