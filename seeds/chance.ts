/** Chance that repeats itself: the same seed gives the same scheme. Never for secrets. */
export type Chance = {
  /** At least 0, below 1. */
  fraction(): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  happens(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  readonly bytes: (count: number) => Uint8Array;
};

/** A source of its own for each purpose, so that a change to one leaves the others as they were. */
export function chanceOf(seed: string): Chance {
  const next = mulberry32(seedNumber(seed));
  const fraction = () => next() / 2 ** 32;
  const between = (least: number, most: number) => least + Math.floor(fraction() * (most - least + 1));
  return {
    fraction,
    between,
    happens: (probability) => fraction() < probability,
    pick: (list) => list[between(0, list.length - 1)]!,
    bytes: (count) => Uint8Array.from({ length: count }, () => next() >>> 24),
  };
}

/** Picks an item as often as its weight says. */
export function pickWeighted<T>(chance: Chance, list: readonly T[], weightOf: (item: T) => number): T {
  let left = chance.fraction() * list.reduce((sum, item) => sum + weightOf(item), 0);
  return list.find((item) => (left -= weightOf(item)) < 0) ?? list.at(-1)!;
}

/** FNV-1a, 32 bits. */
function seedNumber(seed: string): number {
  return Array.from(seed).reduce((hash, character) => Math.imul(hash ^ character.codePointAt(0)!, 0x01000193), 0x811c9dc5);
}

/** A small generator of 32-bit numbers, good enough for names and dates. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
