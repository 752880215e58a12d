import type Database from 'better-sqlite3';
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
 * Brings a SQLite database up to this code's schema, all in one transaction that takes the write lock before it looks: of two processes
 * that start at once, one migrates and the other finds it done. A database that a newer version has migrated is refused, untouched.
 * Foreign keys are off meanwhile (a table rebuild needs it, and the pragma does nothing inside a transaction) and checked before the commit.
 */
export function migrateSqlite(database: Database.Database, file: string): void {
  const state = schemaState(database);
  if (state === 'newer') throw newerSchema(file);
  if (state === 'current') return;
  database.pragma('foreign_keys = off');
  database.transaction(() => applyMissing(database, file)).immediate();
  database.pragma('foreign_keys = on');
}

function applyMissing(database: Database.Database, file: string): void {
  // A newer version may have come in between.
  if (schemaState(database) === 'newer') throw newerSchema(file);
  const applied = new Set(appliedMigrations(database));
  // The table of drizzle's own migrator, which takes no lock before it reads what has been applied.
  database.exec('create table if not exists __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)');
  const note = database.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)');
  for (const { sql, hash, folderMillis } of readMigrationFiles({ migrationsFolder: folder })) {
    if (applied.has(folderMillis)) continue;
    for (const statement of sql) database.exec(statement);
    note.run(hash, folderMillis);
  }
  if ((database.pragma('foreign_key_check') as unknown[]).length > 0) throw new StoreUnusable(`${file}: a migration broke a foreign key`);
}

function appliedMigrations(database: Database.Database): number[] {
  const ours = database.prepare("select count(*) from sqlite_master where name in ('__drizzle_migrations', 'entry', 'posting', 'account')");
  if (ours.pluck().get() !== 4) return [];
  return database.prepare('select created_at from __drizzle_migrations').pluck().all().map(Number);
}
