/** The writer's view of a table: its columns in code and database, and the ends of its statements that both engines share. */
import { type Column as DrizzleColumn, getTableColumns, getTableName, is, type Table } from 'drizzle-orm';
import { getTableConfig as postgresConfig, type PgTable } from 'drizzle-orm/pg-core';
import { getTableConfig as sqliteConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { type Key, specOf } from './catalogue.ts';
import type { Row, TableName } from './tables.ts';

/** The properties whose columns are in an index of the table. */
function indexedProperties(columns: readonly ColumnShape[], table: Table): string[] {
  const { indexes } = is(table, SQLiteTable) ? sqliteConfig(table) : postgresConfig(table as PgTable);
  const names = new Set(indexes.flatMap(({ config }) => config.columns.map((column) => (column as { name?: string }).name)));
  return columns.filter(({ name }) => names.has(name)).map(({ property }) => property);
}

type Coder = (value: never) => unknown;
export type ColumnShape = {
  readonly property: string;
  readonly name: string;
  readonly sqlType: string;
  readonly nullable: boolean;
  readonly toDriver: Coder;
  readonly fromDriver: Coder;
};

export type Shape<N extends TableName> = ReturnType<typeof shapeOf<N>>;

export function shapeOf<N extends TableName>(name: N, table: Table) {
  const spec = specOf(name);
  const columns = Object.entries(getTableColumns(table)).map(([property, column]) => columnShape(property, column));
  const byProperty = new Map(columns.map((column) => [column.property, column]));
  const quoted = (property: string) => `"${byProperty.get(property)!.name}"`;
  const quotedTable = `"${getTableName(table)}"`;
  const primaryKey: readonly string[] = spec.primaryKey ?? spec.key;
  const moves: readonly string[] = spec.moves ?? [];
  const fixed = new Set([...primaryKey, ...indexedProperties(columns, table)].filter((property) => !moves.includes(property)));
  const replaced = columns.map(({ property }) => property).filter((property) => !fixed.has(property));
  const conflict = ` on conflict (${primaryKey.map(quoted).join(', ')}) do update set `;

  return {
    spec,
    columns,
    primaryKey,
    /** The columns that a new version may change: those in an index only if they may move, because SQLite writes the index again. */
    replaced,
    /** The columns that no version may change. */
    fixed: [...fixed],
    table: quotedTable,
    /** A property's column, as it stands in a statement. */
    quoted,
    /** All columns, separated by commas. */
    list: columns.map(({ property }) => quoted(property)).join(', '),
    columnOf: (property: string) => byProperty.get(property)!,

    decode(values: readonly unknown[]): Row<N> {
      const row: Record<string, unknown> = {};
      for (let i = 0; i < columns.length; i++) {
        const value = values[i];
        row[columns[i]!.property] = value === null ? null : columns[i]!.fromDriver(value as never);
      }
      return row as Row<N>;
    },

    encode(row: Row<N>): unknown[] {
      return columns.map(({ property, toDriver }) => {
        const value = row[property as keyof Row<N>];
        return value === null ? null : toDriver(value as never);
      });
    },

    encodeOnly(properties: readonly string[], row: Row<N>): unknown[] {
      return properties.map((property) => {
        const value = row[property as keyof Row<N>];
        return value === null ? null : byProperty.get(property)!.toDriver(value as never);
      });
    },

    /** The condition that a row has certain values in these columns, as parameters. */
    matches(properties: readonly string[]): string {
      return properties.map((property) => `${quoted(property)} = ?`).join(' and ');
    },

    encodeKey(properties: readonly string[], key: Key): unknown[] {
      return properties.map((property, i) => byProperty.get(property)!.toDriver(key[i] as never));
    },

    /** The end of an insert that replaces the version before; a row that should be absent has version 1, and no row has version 0. */
    onConflictReplace(): string {
      const sets = replaced.map((property) => `${quoted(property)} = excluded.${quoted(property)}`);
      return `${conflict}${sets.join(', ')} where ${quotedTable}."version" = excluded."version" - 1`;
    },

    /** The end of an insert that adds to an existing row, unless the sum exceeds a ceiling or falls below zero. */
    onConflictAdd(): string {
      const sum = quoted(spec.sum!);
      const added = `${quotedTable}.${sum} + excluded.${sum}`;
      if (spec.ceiling === undefined) return `${conflict}${sum} = ${added}`;
      const ceiling = quoted(spec.ceiling);
      const within = `${added} >= 0 and (excluded.${ceiling} is null or ${added} <= excluded.${ceiling})`;
      return `${conflict}${sum} = ${added}, ${ceiling} = excluded.${ceiling} where ${within}`;
    },
  };
}

const same: Coder = (value) => value;

/** Drizzle's own mapping of a column, without a call if there is nothing to map. */
function columnShape(property: string, column: DrizzleColumn): ColumnShape {
  const maps = column.columnType.endsWith('CustomColumn');
  return {
    property,
    name: column.name,
    sqlType: column.getSQLType(),
    nullable: !column.notNull,
    toDriver: maps ? (value) => column.mapToDriverValue(value) : same,
    fromDriver: maps ? (value) => column.mapFromDriverValue(value) : same,
  };
}
