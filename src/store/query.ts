import { and, type Column, eq, getTableColumns, sql } from 'drizzle-orm';
import { type Key, specOf } from './catalogue.ts';
import type { View } from './store.ts';
import type { Row, TableName, Tables } from './tables.ts';

/** Reads what is too much for memory a page at a time: `fetch` answers the rows that come after `last`, and none at the end. */
export async function* pages<R>(fetch: (last: R | undefined) => Promise<R[]>): AsyncGenerator<R[]> {
  for (let rows = await fetch(undefined); rows.length > 0; rows = await fetch(rows.at(-1))) yield rows;
}

type Queried = Pick<View, 'read' | 'tables'>;

/** Looks up a row of a table by the values of its key. */
type Lookup = { execute(key: Record<string, unknown>): Promise<unknown[]> };

const lookups = new WeakMap<View['read'], Map<TableName, Lookup>>();

/** The row with a key, or undefined if there is none. Its query is built once, which costs more than to run it. */
export async function rowByKey<N extends TableName>(view: Queried, table: N, ...key: Key): Promise<Row<N> | undefined> {
  const ofView = lookups.getOrInsertComputed(view.read, () => new Map());
  const rows = await ofView.getOrInsertComputed(table, () => lookupIn(view, table)).execute(Object.fromEntries(key.entries()));
  return rows[0] as Row<N> | undefined;
}

function lookupIn({ read, tables }: Queried, name: TableName): Lookup {
  const columns = getTableColumns(tables[name]) as Record<string, Column>;
  const conditions = specOf(name).key.map((property, n) => {
    const column = columns[property]!;
    // A placeholder by itself would be handed to the driver as it comes.
    return eq(column, sql.param(sql.placeholder(String(n)), column));
  });
  const query = read
    .select()
    .from(tables[name] as Tables['request'])
    .where(and(...conditions));
  // PostgreSQL knows a prepared statement by its name; SQLite's builder asks for none.
  return (query as unknown as { prepare(statement: string): Lookup }).prepare(`row of ${name}`);
}
