/** A copy of the house, in which a recipe of CONTRIBUTING.md is tried. */
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const house = join(import.meta.dirname, '../..');
const run = promisify(execFile);
const OUTPUT_MAX = 64 * 1_024 * 1_024;

/** A place that a recipe touches, and what stands there afterwards; `before` is the file's text, empty where there is none. */
export type Place = { readonly path: string; readonly change: (before: string) => string };

/** A new file. */
export function made(path: string, text: string): Place {
  return { path, change: () => text };
}

/** Texts that are put in, each before what stands there already. Throws where that does not stand there exactly once. */
export function put(path: string, ...pairs: readonly (readonly [added: string, before: string])[]): Place {
  return { path, change: (text) => pairs.reduce((changed, [added, before]) => putBefore(path, changed, added, before), text) };
}

function putBefore(path: string, text: string, added: string, before: string): string {
  if (text.split(before).length !== 2) throw new Error(`${path} does not hold this once: ${before}`);
  return text.replace(before, () => added + before);
}

/** Copies what git knows of the house, new files too; the modules are those of the house. */
export function copyHouse(folder: string): void {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: house, encoding: 'utf8' });
  for (const path of listed.split('\n').filter((each) => each !== '' && existsSync(join(house, each)))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(house, path), join(folder, path));
  }
  symlinkSync(join(house, 'node_modules'), join(folder, 'node_modules'));
}

/** Carries a place out. */
export function apply(folder: string, { path, change }: Place): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, change(existsSync(file) ? readFileSync(file, 'utf8') : ''));
}

/** Takes a place back to what it is in the house. */
export function takeBack(folder: string, path: string): void {
  if (existsSync(join(house, path))) cpSync(join(house, path), join(folder, path));
  else rmSync(join(folder, path));
}

/** The environment of a tool: that of this process, but for what a test run tells its own workers. */
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^VITEST|^CALLMI_|^NODE_OPTIONS$|^UPDATE_DOCS$/.test(name))),
  PATH: `${join(house, 'node_modules/.bin')}:${process.env['PATH']}`,
};

/** What a tool complains of; undefined if it finds nothing wrong. */
export async function complaintOf(folder: string, [tool, ...args]: readonly string[]): Promise<string | undefined> {
  try {
    await run(tool!, args, { cwd: folder, env, maxBuffer: OUTPUT_MAX });
    return undefined;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
    return `${tool} ${args.join(' ')}\n${stdout}${stderr}`;
  }
}
