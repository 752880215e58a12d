/** One run of the tests with no mutant: which tests are there, how long they take, and which mutants each reaches. */
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { importsAmong, reachedFrom } from '../imports.ts';
import { type Mutant, watched } from './mutants.ts';
import { type Known, type Reached, reachedIn } from './order.ts';
import { openCopy, type RanFile, type RunOptions, runVitest, testFilesOf } from './vitest.ts';

export type Recording = Known & {
  /** The test files that fail before anything is changed, and so say nothing, each with its first failure. */
  readonly failing: readonly string[];
  /** The test files that there are on PostgreSQL. */
  readonly onPostgres: readonly string[];
  /** By the place of a mutant in the list. */
  readonly reached: ReadonlyMap<number, Reached>;
};

/** Runs the tests whose path has `tests` in it. Throws if none passes. */
export async function record(folder: string, mutants: readonly Mutant[], tests: string): Promise<Recording> {
  const [touched, untouched] = [openCopy(folder), openCopy(folder)];
  const notes = join(touched.folder, 'mutations/reached.txt');
  try {
    watch(touched.folder, mutants);
    const files = await allFiles(touched.folder, { files: [tests], reached: notes });
    // A test may fail because it reads the text of a file that is watched: it is tried once more in a tree that nobody has touched.
    const [failed, sound] = partition(files);
    const [failing, soundAgain] =
      failed.length === 0 ? [[], []] : partition(await allFiles(untouched.folder, { files: failed.map(({ file }) => file) }));
    const passing = [...sound, ...soundAgain];
    if (passing.length === 0)
      throw new Error(`no test of ${folder} passes: ${failing.map(({ file, failed: test }) => `${file}: ${test}`).join('; ')}`);
    return {
      msOf: new Map(passing.map(({ file, ms }) => [file, ms])),
      imports: importedBy(
        folder,
        passing.map(({ file }) => file),
      ),
      failing: failing.map(({ file, failed: test }) => `${file}: ${test}`),
      onPostgres: testFilesOf(untouched.folder, 'postgres').filter((file) => file.includes(tests)),
      reached: reachedIn(existsSync(notes) ? readFileSync(notes, 'utf8') : '', (path) => relative(touched.folder, path)),
    };
  } finally {
    touched.close();
    untouched.close();
  }
}

function importedBy(folder: string, tests: readonly string[]): Map<string, Set<string>> {
  const imports = importsAmong(folder, globSync('{src,seeds,tests}/**/*.ts', { cwd: folder }));
  return new Map(tests.map((test) => [test, reachedFrom(test, imports)]));
}

function watch(folder: string, mutants: readonly Mutant[]): void {
  for (const [file, numbered] of Map.groupBy(mutants.entries(), ([, mutant]) => mutant.file)) {
    const path = join(folder, file);
    writeFileSync(path, watched(readFileSync(path, 'utf8'), new Map(numbered)));
  }
}

async function allFiles(folder: string, options: Omit<RunOptions, 'project'>): Promise<readonly RanFile[]> {
  return (await runVitest(folder, { project: 'sqlite', ...options })).files ?? [];
}

/** Those that failed, and the others. */
function partition(files: readonly RanFile[]): [RanFile[], RanFile[]] {
  return [files.filter(({ failed }) => failed !== null), files.filter(({ failed }) => failed === null)];
}
