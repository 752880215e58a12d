import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { unreadable } from './migrations.ts';
import { connect, snapshotOf, viewOn } from './sqlite.ts';
import { schemaState } from './sqlite-migrate.ts';
import { type ReadableStore, StoreUnusable } from './store.ts';

/** Opens an existing SQLite database for reading beside its writer: nothing is created or migrated. */
export function openReadableSqlite(file: string): ReadableStore {
  const database = openExisting(file);
  const why = unreadable(schemaState(database), file);
  if (why) {
    database.close();
    throw why;
  }
  return {
    ...viewOn(database),
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
    if (state === 'older') return database;
    const why = unreadable(state, file);
    if (!why) return database;
    database.close();
    throw why;
  });
}

/** Whether there is no file, or one without any table. A file that is no database belongs to somebody else. */
export function isVacantFile(file: string): boolean {
  if (!statSync(file, { throwIfNoEntry: false })?.size) return true;
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare('select count(*) from sqlite_master').pluck().get() === 0;
  } catch {
    return false;
  } finally {
    database.close();
  }
}

/** Opens a file. If SQLite cannot open it, the operator has to fix it, so the error is a sentence that names the file. */
export function usable<T>(file: string, open: () => T): T {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw new StoreUnusable(`${file} is a folder: name a file in it`);
  try {
    return open();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof StoreUnusable || !('code' in error)) throw error;
    throw new StoreUnusable(`${file} cannot be opened: ${error.message}`, { cause: error });
  }
}
