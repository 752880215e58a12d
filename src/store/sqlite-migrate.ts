import type Database from 'better-sqlite3';
import { stepIn, type Tell } from './migration-steps.ts';
import { type Applied, compareSchema, foreignTable, MIGRATIONS_TABLE, migrationsOf, type SchemaState, unmigratable } from './migrations.ts';
import type { Statement, Step } from './step.ts';
import { StoreUnusable } from './store.ts';

/** Compares the migrations that a SQLite database has seen with this code; changes nothing. */
export function schemaState(database: Database.Database): SchemaState {
  return compareSchema('sqlite', appliedMigrations(database));
}

/** Throws if a file is a database of somebody else; changes nothing. */
export function assertOwn(database: Database.Database, file: string): void {
  // Looked at first: another process may make our tables meanwhile, all at once.
  const table = database
    .prepare<[], string>(`select name from sqlite_master where type = 'table' and name not in ('sqlite_sequence', '${MIGRATIONS_TABLE}')`)
    .pluck()
    .get();
  if (table !== undefined && schemaState(database) === 'none') throw foreignTable(file, table);
}

/**
 * Brings a SQLite database up to this code's schema, all in one transaction that takes the write lock before it looks: if two processes
 * start at once, one migrates and the other finds it done. A database that a newer version has migrated is refused, untouched. Foreign keys
 * are off meanwhile (a table rebuild needs it, and the pragma does nothing inside a transaction) and checked before the commit. `tell` is
 * called with what a step of a migration found.
 */
export function migrateSqlite(database: Database.Database, file: string, tell: Tell = () => {}): void {
  assertMigratable(database, file);
  if (schemaState(database) === 'current') return;
  database.pragma('foreign_keys = off');
  database.transaction(() => applyMissing(database, file, tell)).immediate();
  database.pragma('foreign_keys = on');
}

function assertMigratable(database: Database.Database, file: string): void {
  const why = unmigratable(schemaState(database), file);
  if (why) throw why;
}

function applyMissing(database: Database.Database, file: string, tell: Tell): void {
  // A newer version may have come in between.
  assertMigratable(database, file);
  const applied = new Set(appliedMigrations(database).map(({ when }) => when));
  database.exec(
    `create table if not exists ${MIGRATIONS_TABLE} (hash text primary key, created_at integer not null) strict, without rowid`,
  );
  const note = database.prepare(`insert into ${MIGRATIONS_TABLE} (hash, created_at) values (?, ?)`);
  for (const { sql, hash, folderMillis } of migrationsOf('sqlite')) {
    if (applied.has(folderMillis)) continue;
    for (const statement of sql) {
      const step = stepIn(statement);
      if (step) carryOut(step(tell), database);
      else database.exec(statement);
    }
    note.run(hash, folderMillis);
  }
  if ((database.pragma('foreign_key_check') as unknown[]).length > 0) throw new StoreUnusable(`${file}: a migration broke a foreign key`);
}

function carryOut(step: Step, database: Database.Database): void {
  for (let next = step.next(); !next.done; next = step.next(rowsOf(database, next.value)));
}

function rowsOf(database: Database.Database, { text, values }: Statement): unknown[][] {
  const statement = database.prepare(text);
  if (statement.reader) return statement.raw().all(values) as unknown[][];
  statement.run(values);
  return [];
}

function appliedMigrations(database: Database.Database): Applied[] {
  const ours = database.prepare(
    `select count(*) from sqlite_master where name in ('${MIGRATIONS_TABLE}', 'entry', 'posting', 'account') and type = 'table'`,
  );
  if (ours.pluck().get() !== 4) return [];
  return database.prepare(`select hash, created_at as "when" from ${MIGRATIONS_TABLE}`).all() as Applied[];
}
