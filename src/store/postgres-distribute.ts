import { specOf, writeOrder } from './catalogue.ts';
import { asOwner } from './postgres-connection.ts';
import { postgresTables, tableName } from './postgres-tables.ts';
import { shapeOf } from './shape.ts';
import { StoreUnusable } from './store.ts';
import type { TableName } from './tables.ts';
import { nameOf } from './url.ts';

/**
 * The statements that spread the tables over the nodes of a Citus cluster: what is small stands on every node, everything else by the first
 * column of its key, by which all of it is found. Small tables come first, since foreign keys lead to them.
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

/** Carries them out, in a database where the extension is there and the tables are empty. */
export function distribute(url: string): Promise<void> {
  return asOwner(url, async (client) => {
    const { rows } = await client.query("select from pg_extension where extname = 'citus'");
    if (rows.length === 0) throw new StoreUnusable(`${nameOf(url)} is not a Citus database: it lacks the extension citus`);
    for (const statement of distribution()) await client.query(statement);
  });
}
