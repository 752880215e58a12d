/** A copy of the house, in which a recipe of CONTRIBUTING.md is tried. */
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const house = join(import.meta.dirname, '../..');
const run = promisify(execFile);
const OUTPUT_MAX = 64 * 1_024 * 1_024;

/** A place that a recipe touches, and what stands there afterwards; `before` is the file's text, empty where there is none. */
type Place = { readonly path: string; readonly change: (before: string) => string };

/** A list of CONTRIBUTING.md. A `*` in a path stands for what a script chooses, such as the number of a migration. */
export type Recipe = {
  /** The heading in CONTRIBUTING.md. */
  readonly heading: string;
  /** Scripts that begin files for a hand to write on. */
  readonly begun?: readonly Script[];
  /** What is written by hand, in the order of the list there. */
  readonly places: readonly Place[];
  /** What scripts make of it: the rest of the list. */
  readonly generated: readonly { readonly path: string; readonly by: Script }[];
};

type Script = readonly string[];

/** All the places of a recipe, in the order of its list. */
export function pathsOf({ places, generated }: Recipe): string[] {
  return [...places, ...generated].map(({ path }) => path);
}

/** A new file. */
export function made(path: string, text: string): Place {
  return { path, change: () => text };
}

/** Texts that become others. Throws where one does not stand in the file exactly once. */
export function changed(path: string, ...pairs: readonly (readonly [from: string, to: string])[]): Place {
  return { path, change: (before) => pairs.reduce((text, [from, to]) => swapped(path, text, from, to), before) };
}

/** Texts that are put in, each before what stands there already. Throws as `changed` does. */
export function put(path: string, ...pairs: readonly (readonly [added: string, before: string])[]): Place {
  return changed(path, ...pairs.map(([added, before]) => [before, added + before] as const));
}

function swapped(path: string, text: string, from: string, to: string): string {
  if (text.split(from).length !== 2) throw new Error(`${path} does not hold this once: ${from}`);
  return text.replace(from, () => to);
}

/** Copies what git knows of the house, new files too; the modules are those of the house. */
function copyHouse(folder: string): void {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: house, encoding: 'utf8' });
  for (const path of listed.split('\n').filter((each) => each !== '' && existsSync(join(house, each)))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(house, path), join(folder, path));
  }
  symlinkSync(join(house, 'node_modules'), join(folder, 'node_modules'));
}

/** Carries recipes out in a copy of the house, all or but one place. Gives what a script complains of, if one does. */
export async function carryOut(folder: string, recipes: readonly Recipe[], without?: string): Promise<string | undefined> {
  copyHouse(folder);
  const generated = recipes.flatMap((recipe) => recipe.generated);
  const begun = await firstComplaint(folder, once(recipes.flatMap((recipe) => recipe.begun ?? [])));
  if (begun !== undefined) return begun;
  for (const place of recipes.flatMap(({ places }) => places)) if (place.path !== without) apply(folder, place);
  const complaint = await firstComplaint(folder, once(generated.map(({ by }) => by)));
  if (complaint !== undefined) return complaint;
  if (generated.some(({ path }) => path === without)) takeBack(folder, without!);
  return complaintOf(folder, [
    'oxfmt',
    '--no-error-on-unmatched-pattern',
    ...recipes.flatMap(pathsOf).flatMap((path) => globSync(path, { cwd: folder })),
  ]);
}

function once(scripts: readonly Script[]): readonly Script[] {
  return [...new Map(scripts.map((script) => [script.join(' '), script])).values()];
}

/** The file that a path stands for; a path with a `*` stands for one that is there already. */
function fileOf(folder: string, path: string): string {
  return join(folder, path.includes('*') ? globSync(path, { cwd: folder })[0]! : path);
}

function apply(folder: string, { path, change }: Place): void {
  const file = fileOf(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, change(existsSync(file) ? readFileSync(file, 'utf8') : ''));
}

/** Takes a place back to what it is in the house. */
function takeBack(folder: string, path: string): void {
  if (existsSync(join(house, path))) cpSync(join(house, path), join(folder, path));
  else rmSync(fileOf(folder, path));
}

/** The environment of a tool: that of this process, but for what a test run tells its own workers. */
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^VITEST|^CALLMI_|^NODE_OPTIONS$|^UPDATE_DOCS$/.test(name))),
  PATH: `${join(house, 'node_modules/.bin')}:${process.env['PATH']}`,
};

/** What the first tool that finds something wrong says; undefined if none does. */
export async function firstComplaint(folder: string, tools: readonly Script[]): Promise<string | undefined> {
  for (const tool of tools) {
    const complaint = await complaintOf(folder, tool);
    if (complaint !== undefined) return complaint;
  }
  return undefined;
}

async function complaintOf(folder: string, [tool, ...args]: Script): Promise<string | undefined> {
  try {
    await run(tool!, args, { cwd: folder, env, maxBuffer: OUTPUT_MAX });
    return undefined;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
    return `${tool} ${args.join(' ')}\n${stdout}${stderr}`;
  }
}
