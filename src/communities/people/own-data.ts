/** Everything that is held about one person, read by the catalogue: a table that is new joins by itself. */
import {
  type Column,
  columnsOf,
  mentioningTables,
  mentionsOf,
  personTables,
  type Row,
  rowsMentioning,
  rowsOfPersons,
  specOf,
  type TableName,
  type View,
} from '../../store/index.ts';

/** Rows at a time. */
const PAGE = 500;

/** A row of a person, by the names of its columns. Instants are epoch milliseconds. */
export type OwnRow = { readonly table: TableName; readonly values: ReadonlyMap<Column, unknown> };

/** The mask in the place of another resident's id. */
const ANOTHER = 'res_…';

/**
 * Every row with this person's id, table by table; without secrets and hashes, and without the ids of other residents. Where others are
 * in a row, too, only the part about this person is told.
 */
export async function* ownData(view: View, residentId: string): AsyncGenerator<OwnRow> {
  for (const table of personTables) {
    for await (const rows of rowsOfPersons(view, table, [residentId], PAGE)) {
      for (const row of rows) yield { table, values: valuesOf(table, row, residentId) };
    }
    if (!mentioningTables.includes(table)) continue;
    for await (const rows of rowsMentioning(view, table, residentId, PAGE)) {
      for (const row of rows) yield { table, values: valuesOf(table, aboutOnly(table, row, residentId), residentId) };
    }
  }
}

function aboutOnly<N extends TableName>(table: N, row: Row<N>, residentId: string): Row<N> {
  const about = (specOf(table).json ?? []).map((property) => [
    property,
    JSON.stringify(mentionsOf(JSON.parse(row[property] as string), residentId)),
  ]);
  return { ...row, ...Object.fromEntries(about) };
}

function valuesOf<N extends TableName>(table: N, row: Row<N>, residentId: string): Map<Column, unknown> {
  const json: readonly string[] = specOf(table).json ?? [];
  const shown = columnsOf(table).filter(({ kind, property }) => kind !== 'hash' && kind !== 'secret' && property !== 'version');
  return new Map(
    shown.map((column) => {
      const value = row[column.property as keyof Row<N>];
      const told = json.includes(column.property) && typeof value === 'string' ? withoutSecrets(JSON.parse(value), residentId) : value;
      return [column, othersMasked(told, residentId)];
    }),
  );
}

function othersMasked(value: unknown, residentId: string): unknown {
  return typeof value === 'string' && /^res_[0-9a-f]{32}$/.test(value) && value !== residentId ? ANOTHER : value;
}

/** A stored input without what is sealed or hashed in it. */
function withoutSecrets(value: unknown, residentId: string): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutSecrets(each, residentId));
  if (value === null || typeof value !== 'object') return othersMasked(value, residentId);
  const told = Object.entries(value).filter(([name]) => !/(Sealed|Hash)$/.test(name));
  return Object.fromEntries(told.map(([name, each]) => [name, withoutSecrets(each, residentId)]));
}
