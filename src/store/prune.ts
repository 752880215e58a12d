import { getTableName } from 'drizzle-orm';
import { specOf } from './catalogue.ts';
import { shapeOf } from './shape.ts';
import type { Instants, PrunableTable } from './store.ts';
import type { Tables } from './tables.ts';

export type Pruning = {
  /** Finds the keys of some rows; its parameters are the instant and the number. */
  readonly find: string;
  /** Removes the rows with these keys, unless they have changed since; its parameters are the keys and the instant. */
  readonly remove: string;
};

/** The statements that remove rows on PostgreSQL: by key, as a distributed database wants it. */
export function pruningByKey<N extends PrunableTable>(tables: Tables, table: N, column: Instants<N>): Pruning {
  const { name, key, instant, keyType } = namesOf(tables, table, column);
  return {
    find: `select ${key} as "key" from ${name} where ${instant} < $1 limit $2`,
    remove: `delete from ${name} where ${key} = any($1::${keyType}[]) and ${instant} < $2`,
  };
}

/** The statement that removes rows on SQLite; its parameters are the instant and the number. */
export function pruning<N extends PrunableTable>(tables: Tables, table: N, column: Instants<N>): string {
  const { name, key, instant } = namesOf(tables, table, column);
  return `delete from ${name} where ${key} in (select ${key} from ${name} where ${instant} < ? limit ?)`;
}

function namesOf<N extends PrunableTable>(tables: Tables, table: N, column: Instants<N>) {
  const shape = shapeOf(table, tables[table] as never);
  const [property] = specOf(table).key;
  return {
    name: `"${getTableName(tables[table])}"`,
    key: shape.quoted(property!),
    keyType: shape.columnOf(property!).sqlType,
    instant: shape.quoted(column),
  };
}
