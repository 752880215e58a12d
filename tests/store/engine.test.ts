import { sql } from 'drizzle-orm';
import { expect, inject, it } from 'vitest';
import { rawOf } from '../support/raw.ts';
import { openScheme } from '../support/scheme.ts';

const versions = {
  sqlite: { query: sql<string>`sqlite_version()`, raw: 'select sqlite_version() as version', expected: /^3\.\d+\.\d+$/ },
  postgres: {
    query: sql<string>`current_setting('server_version')`,
    raw: 'show server_version',
    expected: new RegExp(String.raw`^${inject('postgresVersion')}\.\d+`),
  },
};

it('the tests of this project run on the database that its name says, and on its version', async () => {
  const scheme = await openScheme();
  const { query, raw, expected } = versions[inject('engine')];
  expect(scheme.store.engine).toBe(inject('engine'));
  // The database that the store itself reads, and the files beside it.
  const [read] = await scheme.store.read.select({ version: query }).from(sql`(select 1) as one`);
  const [row] = await (await rawOf(scheme)).rows(raw);
  expect(read!.version).toMatch(expected);
  expect(Object.values(row!)).toEqual([read!.version]);
});
