/** A table of figures for a terminal: what is counted, and a column for each tree. */
export type Row = readonly [name: string, figure: string];

/** Every column has the same rows in the same order. */
export function table(names: readonly string[], columns: readonly (readonly Row[])[]): string {
  const lines = columns[0]!.map(([name], at) => [name, ...columns.map((column) => column[at]![1])]);
  const all = [['', ...names], ...lines];
  const widths = all[0]!.map((_, at) => Math.max(...all.map((line) => line[at]!.length)));
  const padded = (line: readonly string[]) => line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!)));
  return all.map((line) => `${padded(line).join('  ')}\n`).join('');
}
