/** The lists of CONTRIBUTING.md, each with a throw-away example: what it puts where. */
import { command } from './command.ts';
import { field } from './field.ts';
import type { Place } from './tree.ts';

export type Recipe = {
  /** The heading in CONTRIBUTING.md. */
  readonly heading: string;
  /** What is written by hand, in the order of the list there. */
  readonly places: readonly Place[];
  /** What scripts make of it: the rest of the list. */
  readonly generated: readonly { readonly path: string; readonly by: readonly string[] }[];
};

export const recipes: readonly Recipe[] = [command, field];

/** All the places of a recipe, in the order of its list. */
export function pathsOf({ places, generated }: Recipe): string[] {
  return [...places, ...generated].map(({ path }) => path);
}
