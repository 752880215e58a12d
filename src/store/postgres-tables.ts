import { getTableName } from 'drizzle-orm';
import { postgresKit } from './kit.ts';
import { type TableName, tables as buildTables } from './tables.ts';

export const postgresTables = buildTables(postgresKit);

/** A table's name in statements. */
export function tableName(table: TableName): string {
  return `"${getTableName(postgresTables[table])}"`;
}
