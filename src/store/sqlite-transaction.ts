/**
 * The inside of a write transaction on SQLite: prepared statements, each run row by row. A look-up there is a function call, not a round
 * trip, so many keys are many calls of one statement; Drizzle's own prepared queries cost twice as much on this path.
 */
import Database from 'better-sqlite3';
import { type Key, keyOf, keyText } from './catalogue.ts';
import { type ColumnShape, type Shape, shapeOf } from './shape.ts';
import { sqliteTables } from './sqlite-tables.ts';
import { Conflict, type Tx } from './store.ts';
import type { Row, TableName } from './tables.ts';

/** Access to the tables on the writing connection, within its transactions. */
export type Writing = {
  readonly tx: Tx;
  /** Validates the cached rows: at the beginning of a transaction, when nobody else can write any more. */
  begun(): void;
  /** Forgets the rows read in a transaction that was rolled back. */
  undone(): void;
};

export function writingOf(writer: Database.Database): Writing {
  const remembered = new Map<TableName, Map<string, unknown[]>>();
  const access = new Map<TableName, Access>();
  const accessTo = (table: TableName) => access.getOrInsertComputed(table, (name) => accessOf(writer, name, remembered));
  const { day } = sqliteTables.businessDay;
  const lastClosed = writer.prepare('select max(day) from business_day').pluck();
  const othersWrites = writer.prepare('pragma data_version').pluck();
  let seen = othersWrites.get();
  return {
    tx: {
      byKey: async (table, keys) => keys.flatMap((key) => accessTo(table).byKey(key)) as Row<typeof table>[],
      byGroup: async (table, group, keys) => keys.flatMap((key) => accessTo(table).byGroup(group, key)) as Row<typeof table>[],
      lastClosedDay: async () => day.mapFromDriverValue(lastClosed.get()) as string,
      write: async (table, rows) => accessTo(table).write(rows),
      blank: async (table, rows) => accessTo(table).blank(rows),
      add: async (table, rows) => accessTo(table).add(rows),
    },
    begun() {
      const now = othersWrites.get();
      if (now !== seen) remembered.clear();
      seen = now;
    },
    undone: () => remembered.clear(),
  };
}

type Access = {
  byKey(key: Key): unknown[];
  byGroup(group: string, key: Key): unknown[];
  write(rows: readonly object[]): void;
  blank(rows: readonly object[]): void;
  add(rows: readonly object[]): void;
};

/** Rows of small tables are cached under the text of their key until a row of their table is written: each till's command reads some. */
function accessOf(writer: Database.Database, name: TableName, remembered: Map<TableName, Map<string, unknown[]>>): Access {
  const shape = shapeOf(name, sqliteTables[name]);
  const { byKey, byGroup } = readsOf(writer, shape);
  const { write, blank, add } = writesOf(writer, name, shape);
  if (!shape.spec.small) return { byKey, byGroup, write, blank, add };
  return {
    byGroup,
    blank,
    add,
    byKey(key) {
      const rows = remembered.getOrInsertComputed(name, () => new Map());
      const text = keyText(key);
      const known = rows.get(text);
      if (known) return known;
      const found = byKey(key);
      // A caller may send any number of keys that do not exist.
      if (found.length > 0) rows.set(text, found);
      return found;
    },
    write(rows) {
      remembered.delete(name);
      write(rows);
    },
  };
}

function readsOf<N extends TableName>(writer: Database.Database, shape: Shape<N>): Pick<Access, 'byKey' | 'byGroup'> {
  const { spec, columns } = shape;
  const from = `select ${columns.map(selected).join(', ')} from ${shape.table} where`;
  const selectByKey = writer.prepare(`${from} ${shape.matches(spec.key)}`).raw();
  const selectByGroup = new Map(
    Object.entries(spec.groups ?? {}).map(([group, { columns: of, positive }]) => [
      group,
      { of, statement: writer.prepare(`${from} ${shape.matches(of)}${positive ? ` and ${shape.quoted(positive)} > 0` : ''}`).raw() },
    ]),
  );
  const rowsOf = (statement: Database.Statement, of: readonly string[], key: Key) =>
    statement.all(shape.encodeKey(of, key)).map((values) => shape.decode(values as unknown[]));
  return {
    byKey: (key) => rowsOf(selectByKey, spec.key, key),
    byGroup(group, key) {
      const { of, statement } = selectByGroup.get(group)!;
      return rowsOf(statement, of, key);
    },
  };
}

/** A column as the writer reads it: bytes as their hex digits, which cost half as much as a Buffer. */
function selected({ name, sqlType, nullable }: ColumnShape): string {
  const column = `"${name}"`;
  if (sqlType !== 'blob') return column;
  // For null, SQLite's `hex` would give an empty text.
  return nullable ? `iif(${column} is null, null, lower(hex(${column})))` : `lower(hex(${column}))`;
}

/**
 * Existing rows are updated first, because this costs less than an insert with a conflict: versioned rows whose version shows that they
 * exist, and sums, because balances are rarely new.
 */
function writesOf<N extends TableName>(writer: Database.Database, name: N, shape: Shape<N>): Pick<Access, 'write' | 'blank' | 'add'> {
  const { spec, columns } = shape;
  const insert = `insert into ${shape.table} (${shape.list}) values (${columns.map(() => '?').join(', ')})`;
  const append = writer.prepare(insert);
  const replacing = shape.replaced.map((property) => `${shape.quoted(property)} = ?`).join(', ');
  const replace =
    spec.mode === 'versioned' &&
    writer.prepare(`update ${shape.table} set ${replacing} where ${shape.matches(shape.primaryKey)} and "version" = ? - 1`);
  const empty =
    spec.blankable &&
    writer.prepare(
      `update ${shape.table} set ${spec.blankable.map((column) => `${shape.quoted(column)} = ''`).join(', ')} where ${shape.matches(spec.key)}`,
    );
  const addOrInsert = spec.sum === undefined ? undefined : writer.prepare(insert + shape.onConflictAdd());
  const sum = spec.sum === undefined ? '' : shape.quoted(spec.sum);
  const addTo =
    spec.sum !== undefined && spec.ceiling === undefined
      ? writer.prepare(`update ${shape.table} set ${sum} = ${sum} + ? where ${shape.matches(shape.primaryKey)}`)
      : undefined;

  function inserted(statement: Database.Statement, row: Row<N>): boolean {
    try {
      return statement.run(shape.encode(row)).changes === 1;
    } catch (error) {
      const code = error instanceof Database.SqliteError ? error.code : '';
      if (code === 'SQLITE_CONSTRAINT_PRIMARYKEY' || (code === 'SQLITE_CONSTRAINT_CHECK' && spec.ceiling !== undefined)) return false;
      throw error;
    }
  }

  function written(row: Row<N>): boolean {
    if (!replace || (row as Row<'voucher'>).version === 1) return inserted(append, row);
    return replace.run(shape.encodeOnly([...shape.replaced, ...shape.primaryKey, 'version'], row)).changes === 1 || inserted(append, row);
  }

  function added(row: Row<N>): boolean {
    if (addTo && addTo.run(shape.encodeOnly([spec.sum!, ...shape.primaryKey], row)).changes === 1) return true;
    return inserted(addOrInsert!, row);
  }

  function each(rows: readonly object[], done: (row: Row<N>) => boolean): void {
    for (const row of rows as readonly Row<N>[]) if (!done(row)) throw new Conflict(name, [keyOf(name, row)]);
  }

  const blanked = (row: Row<N>) => empty!.run(shape.encodeKey(spec.key, keyOf(name, row))).changes === 1;
  return { write: (rows) => each(rows, written), blank: (rows) => each(rows, blanked), add: (rows) => each(rows, added) };
}
