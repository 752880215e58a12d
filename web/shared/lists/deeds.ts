/** A list of deeds as it was meant. Pure: bytes or pasted text in; rows, and the lines that are none with the reason, out. */
import { isTotals, mangledBy, phoneOf, plainName, plainText, unquoted, visible } from '../../../src/text/index.ts';
import { dayOfCell, quantityOf } from './cells.ts';
import { countedIn, isWhole, type Role, roleOf } from './headings.ts';
import type { SheetRow, Unreadable } from './row.ts';
import { isUnreadable, sheetOf } from './sheet.ts';

/**
 * Why a cell cannot be taken: `fraction` is not whole, `mangled` is what a spreadsheet makes of a cell (`1.38E+10`, `####`), `swallowed` has
 * other lines inside its quotation marks, `not_separated` holds a whole line.
 */
export type Fault = {
  readonly field: Role | 'who';
  readonly code: 'missing' | 'not_a_phone' | 'not_a_quantity' | 'fraction' | 'not_a_day' | 'mangled' | 'swallowed' | 'not_separated';
  /** The cell as it was written. */
  readonly cell: string;
  /** For a fraction: the amount. */
  readonly amount?: number;
};

/** A row of the list. Null: the list does not say; a quantity that is not said is 1. */
export type DeedRow = {
  readonly line: number;
  readonly name: string | null;
  readonly phone: string | null;
  readonly quantity: number;
  readonly unit: 'hour' | 'event' | undefined;
  /** A date, `2026-11-02`. */
  readonly day: string | null;
  readonly text: string | null;
  readonly reference: string | null;
  readonly faults: readonly Fault[];
};

/** A line that is no row, and the reason. */
export type Excluded = { readonly line: number; readonly why: 'title' | 'headings' | 'totals' | 'nobody'; readonly text: string };

export type Deeds = {
  readonly rows: readonly DeedRow[];
  readonly excluded: readonly Excluded[];
  /** Columns that are not read although they hold something: their number, counted from 1, and their heading, which may be empty. */
  readonly passedOver: readonly { readonly column: number; readonly heading: string }[];
};

/** Reads a list. */
export async function deedsIn(list: string | Uint8Array): Promise<Deeds | Unreadable> {
  const sheet = await sheetOf(list);
  return isUnreadable(sheet) ? sheet : deedsOf(sheet);
}

/** So many lines may stand above the headings: a title, the community, the date of the list. */
const TITLES_MAX = 15;

type Columns = ReadonlyMap<Role, number>;
/** The cells of a line by their roles, and the unit in which its column of quantities counts. */
type Cells = Readonly<Partial<Record<Role | 'countedIn', string>>>;

function deedsOf(sheet: readonly SheetRow[]): Deeds {
  const at = sheet.slice(0, TITLES_MAX).findIndex(isHeadings);
  if (at === -1) return { ...sorted(sheet, (row) => cellsByPlace(row.cells)), passedOver: [] };
  const parts = sheet.slice(at + 1, at + 2).filter(isPartOfHeadings);
  const headings = parts.reduce((above, { cells }) => withParts(above, cells), sheet[at]!.cells);
  const body = sheet.slice(at + 1 + parts.length);
  const columns = columnsOf(headings, body);
  const unit = countedIn(headings[columns.get('quantity') ?? -1] ?? '');
  const read = sorted(body, ({ cells }) => ({ ...cellsByRole(columns, cells), countedIn: unit }));
  const above = [...sheet.slice(0, at).map((row) => excludedAs(row, 'title')), ...parts.map((row) => excludedAs(row, 'headings'))];
  return { ...read, excluded: [...above, ...read.excluded], passedOver: passedOverBy(columns, headings, body) };
}

/** Whether the line below the headings names the columns under one that spans several: 日期, 时长 and 事由 under 服务信息. */
function isPartOfHeadings({ cells }: SheetRow): boolean {
  return cells.filter((cell) => roleOf(cell) !== undefined).length > 1 && cells.every((cell) => phoneOf(cell) === undefined);
}

function withParts(above: readonly string[], parts: readonly string[]): string[] {
  const width = Math.max(above.length, parts.length);
  return Array.from({ length: width }, (_, n) => (roleOf(parts[n] ?? '') === undefined ? above[n] : parts[n]) ?? '');
}

function passedOverBy(columns: Columns, headings: readonly string[], body: readonly SheetRow[]): Deeds['passedOver'] {
  const taken = new Set(columns.values());
  const width = Math.max(headings.length, ...body.map(({ cells }) => cells.length));
  return Array.from({ length: width }, (_, n) => n)
    .filter((n) => !taken.has(n) && [{ cells: headings }, ...body].some(({ cells }) => (cells[n] ?? '').trim() !== ''))
    .map((n) => ({ column: n + 1, heading: plainText(headings[n] ?? '') }));
}

/** Headings say who, and at least one thing more; one column of phones may have a heading too. */
function isHeadings({ cells }: SheetRow): boolean {
  const found = new Set(cells.map(roleOf).filter((role) => role !== undefined));
  const said = cells.filter((cell) => cell.trim() !== '').length;
  return (found.has('phone') || found.has('name')) && (found.size > 1 || said === 1);
}

/** The place of each role: of several columns the one that is named exactly, or else the first. */
function columnsOf(headings: readonly string[], body: readonly SheetRow[]): Columns {
  const columns = new Map<Role, number>();
  for (const exactly of [true, false]) {
    for (const [n, heading] of headings.entries()) {
      const role = isWhole(heading) === exactly ? roleOf(heading) : undefined;
      if (role !== undefined && !columns.has(role)) columns.set(role, n);
    }
  }
  const reference = columns.get('reference');
  if (reference !== undefined && isRunning(body.map(({ cells }) => cells[reference] ?? ''))) columns.delete('reference');
  return columns;
}

/** Whether `编号` is only the number of the line, 1, 2, 3, which is no reference: every list has these. */
function isRunning(cells: readonly string[]): boolean {
  const said = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  return said.every((cell) => /^\d{1,4}$/.test(cell));
}

function cellsByRole(columns: Columns, cells: readonly string[]): Cells {
  const told: Cells = Object.fromEntries([...columns].map(([role, n]) => [role, cells[n] ?? '']));
  // In a list with one column for who it is, names stand among the phones.
  const { phone, name } = told;
  return phone !== undefined && name !== undefined ? told : { ...told, ...whoIn(phone ?? name ?? '') };
}

/** Without headings the order says: number of the line, name, phone, as far as they are there; then how much and when, what for, reference. */
function cellsByPlace(cells: readonly string[]): Cells {
  const at = cells.slice(0, 3).findIndex((cell) => phoneOf(cell) !== undefined);
  const [first = ''] = cells;
  const who: Cells = at > 0 ? { name: isNumber(cells[at - 1]!) ? '' : cells[at - 1]!, phone: cells[at]! } : whoIn(first);
  const [one = '', two = '', text = '', reference = ''] = cells.slice(Math.max(at, 0) + 1);
  const turned = dayOfCell(one) !== undefined && dayOfCell(two) === undefined;
  return { ...who, quantity: turned ? two : one, day: turned ? one : two, text, reference };
}

/** A cell with letters is a name, any other a phone, right or wrong. */
function whoIn(cell: string): Cells {
  return /\p{L}/u.test(visible(cell)) && mangledBy(cell) === undefined ? { name: cell, phone: '' } : { phone: cell, name: '' };
}

function isNumber(cell: string): boolean {
  return /^\d*$/.test(cell.trim());
}

function sorted(body: readonly SheetRow[], cellsIn: (row: SheetRow) => Cells): { rows: DeedRow[]; excluded: Excluded[] } {
  const rows: DeedRow[] = [];
  const excluded: Excluded[] = [];
  for (const row of body) {
    const cells = cellsIn(row);
    const why = whyNone(row, cells);
    if (why === undefined) rows.push(deedOf(row.line, cells));
    else excluded.push(excludedAs(row, why));
  }
  return { rows, excluded };
}

function excludedAs({ line, cells }: SheetRow, why: Excluded['why']): Excluded {
  return {
    line,
    why,
    text: cells
      .map(plainText)
      .filter((cell) => cell !== '')
      .join(' '),
  };
}

/** The reason why a line is no row: headings repeated on the next page, a sum, or a line that says neither who nor how much nor when. */
function whyNone(row: SheetRow, { phone = '', name = '', quantity = '', day = '', text = '' }: Cells): Excluded['why'] | undefined {
  if (isHeadings(row)) return 'headings';
  const known = phoneOf(phone) !== undefined;
  if (!known && row.cells.some(isTotals)) return 'totals';
  return [phone, name, quantity, day, text].every((cell) => cell.trim() === '') ? 'nobody' : undefined;
}

function deedOf(line: number, cells: Cells): DeedRow {
  const faults: Fault[] = [];
  const fault = (field: Fault['field'], code: Fault['code'], cell: string, more: object = {}): null => {
    faults.push({ field, code, cell: plainText(cell), ...more });
    return null;
  };
  const who = whoOf(cells, fault);
  const said = readable(cells.quantity);
  const quantity = said === '' ? undefined : quantityOf(said, cells.countedIn);
  if (said !== '' && !quantity) fault('quantity', 'not_a_quantity', said);
  if (quantity && !Number.isInteger(quantity.amount)) fault('quantity', 'fraction', said, { amount: quantity.amount });
  const day = readable(cells.day);
  const text = cells.text ?? '';
  if (/[\r\n]/.test(text) && /(?:^|\D)1[3-9]\d{9}(?:\D|$)/.test(text)) fault('text', 'swallowed', text);
  if (['covered', 'error'].includes(mangledBy(text) ?? '')) fault('text', 'mangled', text);
  const reference = unquoted(plainText(cells.reference ?? ''));
  return {
    line,
    ...who,
    quantity: quantity?.amount ?? 1,
    unit: quantity?.unit,
    day: day === '' ? null : (dayOfCell(day) ?? fault('day', 'not_a_day', day)),
    text: plainText(text) || null,
    reference: mangledBy(reference) === undefined ? reference || null : fault('reference', 'mangled', reference),
    faults,
  };
}

type NoteFault = (field: Fault['field'], code: Fault['code'], cell: string) => null;

function whoOf({ phone: typed = '', name: called = '' }: Cells, fault: NoteFault): Pick<DeedRow, 'name' | 'phone'> {
  // A sheet may show a whole number with decimals, or with commas between thousands.
  const cell = readable(typed)
    .replace(/^(\d{2}),(\d{3}),(\d{3}),(\d{3})$/, '$1$2$3$4')
    .replace(/^(\d{11})\.0+$/, '$1');
  const name = plainName(readable(called)) || null;
  if (cell === '' && name === null) return { name, phone: fault('who', 'missing', '') };
  if (cell === '') return { name, phone: /1[3-9]\d{9}/.test(name!) ? fault('who', 'not_separated', called) : null };
  return { name, phone: phoneOf(cell) ?? fault('phone', mangledBy(cell) === undefined ? 'not_a_phone' : 'mangled', cell) };
}

/** A cell without what keeps it a text in a spreadsheet: the apostrophe before it, or a formula of nothing but the text. */
function readable(cell = ''): string {
  return unquoted(plainText(cell)).replace(/^="(.*)"$/, '$1');
}
