/**
 * What CONTRIBUTING.md says of adding a thing is true: with all the places of its lists the checks and the tests that read the tree pass, and
 * they fail without any one of them. The latter takes long, and is tried in the nightly run.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';
import { pathsOf, type Recipe, recipes } from './recipes.ts';
import { apply, complaintOf, copyHouse, takeBack } from './tree.ts';

const contributing = readFileSync(join(import.meta.dirname, '../../CONTRIBUTING.md'), 'utf8');

const LONG_MS = 15 * 60_000;

/** What reads the tree, the quickest first. */
const readers = [
  ['tsc', '--noEmit', '-p', 'web/tsconfig.json'],
  ['knip'],
  ['oxlint', '--type-aware', '--type-check', '--deny-warnings'],
  ['oxfmt', '--check', '.'],
  ['vitest', 'run', '--project=sqlite', 'tests/web', 'tests/store/migrations', 'tests/store/schemas', 'tests/architecture', 'tests/docs'],
  ['vitest', 'run', '--project=sqlite', 'tests/api/routes/residents', '-t', 'registers a resident of'],
  ['vitest', 'run', '--project=sqlite', 'tests/api/catalogue', 'tests/api/routes.test', 'tests/api/bad-input', 'tests/communities/polic'],
];

/** The paths of a list, in its order. */
function listed(heading: string): string[] {
  const section = contributing.split(`\n## ${heading}\n`)[1]!.split('\n## ')[0]!;
  return Array.from(section.matchAll(/^\d+\. `([^`]+)`/gm), ([, path]) => path!);
}

/** Whether a path of the list, in which `…` stands for anything, is this one. */
function stands(inList: string, path: string): boolean {
  const parts = inList.split('…').map((part) => RegExp.escape(part));
  return new RegExp(`^${parts.join('.*')}$`).test(path);
}

/** A copy of the house with these recipes carried out. */
async function houseWith(some: readonly Recipe[]): Promise<string> {
  const folder = tempFolder();
  copyHouse(folder);
  for (const place of some.flatMap(({ places }) => places)) apply(folder, place);
  const scripts = new Map(some.flatMap(({ generated }) => generated).map(({ by }) => [by.join(' '), by]));
  for (const script of [...scripts.values(), ['oxfmt', ...some.flatMap(pathsOf)]])
    expect(await complaintOf(folder, script)).toBeUndefined();
  return folder;
}

/** The first complaint, or undefined if all is in order. */
async function complaintAbout(folder: string): Promise<string | undefined> {
  for (const reader of readers) {
    const complaint = await complaintOf(folder, reader);
    if (complaint !== undefined) return complaint;
  }
  return undefined;
}

it.each(recipes)('“$heading” lists all its places', (recipe) => {
  const list = listed(recipe.heading);
  const paths = pathsOf(recipe);
  expect(paths.map((path, n) => (stands(list[n] ?? '', path) ? list[n] : path))).toEqual(list);
});

it('carried out, all of them leave the house in order', { timeout: LONG_MS }, async () => {
  expect(await complaintAbout(await houseWith(recipes))).toBeUndefined();
});

describe.each(process.env['CALLMI_NIGHTLY'] ? recipes : [])('“$heading”', (recipe) => {
  it.each(pathsOf(recipe))('needs %s', { timeout: LONG_MS }, async (path) => {
    const folder = await houseWith([recipe]);
    takeBack(folder, path);
    expect(await complaintAbout(folder)).toBeDefined();
  });
});
