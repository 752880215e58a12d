/** A matter that no page proposes, or no test, is noticed here; the compiler asks the pages to tell of each. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { matterName } from '../../src/api/routes/matters.ts';

const house = join(import.meta.dirname, '../..');

/** The matters of which these files say nothing like this. */
function unsaidIn(files: string, says: (name: string) => RegExp): string[] {
  const texts = globSync(files, { cwd: house, exclude: ['web/dist/**', 'web/api/*'] }).map((file) =>
    readFileSync(join(house, file), 'utf8'),
  );
  return matterName.options.filter((name) => !texts.some((text) => says(name).test(text)));
}

it('every matter is proposed by a page', () => {
  expect(unsaidIn('web/**/*.{ts,tsx}', (name) => new RegExp(`command: '${name}'`))).toEqual([]);
});

it('every matter is proposed by a test', () => {
  expect(unsaidIn('tests/**/*.test.ts', (name) => new RegExp(`command: '${name}'|approvedByTwo\\(\\w+, '${name}'`))).toEqual([]);
});
