/** Databases as older versions had them: with the tables of their last migration, and what a scheme of this version can say in these. */
import { inject } from 'vitest';
import { MIGRATIONS_TABLE, migrationsOf } from '../../src/store/migrations.ts';
import { type Database, emptyDatabase } from './database.ts';
import { type Raw, rawOf } from './raw.ts';

/** A database after so many migrations, without rows but those that these write. */
export async function databaseAfter(migrations: number): Promise<Database> {
  const database = await emptyDatabase();
  const raw = await rawOf(database);
  await raw.exec(`create table ${MIGRATIONS_TABLE} (hash text primary key, created_at bigint not null)`);
  for (const { sql, hash, folderMillis } of migrationsOf(inject('engine')).slice(0, migrations)) {
    for (const statement of sql) await raw.exec(statement);
    await raw.exec(`insert into ${MIGRATIONS_TABLE} values ('${hash}', ${folderMillis})`);
  }
  return database;
}

/**
 * A scheme, which is closed, as it would stand after so many migrations: all its rows, in the columns that there were. The policies that later
 * migrations bring are left to them.
 */
export async function asAfter(scheme: { readonly url: string }, migrations: number): Promise<Database> {
  const database = await databaseAfter(migrations);
  const [from, to] = [await rawOf(scheme), await rawOf(database)];
  const engine = inject('engine');
  // Rows come table by table, and may lead to others that are still to come.
  await to.exec(engine === 'sqlite' ? 'pragma foreign_keys = off' : "set session_replication_role = 'replica'");
  const now = await columnsIn(from);
  for (const [table, columns] of await columnsIn(to)) {
    const kept = columns.filter((column) => now.get(table)?.includes(column));
    if (table === MIGRATIONS_TABLE || kept.length === 0) continue;
    await to.exec(`delete from ${table}`);
    const list = kept.map((column) => `"${column}"`).join(', ');
    for (const row of await rowsAsValues(from, table, kept)) await to.exec(`insert into ${table} (${list}) values (${row})`);
  }
  const later = migrationsOf(engine)
    .slice(migrations)
    .flatMap(({ sql }) => sql.flatMap((statement) => /INSERT INTO [`"]policy[`"] SELECT ('\w+')/.exec(statement)?.[1] ?? []));
  if (later.length > 0) await to.exec(`delete from policy where name in (${later.join(', ')})`);
  return database;
}

/** The columns of each table. */
async function columnsIn(raw: Raw): Promise<Map<string, string[]>> {
  const rows = await raw.rows(
    inject('engine') === 'sqlite'
      ? "select m.name as of, c.name as named from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table'"
      : "select table_name as of, column_name as named from information_schema.columns where table_schema = 'public'",
  );
  const byTable = Map.groupBy(rows, ({ of }) => of as string);
  return new Map([...byTable].map(([table, columns]) => [table, columns.map(({ named }) => named as string)]));
}

/** The rows of a table, each as the values of a statement. */
async function rowsAsValues(raw: Raw, table: string, columns: readonly string[]): Promise<string[]> {
  const quote = inject('engine') === 'sqlite' ? 'quote' : 'quote_nullable';
  const values = columns.map((column) => `${quote}("${column}")`).join(" || ', ' || ");
  const rows = await raw.rows(`select ${values} as said from ${table}`);
  return rows.map(({ said }) => said as string);
}
