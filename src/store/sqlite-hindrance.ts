/** Looks whether a database file can still be written, for a process that may not have written anything for long. */
import { realpathSync, type Stats, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { seldom } from './seldom.ts';
import { type Hindrance, StoreUnavailable } from './store.ts';

/**
 * The room that the disk must have, 1 MiB: a page may still be written where a batch of commands is refused, because the log keeps the room that
 * it had.
 */
const ROOM_BYTES = 2 ** 20;

export type SqliteFile = {
  /** Throws `StoreUnavailable` if the path does not lead to the opened file any more: what is written into it would be lost. */
  assertInPlace(): void;
  hindrance(): Promise<Hindrance | undefined>;
  close(): void;
};

/** The file at a path, which `connection`, one of its own, has just opened. `freeBytes` says what room its disk has. */
export function sqliteFile(file: string, connection: Database.Database, freeBytes = () => freeBytesAt(file)): SqliteFile {
  const applicationId = Number(connection.pragma('application_id', { simple: true }));
  const isInPlace = growingPlaceOf(file);
  // Its log and the index of the log lie beside it. Without them nobody else reads what this process writes, or waits for its lock.
  const real = realpathSync(file);
  const areBeside = ['-wal', '-shm'].map((end) => placeOf(real + end));
  const refusal = seldom<Hindrance>(async () => {
    if (((await freeBytes()) ?? Infinity) < ROOM_BYTES) return 'disk_refuses_writes';
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
    hindrance: async () => (isInPlace() && areBeside.every((each) => each()) ? refusal() : 'database_replaced'),
    close: () => connection.close(),
  };
}

/** The room on the disk of a file; undefined if its file system does not count its blocks. */
export async function freeBytesAt(file: string): Promise<number | undefined> {
  const { blocks, bavail, bsize } = await statfs(dirname(file));
  return blocks === 0 ? undefined : bavail * bsize;
}

/** Whether a path still leads to the file to which it leads now. */
function placeOf(path: string): () => boolean {
  const then = statsOf(path);
  return () => {
    const now = statsOf(path);
    return now !== undefined && now.ino === then?.ino && now.dev === then.dev;
  };
}

/** The same of a file that only grows: one that is shorter was written over, as `cp` does. */
function growingPlaceOf(path: string): () => boolean {
  const then = statsOf(path);
  let longest = then?.size ?? 0;
  return () => {
    const now = statsOf(path);
    if (now === undefined || now.ino !== then?.ino || now.dev !== then.dev || now.size < longest) return false;
    longest = now.size;
    return true;
  };
}

/** Undefined where nothing is, or where nobody lets us look. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
