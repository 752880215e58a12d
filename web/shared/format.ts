/** Figures and dates as people read and write them. */
import { amountOf } from '../../src/text/index.ts';

const ZONE = 'Asia/Shanghai';

/** Points with groups of thousands. */
export function points(n: number): string {
  return n.toLocaleString('en-US');
}

/** Fen as yuan: `10`, `10.50`, `1,234.05`. */
export function yuan(fen: number): string {
  const whole = fen % 100 === 0;
  return (fen / 100).toLocaleString('en-US', { minimumFractionDigits: whole ? 0 : 2, maximumFractionDigits: 2 });
}

/** Fen as yuan with two places, for columns. */
export function yuanFixed(fen: number): string {
  return (fen / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** Yuan as typed (`56.8`) in fen; undefined if it is no amount, or none within these bounds. */
export function fenOf(typed: string, { minimum, maximum }: { readonly minimum: number; readonly maximum: number }): number | undefined {
  const fen = amountOf(typed);
  return fen !== undefined && fen >= minimum && fen <= maximum ? fen : undefined;
}

/** An instant (RFC 3339) as its Shanghai date: `2026-11-24`. */
export function dayOf(instant: string): string {
  return new Date(instant).toLocaleDateString('sv-SE', { timeZone: ZONE });
}

/** The last day on which something is good that ends at `end`: the first instant at which it is not. */
export function lastDayOf(end: string): string {
  return dayOf(new Date(Date.parse(end) - 1).toISOString());
}

/** An instant as its Shanghai time: `2026-11-24 14:05`. */
export function timeOf(instant: string): string {
  return `${dayOf(instant)} ${clockOf(instant)}`;
}

/** `14:05`. */
export function clockOf(instant: string): string {
  return new Date(instant).toLocaleTimeString('sv-SE', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' });
}

/** Today in Shanghai. */
export function today(): string {
  return dayOf(new Date().toISOString());
}
