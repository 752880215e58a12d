import { expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { codecOf } from '../../src/api/http/codec.ts';
import { onWire, snakeCase } from '../../src/api/http/names.ts';
import { columnsOf } from '../../src/store/columns.ts';
import type { Row, TableName } from '../../src/store/index.ts';
import { sqliteTables } from '../../src/store/sqlite-tables.ts';

const at = Date.UTC(2026, 10, 30, 2);
const id = `res_${'0'.repeat(32)}`;
const resident = { id, communityId: 'gexiang', status: 'active', statusReason: null, registeredAt: at } as Row<'resident'>;
const statuses = z.enum(['active', 'suspended']);
const codec = codecOf('resident', ['id', 'statusReason', 'registeredAt'], { communityId: 'The home community.', status: statuses });
const tables = Object.keys(sqliteTables) as TableName[];

it('a row is presented by the names of its columns, with instants as RFC 3339 and null as it is', () => {
  expect(codec.present(resident)).toEqual({
    id,
    community_id: 'gexiang',
    status: 'active',
    status_reason: null,
    registered_at: '2026-11-30T02:00:00.000Z',
  });
  expectTypeOf(codec.present(resident)).toEqualTypeOf<{
    id: string;
    community_id: string;
    status: 'active' | 'suspended';
    status_reason: string | null;
    registered_at: string;
  }>();
});

it('an instant that has not come is null', () => {
  const { present, shape } = codecOf('session', ['startedAt', 'endedAt']);
  const session = { startedAt: at, endedAt: null } as Row<'session'>;
  expect(z.strictObject(shape).parse(present(session))).toEqual({ started_at: '2026-11-30T02:00:00.000Z', ended_at: null });
  expectTypeOf(present(session)).toEqualTypeOf<{ started_at: string; ended_at: string | null }>();
});

it('the shape holds what the columns hold, in the order of the table, and what differs', () => {
  const schema = z.strictObject(codec.shape);
  expect(Object.keys(schema.shape)).toEqual(['id', 'community_id', 'status', 'status_reason', 'registered_at']);
  expect(schema.parse(codec.present(resident))).toEqual(codec.present(resident));
  expect(schema.safeParse({ ...codec.present(resident), id: 'off_0' }).error?.issues[0]?.message).toBe(
    '["not_an_id",{"of":"resident","prefix":"res"}]',
  );
  expect(schema.safeParse({ ...codec.present(resident), status: 'gone' }).success).toBe(false);
  expect(z.toJSONSchema(schema).properties).toMatchObject({
    community_id: { description: 'The home community.' },
    status_reason: { type: ['string', 'null'] },
    registered_at: { format: 'date-time' },
  });
});

it('a schema that differs is made nullable where the column is', () => {
  const { shape } = codecOf('resident', [], { statusReason: z.enum(['moved', 'died']) });
  expect(shape.status_reason.safeParse(null).success).toBe(true);
  expect(shape.status_reason.safeParse('bored').success).toBe(false);
  expectTypeOf<z.output<typeof shape.status_reason>>().toEqualTypeOf<'moved' | 'died' | null>();
});

it('a column that the table does not have is a type error, and an error that names it', () => {
  // @ts-expect-error residents have no age
  expect(() => codecOf('resident', ['id', 'age'])).toThrow('resident has no column age');
  // @ts-expect-error nor is there one to be described
  expect(() => codecOf('resident', ['id'], { age: 'In years.' })).toThrow('resident has no column age');
  // @ts-expect-error a status is a text
  codecOf('resident', ['id'], { status: z.boolean() });
});

it('neither a hash nor what is sealed is to be shown, also not by a schema of its own', () => {
  expect(() => codecOf('resident', ['id', 'phoneHash'])).toThrow('resident.phoneHash is a hash');
  expect(() => codecOf('resident', ['id', 'phoneSealed'])).toThrow('resident.phoneSealed is a secret');
  expect(() => codecOf('login', ['id'], { passwordHash: z.string() })).toThrow('login.passwordHash is a secret');
  expect(() => codecOf('login', ['id'], { totpSealed: 'The secret of the app.' })).toThrow('login.totpSealed is a secret');
});

it.each(tables)('what is sealed or hashed in %s is known by its column', (table) => {
  for (const { property, kind } of columnsOf(table)) if (/(Sealed|Hash)$/.test(property)) expect(['hash', 'secret']).toContain(kind);
});

it('what is not a row is put on the wire by its names alone, and so is what it holds', () => {
  const told = onWire({
    grantedAt: at,
    endsAt: null as number | null,
    dueFrom: { netFen: 5, at },
    rows: [{ validFrom: '2026-01-01' }] as const,
  });
  const time = '2026-11-30T02:00:00.000Z';
  expect(told).toEqual({ granted_at: time, ends_at: null, due_from: { net_fen: 5, at: time }, rows: [{ valid_from: '2026-01-01' }] });
  expectTypeOf(told).toEqualTypeOf<{
    granted_at: string;
    ends_at: string | null;
    due_from: { net_fen: number; at: string };
    rows: { valid_from: '2026-01-01' }[];
  }>();
});

it.each(tables)('the columns of %s are called in the database as the wire derives it from the code', (table) => {
  for (const { property, name } of columnsOf(table)) expect(snakeCase(property)).toBe(name);
});

it.each(tables)('the instants of %s, and no other numbers of it, have the name of one', (table) => {
  for (const { property, kind } of columnsOf(table)) {
    if (kind === 'integer' || kind === 'points' || kind === 'fen')
      expect(onWire({ [property]: at })).toEqual({ [snakeCase(property)]: at });
    if (kind === 'instant') expect(onWire({ [property]: at })).toEqual({ [snakeCase(property)]: '2026-11-30T02:00:00.000Z' });
  }
});
