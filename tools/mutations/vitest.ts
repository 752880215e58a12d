/** Runs vitest in the copy of a tree. */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { copyOf, type Tree } from '../trees.ts';

const inside = join(import.meta.dirname, 'inside');

/** The result of a test file: the milliseconds that it took, and the first test that failed in it and why, or null. */
export type RanFile = { readonly file: string; readonly ms: number; readonly failed: string | null };

/** The files that ran, and whether the run as a whole was well; `files` is null if it was ended before it was through. */
export type Ran = { readonly ok: boolean; readonly files: readonly RanFile[] | null };

export type RunOptions = {
  readonly project: string;
  /** The test files to run, one after another; all if there is none. */
  readonly files?: readonly string[];
  readonly bail?: boolean;
  readonly limitMs?: number;
  /** Where to note which mutants are reached. */
  readonly reached?: string;
};

type JsonReport = {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly startTime: number;
    readonly endTime: number;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
};

/** A copy of a tree that `runVitest` can run in. */
export function openCopy(folder: string): Tree {
  const copy = copyOf(folder, 'linked');
  cpSync(inside, join(copy.folder, 'mutations'), { recursive: true });
  return copy;
}

export async function runVitest(
  copy: string,
  { project, files = [], bail = false, limitMs = 3 * 3_600_000, reached }: RunOptions,
): Promise<Ran> {
  const [report, order] = ['mutations/report.json', 'mutations/order.json'].map((name) => join(copy, name)) as [string, string];
  rmSync(report, { force: true });
  writeFileSync(order, JSON.stringify(files));
  const args = [
    'run',
    '--config',
    join(copy, 'mutations/config.ts'),
    '--root',
    copy,
    '--project',
    project,
    '--reporter=json',
    `--outputFile=${report}`,
  ];
  const recorder = reached ? { NODE_OPTIONS: `--import=${join(copy, 'mutations/recorder.ts')}`, MUTATIONS_REACHED: reached } : {};
  // A run of this script inside a test of this script inherits an environment that is not its own.
  const { MUTATIONS_TEST: _test, MUTATIONS_REACHED: _reached, MUTATIONS_ORDER: _order, ...outer } = process.env;
  const env = { ...outer, ...recorder, ...(files.length > 0 ? { MUTATIONS_ORDER: order } : {}) };
  const code = await finished(
    join(copy, 'node_modules/vitest/vitest.mjs'),
    [...args, ...(bail ? ['--bail=1'] : []), ...files],
    copy,
    env,
    limitMs,
  );
  if (code === null) return { ok: false, files: null };
  const { testResults } = existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as JsonReport) : { testResults: [] };
  return { ok: code === 0, files: testResults.map((each) => ranFile(copy, each)) };
}

/** The test files of a project. */
export function testFilesOf(copy: string, project: string): string[] {
  const args = ['node_modules/vitest/vitest.mjs', 'list', '--filesOnly', '--json', '--project', project];
  const listed = execFileSync(process.execPath, args, { cwd: copy, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return (JSON.parse(listed) as { readonly file: string }[]).map(({ file }) => relative(copy, file));
}

function ranFile(
  copy: string,
  { name, status, startTime, endTime, message, assertionResults }: JsonReport['testResults'][number],
): RanFile {
  const test = assertionResults.find((each) => each.status === 'failed');
  const why = test ? `${test.fullName}: ${test.failureMessages[0]}` : message || 'it could not be loaded';
  const failed = status === 'failed' ? why.split('\n')[0]! : null;
  return { file: relative(copy, name), ms: Math.max(0, endTime - startTime), failed };
}

/** The exit code, or null if time was up: then the process is ended, and all that it started. */
function finished(script: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv, limitMs: number): Promise<number | null> {
  const child = spawn(process.execPath, [script, ...args], { cwd, env, stdio: 'ignore', detached: true });
  const endAll = () => {
    try {
      process.kill(-child.pid!, 'SIGKILL');
    } catch {
      // It is gone already.
    }
  };
  return new Promise((done, fail) => {
    let late = false;
    const limit = setTimeout(() => {
      late = true;
      endAll();
    }, limitMs);
    child.once('error', fail);
    process.prependOnceListener('exit', endAll);
    child.once('exit', (code) => {
      process.off('exit', endAll);
      clearTimeout(limit);
      endAll();
      done(late ? null : (code ?? 1));
    });
  });
}
