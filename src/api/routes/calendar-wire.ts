/** The street's calendar over the wire. */
import { z } from 'zod';
import { faulty } from '../http/field-codes.ts';
import { day } from '../http/wire.ts';

/** More than the days of a year: with the make-up days of work of the next one. */
const DAYS_MAX = 400;

const days = (example: string) => z.array(day.meta({ examples: [example] })).max(DAYS_MAX);

/**
 * The lists of the calendar, in any order. A day that stands in them twice was meant to be another one, so it is refused and not dropped: the
 * officer who typed it knows which.
 */
export const calendar = z.strictObject({ off: days('2027-02-08'), on: days('2027-02-13') }).superRefine(({ off, on }, context) => {
  for (const [list, dates] of Object.entries({ off, on })) {
    for (const [n, date] of dates.entries()) {
      if (dates.indexOf(date) < n) context.addIssue({ code: 'custom', path: [list, n], message: faulty('repeated') });
      if (list === 'on' && off.includes(date)) context.addIssue({ code: 'custom', path: [list, n], message: faulty('off_and_on') });
    }
  }
});
