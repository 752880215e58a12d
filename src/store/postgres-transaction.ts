/** The inside of a write transaction on PostgreSQL: one named statement for each table and kind of access, with its rows as arrays. */
import type pg from 'pg';
import { type Key, keyOf, keyText, specOf } from './catalogue.ts';
import { arrayLiteral } from './postgres-array.ts';
import { codeOf } from './outage.ts';
import { postgresTables } from './postgres-tables.ts';
import { shapeOf } from './shape.ts';
import { Conflict, type Tx } from './store.ts';
import type { Row, TableName } from './tables.ts';

/** The day before all others. Every batch locks its row, so that no day is closed while a batch is written. */
const DAY_ZERO = `"day" = '0001-01-01'`;

/**
 * The number of rows over which a balance may be spread: each connection adds to those of its own stripe, so that connections hardly ever
 * wait for each other. The number of its server process determines its stripe.
 */
export const STRIPES = 32;

/** Begins a transaction on a connection. */
export async function transactionOf(client: pg.PoolClient, stripes: number): Promise<Tx> {
  const lastClosed = await begin(client);
  const stripe = ((client as pg.PoolClient & { processID?: number }).processID ?? 0) % stripes;
  return {
    byKey: async (table, keys) => (await accessTo(table).byKey(client, keys)) as Row<typeof table>[],
    byGroup: async (table, group, keys) => (await accessTo(table).byGroup(client, group, keys)) as Row<typeof table>[],
    lastClosedDay: async () => lastClosed,
    async write(table, rows) {
      if (table === 'businessDay') await lockDays(client, rows as readonly Row<'businessDay'>[]);
      await accessTo(table).write(client, rows);
    },
    blank: (table, rows) => accessTo(table).blank(client, rows),
    add: (table, rows) => accessTo(table).add(client, table === 'account' ? rows.map((row) => ({ ...row, stripe })) : rows),
  };
}

/** An arbitrary number, the same in every process: the holder of this advisory lock is closing a day. */
const CLOSING_LOCK = 2_026;

/**
 * Waits for the batches under way; later ones wait behind it. Two closings at once would wait for each other, since each is a batch under
 * way for the other: the second one gives up, and finds the day closed when it tries again.
 */
async function lockDays(client: pg.PoolClient, rows: readonly Row<'businessDay'>[]): Promise<void> {
  const { rows: held } = await client.query<{ alone: boolean }>(`select pg_try_advisory_xact_lock(${CLOSING_LOCK}) as "alone"`);
  if (!held[0]!.alone)
    throw new Conflict(
      'businessDay',
      rows.map((row) => keyOf('businessDay', row)),
    );
  await client.query('lock table "business_day" in exclusive mode');
}

/** In one round trip: the last statement begins after the lock is held, and so sees every day closed before. */
async function begin(client: pg.PoolClient): Promise<string> {
  const statements = [
    'begin isolation level read committed',
    `select 1 from "business_day" where ${DAY_ZERO} for share`,
    'select max("day") as "day" from "business_day"',
  ];
  const results = (await client.query(statements.join('; '))) as unknown as pg.QueryResult<{ day: string }>[];
  return results.at(-1)!.rows[0]!.day;
}

const CHECK_VIOLATION = '23514';

type Access = ReturnType<typeof tableAccess>;
const access = new Map<TableName, Access>();

function accessTo(table: TableName): Access {
  return access.getOrInsertComputed(table, tableAccess);
}

function tableAccess<N extends TableName>(name: N) {
  const shape = shapeOf(name, postgresTables[name]);
  const { spec, columns } = shape;
  const keyList = spec.key.map((property) => shape.quoted(property)).join(', ');
  const byAll = (properties: readonly string[]) => {
    const each = properties.map((property, i) => `${shape.quoted(property)} = any($${i + 1}::${shape.columnOf(property).sqlType}[])`);
    return `select ${shape.list} from ${shape.table} where ${each.join(' and ')}`;
  };
  const parameters = columns.map(({ sqlType }, i) => `$${i + 1}::${sqlType}[]`).join(', ');
  const insert = `insert into ${shape.table} (${shape.list}) select * from unnest(${parameters})`;
  const returning = ` returning ${keyList}`;
  const write = insert + (spec.mode === 'versioned' ? shape.onConflictReplace() : ' on conflict do nothing') + returning;
  const emptied = (spec.blankable ?? []).map((column) => `${shape.quoted(column)} = ''`).join(', ');
  const same = spec.key.map((property, i) => `${shape.quoted(property)} = $${i + 1}::${shape.columnOf(property).sqlType}`).join(' and ');
  const blank = `update ${shape.table} set ${emptied} where ${same}`;
  const add = spec.sum === undefined ? '' : insert + shape.onConflictAdd() + returning;

  async function query(client: pg.PoolClient, kind: string, text: string, values: string[]): Promise<unknown[][]> {
    const { rows } = await client.query<unknown[]>({ name: `${kind} ${name}`, text, values, rowMode: 'array' });
    return rows;
  }

  /** Each column is compared by itself; rows that match a mixture of two keys are then left out. */
  async function select(
    client: pg.PoolClient,
    kind: string,
    text: string,
    properties: readonly string[],
    keys: readonly Key[],
  ): Promise<Row<N>[]> {
    const values = properties.map((property, i) => {
      const { sqlType, toDriver } = shape.columnOf(property);
      return arrayLiteral(
        sqlType,
        [...new Set(keys.map((key) => key[i]))].map((value) => toDriver(value as never)),
      );
    });
    const rows = (await query(client, kind, text, values)).map((row) => shape.decode(row));
    if (properties.length === 1) return rows;
    const wanted = new Set(keys.map(keyText));
    return rows.filter((row) => wanted.has(keyText(properties.map((property) => row[property as keyof Row<N>] as string | number))));
  }

  async function change(client: pg.PoolClient, kind: string, text: string, rows: readonly object[]): Promise<void> {
    const encoded = rows.map((row) => shape.encode(row as Row<N>));
    const values = columns.map(({ sqlType }, i) =>
      arrayLiteral(
        sqlType,
        encoded.map((row) => row[i]),
      ),
    );
    const changed = await query(client, kind, text, values).catch((error: unknown) => {
      // The first use of a limit has no row yet whose condition could fail, so a use above the ceiling violates the check.
      throw spec.ceiling !== undefined && codeOf(error) === CHECK_VIOLATION ? new Conflict(name) : error;
    });
    if (changed.length < rows.length) throw new Conflict(name, missing(rows as Row<N>[], changed));
  }

  function missing(rows: readonly Row<N>[], changed: readonly unknown[][]): Key[] {
    const decoded = changed.map((values) =>
      keyText(spec.key.map((property, i) => shape.columnOf(property).fromDriver(values[i] as never) as string)),
    );
    const there = new Set(decoded);
    return rows.map((row) => keyOf(name, row)).filter((key) => !there.has(keyText(key)));
  }

  const groups = new Map(
    Object.entries(specOf(name).groups ?? {}).map(([group, { columns: of, positive }]) => [
      group,
      { of, text: byAll(of) + (positive ? ` and ${shape.quoted(positive)} > 0` : '') },
    ]),
  );

  async function blankEach(client: pg.PoolClient, rows: readonly object[]): Promise<void> {
    for (const row of rows as readonly Row<N>[]) {
      const key = keyOf(name, row);
      const { rowCount } = await client.query({ name: `blank ${name}`, text: blank, values: shape.encodeKey(spec.key, key) });
      if (rowCount !== 1) throw new Conflict(name, [key]);
    }
  }

  return {
    byKey: (client: pg.PoolClient, keys: readonly Key[]) => select(client, 'key', byAll(spec.key), spec.key, keys),
    byGroup: (client: pg.PoolClient, group: string, keys: readonly Key[]) => {
      const { of, text } = groups.get(group)!;
      return select(client, `group ${group}`, text, of, keys);
    },
    write: (client: pg.PoolClient, rows: readonly object[]) => change(client, 'write', write, rows),
    blank: blankEach,
    add: (client: pg.PoolClient, rows: readonly object[]) => change(client, 'add', add, rows),
  };
}
