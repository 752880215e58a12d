/** The lists of CONTRIBUTING.md name the places of the examples, which `carried-out.test.ts` carries out. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listedPlaces } from '../../tools/measure/places.ts';
import { recipes } from './recipes.ts';
import { pathsOf } from './tree.ts';

const contributing = readFileSync(join(import.meta.dirname, '../../CONTRIBUTING.md'), 'utf8');

/** Whether a path of the list, in which `…` stands for anything, is this one. */
function stands(inList: string, path: string): boolean {
  const parts = inList.split('…').map((part) => RegExp.escape(part));
  return new RegExp(`^${parts.join('.*')}$`).test(path);
}

it.each(recipes)('“$heading” lists all its places', (recipe) => {
  const list = listedPlaces(contributing, recipe.heading);
  const paths = pathsOf(recipe);
  expect(paths.map((path, n) => (stands(list[n] ?? '', path) ? list[n] : path))).toEqual(list);
});
