/**
 * `npm run test:mutations`: changes one thing in `src` at a time, drawn by chance that repeats itself, and looks whether a test notices.
 *
 * `--seed N` repeats a draw; `--count N` mutants are drawn; `--tree WORD` is a folder or a commit instead of this checkout; at most
 * `--files N` test files run against one mutant, nearest and fastest first; `--lanes N` go on at once; `--json FILE` keeps each result.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { here, openTree } from '../trees.ts';
import { attempt, type Result } from './attempt.ts';
import { drawn } from './draw.ts';
import { type Mutant, mutantsOf } from './mutants.ts';
import { record, type Recording } from './record.ts';
import { lineOf, reportOf } from './report.ts';
import { openCopy } from './vitest.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e6)) },
    count: { type: 'string', default: '100' },
    tree: { type: 'string', default: here },
    files: { type: 'string', default: '24' },
    lanes: { type: 'string', default: '1' },
    json: { type: 'string' },
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
  const mutants = drawn(allMutantsOf(tree.folder), seed, count);
  say(`seed ${seed}: ${mutants.length} mutants of ${tree.name}; first the tests run with nothing changed`);
  const recording = await record(tree.folder, mutants);
  say(`${recording.msOf.size} test files pass on SQLite; ${mutants.length - recording.reached.size} mutants are reached by none of them`);
  const results = await attemptAll(tree.folder, mutants, recording);
  const run = { tree: tree.name, seed, minutes: (Date.now() - startedAt) / 60_000, failing: recording.failing, results };
  process.stdout.write(reportOf(run));
  if (values.json) writeFileSync(values.json, `${JSON.stringify(run, null, 2)}\n`);
} finally {
  tree.close();
}

function allMutantsOf(folder: string): Mutant[] {
  const files = globSync('src/**/*.ts', { cwd: folder }).toSorted();
  return files.flatMap((file) => mutantsOf(file, readFileSync(join(folder, file), 'utf8')));
}

/** Each lane has a copy of the tree, and takes the next mutant when it is through with one. */
async function attemptAll(folder: string, mutants: readonly Mutant[], recording: Recording): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = mutants.entries();
  const lane = async () => {
    const copy = openCopy(folder);
    try {
      for (const [number, mutant] of waiting) {
        const result = await attempt(copy.folder, mutant, number, recording, filesMax);
        results[number] = result;
        say(`${number + 1}/${mutants.length} ${lineOf(result)}`);
      }
    } finally {
      copy.close();
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
