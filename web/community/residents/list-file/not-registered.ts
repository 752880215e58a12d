/** The lines of a list that were not registered, as a file that can be corrected and chosen again. */
import { csvFile } from '../../../../src/text/index.ts';
import { isUnreadable, sheetOf } from '../../../shared/lists/sheet.ts';
import type { Chosen, Line } from './send.ts';

type Said = { readonly line: string; readonly result: string; readonly detail: string };

/** Whether an officer has something to do about a line. */
export function needsAttention({ result }: Pick<Line, 'result'>): boolean {
  return !['would_register', 'registered', 'already_registered'].includes(result);
}

/**
 * The columns of the file, and behind them the line, what became of it, and why. A cell that a spreadsheet would take for a formula is
 * escaped.
 */
export async function notRegistered(
  { bytes }: Pick<Chosen, 'bytes'>,
  lines: readonly Line[],
  headings: Said,
  said: (line: Line) => Omit<Said, 'line'>,
): Promise<string> {
  const rows = await sheetOf(bytes);
  const sheet = isUnreadable(rows) ? [] : rows;
  const first = Math.min(...lines.map(({ line }) => line));
  const head = sheet.findLast(({ line }) => line < first)?.cells ?? [];
  const width = Math.max(head.length, ...sheet.map(({ cells }) => cells.length));
  const wide = (cells: readonly string[]) => Array.from({ length: width }, (_, n) => cells[n] ?? '');
  const cellsAt = new Map(sheet.map(({ line, cells }) => [line, cells]));
  const left = lines.filter(needsAttention).map((line) => {
    const { result, detail } = said(line);
    return [...wide(cellsAt.get(line.line) ?? []), line.line, result, detail];
  });
  return csvFile([[...wide(head), headings.line, headings.result, headings.detail], ...left]);
}
