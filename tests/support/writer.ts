import Database from 'better-sqlite3';
import pg from 'pg';
import { vi } from 'vitest';
import type { Store } from '../../src/store/index.ts';

/** What a statement begins with that a test sends over a connection of the service: the service's own are looked at. */
export const OF_A_TEST = '/* of a test */ ';

/** Runs a statement of a test's own within a transaction of a store, on the connection by which the store writes. */
export async function onWriter(store: Store, statement: string): Promise<void> {
  const sqlite = store.engine === 'sqlite';
  const sent = sqlite ? vi.spyOn(Database.prototype, 'exec') : vi.spyOn(pg.Client.prototype, 'query');
  try {
    await store.transaction(async (tx) => {
      await tx.lastClosedDay();
      const connection: unknown = sent.mock.contexts.at(-1);
      await (sqlite ? (connection as Database.Database).exec(statement) : (connection as pg.Client).query(OF_A_TEST + statement));
    });
  } finally {
    sent.mockRestore();
  }
}
