import { getTableColumns } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { columnsOf } from '../../src/store/columns.ts';
import type { TableName } from '../../src/store/index.ts';
import { sqliteTables } from '../../src/store/sqlite-tables.ts';

it.each(Object.keys(sqliteTables) as TableName[])('the facts of %s are those of its table, in its order', (table) => {
  const built = Object.entries(getTableColumns(sqliteTables[table]));
  const facts = columnsOf(table).map(({ property, name, nullable }) => ({ property, name, nullable }));
  expect(facts).toEqual(built.map(([property, column]) => ({ property, name: column.name, nullable: !column.notNull })));
});
