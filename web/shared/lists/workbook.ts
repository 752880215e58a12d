/** The first sheet of a workbook (.xlsx) that has rows. */
import { unzipSync } from 'fflate';
import { isPartOfCells, rowsOfParts, TooLarge } from '../../../src/workbook/index.ts';
import type { SheetRow, Unreadable } from './row.ts';

/** So much may a workbook unpack to, in bytes: fifty times a list of a thousand lines. */
const UNPACKED_MAX = 24 * 1_024 * 1_024;
/** So many cells may a sheet span, from its first to its last. */
const CELLS_MAX = 1_000_000;

/** The rows that are not blank, each with its number in the sheet. A merged cell counts for each row that it spans. */
export async function rowsOfWorkbook(bytes: Uint8Array): Promise<readonly SheetRow[] | Unreadable> {
  try {
    return await rowsOfParts(unpacked(bytes), CELLS_MAX);
  } catch (error) {
    return { unreadable: error instanceof TooLarge ? 'too_large' : 'broken_workbook' };
  }
}

/** The parts of a workbook that hold its cells. The sizes are known before anything is unpacked, and no more than that is kept. */
function unpacked(bytes: Uint8Array): Record<string, Uint8Array> {
  let size = 0;
  return unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (!isPartOfCells(name)) return false;
      size += originalSize;
      if (size > UNPACKED_MAX) throw new TooLarge();
      return true;
    },
  });
}
