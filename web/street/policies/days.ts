/** Lists of days, as offices type them and as they are told. */
import { visible } from '../../../src/text/index.ts';
import { dayOfCell } from '../../shared/lists/cells.ts';

export type DaysBound = { readonly maxItems: number };

/** A fault of the days that were typed: `what` is a text that is no whole date, a day that stands there twice, or the most days there may be. */
export type DayFault = { readonly is: 'unreadable' | 'twice' | 'many'; readonly what: string };

const DAY_MS = 86_400_000;

/** The days that were typed, a line each or with commas between, in order. A text that is no date stays as it is: the API refuses it. */
export function daysIn(typed: string): string[] {
  return wordsIn(typed)
    .map((word) => dayOfCell(word) ?? word)
    .toSorted();
}

/** Days as they stand in the form. */
export function daysText(days: readonly string[]): string {
  return days.join('、');
}

/** The first fault of the days that were typed, undefined if there is none; `others` were typed into the other lists of the value. */
export function dayFault(typed: string, others: readonly string[], { maxItems }: DaysBound): DayFault | undefined {
  const unreadable = wordsIn(typed).find((word) => dayOfCell(word) === undefined);
  if (unreadable !== undefined) return { is: 'unreadable', what: unreadable };
  const days = daysIn(typed);
  const elsewhere = new Set(others.flatMap(daysIn));
  const twice = days.find((day, n) => day === days[n - 1] || elsewhere.has(day));
  if (twice !== undefined) return { is: 'twice', what: twice };
  return days.length > maxItems ? { is: 'many', what: String(maxItems) } : undefined;
}

/** Days in a sentence: of those that follow each other the first and the last, with `to` between. */
export function daysSaid(days: readonly string[], to: string): string {
  const spans: [first: string, last: string][] = [];
  for (const day of days.toSorted()) {
    const span = spans.at(-1);
    if (span && Date.parse(day) - Date.parse(span[1]) === DAY_MS) span[1] = day;
    else spans.push([day, day]);
  }
  return spans.map(([first, last]) => (first === last ? first : `${first}${to}${last}`)).join('、');
}

function wordsIn(typed: string): string[] {
  return visible(typed)
    .split(/[、,;\s]+/)
    .filter(Boolean);
}
