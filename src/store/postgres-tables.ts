import { getTableName } from 'drizzle-orm';
import { postgresKit } from './kit.ts';
import { type TableName, tables as buildTables, walletPostings } from './tables.ts';

export const postgresTables = buildTables(postgresKit);
export const postgresWalletPostings = walletPostings(postgresKit.bytes);

/** A table's name in statements. */
export function tableName(table: TableName): string {
  return `"${getTableName(postgresTables[table])}"`;
}
