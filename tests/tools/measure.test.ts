import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { circlesIn, circlesOf } from '../../tools/measure/circles.ts';
import { filesOf, sizesOf } from '../../tools/measure/files.ts';
import { differences } from '../../tools/measure/openapi.ts';
import { listedPlaces, placesIn } from '../../tools/measure/places.ts';
import { intervalOf, redeemRatio } from '../../tools/measure/redeem.ts';
import { renamesIn } from '../../tools/measure/renames.ts';
import { table } from '../../tools/measure/table.ts';
import { timesOf } from '../../tools/measure/times.ts';
import { tempFolder } from '../support/temp-folder.ts';

function treeOf(files: Readonly<Record<string, string>>): string {
  const folder = tempFolder();
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

it('a folder of src is counted without those in it, a page with all that is in it, and nothing that is generated', () => {
  const folder = treeOf({
    'src/api/app.ts': 'one\ntwo\n',
    'src/api/routes/me.ts': 'one\n',
    'web/street/main.tsx': 'one\n',
    'web/street/ledger/ledger.tsx': 'one\n',
    'web/api/contract.d.ts': 'one\n',
    'docs/concepts.md': 'one\n',
  });
  expect(Object.fromEntries(sizesOf(folder, filesOf(folder)))).toEqual({
    docs: { files: 1, lines: 1 },
    'src/api': { files: 1, lines: 2 },
    'src/api/routes': { files: 1, lines: 1 },
    'web/street': { files: 2, lines: 2 },
  });
});

it('a circle is found through types, through what is exported anew and through a dynamic import, and is told once', () => {
  const folder = treeOf({
    'src/a.ts': "import type { B } from './b.ts';\nexport type A = B;\n",
    'src/b.ts': "export { c as B } from './c.ts';\n",
    'src/c.ts': "export const c = () => import('./a.ts');\n",
    'src/d.ts': "import { c } from './c.ts';\n// import './e.ts'\nexport const d = c;\n",
    'web/e.tsx': "import { d } from '../src/d.ts';\nexport const e = <p>{String(d)}</p>;\n",
  });
  expect(circlesIn(folder, filesOf(folder))).toEqual([['src/a.ts', 'src/b.ts', 'src/c.ts']]);
});

it('two circles that do not reach each other both ways are two', () => {
  const imports = { a: ['b'], b: ['a', 'c'], c: ['d'], d: ['c'], e: ['e2'], e2: [] };
  expect(circlesOf(new Map(Object.entries(imports)))).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
});

it('a line renames where a key and its value are one name in two spellings, and nowhere else', () => {
  const outwards = [
    'status_reason: row.statusReason,',
    'made_at: rfc3339(row.madeAt),',
    'store_id: row.storeId ?? null,',
    'a_b: aB, c_d: x.cD,',
  ];
  const inwards = ['storeId: body.store_id,'];
  const neither = [
    'id: row.id,',
    'made_at: rfc3339(row.paidAt),',
    'face_fen: row.faceFen * 2,',
    'made_at: at(row.madeAt, zone),',
    "'a-b': aB,",
  ];
  const text = `const wire = {\n${[...outwards, ...inwards, ...neither].join('\n')}\n};\nconst { store_id: storeId, other } = body;\n`;
  expect(renamesIn('wire.ts', text)).toEqual({ outwards: outwards.length, inwards: inwards.length + 1 });
});

it('places are the lines of src and web that name the example, and the items of the recipe that begin with a path', () => {
  const recipe =
    '# Contributing\n\n## Add a refusal\n\n1. `src/x/refusals.ts`: the code.\n2. Then think.\n3. `docs/errors.md` comes by itself.\n\n## Style\n\n1. `src/no.ts`\n';
  const folder = treeOf({
    'CONTRIBUTING.md': recipe,
    'src/x/refusals.ts': "'phone_taken'\n'phone_taken_twice'\n",
    'web/y.tsx': 'phone_taken\n\nphone_taken\n',
    'tests/x.test.ts': 'phone_taken\n',
  });
  const probe = { heading: 'Add a refusal', example: '', named: /\bphone_taken\b/ };
  expect(placesIn(folder, filesOf(folder), probe)).toEqual({ files: 2, lines: 3, listed: 2 });
  expect(listedPlaces(recipe, 'Add a field')).toEqual([]);
});

function schema(description: string, required: string[], maximum: number): object {
  return { required, properties: { description: { type: 'string', description }, points: { maximum } } };
}

it('documents differ by what is in one of them only, but not by descriptions, nor by the order of a set', () => {
  expect(differences(schema('a', ['x', 'y'], 1), schema('b', ['y', 'x'], 1))).toEqual([]);
  expect(differences(schema('a', ['x', 'y'], 1), schema('a', ['x'], 2))).toEqual([
    '- /properties/points/maximum 1',
    '+ /properties/points/maximum 2',
    '- /required "y"',
  ]);
});

it('the time of both commands is taken in a fresh copy of each tree, and a failure is told', async () => {
  const trees = ['true', 'false'].map((test) => {
    const folder = treeOf({
      'package.json': JSON.stringify({ name: 'tree', version: '1.0.0', scripts: { test } }),
      'package-lock.json': JSON.stringify({ name: 'tree', version: '1.0.0', lockfileVersion: 3, packages: {} }),
      '.ci/run': '#!/bin/sh\ntest ! -e ran && touch ran && sleep 0.2\n',
    });
    chmodSync(join(folder, '.ci/run'), 0o755);
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
    return { folder, name: test, close: () => {} };
  });
  const took = await timesOf(trees, 1);
  const failed = took.map((commands) => commands.map((each) => [each.command, each.failed]));
  expect(failed[0]).toEqual([
    ['npm test', 0],
    ['.ci/run', 0],
  ]);
  expect(failed[1]).toEqual([
    ['npm test', 1],
    ['.ci/run', 0],
  ]);
  expect(took[0]![1]!.seconds[0]).toBeGreaterThan(0.2);
});

it('a table puts the figures of both trees side by side', () => {
  expect(table(['before', 'after'], [[['circles', '6']], [['circles', '0']]])).toBe('         before  after\ncircles       6      0\n');
});

it('redeeming is compared in pairs of runs, the second tree to the first', () => {
  const trees = [200, 300].map((rate) => {
    const results = JSON.stringify({ figures: { 'redeem, per second': { median: rate } } });
    const folder = treeOf({
      'package.json': '{}',
      'bench/main.ts': `import { mkdirSync, writeFileSync } from 'node:fs';
mkdirSync('bench/results', { recursive: true });
writeFileSync('bench/results/redeem.json', ${JSON.stringify(results)});`,
    });
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
    return { folder, name: String(rate), close: () => {} };
  });
  const { mean, from, to, pairs } = redeemRatio([trees[0]!, trees[1]!], 2);
  expect([mean, from, to].map((each) => each.toFixed(6))).toEqual(['1.500000', '1.500000', '1.500000']);
  expect(pairs).toBe(2);
});

it('an interval is that of Student for so few ratios, and is symmetrical for a ratio and its inverse', () => {
  const ratios = [0.9, 1, 1.1, 1.2, 0.95];
  const { mean, from, to } = intervalOf(ratios);
  expect([mean, from, to].map((each) => each.toFixed(3))).toEqual(['1.024', '0.888', '1.182']);
  const inverse = intervalOf(ratios.map((each) => 1 / each));
  expect([1 / inverse.mean, 1 / inverse.to, 1 / inverse.from].map((each) => each.toFixed(3))).toEqual(['1.024', '0.888', '1.182']);
});
