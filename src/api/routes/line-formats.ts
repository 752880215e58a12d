/** The formats of lines. Each reads texts that may end anywhere, and yields a line as soon as it is complete. */
import { JSONParser } from '@streamparser/json';
import { CsvError, parse } from 'csv-parse';
import { pipeline, Readable } from 'node:stream';
import { isTotals, type Place, placesOf, unquoted } from '../../text/index.ts';
import { pointerTo } from '../http/field-errors.ts';
import { fieldProblem, Problem } from '../http/problem.ts';
import { fieldError } from '../http/field-codes.ts';

/** A line as it was sent. `pointer` is a JSON pointer (`/lines/16`), or `line/18` in a file, whose lines are counted from 1. */
export type SentLine = { readonly pointer: string; readonly value: unknown };

/** The most characters that may arrive without completing a line, which bounds the memory. */
const LINE_MAX = 64 * 1_024;

function tooLong(): Problem {
  return new Problem('payload_too_large', { details: { limit_line_bytes: LINE_MAX } });
}

/** `{"lines": […]}`, with the lines as values. */
export async function* jsonLines(texts: AsyncIterable<string>): AsyncGenerator<SentLine> {
  const parser = new JSONParser({ paths: ['$', '$.*', '$.lines.*'] });
  const found: SentLine[] = [];
  let lists = 0;
  let problem: Problem | undefined;
  let empty = true;
  parser.onValue = ({ value, key, parent, stack }) => {
    if (stack.length === 2 && Array.isArray(parent)) {
      found.push({ pointer: `/lines/${key}`, value });
      parent.pop(); // The parser would keep the value.
    } else if (stack.length < 2) {
      empty = false;
      if (key === 'lines') lists++;
      problem ??= shapeProblem(stack.length === 0, key, value, lists);
    }
  };
  let last = '';
  let held = 0;
  for await (const text of texts) {
    orMalformed(() => parser.write(text), last);
    held = found.length > 0 ? 0 : held + text.length;
    last = found.at(-1)?.pointer ?? last;
    yield* found.splice(0);
    if (problem) throw problem;
    if (held > LINE_MAX) throw tooLong();
  }
  orMalformed(() => parser.isEnded || parser.end(), last);
  if (problem) throw problem; // A number is whole only at its end.
  if (empty) throw new Problem('malformed_json', { details: { reason: 'it is empty' } });
}

function orMalformed(work: () => void, last: string): void {
  try {
    work();
  } catch (cause) {
    throw new Problem('malformed_json', { cause, ...(last && { details: { reason: `it breaks after ${last}` } }) });
  }
}

/** The problem of the whole (`root`), or of one of its fields. */
function shapeProblem(root: boolean, key: string | number | undefined, value: unknown, lists: number): Problem | undefined {
  if (typeof key === 'number') return fieldProblem('', 'wrong_type', { expected: 'object' });
  if (root) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return fieldProblem('', 'wrong_type', { expected: 'object' });
    return lists === 0 ? fieldProblem('/lines', 'missing') : undefined;
  }
  if (key !== 'lines') return fieldProblem(pointerTo('', [String(key)]), 'not_lines');
  if (lists > 1) return fieldProblem('/lines', 'repeated');
  return Array.isArray(value) ? undefined : fieldProblem('/lines', 'not_an_array');
}

/** One JSON value per line. Empty lines are skipped. */
export async function* ndjsonLines(texts: AsyncIterable<string>): AsyncGenerator<SentLine> {
  let held = '';
  let count = 0;
  for await (const text of texts) {
    const lines = (held + text).split('\n');
    held = lines.pop()!;
    for (const line of lines) {
      count++;
      if (line.trim() !== '') yield { pointer: `line/${count}`, value: parsed(line, count) };
    }
    if (held.length > LINE_MAX) throw tooLong();
  }
  if (held.trim() !== '') yield { pointer: `line/${count + 1}`, value: parsed(held, count + 1) };
}

function parsed(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new Problem('malformed_json', { cause, details: { reason: `line ${number} is not JSON` } });
  }
}

/**
 * The columns of a CSV file that are read. Others are ignored, since a till's own book has more. `headings` are the names under which a column
 * is found; by default its own. `read` gives the value of a cell, by default its text. `cell`: the column's schema reads the cell itself, with
 * the apostrophe of a text cell.
 */
export type Columns = Readonly<
  Record<
    string,
    {
      readonly required?: true;
      readonly cell?: true;
      readonly headings?: readonly string[];
      readonly read?: (cell: string, place: Place) => unknown;
    }
  >
>;

/** So many lines may stand above the headings: a title, the shop, the day. */
export const TITLES_MAX = 15;

/** A line of a file, as its cells. */
export type Numbered = { readonly record: readonly string[]; readonly pointer: string };

/**
 * A file with a line of headings. A line is an object of the columns that are read and are not empty. Lines above the headings are passed
 * over, and so are lines of totals and notes below.
 */
export async function* csvLines(texts: AsyncIterable<string>, columns: Columns): AsyncGenerator<SentLine> {
  const above: Numbered[] = [];
  let header: Header | undefined;
  for await (const line of recordsOf(texts)) {
    if (header) {
      assertLength(line, header);
      const value = row(header, line.record);
      if (!isNote(value, line.record, columns) && !isSum(value, line.record, columns)) yield { pointer: line.pointer, value };
    } else {
      above.push(line);
      header = headerIn(line, columns);
      if (!header && above.length > TITLES_MAX) break;
    }
  }
  // The first line is named, which should have been the headings.
  if (!header) throw missingIn(above[0] ?? { record: [], pointer: 'line/1' }, columns);
}

type Header = { readonly width: number; readonly places: readonly Place[]; readonly columns: Columns };

/** The positions of the columns that are read; undefined if the line lacks a required one, and so is no line of headings. */
function headerIn({ record, pointer }: Numbered, columns: Columns): Header | undefined {
  const places = placesIn(record, columns);
  if (missing(namesOf(places), columns).length > 0) return undefined;
  const errors = places
    .filter(({ column }, n) => places.findIndex((each) => each.column === column) < n)
    .map(({ column }) => fieldError(`${pointer}/${column}`, 'repeated'));
  if (errors.length > 0) throw new Problem('validation_failed', { errors });
  return { width: record.length, places, columns };
}

function placesIn(record: readonly string[], columns: Columns): Place[] {
  return placesOf(record, Object.fromEntries(Object.entries(columns).map(([name, { headings = [name] }]) => [name, headings])));
}

function namesOf(places: readonly Place[]): string[] {
  return places.map(({ column }) => column);
}

/** The required columns that are not among these. */
function missing(names: readonly string[], columns: Columns): string[] {
  return Object.keys(columns).filter((name) => columns[name]!.required && !names.includes(name));
}

function missingIn({ record, pointer }: Numbered, columns: Columns): Problem {
  const names = missing(namesOf(placesIn(record, columns)), columns);
  const errors = names.map((name) => {
    const { headings } = columns[name]!;
    return fieldError(`${pointer}/${name}`, 'column_missing', headings && { headings });
  });
  return new Problem('validation_failed', { errors });
}

/** A line that is cut off is refused; a spreadsheet may end it with more or fewer empty cells. */
function assertLength({ record, pointer }: Numbered, { width, places }: Header): void {
  const last = Math.max(...places.map(({ place }) => place));
  if (record.length > last && record.slice(width).every((cell) => cell === '')) return;
  throw new Problem('malformed_csv', { details: { reason: `${pointer} has ${record.length} cells, and the headings have ${width}` } });
}

function row({ places, columns }: Header, record: readonly string[]): Record<string, unknown> {
  const cells = places
    .map((each) => [each, columns[each.column]!.cell ? record[each.place]! : unquoted(record[each.place]!)] as const)
    .filter(([, cell]) => cell !== '');
  return Object.fromEntries(cells.map(([each, cell]) => [each.column, columns[each.column]!.read?.(cell, each) ?? cell]));
}

/**
 * Whether a line is one of totals: it says so, and lacks a required value or says it in the place of one, in Chinese: `TOTAL` may be a number
 * of a till, and `合计` is none.
 */
function isSum(value: Readonly<Record<string, unknown>>, record: readonly string[], columns: Columns): boolean {
  if (!record.some(isTotals)) return false;
  return missing(saidIn(value), columns).length > 0;
}

/** Whether a line is a note below the book: `制表人：王芳`, `以下空白`. It says nothing that is required, and something in Chinese. */
function isNote(value: Readonly<Record<string, unknown>>, record: readonly string[], columns: Columns): boolean {
  const required = missing([], columns);
  return missing(saidIn(value), columns).length === required.length && record.some((cell) => /\p{Script=Han}/u.test(cell));
}

/** The columns that a line says a value of, other than in words of Chinese. */
function saidIn(value: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(value).filter((name) => !(typeof value[name] === 'string' && /\p{Script=Han}/u.test(value[name])));
}

/** The records of a text that are not empty, as they come. Throws a problem if the text is no CSV. */
export async function* recordsOf(texts: AsyncIterable<string>): AsyncGenerator<Numbered> {
  const pieces = texts[Symbol.asyncIterator]();
  const { begun, delimiter } = await beginningOf(pieces);
  const options = {
    info: true,
    delimiter,
    // A tab is a blank to the library, so that it would trim the separators as well.
    trim: delimiter !== '\t',
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    relax_column_count: true,
    // A quotation mark inside a cell is part of it: `="1"` is what a spreadsheet wrote, and is told as such.
    relax_quotes: true,
    max_record_size: LINE_MAX,
  };
  // The reader at the end of the pipeline gets its errors.
  const records = pipeline(Readable.from(resumed(begun, pieces)), parse(options), () => {});
  try {
    for await (const { record, info } of records as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      yield { record: record.map((cell) => cell.trim()), pointer: `line/${info.lines}` };
    }
  } catch (error) {
    throw error instanceof CsvError ? csvProblem(error) : error;
  }
}

const DELIMITERS = [',', '\t', ';', '\uFF1B'] as const;

/** Reads as far as the first line that is separated, which says by what. */
async function beginningOf(pieces: AsyncIterator<string>): Promise<{ begun: string; delimiter: (typeof DELIMITERS)[number] }> {
  let begun = '';
  for (;;) {
    const lines = begun.split(/[\r\n]/);
    const line = lines.slice(0, -1).find((each) => DELIMITERS.some((delimiter) => each.includes(delimiter))) ?? '';
    const { done = false, value } = line !== '' || begun.length > LINE_MAX ? { done: true } : await pieces.next();
    if (done) {
      const told = line === '' ? begun : line;
      const times = (delimiter: string) => told.split(delimiter).length;
      return { begun, delimiter: DELIMITERS.reduce((best, each) => (times(each) > times(best) ? each : best)) };
    }
    begun += value;
  }
}

async function* resumed(begun: string, pieces: AsyncIterator<string>): AsyncGenerator<string> {
  // A mark inside a file that was put together is left out with the one at its beginning.
  yield begun.replaceAll('\uFEFF', '');
  try {
    for (let { done, value } = await pieces.next(); !done; { done, value } = await pieces.next()) yield value!.replaceAll('\uFEFF', '');
  } finally {
    await pieces.return?.();
  }
}

function csvProblem(error: CsvError): Problem {
  if (error.code === 'CSV_MAX_RECORD_SIZE') return tooLong();
  return new Problem('malformed_csv', { cause: error, details: { reason: error.message } });
}
