/** A scheme as an older version of the code left it: `tests/fixtures/older-scheme.json`, in a database of that version's migrations. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Column, columnsOf, hexOf, type TableName, writeOrder } from '../../src/store/index.ts';
import { tableName } from '../../src/store/postgres-tables.ts';
import type { Database } from './database.ts';
import { databaseAfter } from './older-database.ts';
import { type Raw, rawOf } from './raw.ts';
import type { Progress } from './scheme.ts';

/** The number of migrations that the older version had. */
const MIGRATIONS = 5;

/** The day before all others, which the migrations bring. */
const DAY_ZERO = '0001-01-01';

type OldRow = Readonly<Record<string, string | number | null>>;

export type OlderScheme = {
  readonly database: Database;
  /** Epoch milliseconds of its last command. */
  readonly now: number;
  readonly progress: Progress;
  /** The ids of what the tests speak of. */
  readonly named: Readonly<Record<string, string>>;
  readonly rows: Readonly<Partial<Record<TableName, readonly OldRow[]>>>;
};

/** Makes the database; nothing of this version has opened it. */
export async function olderScheme(): Promise<OlderScheme> {
  const file = join(import.meta.dirname, '../fixtures/older-scheme.json');
  const scheme = JSON.parse(readFileSync(file, 'utf8')) as Omit<OlderScheme, 'database'>;
  const database = await databaseAfter(MIGRATIONS);
  const raw = await rawOf(database);
  const places = writeOrder.filter((table) => table in scheme.rows);
  // Others lead to a community.
  for (const table of ['community', ...places.filter((each) => each !== 'community')] as const) {
    for (const row of scheme.rows[table]!) if (row['day'] !== DAY_ZERO) await raw.exec(insertOf(raw, table, row));
  }
  return { ...scheme, database };
}

function insertOf(raw: Raw, table: TableName, row: OldRow): string {
  const columns = columnsOf(table).filter(({ property }) => property in row);
  const values = columns.map((column) => literal(raw, column, row[column.property]!));
  return `insert into ${tableName(table)} (${columns.map(({ name }) => `"${name}"`).join(', ')}) values (${values.join(', ')})`;
}

/** A value as a statement writes it, by the kind of its column. */
function literal(raw: Raw, { kind }: Column, value: string | number | null): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return String(value);
  const written = {
    id: () => raw.id(value),
    anyId: () => raw.bytes(Buffer.from(value.slice(0, 3), 'latin1').toString('hex') + hexOf(value)),
    hash: () => raw.bytes(value),
    day: () => raw.day(value),
  }[kind as 'id'] as (() => string) | undefined;
  return written?.() ?? `'${value.replaceAll("'", "''")}'`;
}
