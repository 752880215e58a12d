import { openSqlite, type SqliteOptions } from './sqlite.ts';
import { type Store, StoreUnusable } from './store.ts';

/** Opens the database that a `DATABASE_URL` names, brought up to this code's schema. Throws `StoreUnusable` with a sentence for the operator. */
export function openStore(url: string, options: SqliteOptions = {}): Store {
  if (url.startsWith('file:')) return openSqlite(fileOf(url), options);
  throw new StoreUnusable(`DATABASE_URL must start with file: (got ${url.split(':', 1)[0]}:)`);
}

/** The path in a `file:` URL, relative or absolute: `file:./data/callmi.db`. */
export function fileOf(url: string): string {
  return url.slice('file:'.length);
}
