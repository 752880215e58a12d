/** Working days of Asia/Shanghai: Monday to Friday, without the days off, and with the days on which work is made up for. */
import { addDays, dayOf, startOfDay } from './calendar.ts';

/** The days that are otherwise than the week has them. The order of the days is of no matter; no day is in both. */
export type Calendar = { readonly off: readonly string[]; readonly on: readonly string[] };

const HOUR_MS = 3_600_000;

/** Whether a day (`YYYY-MM-DD`) is a working day. */
export function isWorkingDay(day: string, { off, on }: Calendar): boolean {
  if (on.includes(day)) return true;
  return !off.includes(day) && !isWeekend(day);
}

/** The day that is this many working days after a day, which itself may be any: 0 is the day itself. */
export function afterWorkingDays(day: string, days: number, calendar: Calendar): string {
  let last = day;
  for (let left = days; left > 0;) {
    last = addDays(last, 1);
    if (isWorkingDay(last, calendar)) left--;
  }
  return last;
}

/**
 * The first instant at which this many hours of working days have passed since `at`: a working day has 24 of them, a day off has none.
 * `at` and the result are epoch milliseconds.
 */
export function afterWorkingHours(at: number, hours: number, calendar: Calendar): number {
  let from = at;
  for (let leftMs = hours * HOUR_MS; ;) {
    const day = dayOf(from);
    const end = startOfDay(addDays(day, 1));
    if (isWorkingDay(day, calendar)) {
      if (from + leftMs <= end) return from + leftMs;
      leftMs -= end - from;
    }
    from = end;
  }
}

function isWeekend(day: string): boolean {
  return new Date(`${day}T00:00:00Z`).getUTCDay() % 6 === 0;
}
