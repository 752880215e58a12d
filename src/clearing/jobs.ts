import { asc, desc } from 'drizzle-orm';
import { addDays, type Engine, lastClosedDay } from '../ledger/index.ts';
import type { View } from '../store/index.ts';
import { countFigures, lastDayOfFigures, tallyFigures } from './figures.ts';
import { countFlows, tallyDay } from './flows.ts';

/** The most closed days that one run of the job tallies: a scheme whose days were not tallied for long catches up bit by bit. */
const DAYS_AT_ONCE = 31;

export type TallyDeps = { readonly view: View; readonly engine: Engine };

/**
 * Stores the flows and the figures of closed business days, the oldest first; returns the number of days stored, the greater one of the
 * two.
 */
export async function tallyClosedDays(deps: TallyDeps, atMost = DAYS_AT_ONCE): Promise<number> {
  return Math.max(await keepFlows(deps, atMost), await keepFigures(deps, atMost));
}

async function keepFlows({ view, engine }: TallyDeps, atMost: number): Promise<number> {
  const closedDay = await lastClosedDay(view);
  const first = await firstUntalliedDay(view);
  let done = 0;
  for (let day = first; day !== undefined && day <= closedDay && done < atMost; day = addDays(day, 1), done++) {
    const input = { day, closedDay, flows: await countFlows(view, day) };
    await engine.bySystem(tallyDay, input, `tally-day:${day}`);
  }
  return done;
}

async function keepFigures({ view, engine }: TallyDeps, atMost: number): Promise<number> {
  const closedDay = await lastClosedDay(view);
  const last = await lastDayOfFigures(view);
  const first = last === undefined ? await firstBusinessDay(view) : addDays(last, 1);
  let done = 0;
  for (let day = first; day !== undefined && day <= closedDay && done < atMost; day = addDays(day, 1), done++) {
    const input = { day, closedDay, figures: await countFigures(view, day) };
    await engine.bySystem(tallyFigures, input, `tally-figures:${day}`);
  }
  return done;
}

/** The business day of the first entry; undefined if there is none. */
async function firstBusinessDay({ read, tables: { entry } }: View): Promise<string | undefined> {
  return (await read.select({ day: entry.businessDay }).from(entry).orderBy(asc(entry.id)).limit(1))[0]?.day;
}

/** The day after the last one that was tallied; at first the day of the first redemption; undefined if there is none. */
async function firstUntalliedDay({ read, tables: { dayFlows, redemption } }: View): Promise<string | undefined> {
  const [last] = await read.select({ day: dayFlows.day }).from(dayFlows).orderBy(desc(dayFlows.day)).limit(1);
  if (last) return addDays(last.day, 1);
  const [first] = await read.select({ day: redemption.businessDay }).from(redemption).orderBy(asc(redemption.businessDay)).limit(1);
  return first?.day;
}
