/** The first sheet of a workbook (.xlsx) that has rows. */
import { strFromU8, zipSync } from 'fflate';
import readSheets from 'read-excel-file/universal';

/** A row of a sheet. `line` is its number in the sheet, counted from 1. */
export type SheetRow = { readonly line: number; readonly cells: readonly string[] };

/** A workbook, or a sheet of it, is larger than it may be. */
export class TooLarge extends Error {
  override name = 'TooLarge';
}

/**
 * The rows of the first sheet that has any, without blank ones, from the unpacked parts of a workbook. A merged cell counts for each row that
 * it spans. Throws `TooLarge` if a sheet spans more cells than `cellsMax`, from its first to its last: the library fills the gaps between; and
 * another error if the parts are no workbook.
 */
export async function rowsOfParts(files: Record<string, Uint8Array>, cellsMax: number): Promise<readonly SheetRow[]> {
  const paths = sheetPaths(files);
  for (const path of paths) assertBounded(strFromU8(files[path]!), cellsMax);
  // Handed on without compression, which is unpacked neither again nor in a worker: the policy of the pages allows none.
  const sheets = await readSheets(zipSync(files, { level: 0 }).buffer);
  const n = Math.max(
    0,
    sheets.findIndex(({ data }) => data.length > 0),
  );
  const cells = (sheets[n]?.data ?? []).map((row) => row.map(textOf));
  const sheet = strFromU8(files[paths[n] ?? ''] ?? new Uint8Array());
  fillFailed(cells, sheet);
  fillMerged(cells, sheet, cellsMax);
  return cells.map((row, at) => ({ line: at + 1, cells: row })).filter((row) => row.cells.some((cell) => cell.trim() !== ''));
}

/** Whether a part of a workbook may hold its cells. */
export function isPartOfCells(name: string): boolean {
  return /\.(?:xml|rels)$/.test(name);
}

/** The parts of the sheets, in the order of the workbook. */
function sheetPaths(files: Record<string, Uint8Array>): string[] {
  const part = (name: string) => strFromU8(files[name] ?? new Uint8Array());
  const targets = new Map(
    elements(part('xl/_rels/workbook.xml.rels'), 'Relationship').map((each) => [attribute(each, 'Id'), attribute(each, 'Target')]),
  );
  return elements(part('xl/workbook.xml'), 'sheet')
    .map((each) => targets.get(attribute(each, '[a-z]+:id')) ?? '')
    .map((target) => (target.startsWith('/') ? target.slice(1) : `xl/${target}`))
    .filter((path) => path in files);
}

function elements(xml: string, name: string): string[] {
  // It ends at the next opening bracket at the latest: otherwise one that is never closed would be looked for to the end of the text, each time anew.
  return xml.match(new RegExp(`<(?:[a-z]+:)?${name}\\s[^<>]*>`, 'gi')) ?? [];
}

function attribute(element: string, name: string): string {
  return new RegExp(`\\s${name}=["']([^"']*)["']`, 'i').exec(element)?.[1] ?? '';
}

function assertBounded(sheet: string, cellsMax: number): void {
  let [rows, columns] = [0, 0];
  for (const [, letters = '', digits = '0'] of sheet.matchAll(/<(?:[a-z]+:)?(?:c|row)\s[^<>]*?\br=["']([A-Z]*)(\d+)["']/g)) {
    rows = Math.max(rows, Number(digits));
    columns = Math.max(columns, columnOf(letters));
  }
  if (rows * Math.max(columns, 1) > cellsMax) throw new TooLarge();
}

/** The number of a column: `A` is 1, `AA` is 27. */
function columnOf(letters: string): number {
  return letters.split('').reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

const WHOLE_MAX = 1e15;

/** A cell as text. A number that a sheet has rounded (to 15 digits) is shown by its power of ten, as the sheet itself shows it. */
function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  // A sheet shows 15 digits of what it has calculated: 2, where 2.0000000000000004 is stored.
  if (typeof cell === 'number') return Math.abs(cell) >= WHOLE_MAX ? cell.toExponential() : String(Number(cell.toPrecision(15)));
  if (!(cell instanceof Date)) return typeof cell === 'string' ? cell : JSON.stringify(cell);
  // No calendar has this day, such as a phone in a column of dates.
  if (Number.isNaN(cell.getTime())) return '';
  const [day, time] = cell.toISOString().split('T') as [string, string];
  // A cell with a time only counts from the day before the first one of the calendar.
  return cell.getUTCFullYear() < 1901 ? time.slice(0, 5) : day;
}

/** The beginnings of a cell, and of the parts in it that matter here: its formula and its value. */
const CELL_PARTS = /<(?:[a-z]+:)?([cfv])(?=[\s/>])([^<>]*)>([^<]*)/g;

/**
 * Puts back the cells that are left empty although they hold something: the error of a formula (`#REF!`), a formula that nothing has
 * calculated, and a number that is shown as a day which there is not. Read as empty, they would count as not said.
 */
function fillFailed(rows: string[][], sheet: string): void {
  let [place, formula, isSaid]: [string, string, boolean] = ['', '', false];
  for (const [, part, attributes = '', text = ''] of sheet.matchAll(CELL_PARTS)) {
    if (part === 'c') [place, formula, isSaid] = [attribute(attributes, 'r'), '', ['e', 'n', ''].includes(attribute(attributes, 't'))];
    else if (part === 'f') fill(rows, place, (formula = `=${text}`), '');
    else fill(rows, place, isSaid ? text : '', formula);
  }
}

/** Puts a text into a cell that holds another one, by its place in the sheet: `B2`. */
function fill(rows: string[][], place: string, text: string, instead: string): void {
  const [, letters = '', digits = ''] = /^([A-Z]+)(\d+)$/.exec(place) ?? [];
  const [row, column] = [rows[Number(digits) - 1], columnOf(letters) - 1];
  if (row?.[column] === instead) row[column] = text;
}

/** Copies the value of a merged cell into the rows below it: 日期 and 事由 of a group are often written once. */
function fillMerged(rows: string[][], sheet: string, cellsMax: number): void {
  let filled = 0;
  for (const each of elements(sheet, 'mergeCell')) {
    const [, letters, top, bottom] = /^([A-Z]+)(\d+):[A-Z]+(\d+)$/.exec(attribute(each, 'ref')) ?? [];
    const column = columnOf(letters ?? '') - 1;
    const value = rows[Number(top) - 1]?.[column] ?? '';
    const end = Math.min(Number(bottom), rows.length);
    filled += Math.max(0, end - Number(top));
    // Merged cells of a sheet do not overlap: they are no more than its cells.
    if (filled > cellsMax) throw new TooLarge();
    for (let row = Number(top); row < end; row++) rows[row]![column] = value;
  }
}
