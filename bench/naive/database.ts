/** The naive service's database: made from the table definitions, and filled with what it needs to redeem the vouchers of a prepared scheme. */
import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Scheme } from '../harness/scheme.ts';
import type { Shown } from '../harness/vouchers.ts';
import * as tables from './tables.ts';

export type NaiveDatabase = BetterSQLite3Database & { readonly $client: Database.Database };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FACE = { points: 100, faceFen: 1_000 };
const ROWS_AT_ONCE = 1_000;

/** As durable as ours. */
export function openNaive(file: string): NaiveDatabase {
  const database = new Database(file);
  database.pragma('journal_mode = wal');
  database.pragma('synchronous = full');
  return drizzle(database);
}

/** Makes the database anew. `hashOf` is how the service will look a code up. */
export function fillNaive(file: string, scheme: Scheme, shown: readonly Shown[], hashOf: (code: string) => string): void {
  for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true });
  const database = openNaive(file);
  for (const table of tables.all) createTable(database, table);
  database.$client.exec('begin');
  fillScheme(database, scheme);
  const at = Date.now();
  insertAll(
    database,
    tables.voucher,
    shown.map((each) => voucherRow(each, at)),
  );
  const minted = { mintedAt: at, expiresAt: at + HOUR_MS, usedBy: null };
  insertAll(
    database,
    tables.code,
    shown.map(({ id, code }) => ({ hash: hashOf(code), voucherId: id, ...minted })),
  );
  database.$client.exec('commit');
  database.$client.close();
}

function fillScheme(database: NaiveDatabase, { tills, residents }: Scheme): void {
  const places = [...new Map(tills.map((till) => [till.merchantId, till])).values()];
  insertAll(
    database,
    tables.client,
    tills.map(({ clientId, secret, merchantId, storeId }) => ({ id: clientId, secret, merchantId, storeId })),
  );
  insertAll(
    database,
    tables.merchant,
    places.map(({ merchantId, community }) => ({ id: merchantId, communityId: community, status: 'active' })),
  );
  insertAll(
    database,
    tables.store,
    places.map(({ storeId, merchantId }) => ({ id: storeId, merchantId })),
  );
  insertAll(
    database,
    tables.terminal,
    places.map(({ terminalId, storeId }) => ({ id: terminalId, storeId })),
  );
  insertAll(
    database,
    tables.resident,
    residents.map(({ id }) => ({ id, status: 'active' })),
  );
  const policies = { offline_window: 24, reversal_window: 24, redemption_cycles: 5 };
  insertAll(
    database,
    tables.policy,
    Object.entries(policies).map(([name, value]) => ({ name, value })),
  );
}

function voucherRow({ id, residentId, issuers }: Shown, at: number): typeof tables.voucher.$inferInsert {
  const shares = issuers.map((issuer) => ({ issuer, points: FACE.points / issuers.length, fen: FACE.faceFen / issuers.length }));
  return { id, residentId, ...FACE, shares, state: 'issued', validUntil: at + 90 * DAY_MS, cycles: 0, redemptionId: null };
}

function insertAll<T extends SQLiteTable>(database: NaiveDatabase, table: T, rows: T['$inferInsert'][]): void {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
    database
      .insert(table)
      .values(rows.slice(from, from + ROWS_AT_ONCE))
      .run();
}

/** Creates a table with its keys and indexes, by statements like those that drizzle-kit would generate. */
function createTable({ $client }: NaiveDatabase, table: SQLiteTable): void {
  const { name, columns, indexes, primaryKeys } = getTableConfig(table);
  const lines = columns.map((column) => {
    const key = `${column.primary ? ' primary key' : ''}${column.isUnique ? ' unique' : ''}`;
    return `"${column.name}" ${column.getSQLType()}${key}${column.notNull ? ' not null' : ''}`;
  });
  for (const key of primaryKeys) lines.push(`primary key (${namesOf(key.columns)})`);
  $client.exec(`create table "${name}" (${lines.join(', ')})`);
  for (const { config } of indexes) $client.exec(`create index "${config.name}" on "${name}" (${namesOf(config.columns)})`);
}

function namesOf(columns: readonly unknown[]): string {
  return columns.map((column) => `"${(column as { name: string }).name}"`).join(', ');
}
