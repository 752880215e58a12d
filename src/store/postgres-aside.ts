import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { MIGRATIONS_TABLE, migrationsOf } from './migrations.ts';
import { asOwner } from './postgres-connection.ts';
import { postgresSchemaState } from './postgres-migrate.ts';
import { StoreUnusable } from './store.ts';
import { nameOf } from './url.ts';

/** Whether the scheme's place in the database has no table yet. */
export function isVacantDatabase(url: string): Promise<boolean> {
  return asOwner(url, async (client) => {
    const { rows } = await client.query<{ tables: number }>(
      'select count(*)::int as tables from pg_tables where schemaname = current_schema()',
    );
    return rows[0]!.tables === 0;
  });
}

/**
 * Moves the tables of a scheme aside, into a schema beside the current one; `label` and `replace` are those of `setAside`. Everything in
 * their schema goes with them: if it contains more than a scheme, nothing is moved.
 */
export function setSchemaAside(url: string, label: string, replace: boolean): Promise<string> {
  return asOwner(url, async (client) => {
    await assertUnused(client, url);
    await assertAlone(client, url);
    const base = label.replaceAll('-', '_');
    const name = replace ? base : await freeName(client, base);
    await client.query(`begin; drop schema if exists ${name} cascade; alter schema public rename to ${name}; create schema public;
      grant usage on schema public to public; commit`);
    return `the schema ${name} of ${nameOf(url)}`;
  });
}

/** The server still lists a connection for a moment after it was closed. */
const CLOSED_WITHIN_MS = 2_000;
const PAUSE_MS = 50;

async function assertUnused(client: pg.Client, url: string): Promise<void> {
  for (let waitedMs = 0; await isUsed(client); waitedMs += PAUSE_MS) {
    if (waitedMs >= CLOSED_WITHIN_MS) throw new StoreUnusable(`${nameOf(url)} is in use by another process: stop it first`);
    await sleep(PAUSE_MS);
  }
}

async function isUsed(client: pg.Client): Promise<boolean> {
  const others = `select count(*)::int as others from pg_stat_activity
    where datname = current_database() and application_name = 'callmi' and pid <> pg_backend_pid()`;
  const { rows } = await client.query<{ others: number }>(others);
  return rows[0]!.others > 0;
}

const STRANGERS_NAMED = 5;

async function assertAlone(client: pg.Client, url: string): Promise<void> {
  const strangers = await strangersIn(client);
  if (strangers.length === 0) return;
  const named = strangers.slice(0, STRANGERS_NAMED).join(', ');
  const more = strangers.length > STRANGERS_NAMED ? ` and ${strangers.length - STRANGERS_NAMED} more` : '';
  const holds = `${nameOf(url)} holds what CallMi did not make, and is left alone: ${named}${more}`;
  throw new StoreUnusable(`${holds}; let DATABASE_URL name a database of its own`);
}

/** Objects in the schema besides a scheme's tables: `table other`, `extension citext`. Members of an extension are listed by its name. */
async function strangersIn(client: pg.Client): Promise<string[]> {
  const ours = (await postgresSchemaState(client)) === 'none' ? [] : tablesOfMigrations();
  const { rows } = await client.query<{ what: string }>(
    `select pg_describe_object(classid, objid, 0) as what from pg_depend it
    where refclassid = 'pg_namespace'::regclass and refobjid = 'public'::regnamespace and deptype = 'n'
    and not (classid = 'pg_class'::regclass and objid in (select oid from pg_class where relkind in ('r', 'p') and relname = any($1)))
    and not exists (select from pg_depend of where of.classid = it.classid and of.objid = it.objid and of.deptype = 'e')
    order by what`,
    [ours],
  );
  return rows.map(({ what }) => what);
}

/** Every table that a migration of any version made. */
function tablesOfMigrations(): string[] {
  const statements = migrationsOf('postgres').flatMap(({ sql }) => sql);
  return [MIGRATIONS_TABLE, ...statements.flatMap((statement) => /CREATE TABLE "(\w+)"/.exec(statement)?.[1] ?? [])];
}

async function freeName(client: pg.Client, base: string): Promise<string> {
  const { rows } = await client.query<{ name: string }>('select nspname as name from pg_namespace');
  const taken = new Set(rows.map(({ name }) => name));
  for (let n = 1; ; n++) if (!taken.has(`${base}_${n}`)) return `${base}_${n}`;
}
