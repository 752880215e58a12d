/** A row of a list. `line` is its number in the file, or in the sheet, counted from 1. */
export type SheetRow = { readonly line: number; readonly cells: readonly string[] };

/**
 * The reason why a list cannot be read at all: no text and no workbook, a workbook of the old kind (.xls), a broken or a protected one, one
 * that is too large, or a quotation mark that nothing closes.
 */
export type Unreadable = {
  readonly unreadable: 'not_a_list' | 'old_workbook' | 'broken_workbook' | 'too_large' | 'open_quote';
  readonly line?: number;
};
