import type pg from 'pg';
import { asOwner } from './postgres-connection.ts';
import { StoreUnusable } from './store.ts';
import { nameOf } from './url.ts';

/** Whether there is no table yet where the scheme would be. */
export function isVacantDatabase(url: string): Promise<boolean> {
  return asOwner(url, async (client) => {
    const { rows } = await client.query<{ tables: number }>(
      'select count(*)::int as tables from pg_tables where schemaname = current_schema()',
    );
    return rows[0]!.tables === 0;
  });
}

/** Moves the tables of a scheme out of the way, into a schema beside the one they are in; `label` and `replace` are those of `setAside`. */
export function setSchemaAside(url: string, label: string, replace: boolean): Promise<string> {
  return asOwner(url, async (client) => {
    await assertUnused(client, url);
    const base = label.replaceAll('-', '_');
    const name = replace ? base : await freeName(client, base);
    await client.query(`begin; drop schema if exists ${name} cascade; alter schema public rename to ${name}; create schema public;
      grant usage on schema public to public; commit`);
    return `the schema ${name} of ${nameOf(url)}`;
  });
}

async function assertUnused(client: pg.Client, url: string): Promise<void> {
  const others = `select count(*)::int as others from pg_stat_activity
    where datname = current_database() and application_name = 'callmi' and pid <> pg_backend_pid()`;
  const { rows } = await client.query<{ others: number }>(others);
  if (rows[0]!.others > 0) throw new StoreUnusable(`${nameOf(url)} is in use by another process: stop it first`);
}

async function freeName(client: pg.Client, base: string): Promise<string> {
  const { rows } = await client.query<{ name: string }>('select nspname as name from pg_namespace');
  const taken = new Set(rows.map(({ name }) => name));
  for (let n = 1; ; n++) if (!taken.has(`${base}_${n}`)) return `${base}_${n}`;
}
