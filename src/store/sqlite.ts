import { closeSync, mkdirSync, openSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { type Store, StoreUnavailable, StoreUnusable, type View } from './store.ts';
import type { MigrationOptions } from './migration-steps.ts';
import { assertOwn, migrateSqlite } from './sqlite-migrate.ts';
import { isOutage } from './outage.ts';
import { pruning } from './prune.ts';
import { freeBytesAt, sqliteFile } from './sqlite-hindrance.ts';
import { sqliteTables, sqliteWalletPostings } from './sqlite-tables.ts';
import { writingOf } from './sqlite-transaction.ts';

export type SqliteOptions = {
  /** Copies the write-ahead log back in a worker thread, so that no batch waits for it. Otherwise SQLite does it within a commit. */
  readonly checkpointInWorker?: boolean;
  /** The time to wait for another process's write lock, in milliseconds. */
  readonly busyTimeoutMs?: number;
} & MigrationOptions;

/** The time that SQLite itself waits for a lock, and the pause for others before the next try. */
const LOCK_TRY_MS = 5;
const LOCK_PAUSE_MS = 15;

/**
 * A batch changes a few rows on each of many pages, and writes each page as a whole, so small pages mean fewer bytes. Applies to a new
 * database only.
 */
const PAGE_BYTES = 2_048;

/** The size of the part of the file that is mapped into memory (at most 1 GiB): random reads then need no call for every page. */
const MAPPED_BYTES = 2 ** 30;

/**
 * The worker keeps the log short. Under continuous writes the log cannot restart from its beginning: above this size (256 MiB) a commit
 * copies it back itself, which takes as long as a few batches.
 */
const WAL_PAGES_MAX = 131_072;

/** Opens (and creates or migrates) the SQLite database in `file`. */
export function openSqlite(file: string, options: SqliteOptions = {}): Store {
  mkdirSync(dirname(file), { recursive: true });
  // SQLite would make it readable for everybody; its log files take their mode from it.
  closeSync(openSync(file, 'a', 0o600));
  const timeout = options.busyTimeoutMs ?? 5_000;
  const opened = new Database(file, { timeout });
  assertOwn(opened, file);
  const writer = connect(opened);
  migrateSqlite(writer, file, options.tellMigration);
  writer.pragma(`busy_timeout = ${LOCK_TRY_MS}`);
  const reader = connect(new Database(file, { readonly: true, timeout }));
  const checkpointer = options.checkpointInWorker ? startCheckpointer(writer, file) : undefined;
  const writing = writingOf(writer);
  // Apart from the writer, which may be in the middle of a batch.
  const aside = connect(new Database(file, { timeout: 0 }));
  const inPlace = sqliteFile(file, aside);

  return {
    ...viewOn(reader),
    snapshot: (work) => snapshotOf(file, work),
    transactionsMax: 1,
    // It holds the write lock from before its first read.
    async transaction(work) {
      inPlace.assertInPlace();
      try {
        await begin(writer, timeout);
        writing.begun();
        const result = await work(writing.tx);
        writer.exec('commit');
        return result;
      } catch (error) {
        writing.undone();
        undo(writer);
        throw translated(error);
      }
    },
    async prune(table, column, before, atMost) {
      inPlace.assertInPlace();
      try {
        return aside.prepare(pruning(sqliteTables, table, column)).run(before, atMost).changes;
      } catch (error) {
        throw translated(error);
      }
    },
    async space() {
      const sizes = await Promise.all(
        [file, `${file}-wal`].map((path) =>
          stat(path).then(
            ({ size }) => size,
            () => 0,
          ),
        ),
      );
      const freeBytes = await freeBytesAt(file);
      return { usedBytes: sizes[0]! + sizes[1]!, ...(freeBytes !== undefined && { freeBytes }) };
    },
    async sweep() {
      try {
        const [{ busy }] = aside.pragma('wal_checkpoint(truncate)') as [{ busy: number }];
        return busy === 0;
      } catch (error) {
        if (isBusy(error)) return false;
        throw translated(error);
      }
    },
    hindrance: () => inPlace.hindrance(),
    async close() {
      await checkpointer?.terminate();
      inPlace.close();
      reader.close();
      writer.close();
    },
  };
}

/** The view of a connection for queries. */
export function viewOn(database: Database.Database): View {
  return { engine: 'sqlite', tables: sqliteTables, walletPostings: sqliteWalletPostings, read: drizzle(database) };
}

/** A connection of its own, in one read transaction from its first query to the end of `work`; in WAL mode it holds up no writer. */
export async function snapshotOf<T>(file: string, work: (view: View) => Promise<T>): Promise<T> {
  const database = connect(new Database(file, { readonly: true }));
  try {
    database.exec('begin');
    return await work(viewOn(database));
  } finally {
    database.close();
  }
}

/** Sets what every connection needs and asserts it: better-sqlite3 falls back to synchronous=NORMAL when it reopens a WAL file. */
export function connect(database: Database.Database): Database.Database {
  if (!database.readonly) {
    database.pragma(`page_size = ${PAGE_BYTES}`);
    database.pragma('journal_mode = wal');
  }
  database.pragma(`mmap_size = ${MAPPED_BYTES}`);
  database.pragma('synchronous = full');
  database.pragma('foreign_keys = on');
  // Without this, INSERT OR REPLACE would bypass the triggers that keep the books immutable.
  database.pragma('recursive_triggers = on');
  if (database.pragma('synchronous', { simple: true }) !== 2) throw new StoreUnusable('SQLite did not accept synchronous=FULL');
  return database.readonly ? database : overwriting(database);
}

/**
 * Has SQLite overwrite with zeros whatever a connection deletes or replaces, and asserts it: a person who was erased must not be left in the
 * free parts of the file. `FAST` would leave the pages that overflow.
 */
function overwriting(database: Database.Database): Database.Database {
  database.pragma('secure_delete = on');
  if (database.pragma('secure_delete', { simple: true }) !== 1) throw new StoreUnusable('SQLite did not accept secure_delete=ON');
  return database;
}

/** Copies the write-ahead log back beside the writer. If the worker stops, the writer does it itself, as SQLite does by default. */
function startCheckpointer(writer: Database.Database, file: string): Worker {
  writer.pragma(`wal_autocheckpoint = ${WAL_PAGES_MAX}`);
  const worker = new Worker(new URL('./sqlite-checkpoint.ts', import.meta.url), { workerData: { file } });
  worker.on('error', () => {
    if (writer.open) writer.pragma('wal_autocheckpoint = 1000');
  });
  worker.unref();
  return worker;
}

/**
 * Takes the write lock. Waits for another process's lock outside of SQLite, whose own waiting would block everything else in this process.
 */
async function begin(writer: Database.Database, timeoutMs: number): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += LOCK_TRY_MS + LOCK_PAUSE_MS) {
    try {
      writer.exec('begin immediate');
      return;
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (waitedMs >= timeoutMs) throw new StoreUnavailable('another process holds the write lock', { cause: error });
      await sleep(LOCK_PAUSE_MS);
    }
  }
}

/** Rolls back, unless SQLite has done it already. On a disk that fails this fails as well: the first error says why. */
function undo(writer: Database.Database): void {
  try {
    if (writer.inTransaction) writer.exec('rollback');
  } catch {
    // SQLite has forgotten what it had in memory, and what it wrote has no commit.
  }
}

/** The error of a write, translated for the engine. A full disk is one: nothing of a batch counts before its commit is on the disk. */
function translated(error: unknown): unknown {
  return isOutage(error) ? new StoreUnavailable('the database cannot be written just now', { cause: error }) : error;
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}
