/** What the service may do in PostgreSQL, and what it may not, whatever it is told to send. */
import { describe, expect, it } from 'vitest';
import { prunableTables, type Store, type TableName, writeOrder } from '../../src/store/index.ts';
import { codeOf } from '../../src/store/outage.ts';
import { SERVICE_ROLE, told } from '../../src/store/postgres-connection.ts';
import { postgresTables } from '../../src/store/postgres-tables.ts';
import { shapeOf } from '../../src/store/shape.ts';
import { freshDatabase } from '../support/database.ts';
import { openHistory } from '../support/history.ts';
import { rawOf } from '../support/raw.ts';
import { opened } from '../support/stores.ts';
import { onWriter } from '../support/writer.ts';

const NOT_PERMITTED = '42501';
const READ_ONLY = '25006';

const shapes = writeOrder.map((table) => ({ name: table, ...shapeOf(table, postgresTables[table]) }));

/** Holds that each of these statements fails on the connection by which the service writes, since the service may not do that. */
async function expectNotPermitted(store: Store, statements: readonly string[]): Promise<void> {
  const codes: Record<string, string | undefined> = {};
  for (const statement of statements) codes[statement] = await onWriter(store, statement).then(() => 'done', codeOf);
  expect(codes).toEqual(Object.fromEntries(statements.map((statement) => [statement, NOT_PERMITTED])));
}

const isPrunable = (name: TableName) => (prunableTables as readonly TableName[]).includes(name);

describe('the service', () => {
  it('can delete from no table but those whose rows are of no use once their time is over, and truncate none', async () => {
    const { store } = await openHistory();
    const kept = shapes.filter(({ name }) => !isPrunable(name)).map(({ table }) => table);
    expect(kept).toEqual(expect.arrayContaining(['"entry"', '"posting"', '"redemption"', '"redemption_reversal"', '"request"']));
    await expectNotPermitted(store, [
      ...kept.map((table) => `delete from ${table}`),
      ...shapes.map(({ table }) => `truncate ${table} cascade`),
    ]);
    const pruned = shapes.filter(({ name }) => isPrunable(name)).map(({ table }) => table);
    expect(pruned).toEqual(['"household_code"', '"sign_in_code"', '"session"', '"code"']);
    for (const table of pruned) await onWriter(store, `delete from ${table}`);
  });

  it('can change no row that is written once, in whatever words', async () => {
    const { store } = await openHistory();
    const once = shapes.filter(({ name, spec }) => spec.mode === 'append' && name !== 'businessDay');
    expect(once.map(({ name }) => name)).toEqual(expect.arrayContaining(['entry', 'posting', 'redemption', 'redemptionReversal', 'code']));
    await expectNotPermitted(
      store,
      once.flatMap(({ table, list, spec, columns, quoted }) => {
        const key = (spec.primaryKey ?? spec.key).map(quoted).join(', ');
        const column = quoted(columns.at(-1)!.property);
        return [
          `update ${table} set ${column} = ${column}`,
          `insert into ${table} (${list}) select ${list} from ${table} on conflict (${key}) do update set ${column} = excluded.${column}`,
          // A role that may empty one column may lock the row.
          ...(spec.blankable ? [] : [`select from ${table} for update`]),
        ];
      }),
    );
  });

  it('can change of such rows only the words that are emptied when somebody leaves', async () => {
    const { store } = await openHistory();
    const emptied = shapes.filter(({ spec }) => spec.blankable);
    expect(emptied.map(({ name, spec }) => [name, spec.blankable])).toEqual([
      ['redemptionReversal', ['reason']],
      ['adjustment', ['reason']],
    ]);
    for (const { table, quoted } of emptied) await onWriter(store, `update ${table} set ${quoted('reason')} = ''`);
    const others = emptied.flatMap(({ table, columns, quoted, spec }) =>
      columns
        .filter(({ property }) => !(spec.blankable as readonly string[]).includes(property))
        .map(({ property }) => `update ${table} set ${quoted(property)} = ${quoted(property)}`),
    );
    await expectNotPermitted(store, others);
  });

  it('can change rows where a batch does so: those with a version, those that are added to, and that of a day', async () => {
    const { store } = await openHistory();
    const changed = shapes.filter(({ name, spec }) => spec.mode !== 'append' || name === 'businessDay');
    expect(changed).toHaveLength(39);
    for (const { table, quoted, columns } of changed) {
      const column = quoted(columns.at(-1)!.property);
      await onWriter(store, `update ${table} set ${column} = ${column}`);
    }
  });

  it('can make, change and drop no table, switch nothing off, and give itself nothing', async () => {
    const { store } = await openHistory();
    await expectNotPermitted(store, [
      'create table another (id int)',
      'create table entry_of_mine as select * from entry',
      'create schema another',
      'alter table posting drop constraint posting_amount',
      'alter table posting add column note text',
      'alter table entry disable trigger all',
      'alter table entry owner to current_role',
      'create index on posting (entry)',
      'drop table posting cascade',
      'drop schema public cascade',
      'create trigger silent before insert on entry execute function suppress_redundant_updates_trigger()',
      'create rule silent as on insert to entry do instead nothing',
      "set session_replication_role = 'replica'",
      `alter role ${SERVICE_ROLE} superuser`,
      'create role another',
      "insert into __drizzle_migrations values ('later', 1)",
    ]);
  });

  it('is a role that the owner takes on: it guards against what our code might do, not against whoever has the password', async () => {
    const { store } = await openHistory();
    await onWriter(store, 'set local role none; delete from posting where false');
    await expectNotPermitted(store, ['delete from posting where false']);
  });

  it('writes nothing through the connections that it reads by', async () => {
    const { store } = await openHistory();
    const { scheme, businessDay } = store.tables;
    const writes = [
      store.read.insert(scheme).values({ name: 'of a test', value: '' }),
      store.read.insert(businessDay).values({ day: '2026-03-03', closedAt: 0 }),
    ];
    for (const each of writes) expect(await each.then(() => 'done', codeOf)).toBe(READ_ONLY);
    const within = store.snapshot(async ({ read }) => read.insert(scheme).values({ name: 'of a test', value: '' }));
    expect(await within.then(() => 'done', codeOf)).toBe(READ_ONLY);
  });
});

const is = (value: string) =>
  `do $$ begin assert current_setting('synchronous_commit') = '${value}', current_setting('synchronous_commit'); end $$`;

/** A store of a database with a default of its own, which the owner's connections have. */
async function withDefault(value: string): Promise<Store> {
  const { url } = await freshDatabase();
  const raw = await rawOf({ url });
  await raw.exec(`alter database ${new URL(url).pathname.slice(1)} set synchronous_commit = ${value}`);
  expect(await (await rawOf({ url })).rows('show synchronous_commit')).toEqual([{ synchronous_commit: value }]);
  return opened(url);
}

describe('a commit is on disk', () => {
  it.each(['off', 'local'])('before it is answered, though the default of the database is %s', async (value) => {
    const store = await withDefault(value);
    await onWriter(store, is('on'));
    await expect(onWriter(store, is(value))).rejects.toThrow('on');
  });

  it.each(['remote_write', 'remote_apply', 'on'])('and where else the database says, if its default is %s', async (value) => {
    await onWriter(await withDefault(value), is(value));
  });
});

it('a login without a password, of which only the driver complains, is told of with the server’s name', () => {
  const error = new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string');
  const message = expect.stringMatching(
    /^postgres:\/\/db\.example\/callmi does not let in whom the URL names: correct .*client password must be/,
  );
  expect(told(error, 'postgres://callmi@db.example/callmi')).toMatchObject({ name: 'StoreUnusable', message });
});
