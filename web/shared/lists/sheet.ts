/** A list as rows of cells, whatever it was read from: pasted text, CSV in any usual encoding, or a workbook (.xlsx). */
import { plainText, textIn } from '../../../src/text/index.ts';
import { recordsOf } from './delimited.ts';
import type { SheetRow, Unreadable } from './row.ts';

/** Whether reading failed. */
export function isUnreadable(read: object | string): read is Unreadable {
  return typeof read === 'object' && 'unreadable' in read;
}

const BYTES_MAX = 8 * 1_024 * 1_024;

const ZIP = [0x50, 0x4b];
const OLD_WORKBOOK = [0xd0, 0xcf, 0x11, 0xe0];

/** The rows of a list that are not blank. The reader of workbooks is loaded only for a workbook. */
export async function sheetOf(list: string | Uint8Array): Promise<readonly SheetRow[] | Unreadable> {
  if (list.length > BYTES_MAX) return { unreadable: 'too_large' };
  if (typeof list === 'string') return recordsOf(list.replaceAll('\uFEFF', ''));
  if (beginsWith(list, OLD_WORKBOOK)) return { unreadable: 'old_workbook' };
  if (beginsWith(list, ZIP)) return (await import('./workbook.ts')).rowsOfWorkbook(list);
  const text = textIn(list);
  return text === undefined ? { unreadable: 'not_a_list' } : recordsOf(text);
}

/**
 * A file as text that can be shown, corrected and read again: a workbook as lines with tabs, each on the line that has its number in the sheet.
 */
export async function listText(file: Uint8Array): Promise<string | Unreadable> {
  if (!beginsWith(file, ZIP) && !beginsWith(file, OLD_WORKBOOK)) {
    if (file.length > BYTES_MAX) return { unreadable: 'too_large' };
    return textIn(file) ?? { unreadable: 'not_a_list' };
  }
  const rows = await sheetOf(file);
  if (isUnreadable(rows)) return rows;
  const lines: string[] = [];
  for (const { line, cells } of rows) lines[line - 1] = cells.map(quoted).join('\t');
  return Array.from(lines, (line) => line ?? '').join('\n');
}

/** A cell on one line; in quotes if its own could be taken for those. */
function quoted(cell: string): string {
  const plain = plainText(cell);
  return plain.startsWith('"') ? `"${plain.replaceAll('"', '""')}"` : plain;
}

function beginsWith(bytes: Uint8Array, beginning: readonly number[]): boolean {
  return beginning.every((byte, n) => bytes[n] === byte);
}
