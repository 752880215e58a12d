/**
 * Two column kits, one type: a table body written against `Kit` becomes a SQLite table or a PostgreSQL table.
 * Rows look the same to the code on both: ids, days and hashes are strings; instants, points and fen are numbers.
 */
import * as postgres from 'drizzle-orm/pg-core';
import * as sqlite from 'drizzle-orm/sqlite-core';
import type { Prefix } from './id.ts';

const sqliteId = (name: string, prefix: Prefix) =>
  sqlite.customType<{ data: string; driverData: Uint8Array }>({
    dataType: () => 'blob',
    toDriver: (id) => Buffer.from(id.slice(4), 'hex'),
    fromDriver: (bytes) => `${prefix}_${Buffer.from(bytes).toString('hex')}`,
  })(name);

const postgresId = (name: string, prefix: Prefix) =>
  postgres.customType<{ data: string; driverData: string }>({
    dataType: () => 'uuid',
    toDriver: (id) => id.slice(4),
    fromDriver: (uuid) => `${prefix}_${uuid.replaceAll('-', '')}`,
  })(name);

const hex = {
  toDriver: (digits: string) => Buffer.from(digits, 'hex'),
  fromDriver: (bytes: Uint8Array) => Buffer.from(bytes).toString('hex'),
};
const sqliteHash = sqlite.customType<{ data: string; driverData: Uint8Array }>({ dataType: () => 'blob', ...hex });
const postgresHash = postgres.customType<{ data: string; driverData: Uint8Array }>({ dataType: () => 'bytea', ...hex });

export const sqliteKit = {
  table: sqlite.sqliteTable,
  /** A prefixed id, stored as its 16 bytes. */
  id: sqliteId,
  text: (name: string) => sqlite.text(name),
  /** A whole number within the safe range: points, fen, counts. */
  integer: (name: string) => sqlite.integer(name),
  /** Epoch milliseconds. */
  instant: (name: string) => sqlite.integer(name),
  /** A date of Asia/Shanghai, `YYYY-MM-DD`. */
  day: (name: string) => sqlite.text(name),
  /** Hex digits, stored as bytes. */
  hash: (name: string) => sqliteHash(name),
  primaryKey: sqlite.primaryKey,
  index: sqlite.index,
  check: sqlite.check,
};

export type Kit = typeof sqliteKit;

export const postgresKit = {
  table: postgres.pgTable,
  id: postgresId,
  text: (name: string) => postgres.text(name),
  integer: (name: string) => postgres.bigint(name, { mode: 'number' }),
  instant: (name: string) => postgres.bigint(name, { mode: 'number' }),
  day: (name: string) => postgres.text(name),
  hash: (name: string) => postgresHash(name),
  primaryKey: postgres.primaryKey,
  index: postgres.index,
  check: postgres.check,
} as unknown as Kit;
