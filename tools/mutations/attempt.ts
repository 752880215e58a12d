/** One mutant against the tests. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Mutant, mutated } from './mutants.ts';
import { byNearness, candidatesOf, mirrors, type Reached } from './order.ts';
import type { Recording } from './record.ts';
import { type Ran, runVitest } from './vitest.ts';

/** `by` is the first test that failed; of the `able` test files the first `ran` were to run, nearest and fastest first. */
export type Result = {
  readonly mutant: Mutant;
  readonly outcome: 'caught' | 'timed out' | 'survived' | 'unreached';
  readonly by: string | null;
  readonly ran: number;
  readonly able: number;
  readonly project: string;
};

// Only a loop that never ends is to run into these: a test that waits has a limit of its own, and a busy machine is slow.
const START_MS = 120_000;
/** Where it is not known what the tests take when nothing is changed. */
const UNKNOWN_MS = 600_000;

/** Runs at most `filesMax` test files against the mutant, and stops at the first failure. */
export async function attempt(copy: string, mutant: Mutant, number: number, recording: Recording, filesMax: number): Promise<Result> {
  const { project, able, files, expectedMs } = planOf(mutant, recording.reached.get(number), recording, filesMax);
  const tried = { mutant, project, ran: files.length, able: able.length };
  if (files.length === 0) return { ...tried, outcome: 'unreached', by: null };

  const ran = await withMutant(copy, mutant, () => runVitest(copy, { project, files, bail: true, limitMs: START_MS + 4 * expectedMs }));
  const outcome = ran.files === null ? 'timed out' : ran.ok ? 'survived' : 'caught';
  return { ...tried, outcome, by: outcome === 'caught' ? firstFailure(ran) : null };
}

type Plan = { readonly project: string; readonly able: readonly string[]; readonly files: readonly string[]; readonly expectedMs: number };

/**
 * The test files to run against a mutant. A mutant that no test on SQLite reaches is tried by the tests that are on PostgreSQL only, and by
 * those that mirror its folder.
 */
function planOf({ file }: Mutant, reached: Reached | undefined, recording: Recording, filesMax: number): Plan {
  const { msOf, onPostgres } = recording;
  if (reached) {
    const able = candidatesOf(file, reached, recording);
    const files = able.slice(0, filesMax);
    return { project: 'sqlite', able, files, expectedMs: files.reduce((sum, each) => sum + msOf.get(each)!, 0) };
  }
  const able = byNearness(
    file,
    onPostgres.filter((each) => !msOf.has(each) || mirrors(each, file)),
    msOf,
  );
  return { project: 'postgres', able, files: able.slice(0, filesMax), expectedMs: UNKNOWN_MS };
}

/** A mutant that no test noticed, against all of these test files; it stays as it was if they do not notice it either. */
export async function attemptAgain(copy: string, before: Result, files: readonly string[]): Promise<Result> {
  const limitMs = START_MS + UNKNOWN_MS;
  const ran = await withMutant(copy, before.mutant, () => runVitest(copy, { project: 'sqlite', files, bail: true, limitMs }));
  if (ran.ok) return before;
  return { ...before, outcome: ran.files === null ? 'timed out' : 'caught', by: ran.files === null ? null : firstFailure(ran) };
}

async function withMutant(copy: string, mutant: Mutant, run: () => Promise<Ran>): Promise<Ran> {
  const path = join(copy, mutant.file);
  const text = readFileSync(path, 'utf8');
  if (text.slice(mutant.start, mutant.end) !== mutant.was) throw new Error(`${mutant.file} has changed since the mutant was drawn`);
  writeFileSync(path, mutated(text, mutant));
  try {
    return await run();
  } finally {
    writeFileSync(path, text);
  }
}

function firstFailure({ files }: Ran): string {
  const failed = files!.find((each) => each.failed !== null);
  return failed ? `${failed.file}: ${failed.failed}` : 'an error outside of every test';
}
