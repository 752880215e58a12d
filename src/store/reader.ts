/** Reads of rows by key and by group on a connection that only reads, as a write transaction does them. */
import { and, type Column, eq, getTableColumns, gt, or, type SQL } from 'drizzle-orm';
import { type Key, specOf } from './catalogue.ts';
import { isOneOf } from './query.ts';
import type { Tx, View } from './store.ts';
import type { Row, TableName, Tables } from './tables.ts';

/** The reads with which a command's facts are loaded. */
export type Reader = Pick<Tx, 'byKey' | 'byGroup'>;

/** Reads without any lock: the rows may change meanwhile. */
export function readerOf(view: View): Reader {
  async function rows<N extends TableName>(table: N, condition: (columns: Record<string, Column>) => SQL | undefined): Promise<Row<N>[]> {
    const columns = getTableColumns(view.tables[table]) as Record<string, Column>;
    const found = await view.read
      .select()
      .from(view.tables[table] as Tables['request'])
      .where(condition(columns));
    return found as unknown as Row<N>[];
  }

  return {
    byKey: (table, keys) => rows(table, (columns) => isOneOfKeys(view, columns, specOf(table).key, keys)),
    byGroup(table, group, keys) {
      const spec = specOf(table).groups![group]!;
      const positive = (columns: Record<string, Column>) => spec.positive && gt(columns[spec.positive]!, 0);
      return rows(table, (columns) => and(isOneOfKeys(view, columns, spec.columns, keys), positive(columns)));
    },
  };
}

/** Whether these columns have the values of one of these keys. */
function isOneOfKeys(view: View, columns: Record<string, Column>, names: readonly string[], keys: readonly Key[]): SQL | undefined {
  if (names.length > 1) return or(...keys.map((key) => and(...names.map((name, n) => eq(columns[name]!, key[n])))));
  return isOneOf(
    view,
    columns[names[0]!]!,
    keys.map(([value]) => value),
  );
}
