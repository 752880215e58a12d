/** Markdown as the tests of the documents read it: tables and fenced blocks. */

export type Block = { readonly language: string; readonly text: string; readonly start: number; readonly end: number };

/** Every fenced block, with where its text lies in the document. */
export function blocksOf(document: string): Block[] {
  return [...document.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map((match) => {
    const [, language = '', text = ''] = match;
    const start = match.index + '```'.length + language.length + 1;
    return { language, text, start, end: start + text.length };
  });
}

/** The cells of the tables that begin with this header, without the header. */
export function rowsUnder(document: string, ...header: string[]): string[][] {
  const lines = document.split('\n');
  const rows: string[][] = [];
  for (const [n, line] of lines.entries()) {
    if (cellsOf(line).join('|') !== header.join('|')) continue;
    for (let next = n + 2; lines[next]?.startsWith('|'); next++) rows.push(cellsOf(lines[next]!));
  }
  return rows;
}

function cellsOf(line: string): string[] {
  return line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** What stands in backticks. */
export function codesIn(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);
}
