/** The byte order mark, by which spreadsheets know that a file is UTF-8. Every CSV that is made begins with it. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** A cell of CSV. A text that a spreadsheet would treat as a formula gets an apostrophe in front; a number stays one. */
function csvCell(value: string | number | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const text = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) || text !== value ? `"${text.replaceAll('"', '""')}"` : text;
}

type Lines = readonly (readonly (string | number | null)[])[];

/** A CSV file of these lines, whose first one names the columns. */
export function csvFile(lines: Lines): string {
  return csvLines(lines, true);
}

/** A part of such a file; `first`: its beginning. */
export function csvLines(lines: Lines, first = false): string {
  return (first ? BYTE_ORDER_MARK : '') + lines.map((line) => `${line.map(csvCell).join(',')}\r\n`).join('');
}
