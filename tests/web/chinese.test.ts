import { globSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { codesIn, rowsUnder } from '../support/markdown.ts';

const root = resolve(import.meta.dirname, '../..');
const files = ['web/**/*.ts', 'web/**/*.tsx', 'src/**/*.ts', 'seeds/**/*.ts']
  .flatMap((pattern) => globSync(pattern, { cwd: root }))
  .map((file) => join(root, file));

const chinese = /\p{Script=Han}/u;
const literal = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g;

/** The string literals of a file that the Chinese read, each figure put in as one character; comments left out. */
function saidIn(file: string): string[] {
  const code = readFileSync(file, 'utf8')
    .replaceAll(/\/\*[^]*?\*\//g, '')
    .replaceAll(/(^|\s)\/\/.*$/gm, '');
  const words = /\/zh[^/]*\.ts$/.test(file);
  return (code.match(literal) ?? []).filter((text) => chinese.test(text) || (words && text.includes('${'))).map(withoutFigures);
}

function withoutFigures(text: string): string {
  const less = text.replaceAll(/\$\{[^${}]*\}/g, '数');
  return less === text ? text.replaceAll('CALL Me(米)', '') : withoutFigures(less);
}

/** Half-width marks beside Chinese; an English sentence may name a Chinese word. */
function halfWidth(text: string): boolean {
  if (/[a-z]{2,} [a-z]{2,}/.test(text)) return false;
  const after = /[\p{Script=Han}”）％%][,:;?!]|\p{Script=Han} ?\(|”\(/u;
  const atEnd = /[,:;?!]['`]$/;
  const before = /[,:;?!][\p{Script=Han}“]|[^ ]\([\p{Script=Han}“]/u;
  const brackets = text.split('（').length !== text.split('）').length;
  return brackets || atEnd.test(text) || after.test(text) || before.test(text);
}

function countedIn(folder: string): number {
  return files.filter((file) => relative(root, file).startsWith(folder)).flatMap(saidIn).length;
}

it('reads the Chinese of the pages, of the service and of the demo', () => {
  expect(countedIn('web/')).toBeGreaterThan(1_000);
  expect(countedIn('src/')).toBeGreaterThan(100);
  expect(countedIn('seeds/')).toBeGreaterThan(50);
});

it('full-width marks stand in Chinese', () => {
  expect(
    files.flatMap((file) =>
      saidIn(file)
        .filter(halfWidth)
        .map((text) => `${relative(root, file)}: ${text}`),
    ),
  ).toEqual([]);
});

it('one word stands for one thing: the Chinese uses none that the glossary sets aside', () => {
  const aside = rowsUnder(readFileSync(join(root, 'docs/glossary.md'), 'utf8'), 'Not in Chinese', 'But in Chinese').flatMap(([words]) =>
    codesIn(words!),
  );
  expect(aside.length).toBeGreaterThan(10);
  const used = files.flatMap((file) => saidIn(file).map((text) => ({ file, text })));
  const wrong = used.filter(({ text }) => chinese.test(text) && aside.some((word) => text.includes(word)));
  expect(wrong.map(({ file, text }) => `${relative(root, file)}: ${text}`)).toEqual([]);
});

it.each(['登记,验证码', '金额(元)', '“登记”:', '(另有 3 笔)', 'CSV:选择', '数,数', '（元)', '已用 90%,还可', '尾号 12 的 PIN:'])(
  '%s is found',
  (text) => {
    expect(halfWidth(`'${text}'`)).toBe(true);
  },
);

it.each(['登记，验证码', '金额（元）', '今天 24:00 后', '1,200 元', 'The code (统计用区划代码).', 'Masked: 陈**.'])(
  '%s is left',
  (text) => {
    expect(halfWidth(`'${text}'`)).toBe(false);
  },
);
