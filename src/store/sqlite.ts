import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { type Column as DrizzleColumn, getTableColumns, getTableName } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { type Key, keyOf, specOf } from './catalogue.ts';
import { Conflict, type RowWrite, type Store, StoreUnavailable, StoreUnusable, type Tx, type View } from './store.ts';
import { sqliteKit } from './kit.ts';
import { migrateSqlite } from './migrate.ts';
import { type Row, type TableName, tables as buildTables } from './tables.ts';

export const sqliteTables = buildTables(sqliteKit);

export type SqliteOptions = {
  /** Copy the write-ahead log back in a worker thread, so that no batch waits for it. Otherwise SQLite does it within a commit. */
  readonly checkpointInWorker?: boolean;
  /** How long to wait for another process's write lock, in milliseconds. */
  readonly busyTimeoutMs?: number;
};

/** How long SQLite itself waits for a lock, and how long we then let others go on before the next try. */
const LOCK_TRY_MS = 5;
const LOCK_PAUSE_MS = 15;

/** The worker keeps the log short. While it is written without a pause it cannot begin anew: from here on (64 MiB) a commit lets it. */
const WAL_PAGES_MAX = 16_384;

/** Opens (and creates or migrates) the SQLite database in `file`. */
export function openSqlite(file: string, options: SqliteOptions = {}): Store {
  mkdirSync(dirname(file), { recursive: true });
  // SQLite would make it readable for everyone; its log files take their mode from it.
  closeSync(openSync(file, 'a', 0o600));
  const timeout = options.busyTimeoutMs ?? 5_000;
  const writer = connect(new Database(file, { timeout }));
  migrateSqlite(writer, file);
  writer.pragma(`busy_timeout = ${LOCK_TRY_MS}`);
  const reader = connect(new Database(file, { readonly: true, timeout }));
  const checkpointer = options.checkpointInWorker ? startCheckpointer(writer, file) : undefined;
  const tx = transactionOf(writer);

  return {
    engine: 'sqlite',
    tables: sqliteTables,
    read: drizzle(reader),
    snapshot: (work) => snapshotOf(file, work),
    async transaction(work) {
      await begin(writer, timeout);
      try {
        const result = await work(tx);
        writer.exec('commit');
        return result;
      } catch (error) {
        if (writer.inTransaction) writer.exec('rollback');
        throw error;
      }
    },
    async close() {
      await checkpointer?.terminate();
      reader.close();
      writer.close();
    },
  };
}

/** A connection of its own, in one read transaction from its first query to the end of `work`; in WAL mode it holds up no writer. */
export async function snapshotOf<T>(file: string, work: (view: View) => Promise<T>): Promise<T> {
  const database = connect(new Database(file, { readonly: true }));
  try {
    database.exec('begin');
    return await work({ engine: 'sqlite', tables: sqliteTables, read: drizzle(database) });
  } finally {
    database.close();
  }
}

/** Sets what every connection needs and asserts it: better-sqlite3 falls back to synchronous=NORMAL when it reopens a WAL file. */
export function connect(database: Database.Database): Database.Database {
  if (!database.readonly) database.pragma('journal_mode = wal');
  database.pragma('synchronous = full');
  database.pragma('foreign_keys = on');
  // Without this, INSERT OR REPLACE would pass by the triggers that keep the books immutable.
  database.pragma('recursive_triggers = on');
  if (database.pragma('synchronous', { simple: true }) !== 2) throw new StoreUnusable('SQLite did not accept synchronous=FULL');
  return database;
}

/** Copies the write-ahead log back beside the writer. If that stops, the writer does it itself, as SQLite would without us. */
function startCheckpointer(writer: Database.Database, file: string): Worker {
  writer.pragma(`wal_autocheckpoint = ${WAL_PAGES_MAX}`);
  const worker = new Worker(new URL('./checkpoint.ts', import.meta.url), { workerData: { file } });
  worker.on('error', () => {
    if (writer.open) writer.pragma('wal_autocheckpoint = 1000');
  });
  worker.unref();
  return worker;
}

/** Takes the write lock. Waits for another process's outside of SQLite, whose own waiting would stop everything else in this one. */
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

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

function transactionOf(writer: Database.Database): Tx {
  const access = new Map<TableName, Access>();
  const accessTo = (table: TableName) => access.getOrInsertComputed(table, (name) => tableAccess(writer, name));
  const lastClosed = writer.prepare('select max(day) from business_day').pluck();
  return {
    byKey: async (table, keys) => keys.flatMap((key) => accessTo(table).byKey(key)) as Row<typeof table>[],
    byGroup: async (table, group, keys) => keys.flatMap((key) => accessTo(table).byGroup(group, key)) as Row<typeof table>[],
    lastClosedDay: async () => (lastClosed.get() as string | null) ?? undefined,
    write: async (table, writes) => accessTo(table).write(writes),
  };
}

type Access = {
  byKey(key: Key): unknown[];
  byGroup(group: string, key: Key): unknown[];
  write(writes: readonly RowWrite[]): void;
};

/**
 * Prepared statements over one table. A look-up in SQLite is a function call, not a round trip, so many keys are many calls of one
 * prepared statement; Drizzle's own prepared queries cost twice as much on this path.
 */
function tableAccess<N extends TableName>(writer: Database.Database, name: N): Access {
  const table = sqliteTables[name];
  const spec = specOf(name);
  const columns = Object.entries(getTableColumns(table)) as [string, DrizzleColumn][];
  const columnOf = (property: string) => columns.find(([p]) => p === property)![1];
  const quoted = (property: string) => `"${columnOf(property).name}"`;
  const list = columns.map(([, column]) => `"${column.name}"`).join(', ');
  const from = `select ${list} from "${getTableName(table)}" where`;
  const matches = (properties: readonly string[]) => properties.map((p) => `${quoted(p)} = ?`).join(' and ');

  const decode = (values: unknown[]) =>
    Object.fromEntries(
      columns.map(([property, column], i) => [property, values[i] === null ? null : column.mapFromDriverValue(values[i])]),
    );
  const encodeKey = (properties: readonly string[], key: Key) => properties.map((p, i) => encode(columnOf(p), key[i]));

  const selectByKey = writer.prepare(`${from} ${matches(spec.key)}`).raw();
  const selectByGroup = new Map(
    Object.entries(spec.groups ?? {}).map(([group, { columns: of, positive }]) => [
      group,
      { of, statement: writer.prepare(`${from} ${matches(of)}${positive ? ` and ${quoted(positive)} > 0` : ''}`).raw() },
    ]),
  );
  const insert = writer.prepare(`insert into "${getTableName(table)}" (${list}) values (${columns.map(() => '?').join(', ')})${guard()}`);
  const total = quoted(columns.at(-1)![0]);
  const add =
    spec.mode === 'counter'
      ? writer.prepare(`update "${getTableName(table)}" set ${total} = ${total} + ? where ${matches(spec.key)}`)
      : undefined;

  function guard(): string {
    if (spec.mode !== 'versioned') return '';
    const rest = columns.map(([p]) => p).filter((p) => !(spec.key as readonly string[]).includes(p));
    const changes = rest.map((p) => `${quoted(p)} = excluded.${quoted(p)}`).join(', ');
    return ` on conflict (${spec.key.map(quoted).join(', ')}) do update set ${changes} where ${quoted('version')} = ?`;
  }

  /** A counter's row is added to, and only made where it is missing: a CHECK would judge the increment alone if it were inserted first. */
  function write({ row, expected }: RowWrite): number {
    const values = columns.map(([property, column]) => encode(column, row[property as keyof typeof row]));
    if (add && add.run(values.at(-1), ...encodeKey(spec.key, keyOf(name, row as Row<N>))).changes === 1) return 1;
    // No row has version -1: a row that was absent when it was decided on must still be absent.
    return insert.run(...values, ...(spec.mode === 'versioned' ? [expected ?? -1] : [])).changes;
  }

  return {
    byKey: (key) => selectByKey.all(...encodeKey(spec.key, key)).map((values) => decode(values as unknown[])),
    byGroup: (group, key) => {
      const { of, statement } = selectByGroup.get(group)!;
      return statement.all(...encodeKey(of, key)).map((values) => decode(values as unknown[]));
    },
    write: (writes) => {
      for (const change of writes) if (write(change) !== 1) throw new Conflict(name);
    },
  };
}

function encode(column: DrizzleColumn, value: unknown): unknown {
  return value === null ? null : column.mapToDriverValue(value);
}
