/** Text whose cells are separated by tabs, commas or semicolons, read by a CSV library. */
import { CsvError, parse } from 'csv-parse/browser/esm/sync';
import { phoneOf } from '../../../src/text/index.ts';
import { roleOf } from './headings.ts';
import type { SheetRow, Unreadable } from './row.ts';

/** In the order in which they are preferred. A full-width one separates only where nothing else does: sentences have commas too. */
const SEPARATORS = ['\t', ',', ';', '\uFF1B', '\uFF0C'] as const;
type Separator = (typeof SEPARATORS)[number];

/** So many lines say how a list is separated. */
const LINES_TRIED = 50;

/** The records of a text that are not blank, each with the line on which it begins. */
export function recordsOf(text: string): readonly SheetRow[] | Unreadable {
  const separator = separatorOf(text);
  const rows = parsed(text, separator);
  // Typed by hand, a list may have both kinds of commas. A cell that stands between tabs is never separated further.
  return 'unreadable' in rows || separator === '\t' ? rows : rows.map(separatedFurther);
}

/** The separator by which most lines show a phone or a heading; if none does, by which most lines are separated. */
function separatorOf(text: string): Separator {
  const lines = text.split(/\r\n|\r|\n/).slice(0, LINES_TRIED);
  const score = (separator: Separator): number => {
    const some = lines.filter((line) => line.includes(separator));
    const telling = some.filter((line) => line.split(separator).some((cell) => phoneOf(cell) !== undefined || roleOf(cell) !== undefined));
    return telling.length * (LINES_TRIED + 1) + some.length;
  };
  return SEPARATORS.reduce((best, each) => (score(each) > score(best) ? each : best));
}

type Parsed = { readonly record: string[]; readonly info: { readonly lines: number } };

const OPTIONS = {
  info: true,
  relax_quotes: true,
  relax_column_count: true,
  skip_empty_lines: true,
  record_delimiter: ['\r\n', '\n', '\r'],
};

function parsed(text: string, separator: Separator): readonly SheetRow[] | Unreadable {
  try {
    // A tab is a blank to the library, so that it would trim the separators of such a list.
    const records = parse(text, { ...OPTIONS, delimiter: separator, trim: separator !== '\t' }) as unknown as Parsed[];
    return records
      .map(({ record, info }) => ({ line: info.lines - breaksIn(record), cells: record }))
      .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { unreadable: 'open_quote', line: lineOfOpenQuote(text) };
  }
}

function breaksIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
}

/** The last line with a number of quotation marks that is odd: the one that opened a cell, unless there are several. */
function lineOfOpenQuote(text: string): number {
  return text.split(/\r\n|\r|\n/).findLastIndex((line) => line.split('"').length % 2 === 0) + 1;
}

function separatedFurther(row: SheetRow): SheetRow {
  const [only = '', ...others] = row.cells.filter((cell) => cell.trim() !== '');
  const separator = SEPARATORS.find((each) => only.includes(each));
  if (others.length > 0 || separator === undefined) return row;
  return { line: row.line, cells: only.split(separator) };
}
