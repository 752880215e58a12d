/** An instant of the last day on which something is good that ends at `end`. Ends are the first instant at which it is not. */
export function lastDay(end: string): string {
  return new Date(Date.parse(end) - 1).toISOString();
}
