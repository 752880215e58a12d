/** The street's calendar over the wire. */
import { policySchemas } from '../../communities/index.ts';
import { faulty } from '../http/field-codes.ts';

/**
 * The lists of the calendar, in any order. A day that stands in them twice was meant to be another one, so it is refused and not dropped: the
 * officer who typed it knows which.
 */
export const calendar = policySchemas.calendar.superRefine(({ off, on }, context) => {
  for (const [list, days] of Object.entries({ off, on })) {
    for (const [n, day] of days.entries()) {
      if (days.indexOf(day) < n) context.addIssue({ code: 'custom', path: [list, n], message: faulty('repeated') });
      if (list === 'on' && off.includes(day)) context.addIssue({ code: 'custom', path: [list, n], message: faulty('off_and_on') });
    }
  }
});
