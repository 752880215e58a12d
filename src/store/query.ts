import { and, type Column, eq, getTableColumns, isNull, sql, type SQL } from 'drizzle-orm';
import { type Key, specOf } from './catalogue.ts';
import { arrayLiteral } from './postgres-array.ts';
import type { View } from './store.ts';
import type { Row, TableName, Tables } from './tables.ts';

/** The rows of a page: at most `limit`, after the key with which the last page ended. Queries return one row more. */
export type Page<K = string> = { readonly limit: number; readonly after?: K | undefined };

/** The rows of a community, or those of the street office, which belong to none (null). */
export function ofOffice(column: Column, communityId: string | null): SQL {
  return communityId === null ? isNull(column) : eq(column, communityId);
}

/** Reads more rows than fit into memory, a page at a time: `fetch` returns the rows after `last`, and none at the end. */
export async function* pages<R>(fetch: (last: R | undefined) => Promise<R[]>): AsyncGenerator<R[]> {
  for (let rows = await fetch(undefined); rows.length > 0; rows = await fetch(rows.at(-1))) yield rows;
}

type Queried = Pick<View, 'read' | 'tables'>;
type Prepared<R> = { execute(values?: Record<string, unknown>): Promise<R> };

/**
 * A query with placeholders that is run again and again: built once for each connection or pool, because building costs more than running,
 * and known by its name. A placeholder is `placed(name, column)`: without the column the driver would get its value unconverted.
 */
export function preparing<V extends Queried, R>(name: string, build: (view: V) => PromiseLike<R>): (view: V) => Prepared<R> {
  const made = new WeakMap<View['read'], Prepared<R>>();
  // PostgreSQL knows a prepared statement by its name; SQLite's builder needs none.
  return (view) => made.getOrInsertComputed(view.read, () => (build(view) as unknown as Preparable<R>).prepare(name));
}

type Preparable<R> = { prepare(name: string): Prepared<R> };

/** A value of a column that is given when the query is run. */
export function placed(name: string, column: Column): SQL {
  return sql`${sql.param(sql.placeholder(name), column)}`;
}

/**
 * Whether a column has one of these values, of any number: they are one parameter, so that statements do not differ by the number of their
 * values. SQLite keeps every statement until JavaScript throws it away, and an audit would make one for each of its pages.
 */
export function isOneOf({ engine }: Pick<View, 'engine'>, column: Column, values: readonly unknown[]): SQL {
  const type = column.getSQLType();
  const encoded = values.map((value) => column.mapToDriverValue(value));
  if (engine === 'postgres') return sql`${column} = any(${arrayLiteral(type, encoded)}::${sql.raw(type)}[])`;
  if (type !== 'blob') return sql`${column} in (select value from json_each(${JSON.stringify(encoded)}))`;
  const digits = (encoded as Uint8Array[]).map((bytes) => bytes.toHex());
  return sql`${column} in (select unhex(value) from json_each(${JSON.stringify(digits)}))`;
}

/** The rows of a table whose key is one of these ids, by id, in one read. An id without a row is skipped. */
export async function rowsById<N extends TableName>(view: View, table: N, ids: readonly string[]): Promise<Map<string, Row<N>>> {
  if (ids.length === 0) return new Map();
  const [property] = specOf(table).key;
  const column = (getTableColumns(view.tables[table]) as Record<string, Column>)[property!]!;
  const rows = await view.read
    .select()
    .from(view.tables[table] as Tables['request'])
    .where(isOneOf(view, column, [...new Set(ids)]));
  return new Map((rows as unknown as Row<N>[]).map((row) => [row[property!] as string, row]));
}

const lookups = new Map<TableName, (view: Queried) => Prepared<unknown[]>>();

/** The row with a key, or undefined if there is none. */
export async function rowByKey<N extends TableName>(view: Queried, table: N, ...key: Key): Promise<Row<N> | undefined> {
  const lookup = lookups.getOrInsertComputed(table, lookupIn);
  const rows = await lookup(view).execute(Object.fromEntries(key.entries()));
  return rows[0] as Row<N> | undefined;
}

function lookupIn(name: TableName): (view: Queried) => Prepared<unknown[]> {
  return preparing(`row of ${name}`, ({ read, tables }) => {
    const columns = getTableColumns(tables[name]) as Record<string, Column>;
    const conditions = specOf(name).key.map((property, n) => eq(columns[property]!, placed(String(n), columns[property]!)));
    return read
      .select()
      .from(tables[name] as Tables['request'])
      .where(and(...conditions));
  });
}
