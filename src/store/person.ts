/** Which rows belong to a person, and what they are once the person is erased: both follow from the catalogue and the kinds of the columns. */
import { and, asc, type Column as DrizzleColumn, getTableColumns, isNull, or, sql, type SQL } from 'drizzle-orm';
import { keyOf, specOf, writeOrder } from './catalogue.ts';
import { type Column, columnsOf } from './columns.ts';
import { isOneOf, pages } from './query.ts';
import type { View } from './store.ts';
import type { Row, TableName, Tables } from './tables.ts';

/** The columns of a table that hold a resident's id. */
export function personColumns(table: TableName): readonly string[] {
  return columnsOf(table).flatMap((column) => (column.kind === 'id' && column.prefix === 'res' ? [column.property] : []));
}

/** The tables from this one to the one whose column names the resident, each by the column that leads there; undefined if none does. */
export function pathToPerson(table: TableName): readonly (readonly [string, TableName])[] | undefined {
  if (personColumns(table).length > 0) return [];
  const { via } = specOf(table);
  const further = via && pathToPerson(via[1]);
  return via && further && [via, ...further];
}

/** Every table whose rows belong to somebody, in the order in which they are written. */
export const personTables: readonly TableName[] = writeOrder.filter((table) => pathToPerson(table) !== undefined);

/** The columns of a table that are emptied when the person is erased. */
export function blankColumns(table: TableName): readonly Column[] {
  const erasing: Readonly<Record<string, string>> = specOf(table).erasing ?? {};
  return columnsOf(table).filter(({ property }) => erasing[property] === 'blank');
}

/** The tables that hold something to be emptied. */
export const blankTables: readonly TableName[] = personTables.filter((table) => blankColumns(table).length > 0);

/** A row as it is once its person is erased. A missing value stays missing. */
export function blanked<N extends TableName>(table: N, row: Row<N>): Row<N> {
  const emptied = blankColumns(table).map(({ property, ...column }) => {
    const value = row[property as keyof Row<N>] as string | null;
    return [property, value === null ? null : emptyOf(table, { property, ...column }, value)];
  });
  return { ...row, ...Object.fromEntries(emptied) };
}

/** The digits that stand for the keyed hash of a number that is gone. */
const NO_HASH = '0'.repeat(32);

function emptyOf(table: TableName, column: Pick<Column, 'property' | 'kind' | 'class'>, value: string): string | null {
  const json: readonly string[] = specOf(table).json ?? [];
  if (json.includes(column.property)) return JSON.stringify(withoutTexts(JSON.parse(value)));
  if (column.kind !== 'hash') return '';
  return column.class === 'name' ? null : NO_HASH;
}

/** The columns of a row that are filled although its person is erased. */
export function filledColumns<N extends TableName>(table: N, row: Row<N>): readonly string[] {
  const empty = blanked(table, row);
  return blankColumns(table).flatMap(({ property, name }) =>
    row[property as keyof Row<N>] === empty[property as keyof Row<N>] ? [] : [name],
  );
}

const ID_OR_DAY = /^([a-z]{3}_[0-9a-f]{32}|\d{4}-\d{2}-\d{2})$/;

/** The properties of an input whose words stay, since they are ids or one of a few words; ids, days and numbers stay anyway. */
const WORDS = /(Id|^how|^kind|^status|^what|^externalReference)$/;

function withoutTexts(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return ID_OR_DAY.test(value) || WORDS.test(name) ? value : '';
  if (Array.isArray(value)) return value.map((each) => withoutTexts(each, name));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutTexts(each, key)]));
}

/** The tables with JSON that may name several people in one row. */
export const mentioningTables: readonly TableName[] = writeOrder.filter((table) => specOf(table).json !== undefined);

/**
 * A row that belongs to nobody alone, without the texts that stand beside this person's id, and without those of its own words of which
 * `naming` says that they name the person.
 */
export function blankedMentions<N extends TableName>(
  table: N,
  row: Row<N>,
  residentId: string,
  naming: (words: string) => boolean = () => false,
): Row<N> {
  const json: readonly string[] = specOf(table).json ?? [];
  const told = json.map((property) => [
    property,
    JSON.stringify(withoutMentions(JSON.parse(row[property as keyof Row<N>] as string), residentId)),
  ]);
  const words = blankColumns(table).flatMap(({ property }) => {
    const value = row[property as keyof Row<N>];
    return !json.includes(property) && typeof value === 'string' && naming(value) ? [[property, '']] : [];
  });
  return { ...row, ...Object.fromEntries([...told, ...words]) };
}

function withoutMentions(value: unknown, residentId: string): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutMentions(each, residentId));
  if (value === null || typeof value !== 'object') return value;
  if (Object.values(value).includes(residentId)) return withoutTexts(value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutMentions(each, residentId)]));
}

/** The parts of a JSON value in which this person's id stands, without those about others. */
export function mentionsOf(value: unknown, residentId: string): unknown[] {
  if (value === null || typeof value !== 'object') return [];
  if (Object.values(value).includes(residentId)) return [value];
  return Object.values(value).flatMap((each) => mentionsOf(each, residentId));
}

/** The rows of such a table that belong to nobody alone and have this person among others or, if none is given, all of them; a page at a time. */
export async function* rowsMentioning<N extends TableName>(
  view: View,
  table: N,
  residentId: string | undefined,
  limit: number,
): AsyncGenerator<Row<N>[]> {
  const own = columnsIn(view, table);
  const nobodys = and(...personColumns(table).map((property) => isNull(own[property]!)));
  if (residentId === undefined) return yield* rowsWhere(view, table, nobodys, limit);
  const [people, column] = specOf(table).people!;
  const [key] = specOf(table).key.map((property) => own[property]!);
  for await (const beside of rowsHolding(view, people, personColumns(people), [residentId], limit)) {
    const ids = beside.map((row) => row[column as keyof typeof row] as string);
    yield* rowsWhere(view, table, and(nobodys, isOneOf(view, key!, ids)), limit);
  }
}

/**
 * The rows of a table that belong to one of these residents, a page at a time; a page is in the order of the key. Rows that lead to the person
 * by others are read after these, by their keys: the two lie on different nodes of a distributed database, where nothing joins them.
 */
export async function* rowsOfPersons<N extends TableName>(
  view: View,
  table: N,
  residentIds: readonly string[],
  limit: number,
): AsyncGenerator<Row<N>[]> {
  const [via] = pathToPerson(table)!;
  if (!via) return yield* rowsHolding(view, table, personColumns(table), residentIds, limit);
  const [column, to] = via;
  const [toKey] = specOf(to).key;
  for await (const between of rowsOfPersons(view, to, residentIds, limit)) {
    const ids = between.map((row) => row[toKey as keyof typeof row] as string);
    yield* rowsHolding(view, table, [column], ids, limit);
  }
}

/** The rows of a table that have one of these ids in one of these columns. */
function rowsHolding<N extends TableName>(view: View, table: N, columns: readonly string[], ids: readonly string[], limit: number) {
  const own = columnsIn(view, table);
  return rowsWhere(view, table, or(...columns.map((property) => isOneOf(view, own[property]!, ids))), limit);
}

/** Rows of a table, a page at a time, in the order of its key. */
function rowsWhere<N extends TableName>(view: View, table: N, condition: SQL | undefined, limit: number): AsyncGenerator<Row<N>[]> {
  const own = columnsIn(view, table);
  const key = specOf(table).key.map((property) => own[property]!);
  return pages<Row<N>>(async (before) => {
    const rows = await view.read
      .select()
      .from(tableIn(view, table))
      .where(and(condition, before && beyond(key, keyOf(table, before))))
      .orderBy(...key.map((column) => asc(column)))
      .limit(limit);
    return rows as unknown as Row<N>[];
  });
}

function beyond(key: readonly DrizzleColumn[], last: readonly unknown[]): SQL {
  const columns = sql.join([...key], sql`, `);
  const values = sql.join(
    key.map((column, n) => sql`${sql.param(last[n], column)}`),
    sql`, `,
  );
  return sql`(${columns}) > (${values})`;
}

function tableIn(view: View, table: TableName): Tables['request'] {
  return view.tables[table] as unknown as Tables['request'];
}

function columnsIn(view: View, table: TableName): Record<string, DrizzleColumn> {
  return getTableColumns(view.tables[table]);
}
