/** The database itself, past the store: to look at what is really there, and to do to it what our code never does. */
import Database from 'better-sqlite3';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { hexOf } from '../../src/store/index.ts';

export type RawRow = Readonly<Record<string, unknown>>;

export type Raw = {
  /** Runs statements, separated by semicolons. */
  exec(statements: string): Promise<void>;
  rows(query: string): Promise<RawRow[]>;
  /** An id, bytes by their hex digits, and a day, as a statement writes them. */
  id(id: string): string;
  bytes(digits: string): string;
  day(day: string): string;
  /** Lifts everything by which the database guards the books: its triggers, checks and foreign keys. */
  unguard(): Promise<void>;
};

/** A connection of its owner's, closed when the test is done. */
export async function rawOf({ url }: { readonly url: string }): Promise<Raw> {
  return url.startsWith('file:') ? rawSqlite(url.slice('file:'.length)) : rawPostgres(url);
}

function rawSqlite(file: string): Raw {
  const database = new Database(file);
  onTestFinished(() => void database.close());
  const triggers = database.prepare<[], string>("select name from sqlite_master where type = 'trigger'").pluck();
  return {
    exec: async (statements) => void database.exec(statements),
    rows: async (query) => database.prepare<[], RawRow>(query).all(),
    id: (id) => `x'${hexOf(id)}'`,
    bytes: (digits) => `x'${digits}'`,
    day: (day) => day.replaceAll('-', ''),
    async unguard() {
      database.pragma('foreign_keys = off');
      database.pragma('ignore_check_constraints = on');
      for (const name of triggers.all()) database.exec(`drop trigger ${name}`);
    },
  };
}

async function rawPostgres(url: string): Promise<Raw> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end());
  const rows = async (query: string) => (await client.query<RawRow>(query)).rows;
  return {
    exec: async (statements) => void (await client.query(statements)),
    rows,
    id: (id) => `'${hexOf(id)}'::uuid`,
    bytes: (digits) => `'\\x${digits}'::bytea`,
    day: (day) => `'${day}'::date`,
    async unguard() {
      // Triggers and foreign keys are silent for what replication does; the owner's privileges have no bounds.
      await client.query("set session_replication_role = 'replica'");
      const checks = await rows(`select conrelid::regclass as "table", quote_ident(conname) as name from pg_constraint
        where contype = 'c' and connamespace = 'public'::regnamespace`);
      for (const { table, name } of checks) await client.query(`alter table ${table} drop constraint ${name}`);
    },
  };
}

/** How many connections to a PostgreSQL database wait for a lock. */
export async function lockWaits(raw: Raw): Promise<number> {
  const [row] = await raw.rows(
    "select count(*)::int as waits from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  return row!['waits'] as number;
}
