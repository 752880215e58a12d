/**
 * What CONTRIBUTING.md says of adding a thing is true: its list is all the places, each is needed, and with all of them the checks and the
 * tests that read the tree pass. That takes minutes, so each recipe is tried with a place left out in the nightly run only.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';
import { type Recipe, recipes } from './recipes.ts';
import { apply, complaintOf, copyHouse, takeBack } from './tree.ts';

const contributing = readFileSync(join(import.meta.dirname, '../../CONTRIBUTING.md'), 'utf8');

/** What reads the tree, the quickest first. */
const types = [
  ['tsc', '--noEmit', '-p', 'tsconfig.json'],
  ['tsc', '--noEmit', '-p', 'web/tsconfig.json'],
];
const check = [['knip'], ['oxlint', '--type-aware', '--type-check', '--deny-warnings']];
const treeTests = [
  [
    'vitest',
    'run',
    '--project=sqlite',
    'tests/architecture.test.ts',
    'tests/docs.test.ts',
    'tests/api/catalogue.test.ts',
    'tests/api/routes.test.ts',
  ],
  ['vitest', 'run', '--project=sqlite', 'tests/web', 'tests/store/migrations.test.ts', 'tests/store/schemas.test.ts'],
];
/** Beside the test that a recipe itself brings. */
const readers = [...types, ...check, ...treeTests];

/** The paths of a recipe's list, in its order. */
function listed(heading: string): string[] {
  const section = contributing.split(`\n## ${heading}\n`)[1]!.split('\n## ')[0]!;
  return Array.from(section.matchAll(/^\d+\. `([^`]+)`/gm), ([, path]) => path!);
}

/** A path of the list that stands for many: `src/FOLDER/….ts` for a new file. */
function stands(listedPath: string, path: string): boolean {
  const pattern = listedPath.split('…').map(RegExp.escape).join('[^/]*');
  return new RegExp(`^${pattern}$`).test(path);
}

async function complaint(folder: string): Promise<string | undefined> {
  for (const command of readers) {
    const said = await complaintOf(folder, command);
    if (said !== undefined) return said;
  }
  return undefined;
}

async function applied({ places, generated }: Recipe): Promise<string> {
  const folder = tempFolder();
  copyHouse(folder);
  for (const place of places) apply(folder, place);
  for (const [tool, ...args] of new Set(Object.values(generated).map((command) => command))) await made(folder, [tool!, ...args]);
  await made(folder, ['oxfmt', ...places.map(({ path }) => path), ...Object.keys(generated)]);
  return folder;
}

async function made(folder: string, command: readonly string[]): Promise<void> {
  expect(await complaintOf(folder, command)).toBeUndefined();
}

describe.each(recipes)('$heading', (recipe) => {
  const paths = [...recipe.places.map(({ path }) => path), ...Object.keys(recipe.generated)];

  it('lists all its places', () => {
    const list = listed(recipe.heading);
    expect(paths.map((path) => list.find((each) => stands(each, path)) ?? `not listed: ${path}`)).toEqual(list);
  });

  it('leads to a house in order', { timeout: 600_000 }, async () => {
    expect(await complaint(await applied(recipe))).toBeUndefined();
  });

  it.runIf(process.env['CALLMI_NIGHTLY']).each(paths)('needs %s', { timeout: 600_000 }, async (path) => {
    const folder = await applied(recipe);
    takeBack(folder, path);
    expect(await complaint(folder)).toBeDefined();
  });
});
