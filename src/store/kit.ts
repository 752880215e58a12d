/**
 * Two column kits, one type: a table body written against `Kit` becomes a SQLite table or a PostgreSQL table.
 * Rows look the same to the code on both: ids, days and hashes are strings; instants, points and fen are numbers.
 */
import { type SQL, sql } from 'drizzle-orm';
import * as postgres from 'drizzle-orm/pg-core';
import * as sqlite from 'drizzle-orm/sqlite-core';
import { type Prefix, prefixes } from './id.ts';

/** Bytes as hex digits. The writer asks SQLite for the digits themselves, which costs half as much as a Buffer. */
const digitsOf = (bytes: Uint8Array | string): string => (typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('hex'));

const sqliteId = (name: string, prefix: Prefix) =>
  sqlite.customType<{ data: string; driverData: Uint8Array | string }>({
    dataType: () => 'blob',
    toDriver: (id) => Buffer.from(id.slice(4), 'hex'),
    fromDriver: (bytes) => `${prefix}_${digitsOf(bytes)}`,
  })(name);

const postgresId = (name: string, prefix: Prefix) =>
  postgres.customType<{ data: string; driverData: string }>({
    dataType: () => 'uuid',
    toDriver: (id) => id.slice(4),
    fromDriver: (uuid) => `${prefix}_${uuid.replaceAll('-', '')}`,
  })(name);

const hex = { toDriver: (digits: string) => Buffer.from(digits, 'hex'), fromDriver: digitsOf };
const sqliteHash = sqlite.customType<{ data: string; driverData: Uint8Array | string }>({ dataType: () => 'blob', ...hex });
const postgresHash = postgres.customType<{ data: string; driverData: Uint8Array | string }>({ dataType: () => 'bytea', ...hex });

/** Every prefix by the hex digits of its letters. */
const prefixByDigits = new Map(Object.values(prefixes).map((prefix) => [Buffer.from(prefix, 'latin1').toString('hex'), prefix]));
const PREFIX_DIGITS = 6;
const anyId = {
  toDriver: (id: string) => Buffer.concat([Buffer.from(id.slice(0, 3), 'latin1'), Buffer.from(id.slice(4), 'hex')]),
  fromDriver(bytes: Uint8Array | string) {
    const digits = digitsOf(bytes);
    return `${prefixByDigits.get(digits.slice(0, PREFIX_DIGITS))!}_${digits.slice(PREFIX_DIGITS)}`;
  },
};
const sqliteAnyId = sqlite.customType<{ data: string; driverData: Uint8Array | string }>({ dataType: () => 'blob', ...anyId });
const postgresAnyId = postgres.customType<{ data: string; driverData: Uint8Array | string }>({ dataType: () => 'bytea', ...anyId });

const sqliteDay = sqlite.customType<{ data: string; driverData: number }>({
  dataType: () => 'integer',
  toDriver: (day) => Number(day.slice(0, 4) + day.slice(5, 7) + day.slice(8)),
  fromDriver(number) {
    const digits = String(number).padStart(8, '0');
    return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
  },
});

export const sqliteKit = {
  table: sqlite.sqliteTable,
  /** A prefixed id, stored as its 16 bytes. */
  id: sqliteId,
  /** An id of any prefix, stored as the prefix's 3 bytes and its 16. */
  anyId: (name: string) => sqliteAnyId(name),
  /** The id of a community: the short text in account paths. */
  communityId: (name: string) => sqlite.text(name),
  /** One of a few words, or what the code itself writes: it names nobody. */
  word: (name: string) => sqlite.text(name),
  /** A number or a name that somebody gave to a deed, an order or a payment. */
  reference: (name: string) => sqlite.text(name),
  /** The name of a person, a place or a thing. */
  name: (name: string) => sqlite.text(name),
  /** Words that somebody wrote. */
  text: (name: string) => sqlite.text(name),
  /** A sealed value, or one hashed into a text, which no answer shows as it is. */
  secret: (name: string) => sqlite.text(name),
  /** The sealed form of what reaches a person. */
  contactSecret: (name: string) => sqlite.text(name),
  /** A whole number within the safe range. */
  integer: (name: string) => sqlite.integer(name),
  points: (name: string) => sqlite.integer(name),
  /** 1/100 yuan. */
  fen: (name: string) => sqlite.integer(name),
  /** Epoch milliseconds. */
  instant: (name: string) => sqlite.integer(name),
  /** A date of Asia/Shanghai, `YYYY-MM-DD`; in SQLite, which has no dates, the number `YYYYMMDD`. */
  day: (name: string) => sqliteDay(name),
  /** Hex digits, stored as bytes. */
  hash: (name: string) => sqliteHash(name),
  /** The keyed hash of what reaches a person. */
  contactHash: (name: string) => sqliteHash(name),
  /** A form of a person's name. */
  nameHash: (name: string) => sqliteHash(name),
  /** The same as a constant of a statement. */
  bytes: (digits: string): SQL => sql.raw(`x'${digits}'`),
  primaryKey: sqlite.primaryKey,
  index: sqlite.index,
  check: sqlite.check,
};

export type Kit = typeof sqliteKit;

export const postgresKit = {
  table: postgres.pgTable,
  id: postgresId,
  anyId: (name: string) => postgresAnyId(name),
  communityId: (name: string) => postgres.text(name),
  word: (name: string) => postgres.text(name),
  reference: (name: string) => postgres.text(name),
  name: (name: string) => postgres.text(name),
  text: (name: string) => postgres.text(name),
  secret: (name: string) => postgres.text(name),
  contactSecret: (name: string) => postgres.text(name),
  integer: (name: string) => postgres.bigint(name, { mode: 'number' }),
  points: (name: string) => postgres.bigint(name, { mode: 'number' }),
  fen: (name: string) => postgres.bigint(name, { mode: 'number' }),
  instant: (name: string) => postgres.bigint(name, { mode: 'number' }),
  day: (name: string) => postgres.date(name, { mode: 'string' }),
  hash: (name: string) => postgresHash(name),
  contactHash: (name: string) => postgresHash(name),
  nameHash: (name: string) => postgresHash(name),
  bytes: (digits: string): SQL => sql.raw(`'\\x${digits}'::bytea`),
  primaryKey: postgres.primaryKey,
  index: postgres.index,
  check: postgres.check,
} as unknown as Kit;
