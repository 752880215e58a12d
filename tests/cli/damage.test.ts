/** A file that was damaged under SQLite: the audit says where. */
import { closeSync, openSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { callmi } from '../support/callmi.ts';
import { openHistory } from '../support/history.ts';

const PAGE_BYTES = 2_048;

it.each([
  ['entry', 'table entry'],
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
