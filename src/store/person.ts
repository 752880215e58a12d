/** Which rows belong to a person, and what they are once the person is erased: both follow from the catalogue and the kinds of the columns. */
import { and, asc, type Column as DrizzleColumn, eq, getTableColumns, inArray, isNull, or, sql, type SQL } from 'drizzle-orm';
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
export function rowsMentioning<N extends TableName>(
  view: View,
  table: N,
  residentId: string | undefined,
  limit: number,
): AsyncGenerator<Row<N>[]> {
  const own = columnsIn(view, table);
  const key = specOf(table).key.map((property) => own[property]!);
  const named = residentId === undefined ? undefined : inArray(key[0]!, idsNaming(view, table, residentId));
  const nobodys = and(...personColumns(table).map((property) => isNull(own[property]!)));
  return pages<Row<N>>(async (before) => {
    const rows = await view.read
      .select()
      .from(tableIn(view, table))
      .where(and(nobodys, named, before && beyond(key, keyOf(table, before))))
      .orderBy(...key.map((column) => asc(column)))
      .limit(limit);
    return rows as unknown as Row<N>[];
  });
}

/** The query for the ids of the rows in which a person stands beside others. */
function idsNaming(view: View, table: TableName, residentId: string) {
  const [people, column] = specOf(table).people!;
  const columns = columnsIn(view, people);
  const theirs = or(...personColumns(people).map((property) => eq(columns[property]!, residentId)));
  return view.read
    .select({ id: columns[column] as Tables['request']['key'] })
    .from(tableIn(view, people))
    .where(theirs);
}

/** The rows of a table that belong to one of these residents, a page at a time, in the order of its key. */
export function rowsOfPersons<N extends TableName>(
  view: View,
  table: N,
  residentIds: readonly string[],
  limit: number,
): AsyncGenerator<Row<N>[]> {
  const own = columnsIn(view, table);
  const key = specOf(table).key.map((property) => own[property]!);
  const path = pathToPerson(table)!;
  const last = path.at(-1)?.[1] ?? table;
  const theirs = or(...personColumns(last).map((property) => isOneOf(view, columnsIn(view, last)[property]!, residentIds)));
  return pages<Row<N>>(async (before) => {
    let query = view.read
      .select(own as Tables['request']['_']['columns'])
      .from(tableIn(view, table))
      .$dynamic();
    let from: TableName = table;
    for (const [column, to] of path) {
      query = query.innerJoin(tableIn(view, to), eq(columnsIn(view, from)[column]!, columnsIn(view, to)[specOf(to).key[0]!]!));
      from = to;
    }
    const rows = await query
      .where(and(theirs, before && beyond(key, keyOf(table, before))))
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
