/**
 * Files of lines as CSV. Text that a spreadsheet would treat as a formula gets an apostrophe in front, which reading removes again exactly.
 */
import { setImmediate as others } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';
import { BYTE_ORDER_MARK } from '../text/index.ts';

export type Cell = string | number | null;

/** A line as it is read back: text by column, empty if the cell was empty. */
export type CsvRecord = Readonly<Record<string, string>>;

/** A file as it was made, before it is stored. */
export type FileDraft = {
  /** CSV whose first line names the columns. */
  readonly content: string;
  readonly rowCount: number;
  /** The control totals, as they go over the wire. */
  readonly totals: object;
};

/** The beginning of a file: the byte order mark, by which spreadsheets know its encoding, and the line that names the columns. */
export function csvHead(columns: readonly string[]): string {
  return BYTE_ORDER_MARK + csvText([columns]);
}

/** Lines of cells, each with its end. */
export function csvText(lines: readonly (readonly Cell[])[]): string {
  const cells = lines.map((line) => line.map((cell) => (typeof cell === 'string' ? cell.replace(KEPT, "'$&") : cell)));
  return stringify(cells, { escape_formulas: true, record_delimiter: 'windows' });
}

/** The beginnings of text that a spreadsheet treats as a formula, as `escape_formulas` defines them. */
const FORMULA = String.raw`[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]`;
/** Text that already looks escaped: it gets another apostrophe. */
const KEPT = new RegExp(`^'+(?=${FORMULA})`);
const APOSTROPHE = new RegExp(`^'(?='*${FORMULA})`);

/** The number of characters read at once: it takes some milliseconds, after which others have their turn. */
const PIECE = 64 * 1_024;

/** The lines of such a file, whose first line names the columns. Files that were frozen before have no byte order mark. */
export async function* csvRecords(content: string): AsyncGenerator<CsvRecord> {
  for await (const record of Readable.from(piecesOf(content)).pipe(parse({ bom: true, columns: true })) as AsyncIterable<CsvRecord>) {
    yield Object.fromEntries(
      Object.entries(record).map(([column, text]) => [column, text.startsWith("'") ? text.replace(APOSTROPHE, '') : text]),
    );
  }
}

async function* piecesOf(content: string): AsyncGenerator<string> {
  for (let from = 0; from < content.length; from += PIECE) {
    yield content.slice(from, from + PIECE);
    await others();
  }
}

/** An amount in yuan with two decimals. */
export function yuan(fen: number): string {
  const digits = Math.abs(fen).toString().padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
