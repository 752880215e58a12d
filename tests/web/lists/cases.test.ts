/** The files of `tests/fixtures/cases`, as people sent them, and the results that they expect. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Deeds, deedsIn } from '../../../web/shared/lists/deeds.ts';
import { faultSaid } from '../../../web/community/grant/fault-said.ts';
import { en } from '../../../web/community/text/en.ts';

const folder = join(import.meta.dirname, '../../fixtures/cases');

type Expected = Record<string, { readonly rows: readonly { readonly problem?: string }[]; readonly excluded?: readonly object[] }>;
const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected;

it.each(['list-tabs.txt', 'list-quoted.csv', 'list-headings-gb18030.csv'])('%s is read as it was meant', async (name) => {
  const { rows, excluded } = (await deedsIn(readFileSync(join(folder, name)))) as Deeds;
  const said = rows.map(({ faults, ...row }) => {
    const [fault] = faults;
    return fault ? { ...row, problem: faultSaid(en.batch, fault, 'hour') } : row;
  });
  expect(said).toMatchObject(expected[name]!.rows);
  expect(said).toHaveLength(expected[name]!.rows.length);
  expect(excluded.map(({ line, why }) => ({ line, why: en.batch.excludedAs[why] }))).toEqual(expected[name]!.excluded ?? []);
});
