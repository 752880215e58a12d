/** A PostgreSQL database as its administrator hands it over: to an owner who is no superuser, or with somebody else's tables in it. */
import { expect, inject, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/store/index.ts';
import { SERVICE_ROLE } from '../../src/store/postgres-connection.ts';
import { asOwner } from '../support/owner.ts';
import { rawOf } from '../support/raw.ts';

const server = inject('postgresServer');

/** An empty database of an owner with these attributes; gives its URL for the owner, and for an administrator. */
async function owned(name: string, attributes = ''): Promise<{ readonly url: string; readonly admins: string }> {
  const role = `owner_${name}_${process.pid}`;
  for (const statement of [`create role ${role} login password 'of_a_test' ${attributes}`, `create database ${role} owner ${role}`])
    await asOwner(server, statement);
  onTestFinished(async () => {
    await asOwner(server, `drop database ${role} with (force)`);
    await asOwner(server, `drop role ${role}`);
  });
  const url = new URL(`${server}/${role}`);
  [url.username, url.password] = [role, 'of_a_test'];
  return { url: url.href, admins: `${server}/${role}` };
}

async function migrated(url: string): Promise<void> {
  await (await openStore(url)).close();
}

it('an owner who may make no role is told what an administrator has to do, and migrates once that is done', async () => {
  const { url, admins } = await owned('plain');
  const admin = await rawOf({ url: admins });
  await expect(migrated(url)).rejects.toThrow(`the role ${SERVICE_ROLE} cannot be used: let an administrator run`);
  expect(await admin.rows("select 1 from pg_tables where schemaname = 'public'")).toEqual([]);
  await admin.exec(`grant ${SERVICE_ROLE} to ${new URL(url).username}`);
  await migrated(url);
  await migrated(url);
});

it.runIf(inject('postgresVersion') >= 16)('a role that was granted without the privilege to act in it is not enough', async () => {
  const { url, admins } = await owned('unset');
  const admin = await rawOf({ url: admins });
  await admin.exec(`grant ${SERVICE_ROLE} to ${new URL(url).username} with set false`);
  await expect(migrated(url)).rejects.toThrow('let an administrator run');
  await admin.exec(`grant ${SERVICE_ROLE} to ${new URL(url).username} with set true`);
  await migrated(url);
});

it('a database with somebody else’s tables is left as it is', async () => {
  const { url, admins } = await owned('foreign', 'createrole');
  const admin = await rawOf({ url: admins });
  await admin.exec('create table notes (text text); create table entry (id int)');
  const sentence = /holds what CallMi did not make \(table entry\): let DATABASE_URL name a database of its own/;
  await expect(migrated(url)).rejects.toThrow(sentence);
  expect(await admin.rows("select tablename from pg_tables where schemaname = 'public' order by 1")).toEqual([
    { tablename: 'entry' },
    { tablename: 'notes' },
  ]);
});
