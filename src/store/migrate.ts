import type Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { fileURLToPath } from 'node:url';
import { StoreUnusable } from './store.ts';

const folder = fileURLToPath(new URL('../../migrations/sqlite', import.meta.url));

/** How a database's schema compares with this code's; `none`: it is not a database of CallMi, or not yet. */
export type SchemaState = 'none' | 'older' | 'current' | 'newer';

/** Reads which migrations a database has seen; changes nothing. */
export function schemaState(database: Database.Database): SchemaState {
  const applied = appliedMigrations(database);
  const known = readMigrationFiles({ migrationsFolder: folder });
  const newest = known.at(-1)?.folderMillis ?? 0;
  if (applied.length === 0) return 'none';
  if (applied.some((when) => when > newest)) return 'newer';
  return applied.length < known.length ? 'older' : 'current';
}

/** What the operator is told of a database that this code is too old for. */
export function newerSchema(file: string): StoreUnusable {
  return new StoreUnusable(`${file} was written by a newer version of CallMi: install that version, or restore an older backup`);
}

/**
 * Brings a SQLite database up to this code's schema. A database that a newer version has migrated is refused, untouched.
 * Foreign keys are off meanwhile (a table rebuild needs it, and the pragma does nothing inside the migrator's transaction) and checked after.
 */
export function migrateSqlite(database: Database.Database, file: string): void {
  const state = schemaState(database);
  if (state === 'newer') throw newerSchema(file);
  if (state === 'current') return;
  database.pragma('foreign_keys = off');
  migrate(drizzle(database), { migrationsFolder: folder });
  if ((database.pragma('foreign_key_check') as unknown[]).length > 0) throw new StoreUnusable(`${file}: a migration broke a foreign key`);
  database.pragma('foreign_keys = on');
}

function appliedMigrations(database: Database.Database): number[] {
  const ours = database.prepare("select count(*) from sqlite_master where name in ('__drizzle_migrations', 'entry', 'posting', 'account')");
  if (ours.pluck().get() !== 4) return [];
  return database.prepare('select created_at from __drizzle_migrations').pluck().all().map(Number);
}
