/** Trees of files to look at or to run tests in: a folder as it stands, or a commit in a folder of its own that is gone afterwards. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

// A signal ends the process as any other end does, with what is to be put away.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** The checkout that this script stands in. */
export const here = resolve(import.meta.dirname, '..');

export type Tree = { readonly folder: string; readonly name: string; close(): void };

/** The tree that a word names: a folder, or else a commit of this checkout, which is then checked out elsewhere. Throws for neither. */
export function openTree(word: string): Tree {
  if (existsSync(word)) return { folder: resolve(word), name: word, close: () => {} };
  const commit = git(here, 'rev-parse', '--verify', `${word}^{commit}`).trim();
  const folder = temporaryFolder();
  git(here, 'clone', '--quiet', '--shared', '--no-checkout', here, folder);
  git(folder, 'checkout', '--quiet', '--detach', commit);
  return { folder, name: commit.slice(0, 7), close: () => remove(folder) };
}

/**
 * A copy of what a folder has under version control or would have, as a repository of its own, so that what it ignores is ignored. `linked`:
 * with the packages that are installed in it, or else in this checkout; if it asks for others, they are installed.
 */
export function copyOf(folder: string, packages: 'linked' | 'none'): Tree {
  const copy = temporaryFolder();
  git(copy, 'init', '--quiet');
  const files = git(folder, 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0').filter(Boolean);
  for (const file of files.filter((each) => existsSync(join(folder, each)))) cpSync(join(folder, file), join(copy, file));
  if (packages === 'linked') addPackages(folder, copy);
  return { folder: copy, name: folder, close: () => remove(copy) };
}

function addPackages(folder: string, copy: string): void {
  const places = asksForOthers(folder) ? [folder] : [folder, here];
  const installed = places.map((each) => join(each, 'node_modules')).find((each) => existsSync(each));
  if (installed !== undefined) symlinkSync(installed, join(copy, 'node_modules'));
  else execFileSync('npm', ['ci', '--silent'], { cwd: copy, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Whether a folder asks for other packages than this checkout. */
function asksForOthers(folder: string): boolean {
  const [asked, ours] = [folder, here].map((each) => join(each, 'package-lock.json'));
  return existsSync(asked!) && readFileSync(asked!, 'utf8') !== readFileSync(ours!, 'utf8');
}

/** It is gone with the process at the latest. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'callmi-tree-'));
  process.once('exit', () => remove(folder));
  return folder;
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function git(folder: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 });
}
