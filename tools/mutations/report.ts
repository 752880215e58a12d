/** The report on a run of mutants. */
import type { Result } from './attempt.ts';
import { folderOf } from './draw.ts';

export type Run = {
  readonly tree: string;
  readonly seed: number;
  readonly minutes: number;
  readonly failing: readonly string[];
  readonly results: readonly Result[];
};

/** The share caught by folder and by kind, then each survivor by file and line. */
export function reportOf({ tree, seed, minutes, failing, results }: Run): string {
  const lines = [
    `${results.length} mutants of ${tree}, seed ${seed}, in ${minutes.toFixed(0)} minutes: ${shareOf(results)}`,
    '',
    ...sharesBy(results, ({ mutant }) => folderOf(mutant.file)),
    '',
    ...sharesBy(results, ({ mutant }) => mutant.kind),
    ...failing.map((each) => `\nfails with nothing changed, and is left out: ${each}`),
    '',
    ...results
      .filter((result) => !isCaught(result))
      .map(lineOf)
      .toSorted(),
  ];
  return `${lines.join('\n')}\n`;
}

/** A mutant that hangs is noticed as well. */
export function isCaught({ outcome }: Result): boolean {
  return outcome === 'caught' || outcome === 'timed out';
}

export function lineOf({ mutant, outcome, by, ran, able, project }: Result): string {
  const { file, line, kind, was, now } = mutant;
  const change = `${kind} ${shorten(was)} -> ${now === '' ? 'nothing' : shorten(now)}`;
  const files = `${ran} of ${able} test files ${project === 'sqlite' ? 'that reach it' : 'on PostgreSQL, none on SQLite reaches it'}`;
  const why = outcome === 'survived' ? files : (by ?? '');
  return `${outcome}  ${file}:${line}  ${change}${why && `  (${why})`}`;
}

function sharesBy(results: readonly Result[], keyOf: (result: Result) => string): string[] {
  const groups = [...Map.groupBy(results, keyOf)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return groups.map(([key, group]) => `${key.padEnd(18)} ${shareOf(group)}`);
}

function shareOf(results: readonly Result[]): string {
  const caught = results.filter(isCaught).length;
  return `${caught} of ${results.length} caught (${((100 * caught) / results.length).toFixed(0)} %)`;
}

function shorten(code: string): string {
  const line = code.replaceAll(/\s+/g, ' ').trim();
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}
