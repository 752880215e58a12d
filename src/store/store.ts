/** What a database is to the rest of the house: reads by Drizzle, and one writer whose batches are transactions. */
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { GroupName, Key } from './catalogue.ts';
import type { Row, TableName, Tables } from './tables.ts';

/** Queries are written once against this type and always awaited; PostgreSQL's database is cast to it. */
type ReadDatabase = BetterSQLite3Database;

/** One row to write. `expected` is the version the decision was based on, null where the row was absent; only versioned tables heed it. */
export type RowWrite<N extends TableName = TableName> = { readonly row: Row<N>; readonly expected: number | null };

/** The inside of a write transaction. */
export type Tx = {
  byKey<N extends TableName>(table: N, keys: readonly Key[]): Promise<Row<N>[]>;
  byGroup<N extends TableName>(table: N, group: GroupName<N>, keys: readonly Key[]): Promise<Row<N>[]>;
  /** The latest closed business day, or undefined; no day can be closed until this transaction ends. */
  lastClosedDay(): Promise<string | undefined>;
  /** Throws `Conflict` when a row is not in the state it was read in. */
  write<N extends TableName>(table: N, writes: readonly RowWrite<N>[]): Promise<void>;
};

/** What a query needs. Written against this, it runs on a store as well as on a snapshot of one. */
export type View = {
  readonly engine: 'sqlite' | 'postgres';
  readonly tables: Tables;
  /** A connection that only reads, and never sees half a batch. */
  readonly read: ReadDatabase;
};

/** A database opened to be read. */
export type ReadableStore = View & {
  /** Runs `work` on the books as they stand at its first read, however long it takes and whatever is written meanwhile. */
  snapshot<T>(work: (view: View) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

export type Store = ReadableStore & {
  /** Runs `work` in one transaction that holds the write lock from before its first read. Commits, or rolls back and rethrows. One at a time. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
};

/** Another writer changed a row between our read and our write. */
export class Conflict extends Error {
  override name = 'Conflict';
  readonly table: TableName;
  constructor(table: TableName) {
    super(`a row of ${table} changed meanwhile`);
    this.table = table;
  }
}

/** The database cannot take a write just now; nothing was written. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
}

/** The database cannot be used by this version of the code, or with these settings. */
export class StoreUnusable extends Error {
  override name = 'StoreUnusable';
}
