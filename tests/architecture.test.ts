import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const src = join(root, 'src');

/** What each folder may import; `seeds` is another front door, like the command line. */
const allowed: Record<string, readonly string[]> = {
  cli: ['api', 'redeem', 'clearing', 'communities', 'access', 'ledger', 'store', 'text', 'process', 'seeds'],
  seeds: ['api', 'redeem', 'clearing', 'communities', 'access', 'ledger', 'store', 'text', 'process'],
  api: ['redeem', 'clearing', 'communities', 'access', 'ledger', 'store', 'text', 'workbook'],
  redeem: ['communities', 'access', 'ledger', 'store', 'text'],
  clearing: ['communities', 'access', 'ledger', 'store', 'text'],
  communities: ['access', 'ledger', 'store', 'text'],
  access: ['ledger', 'store', 'text'],
  ledger: ['store', 'text'],
  store: ['text'],
  text: [],
  workbook: [],
};

type Import = { readonly from: string; readonly to: string };

const filesOf = (...patterns: readonly string[]) =>
  patterns.flatMap((pattern) => globSync(pattern, { cwd: root, exclude: ['web/dist/**'] })).map((file) => join(root, file));
const files = filesOf('src/**/*.ts', 'seeds/**/*.ts');

/** Statements and calls that name a module: `import … from`, `export … from`, `import '…'`, `import('…')`, and URLs of workers. */
function importsOf(file: string): Import[] {
  const text = codeOf(file);
  const named = text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*|\bnew URL\(\s*)['"]([^'"]+)['"]/g);
  return [...named].map(([, to]) => ({ from: file, to: to! }));
}

/** A file without its comments, which may speak of anything. */
function codeOf(file: string): string {
  return readFileSync(file, 'utf8')
    .replaceAll(/\/\*[^]*?\*\//g, '')
    .replaceAll(/(^|\s)\/\/.*$/gm, '');
}

/** The folder of the house that a file is of; what lies directly in `src` is the process. */
function folderOf(file: string): string {
  if (!file.startsWith(src)) return relative(root, file).split('/')[0]!;
  const parts = relative(src, file).split('/');
  return parts.length === 1 ? 'process' : parts[0]!;
}

function shown({ from, to }: Import): string {
  return `${relative(root, from)} imports ${to}`;
}

const imports = files.flatMap(importsOf).filter(({ to }) => to.startsWith('.'));
const across = imports
  .map((each) => ({ ...each, target: resolve(dirname(each.from), each.to) }))
  .filter(({ target }) => target.endsWith('.ts'))
  .map((each) => ({ ...each, here: folderOf(each.from), there: folderOf(each.target) }))
  .filter(({ here, there }) => here !== there);

it('the test reads the house: its files, and what they import', () => {
  expect(files.length).toBeGreaterThan(20);
  expect(imports.length).toBeGreaterThan(50);
  expect(across.length).toBeGreaterThan(20);
  expect(new Set(files.map(folderOf))).toContain('store');
  const folders = [...new Set(files.map(folderOf))].filter((folder) => folder !== 'process');
  expect(folders.filter((folder) => !(folder in allowed))).toEqual([]);
});

it('every import leads downwards, and redeem and clearing do not know each other', () => {
  const wrong = across.filter(({ here, there }) => here !== 'process' && !allowed[here]!.includes(there));
  expect(wrong.map(shown)).toEqual([]);
});

it('a folder is imported through its index only', () => {
  const throughIndex = across.filter(({ there }) => !['process', 'seeds'].includes(there));
  expect(throughIndex.length).toBeGreaterThan(20);
  expect(throughIndex.filter(({ target }) => !target.endsWith('/index.ts')).map(shown)).toEqual([]);
});

it('the clock, the environment and chance are named only by the process and the command line', () => {
  const named =
    /\bDate\.now\b|\bnew Date\(\)|\bTemporal\.Now\b|\bMath\.random\b|\brandom(?:Bytes|UUID|UUIDv7|Int|FillSync)\b|\bgetRandomValues\b|\bprocess\.env\b/;
  const inside = files.filter((file) => !['process', 'cli', 'seeds'].includes(folderOf(file)));
  expect(inside.length).toBeGreaterThan(20);
  expect(inside.filter((file) => named.test(codeOf(file))).map((file) => relative(root, file))).toEqual([]);
});

it('what people send is normalised in `src/text` alone, for the API and the pages alike', () => {
  const all = filesOf('src/**/*.ts', 'web/**/*.{ts,tsx}');
  const named = all.filter((file) => /NFK[CD]|\\p\{Cf\}/.test(codeOf(file)));
  expect(named.map((file) => relative(root, file))).toEqual(['src/text/characters.ts']);
  const users = new Set(all.filter((file) => importsOf(file).some(({ to }) => to.endsWith('/text/index.ts'))).map(folderOf));
  expect(users).toEqual(new Set([...users, 'api', 'web']));
});

/** The files of a loop of imports that begins and ends with this one, or undefined. What is in `through` leads into no loop. */
function loopFrom(
  file: string,
  links: ReadonlyMap<string, readonly string[]>,
  path: readonly string[],
  through: Set<string>,
): string[] | undefined {
  if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
  if (through.has(file)) return undefined;
  for (const next of links.get(file) ?? []) {
    const loop = loopFrom(next, links, [...path, file], through);
    if (loop) return loop;
  }
  through.add(file);
  return undefined;
}

it('no file imports itself in a circle, types included', () => {
  const all = filesOf('src/**/*.ts', 'seeds/**/*.ts', 'bench/**/*.ts', 'web/**/*.{ts,tsx}');
  const known = new Set(all);
  const links = new Map(
    all.map((file) => [
      file,
      importsOf(file)
        .map(({ to }) => resolve(dirname(file), to))
        .filter((target) => known.has(target)),
    ]),
  );
  expect(links.size).toBeGreaterThan(400);
  expect([...links.values()].flat().length).toBeGreaterThan(1_000);
  const through = new Set<string>();
  const loops = all.map((file) => loopFrom(file, links, [], through)).filter((loop) => loop !== undefined);
  expect(new Set(loops.map((loop) => loop.map((file) => relative(root, file)).join(' → ')))).toEqual(new Set());
});
