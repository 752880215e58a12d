/**
 * What CONTRIBUTING.md says of adding a thing is true: with all the places of its lists the checks and the tests that read the tree pass, and
 * they fail without any one of them. The latter takes long, and is tried in the nightly run.
 */
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';
import { recipes } from './recipes.ts';
import { carryOut, firstComplaint, pathsOf } from './tree.ts';

const LONG_MS = 15 * 60_000;

/** What reads the tree, and the tests of the examples: the quickest first. */
function readersOf(paths: readonly string[]): (readonly string[])[] {
  const tests = paths.filter((path) => path.endsWith('.test.ts'));
  return [
    ['tsc', '--noEmit', '-p', 'web/tsconfig.json'],
    ['knip'],
    ['oxfmt', '--check', '.'],
    ['vitest', 'run', '--project=sqlite', ...treeTests, ...tests],
    ['oxlint', '--type-aware', '--type-check', '--deny-warnings'],
  ];
}

const treeTests = [
  'tests/web',
  'tests/docs',
  'tests/architecture',
  'tests/store/migrations',
  'tests/store/schemas',
  'tests/store/erasing',
  'tests/api/catalogue',
  'tests/api/routes.test',
  'tests/communities/policies',
  'tests/redeem/canary',
];

it('carried out, all of them leave the house in order', { timeout: LONG_MS }, async () => {
  const folder = tempFolder();
  expect(await carryOut(folder, recipes)).toBeUndefined();
  expect(await firstComplaint(folder, readersOf(recipes.flatMap(pathsOf)))).toBeUndefined();
});

describe.each(process.env['CALLMI_NIGHTLY'] ? recipes : [])('“$heading”', (recipe) => {
  it.each(pathsOf(recipe))('needs %s', { timeout: LONG_MS }, async (path) => {
    const folder = tempFolder();
    expect((await carryOut(folder, [recipe], path)) ?? (await firstComplaint(folder, readersOf(pathsOf(recipe))))).toBeDefined();
  });
});
