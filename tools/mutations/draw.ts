/** Mutants drawn by chance that repeats itself. */
import type { Mutant } from './mutants.ts';

/** Gives whole numbers from 0 to below `bound`, the same ones for the same seed (mulberry32). */
export type Dice = (bound: number) => number;

function diceOf(seed: number): Dice {
  let state = seed | 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  };
}

/** The folder of the house that a file belongs to: `src/api`, whatever its folders within; `src` for what lies directly there. */
export function folderOf(file: string): string {
  return file.split('/').slice(0, -1).slice(0, 2).join('/');
}

/**
 * Draws so many of these mutants, none twice: the folders take turns, and each gives a mutant of a kind drawn from those it has left.
 * Fewer if there are no more.
 */
export function drawn(mutants: readonly Mutant[], seed: number, count: number): Mutant[] {
  const dice = diceOf(seed);
  const folders = [...Map.groupBy(mutants, ({ file }) => folderOf(file))]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, inFolder]) => [...Map.groupBy(inFolder, ({ kind }) => kind).values()].map((ofKind) => [...ofKind]));
  const taken: Mutant[] = [];
  while (taken.length < count && folders.some((kinds) => kinds.length > 0)) {
    for (const kinds of folders.filter((each) => each.length > 0).slice(0, count - taken.length)) {
      const at = dice(kinds.length);
      const ofKind = kinds[at]!;
      taken.push(...ofKind.splice(dice(ofKind.length), 1));
      if (ofKind.length === 0) kinds.splice(at, 1);
    }
  }
  return taken;
}
