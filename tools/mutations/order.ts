/** Which test files to run against a mutant, and in which order. */
import { basename, dirname } from 'node:path';

/**
 * The notes of a recording run on one mutant: the test files that reach it themselves, those that reach it by a process that they started,
 * and whether it is reached by loading.
 */
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

/** Tests that hold something against all of the code, and so are near to no folder. */
const ofTheWhole = new Set(['tests/web/contract.test.ts', 'tests/docs.test.ts']);

/**
 * The test files that may notice a mutant of `source`: those that reach it, or those that import the file if it is reached by loading alone.
 * First those of the whole and the file of the same name, then the nearest folders, each time the fastest first.
 */
export function candidatesOf(source: string, { own, child, load }: Reached, { msOf, imports }: Known): string[] {
  const importing = own.size > 0 || !load ? [] : [...msOf.keys()].filter((test) => imports.get(test)?.has(source));
  return byNearness(
    source,
    [...own, ...child, ...importing].filter((file) => msOf.has(file)),
    msOf,
  );
}

/** The milliseconds that each passing test file takes, and the files that it imports, itself or through others. */
export type Known = { readonly msOf: ReadonlyMap<string, number>; readonly imports: ReadonlyMap<string, ReadonlySet<string>> };

export function byNearness(source: string, tests: readonly string[], msOf: ReadonlyMap<string, number>): string[] {
  const nearness = (test: string) => (ofTheWhole.has(test) || stem(test) === stem(source) ? Infinity : foldersShared(test, source));
  return [...new Set(tests)].toSorted(
    (a, b) => descending(nearness(a), nearness(b)) || (msOf.get(a) ?? 0) - (msOf.get(b) ?? 0) || (a < b ? -1 : 1),
  );
}

/** How deep the folder is that holds both, `src` and `tests` taken for one: 1 for `tests/api/routes/me.test.ts` and `src/api/app.ts`. */
function foldersShared(test: string, source: string): number {
  const [tests, sources] = [test, source].map((file) => dirname(file).split('/').slice(1)) as [string[], string[]];
  const parted = sources.findIndex((name, at) => name !== tests[at]);
  return parted === -1 ? sources.length : parted;
}

function descending(a: number, b: number): number {
  return a === b ? 0 : b > a ? 1 : -1;
}

/** `tests/store/contract.test.ts` and `src/store/query.ts` do. */
export function mirrors(test: string, source: string): boolean {
  return dirname(test).slice('tests'.length) === dirname(source).slice('src'.length);
}

function stem(file: string): string {
  return basename(file).replace(/\.test\.ts$|\.ts$/, '');
}
