/** A file that was damaged under SQLite: the audit says where. */
import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { callmi } from '../support/callmi.ts';
import { openHistory } from '../support/history.ts';

const PAGE_BYTES = 2_048;

it.each([
  ['entry', 'table entry'],
  ['__drizzle_migrations', 'table __drizzle_migrations'],
  ['posting', 'table posting'],
  ['voucher_resident', 'table voucher, index voucher_resident'],
])('callmi audit on a corrupt page of %s names table and page', async (name, said) => {
  const { url, file, close } = await openHistory();
  await close();
  const database = new Database(file);
  database.pragma('wal_checkpoint(truncate)');
  const page = database.prepare('select rootpage from sqlite_master where name = ?').pluck().get(name) as number;
  database.close();
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(PAGE_BYTES, 0xa5), 0, PAGE_BYTES, (page - 1) * PAGE_BYTES);
  closeSync(handle);
  const { code, out, err } = await callmi(url, 'audit');
  expect(code).toBe(1);
  expect(out).toContain(`file BROKEN  ${said}, page ${page}: `);
  expect(out).toMatch(/\naudit: BROKEN\n$/);
  expect(err).toContain('restore a backup');
});

it.each([
  ['the list of its tables', (file: number) => writeSync(file, Buffer.alloc(1_800, 0xa5), 0, 1_800, 108), 'table sqlite_master, page 1: '],
  ['its last page, of which a part is missing', (file: number) => ftruncateSync(file, fstatSync(file).size - 100), 'table posting, page '],
  [
    'its second half, which is missing',
    (file: number) => ftruncateSync(file, Math.floor(fstatSync(file).size / PAGE_BYTES / 2) * PAGE_BYTES),
    ', page ',
  ],
])('callmi audit on a file that is damaged in %s says where', async (_what, damage, said) => {
  const { url, file, close } = await openHistory();
  await close();
  const database = new Database(file);
  database.pragma('wal_checkpoint(truncate)');
  database.close();
  const handle = openSync(file, 'r+');
  damage(handle);
  closeSync(handle);
  const { code, out, err } = await callmi(url, 'audit');
  expect([code, out]).toEqual([1, expect.stringMatching(new RegExp(`^file BROKEN  .*${said}`, 'm'))]);
  expect(err).toContain('restore a backup');
});
