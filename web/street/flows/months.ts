import { today } from '../../shared/format.ts';
import type { Range } from '../queries.ts';

/** All days of a month (`2026-11`); of this one, up to today. */
export function daysOfMonth(month: string): Range {
  const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10);
  const now = today();
  return { from: `${month}-01`, through: month === now.slice(0, 7) ? now : last };
}

/** The month that a range is all of; undefined if it is none. */
export function monthOf(range: Range): string | undefined {
  const month = range.from.slice(0, 7);
  const whole = daysOfMonth(month);
  return whole.from === range.from && whole.through === range.through ? month : undefined;
}
