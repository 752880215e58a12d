/** Lines as a CSV file. */

/** With a mark at its beginning, by which spreadsheets know that it is UTF-8. */
const UTF8_MARK = '\uFEFF';

export function csvOf(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return UTF8_MARK + [head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n');
}

/** A name that begins like a formula is kept from being one. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+@\t]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Gives a text to the browser to keep. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
