import type pg from 'pg';
import { specOf, writeOrder } from './catalogue.ts';
import { columnsOf } from './columns.ts';
import { stepIn, type Tell } from './migration-steps.ts';
import { type Applied, compareSchema, foreignTable, MIGRATIONS_TABLE, migrationsOf, type SchemaState, unmigratable } from './migrations.ts';
import { codeOf } from './outage.ts';
import { SERVICE_ROLE } from './postgres-connection.ts';
import { tableName } from './postgres-tables.ts';
import type { Statement, Step } from './step.ts';
import { prunableTables, StoreUnusable } from './store.ts';
import type { TableName } from './tables.ts';

/** An arbitrary number, the same in every process: the holder of this advisory lock migrates. */
const MIGRATION_LOCK = 7_709_001;

/** Compares the migrations that a PostgreSQL database has seen with this code; changes nothing. */
export async function postgresSchemaState(client: pg.ClientBase): Promise<SchemaState> {
  return compareSchema('postgres', await appliedMigrations(client));
}

/**
 * Brings a PostgreSQL database up to this code's schema, all in one transaction, and gives the service's role its privileges. If processes
 * start at once, one migrates and the others find it done. A database that a newer version has migrated is refused, untouched. `tell` is
 * called with what a step of a migration found.
 */
export async function migratePostgres(client: pg.ClientBase, name: string, tell: Tell = () => {}): Promise<void> {
  const tables = await othersTables(client);
  const state = await postgresSchemaState(client);
  // The tables were looked at first: another process may make ours meanwhile, all at once.
  if (state === 'none' && tables.length > 0) throw foreignTable(name, tables[0]!);
  const why = unmigratable(state, name);
  if (why) throw why;
  if (state === 'current' && (await roleIsReady(client))) return;
  await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
  try {
    await client.query('begin');
    await applyMissing(client, name, tell);
    await grantService(client);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => {});
  }
}

/** A table or more, but for those of extensions. */
async function othersTables(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = to_regnamespace(current_schema()) and relkind in ('r', 'p')
    and relname <> '${MIGRATIONS_TABLE}' and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = pg_class.oid
    and deptype = 'e') order by name limit 1`,
  );
  return rows.map((row) => row.name);
}

async function applyMissing(client: pg.ClientBase, name: string, tell: Tell): Promise<void> {
  // A newer version may have come in between.
  const applied = await appliedMigrations(client);
  const why = unmigratable(compareSchema('postgres', applied), name);
  if (why) throw why;
  await client.query(`create table if not exists ${MIGRATIONS_TABLE} (hash text primary key, created_at bigint not null)`);
  const seen = new Set(applied.map(({ when }) => when));
  for (const { sql, hash, folderMillis } of migrationsOf('postgres')) {
    if (seen.has(folderMillis)) continue;
    for (const statement of sql) {
      const step = stepIn(statement);
      if (step) await carryOut(step(tell), client);
      else await client.query(statement);
    }
    await client.query(`insert into ${MIGRATIONS_TABLE} (hash, created_at) values ($1, $2)`, [hash, folderMillis]);
  }
}

async function carryOut(step: Step, client: pg.ClientBase): Promise<void> {
  for (let next = step.next(); !next.done; next = step.next(await rowsOf(client, next.value)));
}

async function rowsOf(client: pg.ClientBase, { text, values }: Statement): Promise<unknown[][]> {
  let n = 0;
  const numbered = text.replaceAll('?', () => `$${++n}`);
  return (await client.query<unknown[]>({ text: numbered, values: [...values], rowMode: 'array' })).rows;
}

async function appliedMigrations(client: pg.ClientBase): Promise<Applied[]> {
  const known = await client.query<{ ours: number }>(
    `select count(*)::int as ours from pg_tables where schemaname = current_schema() and tablename in ('${MIGRATIONS_TABLE}', 'entry', 'posting', 'account')`,
  );
  if (known.rows[0]!.ours !== 4) return [];
  return (await client.query<Applied>(`select hash, created_at as "when" from ${MIGRATIONS_TABLE}`)).rows;
}

/** The privilege to act in a role. Before PostgreSQL 16 every member has it. */
const MAY_SET = `case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end`;

async function roleIsReady(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ ready: boolean | null }>(
    `select count(*) > 0 and bool_and(has_table_privilege(rolname, 'entry', 'insert') and has_table_privilege(rolname, 'code', 'delete') and pg_has_role(rolname, ${MAY_SET})) as ready from pg_roles where rolname = '${SERVICE_ROLE}'`,
  );
  return rows[0]!.ready ?? false;
}

/**
 * Roles belong to the whole server, privileges to this database. The service may add rows everywhere, and change rows of tables that are
 * written by changes; it may delete only rows that nobody needs once their time is over. To lock a row of `business_day` it needs the
 * privilege to update one; of rows that never change it may empty the columns that a leaving person's texts stand in.
 */
async function grantService(client: pg.ClientBase): Promise<void> {
  await client
    .query(`do $$ begin
    begin
      if not exists (select from pg_roles where rolname = '${SERVICE_ROLE}') then create role ${SERVICE_ROLE} nologin; end if;
    exception when duplicate_object or unique_violation then null; end;
    if not pg_has_role('${SERVICE_ROLE}', ${MAY_SET}) then grant ${SERVICE_ROLE} to current_role; end if;
  end $$`)
    .catch(explainRole);
  await client.query(`grant select on ${MIGRATIONS_TABLE} to ${SERVICE_ROLE}`);
  for (const table of writeOrder) {
    const changes = specOf(table).mode !== 'append' || table === 'businessDay';
    const prunable = (prunableTables as readonly string[]).includes(table);
    await client.query(
      `grant select, insert${changes ? ', update' : ''}${prunable ? ', delete' : ''} on ${tableName(table)} to ${SERVICE_ROLE}`,
    );
    const emptied = specOf(table).blankable?.map((column) => columnName(table, column)) ?? [];
    if (emptied.length > 0) await client.query(`grant update (${emptied.join(', ')}) on ${tableName(table)} to ${SERVICE_ROLE}`);
  }
}

/** A column as it stands in a statement. */
function columnName(table: TableName, property: string): string {
  return `"${columnsOf(table).find((column) => column.property === property)!.name}"`;
}

/** Not every role may create and grant roles. */
function explainRole(error: unknown): never {
  if (codeOf(error) !== '42501') throw error;
  const by = 'let an administrator run';
  throw new StoreUnusable(
    `the role ${SERVICE_ROLE} cannot be used: ${by} create role ${SERVICE_ROLE}, and grant ${SERVICE_ROLE} to the owner of the database`,
    {
      cause: error,
    },
  );
}
