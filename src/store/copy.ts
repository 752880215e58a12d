import { asc, sql, type Column as DrizzleColumn } from 'drizzle-orm';
import { specOf, writeOrder } from './catalogue.ts';
import { pages } from './query.ts';
import { type Store, StoreUnusable, type SummedTable, type Tx, type View } from './store.ts';
import type { Row, TableName } from './tables.ts';

const PAGE = 1_000;

/** Called with the number of rows of a table that have been copied. */
export type Progress = (table: TableName, rows: number) => void;

/** Copies every row of a scheme into an empty database, as a whole or not at all. Throws `StoreUnusable` if the target is not empty. */
export async function copyRows(from: View, to: Store, tell: Progress): Promise<void> {
  if ((await to.read.$count(to.tables.request)) > 0) throw new StoreUnusable('there is a scheme already where it would be copied to');
  await to.transaction(async (tx) => {
    for (const table of writeOrder) {
      let copied = 0;
      tell(table, copied);
      for await (const rows of rowPages(from, table)) {
        await writeRows(tx, table, rows);
        copied += rows.length;
        tell(table, copied);
      }
    }
  });
}

function rowPages<N extends TableName>({ read, tables }: View, name: N): AsyncGenerator<Row<N>[]> {
  const { key, primaryKey = key } = specOf(name);
  const table = tables[name];
  const columns = primaryKey.map((property) => table[property as never] as DrizzleColumn);
  const after = (last: Row<N>) => {
    const values = primaryKey.map((property, i) => sql.param(last[property], columns[i]));
    return sql`(${sql.join(columns, sql`, `)}) > (${sql.join(values, sql`, `)})`;
  };
  return pages<Row<N>>(
    async (last) =>
      (await read
        .select()
        .from(table)
        .where(last && after(last))
        .orderBy(...columns.map((column) => asc(column)))
        .limit(PAGE)) as Row<N>[],
  );
}

/** Rows with increments are added up, so that stripes become one balance; the others are copied unchanged. */
async function writeRows<N extends TableName>(tx: Tx, table: N, rows: readonly Row<N>[]): Promise<void> {
  if (table === 'businessDay') return writeDays(tx, rows as readonly Row<'businessDay'>[]);
  const { sum, mode } = specOf(table);
  const added = (row: Row<N>) => sum !== undefined && (mode === 'counter' || (row as Row<'account'>).version === 0);
  const increments = summed(rows.filter(added) as Row<SummedTable>[]);
  const whole = rows.filter((row) => !added(row));
  if (whole.length > 0) await tx.write(table, whole);
  if (increments.length > 0) await tx.add(table as SummedTable, increments);
}

function summed(rows: readonly Row<SummedTable>[]): Row<SummedTable>[] {
  const sums = new Map<string, Row<SummedTable>>();
  for (const row of rows) {
    const before = sums.get(row.id);
    sums.set(row.id, before && 'balance' in before && 'balance' in row ? { ...before, balance: before.balance + row.balance } : row);
  }
  return [...sums.values()];
}

/** The day before all others is in every database from the beginning. */
async function writeDays(tx: Tx, rows: readonly Row<'businessDay'>[]): Promise<void> {
  const zero = await tx.lastClosedDay();
  const days = rows.filter(({ day }) => day !== zero);
  if (days.length > 0) await tx.write('businessDay', days);
}
