/** Words that no page says any more are found here; the compiler asks both languages for the same ones. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const web = join(import.meta.dirname, '../../web');
const pages = new Set(['resident', 'counter', 'community', 'street']);

/** The code of the pages in a folder; what several share may be said by any of them. */
function codeOf(folder: string): string {
  const files = globSync(pages.has(folder) ? `${folder}/**/*.{ts,tsx}` : '*/**/*.{ts,tsx}', { cwd: web });
  const code = files.filter((file) => !/\/text\/(zh|en)|^dist|^api\/(contract|bounds)/.test(file));
  return code.map((file) => readFileSync(join(web, file), 'utf8')).join('\n');
}

/** The words that the code does not name: by their key, or all of a table that it looks them up in. */
function unsaid(words: object, code: string): string[] {
  return Object.entries(words).flatMap(([key, value]) => {
    const name = RegExp.escape(key);
    if (!new RegExp(`\\b${name}\\b`).test(code)) return [key];
    const handedOn = new RegExp(`\\b${name}\\b\\s*[[),;}]`).test(code);
    return handedOn || typeof value !== 'object' ? [] : unsaid(value, code).map((each) => `${key}.${each}`);
  });
}

it('every word is said by a page', async () => {
  const files = globSync('*/text/zh.ts', { cwd: web });
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) {
    const { zh } = (await import(join(web, file))) as { zh: object };
    expect({ file, unsaid: unsaid(zh, codeOf(file.split('/')[0]!)) }).toEqual({ file, unsaid: [] });
  }
});
