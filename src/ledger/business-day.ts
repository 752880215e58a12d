import { dayOf } from './calendar.ts';
import { type Command, one, put, refuser } from './command.ts';

export const businessDayRefusals = ['business_day_closed', 'business_day_not_over'] as const;
const refuse = refuser(businessDayRefusals);

/** Closes a business day that is over. What arrives later is booked on the first open day; a closed day never changes. */
export const closeDay: Command<{ readonly day: string }, { day: string; closed_at: number }> = {
  name: 'close-day',
  load: ({ day }) => [one('businessDay', day)],
  decide(facts, { day }, { at }) {
    if (facts.get('businessDay', day)) return refuse('business_day_closed', { day });
    if (day >= dayOf(at)) return refuse('business_day_not_over', { day });
    return { rows: [put('businessDay', { day, closedAt: at })], reply: { day, closed_at: at } };
  },
};
