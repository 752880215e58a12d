import { today } from '../../shared/format.ts';
import type { Range } from '../queries.ts';

const DAY_MS = 86_400_000;

/** All days of a month (`2026-11`); up to today if it is this month. */
export function daysOfMonth(month: string): Range {
  const now = today();
  return { from: `${month}-01`, through: month === now.slice(0, 7) ? now : lastDayOf(month) };
}

/** The range of two days in an address; this month if they are no days. */
export function rangeOf(from = '', through = ''): Range {
  return [from, through].every(isDay) ? { from, through } : daysOfMonth(today().slice(0, 7));
}

function isDay(text: string): boolean {
  const utcMs = Date.parse(text);
  return Number.isFinite(utcMs) && dayOf(utcMs) === text;
}

/** A range in parts, each within a month: the API tells of a month's days at once. */
export function byMonth({ from, through }: Range): Range[] {
  const parts: Range[] = [];
  for (let first = from; first <= through;) {
    const last = lastDayOf(first.slice(0, 7));
    parts.push({ from: first, through: last < through ? last : through });
    first = dayOf(Date.parse(last) + DAY_MS);
  }
  return parts;
}

function lastDayOf(month: string): string {
  return dayOf(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0));
}

function dayOf(utcMs: number): string {
  return new Date(utcMs).toISOString().slice(0, 10);
}

/** The month that a range is all of; undefined if it is none. */
export function monthOf(range: Range): string | undefined {
  const month = range.from.slice(0, 7);
  const whole = daysOfMonth(month);
  return whole.from === range.from && whole.through === range.through ? month : undefined;
}
