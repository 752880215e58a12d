/** Which test files to run against a mutant, and in which order. */
import { basename, dirname } from 'node:path';

/** What a recording run noted of one mutant: the test files that reach it themselves, by a process that they started, or by loading it. */
export type Reached = { readonly own: ReadonlySet<string>; readonly child: ReadonlySet<string>; readonly load: boolean };

/** The notes of `inside/recorder.ts` by mutant; `fileOf` shortens the name of a test file. */
export function reachedIn(notes: string, fileOf: (path: string) => string): Map<number, Reached> {
  const all = new Map<number, { own: Set<string>; child: Set<string>; load: boolean }>();
  for (const [how, path, number] of notes
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('\t'))) {
    const reached = all.getOrInsertComputed(Number(number), () => ({ own: new Set(), child: new Set(), load: false }));
    if (how === 'load') reached.load = true;
    else reached[how as 'own' | 'child'].add(fileOf(path!));
  }
  return all;
}

/**
 * The test files that may notice a mutant of `source`: those that reach it, or all if it is reached by loading alone. First the file of the
 * same name, then those of the same folder, then the others, each time the fastest first.
 */
export function candidatesOf(source: string, { own, child, load }: Reached, msOf: ReadonlyMap<string, number>): string[] {
  const reaching = own.size > 0 || !load ? [...own, ...child] : [...msOf.keys()];
  return byNearness(
    source,
    reaching.filter((file) => msOf.has(file)),
    msOf,
  );
}

export function byNearness(source: string, tests: readonly string[], msOf: ReadonlyMap<string, number>): string[] {
  const distance = (test: string) => (stem(test) === stem(source) ? 0 : mirrors(test, source) ? 1 : 2);
  return [...new Set(tests)].toSorted((a, b) => distance(a) - distance(b) || (msOf.get(a) ?? 0) - (msOf.get(b) ?? 0) || (a < b ? -1 : 1));
}

/** `tests/store/contract.test.ts` and `src/store/query.ts` do. */
export function mirrors(test: string, source: string): boolean {
  return dirname(test).slice('tests'.length) === dirname(source).slice('src'.length);
}

function stem(file: string): string {
  return basename(file).replace(/\.test\.ts$|\.ts$/, '');
}
