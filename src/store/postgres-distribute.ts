import { specOf, writeOrder } from './catalogue.ts';
import { asOwner } from './postgres-connection.ts';
import { postgresTables, tableName } from './postgres-tables.ts';
import { shapeOf } from './shape.ts';
import { StoreUnusable } from './store.ts';
import type { TableName } from './tables.ts';
import { nameOf } from './url.ts';

/**
 * The statements that spread the tables over the nodes of a Citus cluster: small tables are on every node, all others are distributed by
 * the first column of their key, by which their rows are found. Small tables come first, since foreign keys lead to them.
 */
export function distribution(): string[] {
  const small = writeOrder.filter((table) => specOf(table).small);
  const large = writeOrder.filter((table) => !specOf(table).small);
  return [
    ...small.map((table) => `select create_reference_table('${tableName(table)}')`),
    ...large.map((table) => `select create_distributed_table('${tableName(table)}', '${distributionColumn(table)}')`),
  ];
}

function distributionColumn(table: TableName): string {
  const [first] = specOf(table).key as readonly string[];
  return shapeOf(table, postgresTables[table]).columnOf(first!).name;
}

/** Runs these statements in a database that has the extension and empty tables. */
export function distribute(url: string): Promise<void> {
  return asOwner(url, async (client) => {
    const { rows } = await client.query("select from pg_extension where extname = 'citus'");
    if (rows.length === 0) throw new StoreUnusable(`${nameOf(url)} is not a Citus database: it lacks the extension citus`);
    for (const statement of distribution()) await client.query(statement);
  });
}
