/**
 * `npm run test:mutations`: changes one thing in `src` at a time, drawn by chance that repeats itself, and looks whether a test notices.
 *
 * `--seed N` repeats a draw; `--count N` mutants are drawn, of files whose path begins with `--in PATH`; `--tree WORD` is a folder or a commit
 * instead of this checkout. `--tests PATH` leaves out all tests but those; at most `--files N` test files run against one mutant, nearest and
 * fastest first; `--lanes N` go on at once. `--json FILE` keeps each result as soon as it is there, and `--again FILE` tries the survivors of
 * such a run once more, against all of `--tests PATH`.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { here, openTree } from '../trees.ts';
import { again } from './again.ts';
import { attempt, type Result } from './attempt.ts';
import { drawn } from './draw.ts';
import { type Mutant, mutantsOf } from './mutants.ts';
import { record, type Recording } from './record.ts';
import { lineOf, reportOf, type Run } from './report.ts';
import { openCopy } from './vitest.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e6)) },
    count: { type: 'string', default: '100' },
    in: { type: 'string', default: 'src' },
    tree: { type: 'string', default: here },
    tests: { type: 'string', default: 'tests' },
    files: { type: 'string', default: '24' },
    lanes: { type: 'string', default: '1' },
    json: { type: 'string' },
    again: { type: 'string' },
  },
});
const [seed, count, filesMax, lanes] = [values.seed, values.count, values.files, values.lanes].map(Number) as [
  number,
  number,
  number,
  number,
];

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

const startedAt = Date.now();
const tree = openTree(values.tree);
try {
  const kept = values.again === undefined ? undefined : (JSON.parse(readFileSync(values.again, 'utf8')) as Run);
  const run = kept ? await again(tree.folder, kept, values.tests, say) : await drawAndAttempt();
  keep(run);
  process.stdout.write(reportOf(run));
} finally {
  tree.close();
}

function keep(run: Run): void {
  if (values.json) writeFileSync(values.json, `${JSON.stringify(run, null, 2)}\n`);
}

async function drawAndAttempt(): Promise<Run> {
  const mutants = drawn(mutantsIn(tree.folder, values.in), seed, count);
  say(`seed ${seed}: ${mutants.length} mutants of ${tree.name}; first the tests run with nothing changed`);
  const recording = await record(tree.folder, mutants, values.tests);
  say(`${recording.msOf.size} test files pass on SQLite; ${mutants.length - recording.reached.size} mutants are reached by none of them`);
  const runOf = (results: readonly Result[]): Run => {
    const minutes = (Date.now() - startedAt) / 60_000;
    return { tree: tree.name, seed, minutes, failing: recording.failing, results };
  };
  return runOf(await attemptAll(tree.folder, mutants, recording, (results) => keep(runOf(results))));
}

function mutantsIn(folder: string, path: string): Mutant[] {
  const files = globSync('src/**/*.ts', { cwd: folder }).filter((file) => file.startsWith(path));
  return files.toSorted().flatMap((file) => mutantsOf(file, readFileSync(join(folder, file), 'utf8')));
}

/** Each lane has a copy of the tree, and takes the next mutant when it is through with one. `keepSoFar` is handed what there is. */
async function attemptAll(
  folder: string,
  mutants: readonly Mutant[],
  recording: Recording,
  keepSoFar: (results: readonly Result[]) => void,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = mutants.entries();
  const lane = async () => {
    const copy = openCopy(folder);
    try {
      for (const [number, mutant] of waiting) {
        results[number] = await attempt(copy.folder, mutant, number, recording, filesMax);
        say(`${number + 1}/${mutants.length} ${lineOf(results[number])}`);
        keepSoFar(Object.values(results));
      }
    } finally {
      copy.close();
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
