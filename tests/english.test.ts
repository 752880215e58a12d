/** Plain English in all that an outsider reads: a sentence names its subject first, and things belong to somebody. */
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { openApi } from './support/api.ts';
import { openWorld } from './support/world.ts';

const root = resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const filesOf = (...patterns: string[]) => patterns.flatMap((pattern) => globSync(pattern, { cwd: root })).toSorted();

const codeFiles = ['{src,seeds,bench,tools,migrations}/**/*.ts', 'web/**/*.{ts,tsx}'];

/** A text with the place where it stands. */
type Said = readonly [place: string, text: string];

const riddle = /^(?:Of|What|Whatever|Who|Whoever|Whom|Whose|That) /;
const owned = /\b(?:is|are|was|were) of (?:the|a|an|this|that|its|their|another|one|which)\b(?! same)|\bwhose (?:it is|they are)\b/;

/** The sentences of a text that do not name their subject first; a question may begin with its word. */
function riddlesIn(text: string): string[] {
  const sentences = text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .split(/(?<=[.!?][”’"')*]*) /);
  return sentences.filter((sentence) => (riddle.test(sentence) && !sentence.endsWith('?')) || owned.test(sentence));
}

const riddlesOf = (said: readonly Said[]) => said.flatMap(([place, text]) => riddlesIn(text).map((sentence) => `${place}: ${sentence}`));

/** The paragraphs, items and cells of a document; no headings, and nothing that is code. */
function saidInDocument(file: string): Said[] {
  const prose = read(file)
    .replaceAll(/^ *```[^]*?^ *```$/gm, '')
    .replaceAll(/^#+ .*/gm, '')
    .replaceAll(/\]\([^)]+\)/g, ']')
    .replaceAll(/[[\]_]|\*\*/g, '');
  return prose
    .split(/\n\s*\n|\n(?=\s*(?:[-*]|\d+\.) )|\n(?=\|)/)
    .flatMap((part, n, parts) => (/^\|[ :-]+\|/.test(parts[n + 1] ?? '') ? [] : part.startsWith('|') ? part.split('|') : [part]))
    .map((part) => [file, part.replace(/^\s*(?:[-*]|\d+\.) /, '')]);
}

/** The string literals of a file, each figure put in as one character. */
function literalsOf(file: string): Said[] {
  const code = read(file).replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '');
  const literals = code.match(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g) ?? [];
  return literals.map((literal) => [file, literal.slice(1, -1).replaceAll(/\$\{[^{}]*\}/g, '0')]);
}

/** The docstrings of a file. */
function docstringsOf(file: string): Said[] {
  const blocks = read(file).match(/\/\*\*[^]*?\*\//g) ?? [];
  return blocks.flatMap((block) =>
    block
      .slice('/**'.length, -'*/'.length)
      .replaceAll(/^ *\* ?/gm, '')
      .split(/\n\s*\n|\n(?=\s*- )/)
      .map((part): Said => [file, part.replace(/^\s*- /, '')]),
  );
}

/** The comments on lines of their own; lines that follow one another are one text. */
function commentsOf(file: string): Said[] {
  const blocks = read(file).match(/(?:^ *\/\/ .*\n)+/gm) ?? [];
  return blocks.map((block) => [file, block.replaceAll(/^ *\/\/ /gm, '')]);
}

/** Every description and summary in a document of OpenAPI, with its path. */
function descriptionsIn(value: unknown, place: string): Said[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]): Said[] =>
    typeof inner === 'string' && (key === 'description' || key === 'summary') ? [[place, inner]] : descriptionsIn(inner, `${place}/${key}`),
  );
}

it.each([
  ['the documents', 150, () => filesOf('README.md', 'CHANGELOG.md', 'docs/*.md', 'docs/recipes/*.md').flatMap(saidInDocument)],
  ['the refusals', 300, () => filesOf('src/**/refusals.ts').flatMap(literalsOf)],
  ['the pages', 1_000, () => filesOf('web/**/text/en*.ts').flatMap(literalsOf)],
  ['the docstrings', 1_000, () => filesOf(...codeFiles).flatMap(docstringsOf)],
  ['the comments', 300, () => filesOf(...codeFiles, 'tests/**/*.{ts,tsx}', '*.ts').flatMap(commentsOf)],
] as const)('%s name the subject first', (_, atLeast, said) => {
  expect(said().length).toBeGreaterThan(atLeast);
  expect(riddlesOf(said())).toEqual([]);
});

it('the descriptions of the API name the subject first', async () => {
  const { http } = await openApi(await openWorld());
  const said = descriptionsIn((await http.get('/openapi.json')).body, '');
  expect(said.length).toBeGreaterThan(300);
  expect(riddlesOf(said)).toEqual([]);
});

it.each([
  'Whoever is owed more than it owes has used nothing.',
  'It is settled. What is left of it is carried.',
  'The line is of the next business day.',
  'A store with whose it is.',
])('%s is a riddle', (text) => {
  expect(riddlesIn(text)).toHaveLength(1);
});

it.each(['What shall be paid?', 'A net creditor uses none of its limit.', 'Both are of the same kind.'])('%s is not', (text) => {
  expect(riddlesIn(text)).toEqual([]);
});
