import { sqliteKit } from './kit.ts';
import { shapeOf } from './shape.ts';
import { type TableName, tables as buildTables, walletPostings } from './tables.ts';

export const sqliteTables = buildTables(sqliteKit);
export const sqliteWalletPostings = walletPostings(sqliteKit.bytes);

const fixed = new Map((Object.keys(sqliteTables) as TableName[]).map((table) => [table, shapeOf(table, sqliteTables[table]).fixed]));

/** The columns of a table that no new version of a row may change, on either engine: its key, and the columns in an index. */
export function fixedColumns(table: TableName): readonly string[] {
  return fixed.get(table)!;
}
