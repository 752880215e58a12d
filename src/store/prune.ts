import { getTableName } from 'drizzle-orm';
import type { Instants, PrunableTable } from './store.ts';
import { specOf } from './catalogue.ts';
import { shapeOf } from './shape.ts';
import type { Tables } from './tables.ts';

/** The statement that removes some rows; `$1` and `$2`, or `?` and `?`, are the instant and the number. */
export function pruning<N extends PrunableTable>(
  tables: Tables,
  table: N,
  column: Instants<N>,
  placeholders: readonly [string, string],
): string {
  const shape = shapeOf(table, tables[table] as never);
  const name = `"${getTableName(tables[table])}"`;
  const key = specOf(table)
    .key.map((property) => shape.quoted(property))
    .join(', ');
  const [before, atMost] = placeholders;
  return `delete from ${name} where ${key} in (select ${key} from ${name} where ${shape.quoted(column)} < ${before} limit ${atMost})`;
}
