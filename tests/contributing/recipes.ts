/** The recipes of CONTRIBUTING.md, each with a throw-away example: what it puts where. */
import { command } from './command.ts';
import type { Place } from './tree.ts';

export type Recipe = {
  /** The heading in CONTRIBUTING.md. */
  readonly heading: string;
  /** By hand, in the order of the list there. */
  readonly places: readonly Place[];
  /** Files that a script makes anew, with the script. */
  readonly generated: Readonly<Record<string, readonly string[]>>;
};

export const recipes: readonly Recipe[] = [command];
