/** Looks whether a database file can still be written, for a process that may not have written anything for long. */
import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { seldom } from './seldom.ts';
import { type Hindrance, StoreUnavailable } from './store.ts';

export type SqliteFile = {
  /** Throws `StoreUnavailable` if the path does not lead to the opened file any more: what is written into it would be lost. */
  assertInPlace(): void;
  hindrance(): Promise<Hindrance | undefined>;
  close(): void;
};

/** The file at a path, which `connection`, one of its own, has just opened. */
export function sqliteFile(file: string, connection: Database.Database): SqliteFile {
  const opened = statSync(file);
  const applicationId = Number(connection.pragma('application_id', { simple: true }));
  const isInPlace = () => {
    const now = statSync(file, { throwIfNoEntry: false });
    return now?.ino === opened.ino && now.dev === opened.dev;
  };
  const refusal = seldom<Hindrance>(async () => {
    try {
      // The same number again: the first page is written as it was.
      connection.pragma(`application_id = ${applicationId}`);
      return undefined;
    } catch (error) {
      // Another connection holds the lock, and is writing.
      if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return undefined;
      return 'disk_refuses_writes';
    }
  });
  return {
    assertInPlace() {
      if (!isInPlace()) throw new StoreUnavailable(`${file} was moved, deleted or replaced`);
    },
    hindrance: async () => (isInPlace() ? refusal() : 'database_replaced'),
    close: () => connection.close(),
  };
}
