/** Stores by themselves, without the rules above them: to write rows into, and to see what is kept. */
import { expect, onTestFinished } from 'vitest';
import { Conflict, keyOf, keyText, openStore, type Row, type Store, type TableName, type View } from '../../src/store/index.ts';
import { hexNo } from './rows.ts';

/** A store that is closed when the test is done. */
export async function opened(url: string): Promise<Store> {
  const store = await openStore(url);
  onTestFinished(() => store.close());
  return store;
}

export function write<N extends TableName>(store: Store, table: N, ...rows: Row<N>[]): Promise<void> {
  return store.transaction((tx) => tx.write(table, rows));
}

/** All rows of a table, in the order of their keys. */
export async function all<N extends TableName>({ read, tables }: View, table: N): Promise<Row<N>[]> {
  return sorted(table, (await read.select().from(tables[table])) as Row<N>[]);
}

export function sorted<N extends TableName>(table: N, rows: readonly Row<N>[]): Row<N>[] {
  const place = (row: Row<N>) => keyText(keyOf(table, row));
  return rows.toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
}

/** Holds that rows which are written are found again by their keys, and read, as they were. */
export async function expectKept<N extends TableName>(store: Store, table: N, rows: readonly Row<N>[]): Promise<void> {
  await write(store, table, ...rows);
  const keys = rows.map((row) => keyOf(table, row));
  const found = await store.transaction((tx) => tx.byKey(table, keys));
  expect(sorted(table, found)).toEqual(sorted(table, rows));
  const places = new Set(keys.map(keyText));
  const stored = (await all(store, table)).filter((row) => places.has(keyText(keyOf(table, row))));
  expect(stored).toEqual(sorted(table, rows));
}

/** The sum of an account, in however many rows it is kept. */
export async function balanceOf({ read, tables }: Store, account: number): Promise<number> {
  const rows = (await read.select().from(tables.account)).filter(({ id }) => id === hexNo(account));
  return rows.reduce((sum, { balance }) => sum + balance, 0);
}

export async function usedOf(store: Store): Promise<number[]> {
  return (await all(store, 'limitUse')).map(({ used }) => used);
}

/** What became of transactions: `true` where one was committed. Anything but a Conflict is thrown on. */
export async function committed(transactions: readonly Promise<unknown>[]): Promise<boolean[]> {
  const settled = await Promise.allSettled(transactions);
  for (const each of settled) if (each.status === 'rejected' && !(each.reason instanceof Conflict)) throw each.reason;
  return settled.map(({ status }) => status === 'fulfilled');
}
