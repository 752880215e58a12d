/** Documents that are held equal to the code. `UPDATE_DOCS=1 npx vitest run tests/…` writes them anew; `npm run format` sets their tables. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';

/** Asserts that `docs/<name>` holds this table, between its markers if there are any; how wide its columns are drawn does not matter. */
export function expectTable(name: string, header: readonly string[], rows: readonly (readonly string[])[]): void {
  const file = new URL(`../../docs/${name}`, import.meta.url);
  const lines = [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`);
  const text = readFileSync(file, 'utf8');
  const table = tableIn(text, lines[0]!);
  if (process.env['UPDATE_DOCS'])
    writeFileSync(
      file,
      text.replace(table, () => `${lines.join('\n')}\n`),
    );
  else
    expect(plain(table), `docs/${name} is not what the code says: run UPDATE_DOCS=1 npx vitest run tests, then npm run format`).toEqual(
      lines.map(narrow),
    );
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** The table that begins with this header. */
function tableIn(text: string, header: string): string {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => narrow(line) === narrow(header));
  const end = lines.findIndex((line, i) => i > start && !line.startsWith('|'));
  return start < 0 ? '' : `${lines.slice(start, end < 0 ? undefined : end).join('\n')}\n`;
}

function plain(table: string): string[] {
  return table.trimEnd().split('\n').map(narrow);
}

function narrow(line: string): string {
  return line.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---').trim();
}
