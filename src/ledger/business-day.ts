import { desc } from 'drizzle-orm';
import type { View } from '../store/index.ts';
import { addDays, dayOf, startOfDay } from './calendar.ts';
import { type Call, type Command, type Decision, type Facts, one, put, type Want } from './command.ts';
import { refuse } from './refusals.ts';

const HOUR = 3_600_000;
const MIDNIGHT = 24;

export type CloseDayInput = {
  readonly day: string;
  /** The hour of Shanghai at which the day is over: 24 or left out, at midnight. */
  readonly cutOffHour?: number;
};

type CloseDayReply = { day: string; closed_at: number };

/** Closes a business day that is over. Later commands are booked on the first open day; a closed day never changes. */
export const closeDay: Command<CloseDayInput, CloseDayReply> = { name: 'close-day', load: loadCloseDay, decide: decideCloseDay };

function loadCloseDay({ day }: CloseDayInput): readonly Want[] {
  // The day before as well: a closing of it that this process is writing goes first, since two at once conflict, and what lies between would
  // come after both.
  return [one('businessDay', day), one('businessDay', addDays(day, -1))];
}

function decideCloseDay(facts: Facts, { day, cutOffHour = MIDNIGHT }: CloseDayInput, { at }: Call): Decision<CloseDayReply> {
  if (facts.get('businessDay', day)) return refuse('business_day_closed', { day });
  if (day > lastDayOver(at, cutOffHour)) return refuse('business_day_not_over', { day });
  return { rows: [put('businessDay', { day, closedAt: at })], reply: { day, closed_at: at } };
}

/** The latest business day that is over at `at`. */
export function lastDayOver(at: number, cutOffHour = MIDNIGHT): string {
  const today = dayOf(at);
  return cutOffHour < MIDNIGHT && at >= startOfDay(today) + cutOffHour * HOUR ? today : addDays(today, -1);
}

/** The latest business day that is closed; all earlier ones are closed with it. */
export async function lastClosedDay({ read, tables: { businessDay } }: View): Promise<string> {
  const { day } = businessDay;
  return (await read.select({ day }).from(businessDay).orderBy(desc(day)).limit(1))[0]!.day;
}
