/** The two databases as their migrations make them, each by its own catalogue. */
import { expect, it } from 'vitest';
import { openStore } from '../../src/store/index.ts';
import { freshDatabase, freshFile } from '../support/database.ts';
import { type Raw, rawOf, type RawRow } from '../support/raw.ts';

type Column = { readonly name: string; readonly type: string; readonly required: boolean };
type Table = { readonly columns: readonly Column[]; readonly key: readonly string[]; readonly constraints: readonly string[] };
type Schema = Readonly<Record<string, Table>>;

/** Which PostgreSQL types hold what a SQLite type holds. */
const held: Readonly<Record<string, readonly string[]>> = { TEXT: ['text'], INTEGER: ['bigint', 'date'], BLOB: ['uuid', 'bytea'] };

const text = (value: unknown) => String(value);
const namesOf = (rows: readonly RawRow[]) => rows.map(({ name }) => text(name));

/** Each table by its name. Drizzle's own, and SQLite's, are no part of the schema. */
async function schemaOf(tables: readonly RawRow[], describe: (table: RawRow) => Promise<Table>): Promise<Schema> {
  const schema: Record<string, Table> = {};
  for (const table of tables) {
    const name = text(table['name']);
    if (!/^(sqlite_|__drizzle)/.test(name)) schema[name] = await describe(table);
  }
  return schema;
}

async function sqliteSchema(raw: Raw): Promise<Schema> {
  return schemaOf(await raw.rows("select name, sql from sqlite_master where type = 'table' order by name"), async ({ name, sql }) => {
    const columns = await raw.rows(`select name, type, "notnull", pk from pragma_table_info('${text(name)}') order by cid`);
    const unique = await raw.rows(`select name from pragma_index_list('${text(name)}') where "unique" = 1 and origin <> 'pk'`);
    const checks = text(sql).matchAll(/constraint\s+["`](\w+)["`]\s+check/gi);
    return {
      columns: columns.map((column) => ({
        name: text(column['name']),
        type: text(column['type']).toUpperCase(),
        required: column['notnull'] === 1,
      })),
      key: namesOf(columns.filter(({ pk }) => pk !== 0).toSorted((a, b) => Number(a['pk']) - Number(b['pk']))),
      constraints: [...namesOf(unique), ...Array.from(checks, ([, check]) => check!)].toSorted(),
    };
  });
}

async function postgresSchema(raw: Raw): Promise<Schema> {
  const tables = await raw.rows(
    "select relname as name, oid from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace",
  );
  return schemaOf(tables, async ({ oid }) => {
    const columns = await raw.rows(`select attname as name, format_type(atttypid, atttypmod) as type, attnotnull as required
      from pg_attribute where attrelid = ${text(oid)} and attnum > 0 and not attisdropped order by attnum`);
    const key = await raw.rows(`select attname as name from pg_index
      cross join unnest(indkey) with ordinality as k (attnum, place) join pg_attribute on attrelid = indrelid and pg_attribute.attnum = k.attnum
      where indrelid = ${text(oid)} and indisprimary order by place`);
    const constraints = await raw.rows(`select conname as name from pg_constraint where conrelid = ${text(oid)} and contype in ('c', 'u')
      union select relname from pg_index join pg_class on pg_class.oid = indexrelid where indrelid = ${text(oid)} and indisunique and not indisprimary`);
    return {
      columns: columns.map((column) => ({ name: text(column['name']), type: text(column['type']), required: column['required'] === true })),
      key: namesOf(key),
      constraints: namesOf(constraints).toSorted(),
    };
  });
}

function withoutTypes({ columns, ...table }: Table) {
  return { ...table, columns: columns.map(({ name, required }) => ({ name, required })) };
}

async function schemas(): Promise<{ sqlite: Schema; postgres: Schema }> {
  const file = freshFile();
  await (await openStore(file.url)).close();
  const copy = await freshDatabase();
  return { sqlite: await sqliteSchema(await rawOf(file)), postgres: await postgresSchema(await rawOf(copy)) };
}

it('both databases have the same tables, with the same columns, keys and constraints', async () => {
  const { sqlite, postgres } = await schemas();
  const tables = Object.entries(sqlite);
  expect(tables.length).toBeGreaterThan(20);
  expect(tables.flatMap(([, { constraints }]) => constraints)).toContain('account_wallet_floor');
  expect(tables.filter(([, { key }]) => key.length === 0)).toEqual([]);
  expect(Object.keys(postgres).toSorted()).toEqual(Object.keys(sqlite).toSorted());
  for (const [name, table] of tables) expect(withoutTypes(postgres[name]!), name).toEqual(withoutTypes(table));
});

it('each column holds in PostgreSQL what it holds in SQLite', async () => {
  const { sqlite, postgres } = await schemas();
  for (const [name, { columns }] of Object.entries(sqlite)) {
    for (const [i, column] of columns.entries())
      expect(held[column.type], `${name}.${column.name}`).toContain(postgres[name]!.columns[i]!.type);
  }
});
