/** Whether a clock can be right, seen from what is written in the books already. Instants are epoch milliseconds. */
import assert from 'node:assert/strict';
import { desc, like, lte, max } from 'drizzle-orm';
import type { View } from '../store/index.ts';
import { dayOf } from './calendar.ts';
import { type Call, type Command, type Decision, put } from './command.ts';

/**
 * The most by which clocks may differ without being called wrong: the service's own, which may be set back after a code was shown, and a
 * till's, by which goods have already been handed out.
 */
export const SKEW_MS = 2 * 60_000;

const DAY_MS = 24 * 3_600_000;

/** The longest pause of a scheme after which its jobs go on by themselves, in days. */
export const GAP_DAYS_MAX = 31;

const RESUMED = 'resumed:';

/**
 * `ahead`: nothing was written for longer than `GAP_DAYS_MAX`. `behind`: something was written later than now. `known`: the latest that was
 * written.
 */
export type ClockGap = { readonly clock: 'ahead' | 'behind'; readonly known: number };

/** Why a clock that says `now` is not believed, or undefined if it may be right. The operator resolves it: see `resume`. */
export async function clockGap(view: View, now: number): Promise<ClockGap | undefined> {
  const resumptions = await resumptionsOf(view);
  const at = resumptions.map((each) => each.at);
  const latest = await latestWritten(view, Number.MAX_SAFE_INTEGER);
  const accepted = Math.max(0, ...resumptions.map(({ known }) => known));
  if (latest !== undefined && latest > now + SKEW_MS && latest > accepted) return { clock: 'behind', known: latest };
  const written = await latestWritten(view, now + SKEW_MS);
  if (written === undefined) return undefined;
  const known = Math.max(written, ...at.filter((each) => each <= now + SKEW_MS));
  return now - known > GAP_DAYS_MAX * DAY_MS ? { clock: 'ahead', known } : undefined;
}

/** The latest entry or closing of a day until an instant. */
async function latestWritten({ read, tables: { entry, businessDay } }: View, until: number): Promise<number | undefined> {
  const { id, recordedAt } = entry;
  const { closedAt } = businessDay;
  const [last] = await read
    .select({ at: recordedAt })
    .from(entry)
    .where(lte(id, lastEntryAt(until)))
    .orderBy(desc(id))
    .limit(1);
  const [closed] = await read
    .select({ at: max(closedAt) })
    .from(businessDay)
    .where(lte(closedAt, until));
  const known = [last?.at, closed?.at].filter((at) => at != null && at > 0) as number[];
  return known.length > 0 ? Math.max(...known) : undefined;
}

/** The greatest id of an entry whose command arrived until this instant. */
function lastEntryAt(until: number): string {
  return `ent_${Math.min(until, 0xffff_ffff_ffff).toString(16).padStart(12, '0')}${'f'.repeat(20)}`;
}

type Resumption = { readonly at: number; readonly known: number };

async function resumptionsOf({ read, tables: { scheme } }: View): Promise<Resumption[]> {
  const rows = await read
    .select()
    .from(scheme)
    .where(like(scheme.name, `${RESUMED}%`));
  return rows.map(({ value }) => JSON.parse(value) as Resumption);
}

export type ResumeInput = {
  /** Today's date, as the operator knows it. */
  readonly day: string;
  /** The latest that was written. */
  readonly known: number;
};

type ResumeReply = { readonly day: string; readonly resumed_at: number };

/** Notes that the clock is right although the books cannot know it: the operator has said which day it is. */
export const resume: Command<ResumeInput, ResumeReply> = { name: 'resume', load: () => [], decide: decideResume };

function decideResume(_facts: unknown, { day, known }: ResumeInput, { at, id }: Call): Decision<ResumeReply> {
  assert(day === dayOf(at), `the clock says ${dayOf(at)}`);
  const value = JSON.stringify({ at, known } satisfies Resumption);
  return { rows: [put('scheme', { name: RESUMED + id, value })], reply: { day, resumed_at: at } };
}
