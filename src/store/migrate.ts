import { existsSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { fileURLToPath } from 'node:url';
import { StoreUnusable } from './store.ts';

const folder = fileURLToPath(new URL('../../migrations/sqlite', import.meta.url));

/**
 * Brings a SQLite database up to this code's schema. A database that a newer version has migrated is refused, untouched.
 * Foreign keys are off meanwhile (a table rebuild needs it, and the pragma does nothing inside the migrator's transaction) and checked after.
 */
export function migrateSqlite(database: Database.Database, file: string): void {
  const known = readMigrationFiles({ migrationsFolder: folder });
  const applied = appliedMigrations(database);
  const newest = known.at(-1)?.folderMillis ?? 0;
  if (applied.some((when) => when > newest)) {
    throw new StoreUnusable(`${file} was written by a newer version of CallMi: install that version, or restore an older backup`);
  }
  if (applied.length === known.length) return;
  database.pragma('foreign_keys = off');
  migrate(drizzle(database), { migrationsFolder: folder });
  if ((database.pragma('foreign_key_check') as unknown[]).length > 0) throw new StoreUnusable(`${file}: a migration broke a foreign key`);
  database.pragma('foreign_keys = on');
}

function appliedMigrations(database: Database.Database): number[] {
  const table = database.prepare("select 1 from sqlite_master where name = '__drizzle_migrations'").get();
  if (!table) return [];
  return database.prepare('select created_at from __drizzle_migrations').pluck().all().map(Number);
}

/** Whether a file is there to be opened without creating it. */
export const databaseExists = existsSync;
