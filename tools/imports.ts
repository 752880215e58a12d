/** The imports among the files of a tree. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync } from 'oxc-parser';

/** By file, the files of the tree that it imports. */
export type Imports = ReadonlyMap<string, readonly string[]>;

export function importsAmong(folder: string, files: readonly string[]): Imports {
  return new Map(files.map((file) => [file, importsOf(file, readFileSync(join(folder, file), 'utf8'))]));
}

/** The files of the tree that a file imports, or exports anew, by static statements and by `import('…')`. */
function importsOf(file: string, text: string): string[] {
  const { module } = parseSync(file, text);
  const dynamic = module.dynamicImports.map(({ moduleRequest: { start, end } }) => text.slice(start + 1, end - 1));
  const exported = module.staticExports.flatMap(({ entries }) => entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []));
  const named = [...module.staticImports.map(({ moduleRequest }) => moduleRequest.value), ...exported, ...dynamic];
  return [...new Set(named.filter((name) => name.startsWith('.')).map((name) => join(dirname(file), name)))];
}

/** The files that a file reaches by one import or more; itself only if it is in a circle. */
export function reachedFrom(file: string, imports: Imports): Set<string> {
  const reached = new Set<string>();
  const waiting = [...(imports.get(file) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    waiting.push(...(imports.get(next) ?? []));
  }
  return reached;
}
