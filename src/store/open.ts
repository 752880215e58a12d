import { isVacantDatabase, setSchemaAside } from './postgres-aside.ts';
import { openPostgres, openReadablePostgres, type PostgresStoreOptions } from './postgres.ts';
import { openSqlite, type SqliteOptions } from './sqlite.ts';
import { setFileAside } from './sqlite-backup.ts';
import { isVacantFile, openReadableSqlite, usable } from './sqlite-open.ts';
import type { ReadableStore, Store } from './store.ts';
import { engineOf, fileOf } from './url.ts';

export type StoreOptions = SqliteOptions & PostgresStoreOptions;

/** Opens the database that a `DATABASE_URL` names, brought up to this code's schema. Throws `StoreUnusable` with a sentence for the operator. */
export async function openStore(url: string, options: StoreOptions = {}): Promise<Store> {
  if (engineOf(url) === 'postgres') return openPostgres(url, options);
  const file = fileOf(url);
  return usable(file, () => openSqlite(file, options));
}

/**
 * Opens an existing database for reading beside its writer: nothing is created or migrated. Throws `StoreUnusable` if there is none, or one
 * of another version.
 */
export async function openReadable(url: string): Promise<ReadableStore> {
  return engineOf(url) === 'postgres' ? openReadablePostgres(url) : openReadableSqlite(fileOf(url));
}

/** Whether there is no database yet at a URL, or an empty one. */
export async function isVacant(url: string): Promise<boolean> {
  if (engineOf(url) === 'postgres') return isVacantDatabase(url);
  const file = fileOf(url);
  return usable(file, () => isVacantFile(file));
}

/**
 * Moves a whole scheme aside under a name with this label, and returns its new name. A former demo replaces an earlier one; any other
 * scheme gets a free name. Throws `StoreUnusable` if another process has it open.
 */
export async function setAside(url: string, label: 'former-demo' | 'before-demo'): Promise<string> {
  const replace = label === 'former-demo';
  return engineOf(url) === 'postgres' ? setSchemaAside(url, label, replace) : setFileAside(fileOf(url), label, replace);
}
