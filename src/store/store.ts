/** The interface of a database for the other folders: reads by Drizzle, and one writer whose batches are transactions. */
import type { SQL } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { GroupName, Key } from './catalogue.ts';
import type { Row, TableName, Tables } from './tables.ts';

/** Queries are written once against this type and always awaited; PostgreSQL's database is cast to it. */
type ReadDatabase = BetterSQLite3Database;

/** Tables whose rows take increments. */
export type SummedTable = 'account' | 'limitUse';

/** Tables whose rows are of no use to anybody once their time is over; all other rows are kept for ever. */
export const prunableTables = ['code', 'signInCode', 'session', 'householdCode'] as const satisfies readonly TableName[];
export type PrunableTable = (typeof prunableTables)[number];

/** The columns of a table that hold an instant. */
export type Instants<N extends TableName> = keyof { [C in keyof Row<N> as C extends `${string}At` ? C : never]: true } & string;

/** The inside of a write transaction. */
export type Tx = {
  /** The rows with these keys. An account comes in as many rows as it has stripes. */
  byKey<N extends TableName>(table: N, keys: readonly Key[]): Promise<Row<N>[]>;
  byGroup<N extends TableName>(table: N, group: GroupName<N>, keys: readonly Key[]): Promise<Row<N>[]>;
  /** The latest closed business day; no day can be closed until this transaction ends. */
  lastClosedDay(): Promise<string>;
  /**
   * Writes rows, sorted by key. An appended row must be absent; a versioned one replaces the row of the version before its own, or is
   * absent. Throws `Conflict` otherwise.
   */
  write<N extends TableName>(table: N, rows: readonly Row<N>[]): Promise<void>;
  /** Empties the columns of appended rows that may be emptied. Throws `Conflict` if one of the rows is not there. */
  blank<N extends TableName>(table: N, rows: readonly Row<N>[]): Promise<void>;
  /**
   * Adds to rows, sorted by key, and makes missing ones: the column of the sum holds the increment. The store chooses the stripe of an
   * account. Throws `Conflict` if a sum would exceed its ceiling.
   */
  add<N extends SummedTable>(table: N, rows: readonly Row<N>[]): Promise<void>;
};

/** The interface for queries. A query written against it runs on a store as well as on a snapshot of one. */
export type View = {
  readonly engine: 'sqlite' | 'postgres';
  readonly tables: Tables;
  /** The condition for postings on wallets. */
  readonly walletPostings: SQL;
  /** A connection that only reads, and never sees half a batch. */
  readonly read: ReadDatabase;
};

/** A database opened to be read. */
export type ReadableStore = View & {
  /** Runs `work` on the books as they stand at its first read, for as long as it takes, regardless of writes meanwhile. */
  snapshot<T>(work: (view: View) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

export type Store = ReadableStore & {
  /** The number of transactions that may be under way at once. */
  readonly transactionsMax: number;
  /** Runs `work` in one transaction. Commits, or rolls back and rethrows. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The size of the database, and the room that its disk has, where the store can tell. */
  space(): Promise<{ readonly usedBytes: number; readonly freeBytes?: number }>;
  /**
   * Removes rows whose `column` is an instant before `before`, at most `atMost` of them, and returns how many. Nothing else removes rows.
   * Throws `StoreUnavailable` while another process holds the lock.
   */
  prune<N extends PrunableTable>(table: N, column: Instants<N>, before: number, atMost: number): Promise<number>;
  /**
   * Removes what is left of emptied columns beside the rows themselves, as far as the engine can: SQLite's log is copied back and cut off.
   * False if somebody was reading or writing meanwhile: then it must be tried again.
   */
  sweep(): Promise<boolean>;
  /** Why nothing can be written just now, or undefined: it tries to, at most once a second while all is well, and changes nothing. */
  hindrance(): Promise<Hindrance | undefined>;
};

/** `database_replaced`: the file was moved, deleted or replaced since it was opened. */
export type Hindrance = 'database_replaced' | 'disk_refuses_writes';

/** Another writer changed rows between our read and our write. */
export class Conflict extends Error {
  override name = 'Conflict';
  /** The table and the rows that were not as expected, as far as the database tells. */
  readonly table: TableName | undefined;
  readonly keys: readonly Key[];
  constructor(table?: TableName, keys: readonly Key[] = []) {
    super(`a row of ${table ?? 'some table'} changed meanwhile`);
    this.table = table;
    this.keys = keys;
  }
}

/** The database cannot take a write just now. It is unknown whether this one was done. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
}

/** The database cannot be used by this version of the code, or with these settings. */
export class StoreUnusable extends Error {
  override name = 'StoreUnusable';
}
