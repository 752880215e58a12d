/**
 * Rows on the wire, from the table's own description: `codecOf('resident', ['id', 'name', 'registeredAt'])` gives the fields of a schema
 * (`shape`) and the function that makes them from a row (`present`). A column's name and kind stand only in `src/store/tables`.
 */
import { z } from 'zod';
import { type Column, columnsOf, type Row, type TableName } from '../../store/index.ts';
import type { SnakeCase, WireValue } from './names.ts';
import { communityId, count, day, id, rfc3339, time } from './wire.ts';

type Property<N extends TableName> = keyof Row<N> & string;

/** The difference of a field from its column: its description, or a schema for values that are not null. */
type Difference = string | z.ZodType;
type Differences<N extends TableName> = { readonly [P in Property<N>]?: string | z.ZodType<NonNullable<WireValue<P, Row<N>[P]>>> };

type Field<Value, D> = D extends z.ZodType ? z.output<D> | Extract<Value, null> : Value;
/** The result of `present` for a row: the columns of `P` as the table defines them, and the properties of `D` with their differences. */
export type Presented<N extends TableName, P extends Property<N>, D> = {
  [Q in P | (keyof D & Property<N>) as SnakeCase<Q>]: Field<WireValue<Q, Row<N>[Q]>, Q extends keyof D ? D[Q] : unknown>;
};

export type Codec<N extends TableName, T> = {
  /** The fields of a response's schema, by their names on the wire, in the order of the table. */
  readonly shape: { readonly [F in keyof T]: z.ZodType<T[F], T[F]> };
  readonly present: (row: Row<N>) => T;
};

/**
 * The codec of the named columns of a table. `differs` holds further columns: each with its description if only that differs, or with a
 * schema, which is made nullable if the column is. Throws for a column that the table does not have, or that must not be shown.
 */
export function codecOf<N extends TableName, P extends Property<N>, D extends Differences<N> = object>(
  table: N,
  plain: readonly P[],
  differs?: D & Record<Exclude<keyof D, Property<N>>, never>,
): Codec<N, Presented<N, P, D>> {
  const differences: Readonly<Record<string, Difference | undefined>> = differs ?? {};
  const asked = new Set<string>([...plain, ...Object.keys(differences)]);
  const columns = columnsOf(table).filter(({ property }) => asked.delete(property));
  if (asked.size > 0) throw new Error(`${table} has no column ${[...asked].join(', ')}`);
  const shape = Object.fromEntries(columns.map((column) => [column.name, schemaOf(table, column, differences[column.property])]));
  const steps = columns.map(({ property, name, kind }) => [property as Property<N>, name, kind === 'instant'] as const);
  function present(row: Row<N>) {
    const presented: Record<string, unknown> = {};
    for (const [property, name, isInstant] of steps) {
      const value = row[property];
      presented[name] = isInstant && value !== null ? rfc3339(value as number) : value;
    }
    return presented as Presented<N, P, D>;
  }
  return { shape: shape as Codec<N, Presented<N, P, D>>['shape'], present };
}

function schemaOf(table: TableName, column: Column, differs: Difference | undefined): z.ZodType {
  const { property, kind } = column;
  if (kind === 'hash' || kind === 'secret') throw new Error(`${table}.${property} is a ${kind}, which is for nobody to see`);
  const schema = typeof differs === 'object' ? differs : kind === 'id' ? id(column.prefix) : kinds[kind];
  const nullable = column.nullable ? schema.nullable() : schema;
  return typeof differs === 'string' ? nullable.meta({ description: differs }) : nullable;
}

const kinds = {
  communityId,
  anyId: z.string(),
  text: z.string(),
  integer: count,
  points: count.meta({ description: 'Points.' }),
  fen: count.meta({ description: 'Fen: 1/100 yuan.' }),
  instant: time,
  day,
};
