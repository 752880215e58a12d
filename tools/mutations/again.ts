/** The survivors of a run that was kept, against tests that were left out then or written since. */
import { attemptAgain, type Result } from './attempt.ts';
import { isCaught, lineOf, type Run } from './report.ts';
import { openCopy, runVitest } from './vitest.ts';

/** The same run with what the tests whose path has `tests` in it catch now. Throws if one of them fails with nothing changed. */
export async function again(folder: string, run: Run, tests: string, say: (text: string) => void): Promise<Run> {
  const copy = openCopy(folder);
  try {
    const { ok, files } = await runVitest(copy.folder, { project: 'sqlite', files: [tests] });
    if (!ok) throw new Error(`the tests of ${tests} fail with nothing changed`);
    const results: Result[] = [];
    for (const before of run.results) {
      const result = isCaught(before)
        ? before
        : await attemptAgain(
            copy.folder,
            before,
            files!.map(({ file }) => file),
          );
      if (!isCaught(before)) say(lineOf(result));
      results.push(result);
    }
    return { ...run, results };
  } finally {
    copy.close();
  }
}
