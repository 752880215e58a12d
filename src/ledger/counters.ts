/** The check that the counters of limits are the sums of what they count. Each folder says what its own counters should hold. */
import { between, sql } from 'drizzle-orm';
import { isOneOf, pages, type View } from '../store/index.ts';
import { type Check, type Finding, finding } from './audit.ts';

/** A counter as the rows that it counts make it: between `least` and `most`, which are nearly always the same. */
export type Counter = { readonly key: string; readonly least: number; readonly most: number; readonly what: string };

/** The counters of some limits, a page at a time, each once. */
export type Counters = (view: View) => AsyncIterable<readonly Counter[]>;

/** The row of a counter in the database. */
export type Used = { readonly id: string; readonly used: number };

/** Says of rows that nothing counts which may be there all the same. */
export type Leftovers = (view: View) => Promise<(row: Used) => boolean>;

/** The digits of a key that are its period, and the rest. */
const PERIOD_DIGITS = 8;
const REST_DIGITS = 24;

/** Rows of the database that are looked for among all counters in one pass over these. */
const ROWS_AT_ONCE = 200_000;

/** The check of all counters: those that the rows make, and the rows of `limit_use` that none of them explains. */
export function countersCheck(sources: readonly Counters[], leftovers: Leftovers): Check {
  return {
    id: 'S10',
    title: 'each counter of a limit is the sum of what it counts, and there is no other',
    run: async (view) => {
      const found = new Map<string, number>();
      let seen = 0;
      for (const counters of sources) {
        for await (const page of counters(view)) {
          const used = await usedOf(view, page);
          const off = page.map((each) => faultOf(each, used.get(each.key))).find((fault) => fault !== undefined);
          if (off !== undefined) return finding(seen, 'counters', off);
          for (const { key } of page) if (used.has(key)) found.set(periodOf(key), (found.get(periodOf(key)) ?? 0) + 1);
          seen += page.length;
        }
      }
      return unexplained(view, { sources, leftovers, found, seen });
    },
  };
}

function faultOf({ least, most, what }: Counter, used = 0): string | undefined {
  if (used >= least && used <= most) return undefined;
  return `${what}: ${used} is counted, but it comes to ${least === most ? least : `${least} to ${most}`}`;
}

async function usedOf(view: View, counters: readonly Counter[]): Promise<Map<string, number>> {
  const { limitUse } = view.tables;
  const keys = counters.map(({ key }) => key);
  const rows = await view.read
    .select({ id: limitUse.id, used: limitUse.used })
    .from(limitUse)
    .where(isOneOf(view, limitUse.id, keys));
  return new Map(rows.map(({ id, used }) => [id, used]));
}

function periodOf(key: string): string {
  return key.slice(0, PERIOD_DIGITS);
}

type Told = {
  readonly sources: readonly Counters[];
  readonly leftovers: Leftovers;
  /** By period, the counters that were found in the database. */
  readonly found: ReadonlyMap<string, number>;
  readonly seen: number;
};

/** Rows are counted by period: only where there are more than were found are they read, and looked for among all counters. */
async function unexplained(view: View, { sources, leftovers, found, seen }: Told): Promise<Finding> {
  const mayBeThere = await leftovers(view);
  for await (const rows of suspects(view, found)) {
    const left = await withoutCounted(view, rows, sources);
    const off = left.find((row) => !mayBeThere(row));
    if (off) return finding(seen, 'counters', `${off.id}: ${off.used} is counted, but nothing that is there`);
  }
  return finding(seen, 'counters', undefined);
}

/** The rows of those periods in which there are more than were found. */
async function* suspects(view: View, found: ReadonlyMap<string, number>): AsyncGenerator<Used[]> {
  let gathered: Used[] = [];
  for (const { period, rows } of await rowsByPeriod(view)) {
    if (rows === (found.get(period) ?? 0)) continue;
    for await (const page of rowsOf(view, period)) {
      gathered = gathered.concat(page);
      if (gathered.length < ROWS_AT_ONCE) continue;
      yield gathered;
      gathered = [];
    }
  }
  yield gathered;
}

async function rowsByPeriod({ engine, read, tables: { limitUse } }: View): Promise<{ period: string; rows: number }[]> {
  const start = sql`substr(${limitUse.id}, 1, ${sql.raw(String(PERIOD_DIGITS / 2))})`;
  const period = engine === 'sqlite' ? sql<string>`lower(hex(${start}))` : sql<string>`encode(${start}, 'hex')`;
  return read
    .select({ period: period.as('period'), rows: sql<number>`count(*)`.mapWith(Number) })
    .from(limitUse)
    .groupBy(sql`1`)
    .orderBy(sql`1`);
}

function rowsOf({ read, tables: { limitUse } }: View, period: string): AsyncGenerator<Used[]> {
  const after = (last: Used | undefined) => (last ? sql`${limitUse.id} > ${sql.param(last.id, limitUse.id)}` : undefined);
  const within = between(limitUse.id, period + '0'.repeat(REST_DIGITS), period + 'f'.repeat(REST_DIGITS));
  return pages(async (last) =>
    read
      .select({ id: limitUse.id, used: limitUse.used })
      .from(limitUse)
      .where(last ? sql`${within} and ${after(last)}` : within)
      .orderBy(limitUse.id)
      .limit(ROWS_AT_ONCE),
  );
}

/** The rows that none of the counters explains, by their ids. */
async function withoutCounted(view: View, rows: readonly Used[], sources: readonly Counters[]): Promise<Used[]> {
  const left = new Map(rows.map((row) => [row.id, row]));
  for (const counters of sources) {
    for await (const page of counters(view)) for (const { key } of page) left.delete(key);
  }
  return [...left.values()];
}
