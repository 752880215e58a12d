/** Imports that go in a circle, those of types included. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync } from 'oxc-parser';

/** Where imports are looked at. */
const rooms = new Set(['src', 'seeds', 'bench', 'web']);

/** Each circle as the files that reach one another, sorted. */
export function circlesIn(folder: string, files: readonly string[]): string[][] {
  const code = files.filter((file) => /\.tsx?$/.test(file) && rooms.has(file.split('/')[0]!));
  const imports = new Map(code.map((file) => [file, importsOf(file, readFileSync(join(folder, file), 'utf8'))]));
  return circlesOf(imports);
}

/** The files of the tree that a file imports, or exports anew, by static statements and by `import('…')`. */
function importsOf(file: string, text: string): string[] {
  const { module } = parseSync(file, text);
  const dynamic = module.dynamicImports.map(({ moduleRequest: { start, end } }) => text.slice(start + 1, end - 1));
  const exported = module.staticExports.flatMap(({ entries }) => entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []));
  const named = [...module.staticImports.map(({ moduleRequest }) => moduleRequest.value), ...exported, ...dynamic];
  return [...new Set(named.filter((name) => name.startsWith('.')).map((name) => join(dirname(file), name)))];
}

/** The groups of more than one file in which each reaches every other. */
export function circlesOf(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const reach = new Map([...imports.keys()].map((file) => [file, reachedFrom(file, imports)]));
  const circleOf = (file: string) => [...reach.get(file)!].filter((other) => reach.get(other)?.has(file)).toSorted();
  const circles = [...imports.keys()].map(circleOf).filter((circle) => circle.length > 1);
  return [...new Map(circles.map((circle) => [circle.join(' '), circle])).values()];
}

/** What a file reaches by one import or more; itself only if it is in a circle. */
function reachedFrom(file: string, imports: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set<string>();
  const waiting = [...(imports.get(file) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    waiting.push(...(imports.get(next) ?? []));
  }
  return reached;
}
