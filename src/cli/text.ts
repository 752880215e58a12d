/** A whole number with its digits in groups of three: `12 345`. */
export function grouped(amount: number): string {
  return String(amount).replaceAll(/\B(?=(\d{3})+$)/g, ' ');
}

/** Rows of equal length as lines of aligned columns: the first `left` of them to the left, the others to the right. */
export function columns(rows: readonly (readonly string[])[], left: number): string {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  const aligned = (cell: string, i: number) => (i < left ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!));
  return rows.map((row) => `${row.map(aligned).join('  ').trimEnd()}\n`).join('');
}
