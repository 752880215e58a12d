import { getTableConfig as postgresConfig, PgDialect, type PgTable } from 'drizzle-orm/pg-core';
import { getTableConfig as sqliteConfig, type SQLiteTable, SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import type { SQL } from 'drizzle-orm';
import { expect, it } from 'vitest';
import * as postgres from '../../src/store/schema.postgres.ts';
import * as sqlite from '../../src/store/schema.sqlite.ts';
import { writeOrder } from '../../src/store/index.ts';

/** Which PostgreSQL type holds what a SQLite type holds. */
const types: Record<string, readonly string[]> = { text: ['text'], integer: ['bigint', 'date'], blob: ['uuid', 'bytea'] };

type Named = { readonly name: string };
type Config = {
  readonly name: string;
  readonly columns: readonly (Named & {
    notNull: boolean;
    primary: boolean;
    hasDefault: boolean;
    isUnique: boolean;
    getSQLType(): string;
  })[];
  readonly primaryKeys: readonly { readonly columns: readonly Named[] }[];
  readonly checks: readonly { readonly name: string; readonly value: SQL }[];
  readonly indexes: readonly {
    config: { name?: string | undefined; unique?: boolean; columns: readonly unknown[]; where?: SQL | undefined };
  }[];
  readonly foreignKeys: readonly {
    reference(): { columns: readonly Named[]; foreignColumns: readonly Named[] };
    onDelete?: string | undefined;
  }[];
};

function names(columns: readonly unknown[]): string[] {
  return columns.map((column) => (column as Named).name);
}

/** Everything about a table but its columns' types, as plain data. */
function shapeOf(config: Config, textOf: (sql: SQL) => string) {
  return {
    name: config.name,
    columns: config.columns.map(({ name, notNull, primary, hasDefault, isUnique }) => ({ name, notNull, primary, hasDefault, isUnique })),
    primaryKeys: config.primaryKeys.map(({ columns }) => names(columns)),
    checks: config.checks.map(({ name, value }) => ({ name, text: textOf(value) })),
    indexes: config.indexes.map(({ config: { name, columns, where, unique } }) => ({
      name,
      columns: names(columns),
      where: where && textOf(where),
      unique: unique ?? false,
    })),
    foreignKeys: config.foreignKeys.map((key) => {
      const { columns, foreignColumns } = key.reference();
      return { columns: names(columns), foreign: names(foreignColumns), cascades: key.onDelete === 'cascade' };
    }),
  };
}

const ours: Record<string, SQLiteTable> = { ...sqlite };
const theirs = { ...postgres } as unknown as Record<string, PgTable>;
const tables = Object.keys(ours);

it('both schemas have the same tables, and the catalogue knows them all', () => {
  expect(tables.length).toBeGreaterThan(20);
  expect(Object.keys(theirs).toSorted()).toEqual(tables.toSorted());
  expect([...writeOrder].toSorted()).toEqual(tables.toSorted());
});

it.each(tables)('%s is the same table in SQLite and in PostgreSQL', (name) => {
  const inSqlite = sqliteConfig(ours[name]!);
  const inPostgres = postgresConfig(theirs[name]!);
  const sqliteShape = shapeOf(inSqlite, (sql) => new SQLiteSyncDialect().sqlToQuery(sql).sql);
  // Bytes are written differently.
  const postgresShape = shapeOf(inPostgres, (sql) => new PgDialect().sqlToQuery(sql).sql.replaceAll(/'\\x([0-9a-f]+)'::bytea/g, "x'$1'"));
  expect(sqliteShape.columns.length).toBeGreaterThan(0);
  expect(postgresShape).toEqual(sqliteShape);
  for (const [i, column] of inSqlite.columns.entries()) {
    expect(types[column.getSQLType()], `${name}.${column.name}`).toContain(inPostgres.columns[i]!.getSQLType());
  }
});

it('nothing cascades: a rebuilt table would delete its children', () => {
  const rules = tables.flatMap((name) => sqliteConfig(ours[name]!).foreignKeys.map(({ onDelete }) => onDelete));
  expect(rules.length).toBeGreaterThan(5);
  expect(rules.filter((rule) => rule === 'cascade')).toEqual([]);
});
