import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { parseSync } from 'oxc-parser';
import { describe, expect, it, vi } from 'vitest';
import { drawn, folderOf } from '../../tools/mutations/draw.ts';
import { type Kind, type Mutant, mutantsOf, mutated, watched } from '../../tools/mutations/mutants.ts';
import { candidatesOf, reachedIn } from '../../tools/mutations/order.ts';
import { reportOf } from '../../tools/mutations/report.ts';
import { tempFolder } from '../support/temp-folder.ts';

const sample = `/** 券码 */
export function take(points: number, most: 5 | 7, { kind = 'day' }: { kind?: string } = {}): unknown {
  if (points > most) return refuse('too_many', { points, most });
  if (!kind) throw new Error('no kind');
  else assert(kind !== '年', 'not a year');
  for (const each of []) if (each) throw each;
  const spent = points * 2 - 1;
  let left = -spent + most;
  left += 3;
  return left === 0 || (kind === 'day' && points) ? [dr('a', left), cr('b', left)] : { side: 'dr', left, 7: 'x' + kind };
}
const refuse = (code: string, figures: object) => ({ code, ...figures });
const assert = (ok: unknown, why: string) => { if (!ok) throw new Error(why); };
const dr = (path: string, n: number) => ['dr', path, n] as const;
const cr = (path: string, n: number) => ['cr', path, n] as const;
`;

const mutants = mutantsOf('src/sample.ts', sample);

function parses(text: string): boolean {
  return parseSync('src/sample.ts', text).errors.length === 0;
}

/** A mutant as a line of the report would have it. */
function told({ kind, line, was, now }: Mutant): string {
  return `${line} ${kind}: ${was} -> ${now}`;
}

describe('mutants', () => {
  it('are of every kind, change the text, and leave it one that can be parsed', () => {
    const kinds: Kind[] = ['comparison', 'constant', 'guard', 'item', 'key', 'logic', 'side', 'sign'];
    expect([...new Set(mutants.map(({ kind }) => kind))].toSorted()).toEqual(kinds);
    const texts = mutants.map((mutant) => mutated(sample, mutant));
    expect(texts.filter((text) => text === sample || !parses(text))).toEqual([]);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('change what is run: neither types, nor names, nor texts that are put together', () => {
    const lines = mutants.map(told);
    expect(lines).toContain("3 guard: if (points > most) return refuse('too_many', { points, most }); -> ;");
    expect(lines).toContain('8 sign: - -> ');
    expect(lines).toContain("10 item: dr('a', left),  -> ");
    expect(lines).toContain("10 key: , 7: 'x' + kind -> ");
    expect(mutants.filter(({ line, kind }) => line === 2 && kind === 'constant')).toEqual([]);
    expect(mutants.filter(({ line, was, kind }) => line === 10 && (was === '7' || kind === 'sign'))).toEqual([]);
  });

  it('are watched without a difference but that it is noted which are reached', async () => {
    const text = watched(sample, new Map(mutants.entries()));
    expect(parses(text)).toBe(true);
    const reached = new Set<number>();
    // A recording run over this test has one of its own, which must be there again afterwards.
    vi.stubGlobal('mutantReached', (number: number) => void reached.add(number));
    try {
      const [plain, noting] = await Promise.all([sample, text].map(loaded));
      expect(noting!.take(2, 7)).toEqual(plain!.take(2, 7));
      expect(mutants.filter((_, number) => reached.has(number)).map(({ line }) => line)).not.toContain(6);
      expect(noting!.take(9, 7)).toEqual({ code: 'too_many', points: 9, most: 7 });
      expect(noting!.take(0, 2)).toEqual(plain!.take(0, 2));
    } finally {
      vi.unstubAllGlobals();
    }
    expect(reached.size).toBeGreaterThan(mutants.length / 2);
  });
});

/** A module of this text. */
async function loaded(text: string): Promise<{ take(points: number, most: number): unknown }> {
  const file = join(tempFolder(), 'sample.ts');
  writeFileSync(file, text);
  return (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { take(points: number, most: number): unknown };
}

describe('a draw', () => {
  const inFolders = ['src', 'src/api', 'src/api/routes', 'src/ledger'].flatMap((folder) => mutantsOf(`${folder}/sample.ts`, sample));

  it('is the same for the same seed, and another for another', () => {
    expect(drawn(inFolders, 7, 20)).toEqual(drawn(inFolders, 7, 20));
    expect(drawn(inFolders, 8, 20)).not.toEqual(drawn(inFolders, 7, 20));
  });

  it('takes as many from each folder, none twice, and all there are if asked for more', () => {
    const twenty = drawn(inFolders, 7, 20);
    const byFolder = Object.values(Object.groupBy(twenty, ({ file }) => folderOf(file))).map((of) => of!.length);
    expect([Math.min(...byFolder), Math.max(...byFolder), byFolder.length]).toEqual([6, 7, 3]);
    expect(new Set(twenty).size).toBe(20);
    expect(drawn(inFolders, 7, 10_000).length).toBe(inFolders.length);
  });
});

it('the tests that reach a mutant run against it: those of the whole and of its name first, then those of the nearest folders, then the fastest', () => {
  const tests = [
    'tests/slow.test.ts',
    'tests/x/split.test.ts',
    'tests/redeem/other.test.ts',
    'tests/fast.test.ts',
    'tests/apart.test.ts',
    'tests/web/contract.test.ts',
  ];
  const known = {
    msOf: new Map(tests.map((file, at) => [file, 100 - at])),
    imports: new Map(tests.map((file) => [file, new Set(file.includes('apart') ? [] : ['src/redeem/split.ts'])])),
  };
  const notes = [
    'own\t/t/tests/slow.test.ts\t1',
    'own\t/t/tests/fast.test.ts\t1',
    'child\t/t/tests/gone.test.ts\t1',
    'load\t\t1',
    'load\t\t2',
  ];
  const reached = reachedIn(notes.join('\n'), (path) => path.slice('/t/'.length));
  expect(candidatesOf('src/redeem/split.ts', reached.get(1)!, known)).toEqual(['tests/fast.test.ts', 'tests/slow.test.ts']);
  const importing = [
    'tests/web/contract.test.ts',
    'tests/x/split.test.ts',
    'tests/redeem/other.test.ts',
    'tests/fast.test.ts',
    'tests/slow.test.ts',
  ];
  expect(candidatesOf('src/redeem/split.ts', reached.get(2)!, known)).toEqual(importing);
});

it('a report tells the share that was caught by folder, and each survivor by file and line', () => {
  const [first, second, third] = mutants as [Mutant, Mutant, Mutant];
  const results = [
    { mutant: first, outcome: 'survived', by: null, ran: 3, able: 9, project: 'sqlite' },
    { mutant: second, outcome: 'caught', by: 'tests/x.test.ts: it holds', ran: 1, able: 1, project: 'sqlite' },
    { mutant: third, outcome: 'timed out', by: null, ran: 1, able: 1, project: 'sqlite' },
  ] as const;
  const report = reportOf({ tree: 'b42e8a2', seed: 7, minutes: 1, failing: [], results });
  expect(report).toContain('3 mutants of b42e8a2, seed 7, in 1 minutes: 2 of 3 caught (67 %)');
  expect(report).toMatch(/^src +2 of 3 caught/m);
  expect(report).toMatch(/^survived {2}src\/sample\.ts:3 {2}.+ {2}\(3 of 9 test files that reach it\)$/m);
  expect(report).not.toContain('it holds');
});

/** A function with one guard, and nothing else that could be changed. */
function guarded(name: string): string {
  return `export function ${name}(bad: boolean): boolean {\n  if (bad) throw new Error('bad');\n  return bad;\n}\n`;
}

it('the run of a small tree tells the guard that a test looks at from the one that none does, and one written since is tried against it', async () => {
  const folder = tempFolder();
  const files = {
    'src/api/looked.ts': guarded('looked'),
    'src/store/alone.ts': guarded('alone'),
    'tests/looked.test.ts': `import { expect, it } from 'vitest';
import { looked } from '../src/api/looked.ts';
import { alone } from '../src/store/alone.ts';
it('is looked at', () => {
  expect(() => looked(true)).toThrow('bad');
  expect([looked(false), alone(false)]).toEqual([false, false]);
});
`,
    'vitest.config.ts': `export default { test: { projects: ['sqlite', 'postgres'].map((name) => ({ test: { name, include: ['tests/*.test.ts'] } })) } };\n`,
    'package.json': '{ "type": "module" }\n',
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  const json = join(tempFolder(), 'mutations.json');
  const main = resolve(import.meta.dirname, '../../tools/mutations/main.ts');
  const args = [main, '--tree', folder, '--seed', '7', '--lanes', '2', '--json', json];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(stdout).toContain('seed 7');
  const { results } = JSON.parse(readFileSync(json, 'utf8')) as { results: { mutant: Mutant; outcome: string }[] };
  const outcomes = results.map(({ mutant, outcome }) => [mutant.file, mutant.kind, outcome]);
  expect(outcomes).toEqual([
    ['src/api/looked.ts', 'guard', 'caught'],
    ['src/store/alone.ts', 'guard', 'survived'],
  ]);

  const since = "import { expect, it } from 'vitest';\nimport { alone } from '../src/store/alone.ts';\n";
  writeFileSync(join(folder, 'tests/alone.test.ts'), `${since}it('is looked at now', () => expect(() => alone(true)).toThrow('bad'));\n`);
  const later = await promisify(execFile)(process.execPath, [main, '--tree', folder, '--again', json, '--tests', 'tests/alone']);
  expect(later.stdout).toContain('2 of 2 caught (100 %)');
});
