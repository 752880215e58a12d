/** Days of Asia/Shanghai, as `YYYY-MM-DD`; instants are epoch milliseconds. */
import { remembering } from './remembering.ts';

const ZONE = 'Asia/Shanghai';

/** The offset of its clocks from UTC, all year round: for sums by day in the database. */
export const AHEAD_OF_UTC_MS = 8 * 3_600_000;

/** A day, from its first instant until that of the next one. */
type Span = { readonly day: string; readonly from: number; readonly until: number };

/**
 * The last two days that were asked for. Commands arrive in order, so most of them fall on one day; until four in the morning, their orders
 * belong to the day before.
 */
let [latest, other]: readonly Span[] = [];

/** The date in Shanghai at an instant. */
export function dayOf(at: number): string {
  if (!isIn(latest, at)) [latest, other] = [isIn(other, at) ? other : spanAround(at), latest];
  return latest.day;
}

function isIn(span: Span | undefined, at: number): span is Span {
  return span !== undefined && at >= span.from && at < span.until;
}

function spanAround(at: number): Span {
  const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(ZONE).toPlainDate().toString();
  return { day, from: startOfDay(day), until: startOfDay(addDays(day, 1)) };
}

/** Commands concern few days. */
const DAYS_REMEMBERED = 10_000;

/** The first instant of a day. */
export const startOfDay = remembering(DAYS_REMEMBERED, (day) => Temporal.PlainDate.from(day).toZonedDateTime(ZONE).epochMilliseconds);

export function addDays(day: string, days: number): string {
  return sum(`${day} ${days}`);
}

const sum = remembering(DAYS_REMEMBERED, (text) => {
  const [day, days] = text.split(' ') as [string, string];
  return Temporal.PlainDate.from(day)
    .add({ days: Number(days) })
    .toString();
});

/** The last day of the calendar year that comes `years` after the day's own. */
export function endOfYear(day: string, years: number): string {
  return `${Number(day.slice(0, 4)) + years}-12-31`;
}

/** The first day after the day, the month or the year that a period names: `2026-11-23`, `2026-11` or `2026`. */
export function dayAfter(period: string): string {
  const [year, month, day] = period.split('-').map(Number) as [number, number?, number?];
  const start = Temporal.PlainDate.from({ year, month: month ?? 1, day: day ?? 1 });
  return start.add(day ? { days: 1 } : month ? { months: 1 } : { years: 1 }).toString();
}

/** Whether a text is a real calendar date. No calendar of ours has a year 0: PostgreSQL's knows none. */
export function isDay(text: string): boolean {
  return /^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text) && isInCalendar(text);
}

/** A Date costs a tenth of what Temporal does, and every answer with a date in it is checked by this. */
const isInCalendar = remembering(DAYS_REMEMBERED, (text): boolean => {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
});
