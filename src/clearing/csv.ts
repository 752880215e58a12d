/** Files of lines as CSV. Text that a spreadsheet would take for a formula is kept from it by an apostrophe, which is taken off again exactly. */
import { setImmediate as others } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';

export type Cell = string | number | null;

/** A line as it is read back: text by column, empty where there was nothing. */
export type CsvRecord = Readonly<Record<string, string>>;

/** A file as it was made, before it is kept. */
export type FileDraft = {
  /** CSV whose first line names the columns. */
  readonly content: string;
  readonly rowCount: number;
  /** The control totals, as they go over the wire. */
  readonly totals: object;
};

/** Lines of cells, each with its end. */
export function csvText(lines: readonly (readonly Cell[])[]): string {
  const cells = lines.map((line) => line.map((cell) => (typeof cell === 'string' ? cell.replace(KEPT, "'$&") : cell)));
  return stringify(cells, { escape_formulas: true, record_delimiter: 'windows' });
}

/** What a spreadsheet takes for a formula, as `escape_formulas` has it. */
const FORMULA = String.raw`[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]`;
/** Text that would look as if it had been kept from a spreadsheet: it gets an apostrophe more. */
const KEPT = new RegExp(`^'+(?=${FORMULA})`);
const APOSTROPHE = new RegExp(`^'(?='*${FORMULA})`);

/** Characters that are read at once: some milliseconds, after which others have their turn. */
const PIECE = 64 * 1_024;

/** The lines of such a file, whose first line names the columns. */
export async function* csvRecords(content: string): AsyncGenerator<CsvRecord> {
  for await (const record of Readable.from(piecesOf(content)).pipe(parse({ columns: true })) as AsyncIterable<CsvRecord>) {
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
