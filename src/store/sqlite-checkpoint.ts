/** A worker thread that copies the write-ahead log back into the database, a little every half second, so that no batch has to. */
import { setTimeout as sleep } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

const database = new Database((workerData as { file: string }).file, { timeout: 0 });
database.pragma('synchronous = full');

for (;;) {
  try {
    database.pragma('wal_checkpoint(passive)');
  } catch {
    // A full disk or a lock: the data stays in the log, and the next round tries again.
  }
  await sleep(500);
}
