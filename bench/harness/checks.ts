/** The checks that a run must pass to count: every success has its row, and the books are sound. */
import { audit, checkLine } from '../../src/cli/audit.ts';
import { openReadable, type TableName } from '../../src/store/index.ts';

/** How many rows a table has. */
export async function rowsIn(url: string, table: TableName): Promise<number> {
  const store = await openReadable(url);
  try {
    return await store.read.$count(store.tables[table]);
  } finally {
    await store.close();
  }
}

/** Throws unless a table has grown by exactly what was answered with success. */
export function expectRows(table: TableName, before: number, after: number, answered: number): void {
  if (after - before !== answered) throw new Error(`${answered} were answered, but ${table} has grown by ${after - before}`);
}

/** Throws unless the books are sound. */
export async function expectSound(url: string): Promise<void> {
  const store = await openReadable(url);
  try {
    const { ok, checks } = await audit(store);
    if (!ok) throw new Error(`the audit found the books broken:\n${checks.map(checkLine).join('')}`);
  } finally {
    await store.close();
  }
}
