import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, afterWorkingDays, afterWorkingHours, type Calendar, dayOf, isWorkingDay, startOfDay } from '../../src/ledger/index.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEKS: Calendar = { off: [], on: [] };
/** The days around the Spring Festival of 2026, as the State Council announced them. */
const SPRING: Calendar = {
  off: Array.from({ length: 9 }, (_, n) => addDays('2026-02-15', n)),
  on: ['2026-02-14', '2026-02-28'],
};

const at = (text: string) => Date.parse(`${text}+08:00`);
const told = (instant: number) => new Date(instant + 8 * HOUR).toISOString().slice(0, 16).replace('T', ' ');

const days = fc.integer({ min: 0, max: 400 }).map((n) => addDays('2026-01-01', n));
const calendars = fc
  .uniqueArray(fc.tuple(days, fc.boolean()), { maxLength: 60, selector: ([day]) => day })
  .map((some): Calendar => ({ off: some.flatMap(([d, off]) => (off ? [d] : [])), on: some.flatMap(([d, off]) => (off ? [] : [d])) }));
const instants = fc.integer({ min: at('2026-01-01T00:00'), max: at('2027-02-01T00:00') });
const hours = fc.integer({ min: 0, max: 1_000 });

/** The working time between two instants, counted day by day. */
function workedMs(from: number, until: number, calendar: Calendar): number {
  let sum = 0;
  for (let day = dayOf(from); startOfDay(day) < until; day = addDays(day, 1)) {
    if (isWorkingDay(day, calendar)) sum += Math.min(until, startOfDay(day) + DAY) - Math.max(from, startOfDay(day));
  }
  return sum;
}

describe('a working day', () => {
  it('is Monday to Friday, without the days off and with the days on', () => {
    const week = Array.from({ length: 7 }, (_, n) => addDays('2026-11-23', n));
    expect(week.filter((day) => isWorkingDay(day, WEEKS))).toEqual(week.slice(0, 5));
    expect(isWorkingDay('2026-02-16', SPRING)).toBe(false);
    expect(isWorkingDay('2026-02-28', SPRING)).toBe(true);
    expect(isWorkingDay('2026-02-28', WEEKS)).toBe(false);
  });

  it('comes after others: days off between are not counted', () => {
    expect(afterWorkingDays('2026-11-27', 3, WEEKS)).toBe('2026-12-02');
    expect(afterWorkingDays('2026-11-28', 1, WEEKS)).toBe('2026-11-30');
    expect(afterWorkingDays('2026-11-28', 0, WEEKS)).toBe('2026-11-28');
    expect(afterWorkingDays('2026-02-13', 2, SPRING)).toBe('2026-02-24');
  });

  it('as many come after a day as were asked for, and the last of them is one', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 60 }), calendars, (day, n, calendar) => {
        const last = afterWorkingDays(day, n, calendar);
        expect(isWorkingDay(last, calendar)).toBe(true);
        expect(workedMs(startOfDay(addDays(day, 1)), startOfDay(addDays(last, 1)), calendar)).toBe(n * DAY);
      }),
    );
  });
});

describe('hours of working days', () => {
  it.each([
    ['72 from Friday at five end on Wednesday at five', '2026-11-27T17:00', 72, WEEKS, '2026-12-02 17:00'],
    ['72 from a Monday end on Thursday', '2026-11-23T09:30', 72, WEEKS, '2026-11-26 09:30'],
    ['those from a day off begin with the next working day', '2026-11-28T12:00', 1, WEEKS, '2026-11-30 01:00'],
    ['those that end with a Friday end at midnight', '2026-11-27T00:00', 24, WEEKS, '2026-11-28 00:00'],
    ['72 before the Spring Festival end after it', '2026-02-13T17:00', 72, SPRING, '2026-02-25 17:00'],
  ])('%s', (_sentence, from, n, calendar, end) => {
    expect(told(afterWorkingHours(at(from), n, calendar))).toBe(end);
  });

  it('have passed at the end, and not a moment before', () => {
    fc.assert(
      fc.property(instants, hours, calendars, (from, n, calendar) => {
        const end = afterWorkingHours(from, n, calendar);
        expect(workedMs(from, end, calendar)).toBe(n * HOUR);
        if (n > 0) expect(workedMs(from, end - 1, calendar)).toBe(n * HOUR - 1);
      }),
    );
  });

  it('end as late in two parts as in one, and another day off ends them no earlier', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 500 }), hours, calendars, days, (from, some, more, calendar, day) => {
        const whole = afterWorkingHours(from, some + more, calendar);
        expect(afterWorkingHours(afterWorkingHours(from, some, calendar), more, calendar)).toBe(whole);
        const without = { off: [...calendar.off, day], on: calendar.on.filter((each) => each !== day) };
        expect(afterWorkingHours(from, some + more, without)).toBeGreaterThanOrEqual(whole);
      }),
    );
  });
});
