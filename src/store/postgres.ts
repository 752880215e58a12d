import { drizzle } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import { codeOf } from './outage.ts';
import { asOwner, poolOf, type PostgresOptions, SERVICE_ROLE, told, translated } from './postgres-connection.ts';
import { migratePostgres, postgresSchemaState } from './postgres-migrate.ts';
import { pruningByKey } from './prune.ts';
import { seldom } from './seldom.ts';
import { postgresTables, postgresWalletPostings } from './postgres-tables.ts';
import { STRIPES, transactionOf } from './postgres-transaction.ts';
import type { MigrationOptions } from './migration-steps.ts';
import { unreadable } from './migrations.ts';
import { type Hindrance, type ReadableStore, type Store, StoreUnavailable, StoreUnusable, type Tx, type View } from './store.ts';
import { nameOf } from './url.ts';

/** The number of batches that one process writes at once: while one is on its way to the disk, the next is decided. */
const TRANSACTIONS_MAX = 2;
const READERS_MAX = 8;
/** Audits and exports at once. Only the command line makes them. */
const SNAPSHOTS_MAX = 2;

/** PostgreSQL's codes for a full disk, a failed write, and a server that is only read. */
const READ_ONLY = /^(53100|58030|25006)$/;

export type PostgresStoreOptions = PostgresOptions &
  MigrationOptions & {
    /** The number of rows over which each balance without a floor is spread; fewer only to measure their effect. */
    readonly stripes?: number;
  };

/** Opens (and migrates) the PostgreSQL database that a URL names, as its owner. */
export async function openPostgres(
  url: string,
  { stripes = STRIPES, tellMigration, ...options }: PostgresStoreOptions = {},
): Promise<Store> {
  await asOwner(url, (client) => migratePostgres(client, nameOf(url), tellMigration));
  const writers = poolOf(url, TRANSACTIONS_MAX, options);
  const readable = readableOn(url, poolOf(url, READERS_MAX, { ...options, readOnly: true }));
  return {
    ...readable,
    transactionsMax: TRANSACTIONS_MAX,
    transaction: (work) => transaction(writers, stripes, work),
    async prune(table, column, before, atMost) {
      const { find, remove } = pruningByKey(postgresTables as never, table, column);
      try {
        const { rows } = await writers.query<{ key: string }>(find, [before, atMost]);
        if (rows.length === 0) return 0;
        return (await writers.query(remove, [rows.map(({ key }) => key), before])).rowCount ?? 0;
      } catch (error) {
        throw translated(error);
      }
    },
    async space() {
      const { rows } = await writers.query<{ bytes: number }>('select pg_database_size(current_database()) as bytes');
      return { usedBytes: rows[0]!.bytes };
    },
    // Emptied versions go with the next vacuum: no statement can wait for that.
    sweep: async () => true,
    hindrance: seldom<Hindrance>(async () => {
      try {
        // It locks a row, and so has something to commit.
        await transaction(writers, stripes, async () => {});
        return undefined;
      } catch (error) {
        return READ_ONLY.test(codeOf(error) ?? '') ? 'disk_refuses_writes' : Promise.reject(error);
      }
    }),
    async close() {
      await writers.end();
      await readable.close();
    },
  };
}

/** Opens an existing PostgreSQL database for reading: nothing is created or migrated. */
export async function openReadablePostgres(url: string): Promise<ReadableStore> {
  const name = nameOf(url);
  const pool = poolOf(url, READERS_MAX, { readOnly: true });
  try {
    const client = await pool.connect();
    const why = unreadable(await postgresSchemaState(client).finally(() => client.release()), name);
    if (why) throw why;
    return readableOn(url, pool);
  } catch (error) {
    await pool.end();
    if (error instanceof StoreUnusable || !(error instanceof Error)) throw error;
    const why = told(error, url);
    if (why === error && error.message.includes(SERVICE_ROLE))
      throw new StoreUnusable(`${name} has no scheme that this server knows: run \`callmi migrate\` first`);
    throw why;
  }
}

function readableOn(url: string, readers: pg.Pool): ReadableStore {
  // Their statements may take any time.
  const snapshots = poolOf(url, SNAPSHOTS_MAX, { readOnly: true, answerWithinMs: 0 });
  return {
    engine: 'postgres',
    tables: postgresTables,
    walletPostings: postgresWalletPostings,
    read: drizzle({ client: readers }) as unknown as View['read'],
    snapshot: (work) => snapshot(snapshots, work),
    close: async () => void (await Promise.all([readers.end(), snapshots.end()])),
  };
}

/** One read transaction on a connection of its own, which sees the database as it stood at its first query and holds up no writer. */
async function snapshot<T>(pool: pg.Pool, work: (view: View) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only; set local idle_in_transaction_session_timeout = 0');
    return await work({
      engine: 'postgres',
      tables: postgresTables,
      walletPostings: postgresWalletPostings,
      read: drizzle({ client }) as unknown as View['read'],
    });
  } finally {
    await finish(client, 'commit');
  }
}

async function transaction<T>(pool: pg.Pool, stripes: number, work: (tx: Tx) => Promise<T>): Promise<T> {
  // Nothing of a command has begun yet, so it may be sent again.
  const client = await pool.connect().catch((error: unknown) => {
    throw new StoreUnavailable('the database cannot be reached', { cause: error });
  });
  try {
    const result = await work(await transactionOf(client, stripes));
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    await finish(client, 'rollback');
    throw translated(error);
  }
}

/** Ends a transaction and gives the connection back; if this fails, the connection is thrown away. */
async function finish(client: pg.PoolClient, end: 'commit' | 'rollback'): Promise<void> {
  try {
    await client.query(end);
    client.release();
  } catch {
    client.release(true);
  }
}
