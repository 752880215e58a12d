/** Where the databases of a benchmark are: files of SQLite, or databases of a PostgreSQL server that the benchmark starts. */
export type Backend = {
  readonly engine: 'sqlite' | 'postgres';
  /** Name and version of the database, for the report. */
  readonly version: string;
  /** As `DATABASE_URL` has it. */
  urlOf(name: string): string;
  exists(name: string): Promise<boolean>;
  /** Makes an empty one, in place of any that is there. */
  create(name: string): Promise<void>;
  /** Called once a database is full: what the engine would else do on the side, during a run. */
  tidy(name: string): Promise<void>;
  /** Makes `to` a copy of `from`, which nobody may have open. */
  copy(from: string, to: string): Promise<void>;
  drop(name: string): Promise<void>;
  /** The bytes that a database takes on disk, with all of its log copied back. Nobody may have it open. */
  bytes(name: string): Promise<number>;
  /** The same for each table and each index, by its name. */
  bytesByTable(name: string): Promise<ReadonlyMap<string, number>>;
  close(): Promise<void>;
};
