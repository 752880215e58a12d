/** A list of people as an office keeps it, as CSV or as a workbook: its columns are found by their headings. */
import { setImmediate as othersFirst } from 'node:timers/promises';
import { isTotals, placesOf, textIn } from '../../text/index.ts';
import { isPartOfCells, TooLarge } from '../../workbook/index.ts';
import { fieldError } from '../http/field-codes.ts';
import { Problem } from '../http/problem.ts';
import { type Numbered, recordsOf, TITLES_MAX } from './line-formats.ts';
import type { ReadWorkbook } from '../workbook-reader.ts';
import { unzipped } from './unzip.ts';

const ROWS_MAX = 2_000;
/** A workbook of so many rows unpacks to far less. */
const UNPACKED_MAX_BYTES = 8 * 1_024 * 1_024;
const CELLS_MAX = 200_000;
/** The beginning of a workbook of the old kind (.xls), and of one that is protected by a password. */
const OLD_WORKBOOK = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const PIECE_CHARACTERS = 64 * 1_024;

/** The headings of each column; all others are passed over. */
const listHeadings = {
  name: ['姓名', '居民姓名', '名字', '志愿者姓名', '成员姓名', '人员姓名', '真实姓名', '本人姓名', 'name'],
  phone: [
    '手机号',
    '手机号码',
    '本人手机号',
    '本人手机',
    '手机',
    '联系手机',
    '联系电话',
    '电话',
    '电话号码',
    '联系方式',
    '移动电话',
    'phone',
    'mobile',
    'tel',
  ],
  paper_number: ['纸质同意书编号', '同意书编号', '同意书号', '知情同意书编号', '告知书编号', 'paper_number'],
  guardian: ['监护人', '监护人姓名', '家长', '家长姓名', 'guardian'],
  different_person: ['同名说明', '非同一人说明', '不是同一人', 'different_person'],
} as const;

type Column = keyof typeof listHeadings;

/** A row of a list: its line in the file, counted from 1, and its cells that are not empty, by their columns. */
export type ListRow = { readonly line: number; readonly cells: Readonly<Partial<Record<Column, string>>> };

/** The rows below the headings. Throws a problem if the file cannot be read, lacks a column, or has more rows than 2,000. */
export async function rowsOfList(bytes: Buffer, readWorkbook: ReadWorkbook): Promise<ListRow[]> {
  const rows: ListRow[] = [];
  const above: Numbered[] = [];
  let places: Places | undefined;
  for await (const line of linesOf(bytes, readWorkbook)) {
    // Headings stand again on each printed page, and over each table of a file that was put together.
    const found = placesIn(line);
    if (!places) above.push(line);
    places = found ?? places;
    if (found) continue;
    if (!places && above.length > TITLES_MAX) break;
    if (!places) continue;
    const row = rowAt(line, places);
    if (row) rows.push(row);
    if (rows.length > ROWS_MAX) throw new Problem('payload_too_large', { details: { limit_lines: ROWS_MAX } });
  }
  if (!places) throw columnsMissing(above[0] ?? { record: [], pointer: 'line/1' });
  return rows;
}

async function* linesOf(bytes: Buffer, readWorkbook: ReadWorkbook): AsyncGenerator<Numbered> {
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') return yield* workbookLines(bytes, readWorkbook);
  if (bytes.subarray(0, OLD_WORKBOOK.length).equals(OLD_WORKBOOK)) throw new Problem('malformed_workbook');
  const text = textIn(bytes);
  if (text === undefined) throw new Problem('malformed_csv', { details: { reason: 'it is no text' } });
  yield* recordsOf(piecesOf(text));
}

async function* workbookLines(bytes: Buffer, readWorkbook: ReadWorkbook): AsyncGenerator<Numbered> {
  try {
    const files = await unzipped(bytes, { wanted: isPartOfCells, bytesMax: UNPACKED_MAX_BYTES });
    for (const { line, cells } of await readWorkbook(files, CELLS_MAX))
      yield { record: cells.map((cell) => cell.trim()), pointer: `line/${line}` };
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    if (cause instanceof TooLarge) throw new Problem('payload_too_large', { cause, details: { limit_bytes: UNPACKED_MAX_BYTES } });
    throw new Problem('malformed_workbook', { cause });
  }
}

/** A text in pieces, between which others have their turn. */
async function* piecesOf(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += PIECE_CHARACTERS) {
    await othersFirst();
    yield text.slice(at, at + PIECE_CHARACTERS);
  }
}

type Places = ReadonlyMap<Column, number>;

/** The positions of the columns; undefined if the line lacks the name or the phone, and so is no line of headings. */
function placesIn({ record, pointer }: Numbered): Places | undefined {
  const found = placesOf(record, listHeadings);
  const places = new Map(found.map(({ column, place }) => [column as Column, place]));
  if (!places.has('name') || !places.has('phone')) return undefined;
  const twice = found.filter(({ column }, n) => found.findIndex((each) => each.column === column) < n);
  if (twice.length > 0)
    throw new Problem('validation_failed', { errors: twice.map(({ column }) => fieldError(`${pointer}/${column}`, 'repeated')) });
  return places;
}

function columnsMissing({ record, pointer }: Numbered): Problem {
  const found = new Set(placesOf(record, listHeadings).map(({ column }) => column));
  const lacking = (['name', 'phone'] as const).filter((column) => !found.has(column));
  const errors = lacking.map((column) => fieldError(`${pointer}/${column}`, 'column_missing', { headings: listHeadings[column] }));
  return new Problem('validation_failed', { errors });
}

/** A row of a person; undefined if the line is one of totals, or says nothing of a person. A name without a phone is a row with a fault. */
function rowAt({ record, pointer }: Numbered, places: Places): ListRow | undefined {
  const said = [...places].map(([column, place]) => [column, record[place] ?? ''] as const).filter(([, cell]) => cell !== '');
  const cells: ListRow['cells'] = Object.fromEntries(said);
  if (cells.name === undefined && cells.phone === undefined) return undefined;
  if (cells.phone === undefined && record.some(isTotals)) return undefined;
  return { line: Number(pointer.slice('line/'.length)), cells };
}
