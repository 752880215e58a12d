/** The formats of lines. Each reads texts that may end anywhere, and yields a line as soon as it is complete. */
import { JSONParser } from '@streamparser/json';
import { CsvError, parse } from 'csv-parse';
import { pipeline, Readable } from 'node:stream';
import { unquoted, wholeOf } from '../../text/index.ts';
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

/** The columns of a CSV file that are read. Others are ignored, since a till's own book has more. `cell`: its schema reads the cell itself. */
export type Columns = Readonly<Record<string, { readonly required?: true; readonly number?: true; readonly cell?: true }>>;

/** A file whose first line names its columns. A line is an object of the columns that are read and are not empty. */
export async function* csvLines(texts: AsyncIterable<string>, columns: Columns): AsyncGenerator<SentLine> {
  const options = { info: true, trim: true, skip_empty_lines: true, skip_records_with_empty_values: true, max_record_size: LINE_MAX };
  // The reader at the end of the pipeline gets its errors.
  const records = pipeline(Readable.from(texts), parse(options), () => {});
  let places: readonly (readonly [string, number])[] | undefined;
  try {
    for await (const { record, info } of records as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      const pointer = `line/${info.lines}`;
      if (places) yield { pointer, value: row(places, record, columns) };
      else places = placesOf(record, pointer, columns);
    }
  } catch (error) {
    throw error instanceof CsvError ? csvProblem(error) : error;
  }
  if (!places) placesOf([], 'line/1', columns);
}

/** The positions of the columns that are read. Throws a problem that names missing ones. */
function placesOf(header: readonly string[], pointer: string, columns: Columns): (readonly [string, number])[] {
  const errors = Object.entries(columns).flatMap(([name, { required }]) => {
    const times = header.filter((each) => each === name).length;
    if (times > 1) return [fieldError(`${pointer}/${name}`, 'repeated')];
    return times === 0 && required ? [fieldError(`${pointer}/${name}`, 'column_missing')] : [];
  });
  if (errors.length > 0) throw new Problem('validation_failed', { errors });
  return header.map((name, n) => [name, n] as const).filter(([name]) => Object.hasOwn(columns, name));
}

function row(places: readonly (readonly [string, number])[], record: readonly string[], columns: Columns): Record<string, unknown> {
  const cells = places.map(([name, place]) => [name, columns[name]!.cell ? record[place]! : unquoted(record[place]!)] as const);
  const filled = cells.filter(([, cell]) => cell !== '');
  return Object.fromEntries(filled.map(([name, cell]) => [name, columns[name]!.number ? (wholeOf(cell) ?? cell) : cell]));
}

function csvProblem(error: CsvError): Problem {
  if (error.code === 'CSV_MAX_RECORD_SIZE') return tooLong();
  return new Problem('malformed_csv', { cause: error, details: { reason: error.message } });
}
