/** How many files and lines each folder has. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export type Size = { readonly files: number; readonly lines: number };

/** The files that a program writes, which are not counted. */
const generated = new Set(['web/api/bounds.ts', 'web/api/contract.d.ts']);

/** The files that people write, by their paths in the tree, sorted: code, pages' styles and documents. */
export function filesOf(folder: string): string[] {
  const patterns = ['{src,web,tests,bench,seeds,tools}/**/*.{ts,tsx,css}', 'docs/**/*.md'];
  return patterns
    .flatMap((pattern) => globSync(pattern, { cwd: folder, exclude: ['**/node_modules', 'web/dist'] }))
    .filter((file) => !generated.has(file))
    .toSorted();
}

/** By room: each folder of `src` alone, without those in it; a page of `web` and all else with what is in it. */
export function sizesOf(folder: string, files: readonly string[]): Map<string, Size> {
  const rooms = Map.groupBy(files, roomOf);
  return new Map([...rooms].map(([room, inRoom]) => [room, sizeOf(folder, inRoom)]));
}

function roomOf(file: string): string {
  const parts = dirname(file).split('/');
  return parts[0] === 'src' ? parts.join('/') : parts.slice(0, parts[0] === 'web' ? 2 : 1).join('/');
}

function sizeOf(folder: string, files: readonly string[]): Size {
  const lines = files.map((file) => readFileSync(join(folder, file), 'utf8').split('\n').length - 1);
  return { files: files.length, lines: lines.reduce((sum, each) => sum + each, 0) };
}
