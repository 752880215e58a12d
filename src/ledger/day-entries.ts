/** The entries of a business day, found by their ids: no index knows business days, and ids grow with time. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { and, asc, eq, gt, gte, lt } from 'drizzle-orm';
import { pages, type Row, rowByKey, type View } from '../store/index.ts';
import { addDays, startOfDay } from './calendar.ts';
import { type EntryWithPostings, postingsOf } from './queries.ts';

/**
 * The most by which an entry's id may precede the close of the previous day, or follow the end of its own day: a command may wait that long
 * to be decided, and the clocks of processes may differ. An id contains the time of its command's arrival.
 */
const MARGIN_MS = 3_600_000;

/** The entries that were booked on a business day, in the order of their ids, a page of at most `limit` at a time. */
export async function* entriesOfDay(view: View, day: string, limit: number): AsyncGenerator<EntryWithPostings[]> {
  const { entry } = view.tables;
  const [from, until] = [firstEntryAt(await beginning(view, day)), firstEntryAt(startOfDay(addDays(day, 1)) + MARGIN_MS)];
  const found = pages<Row<'entry'>>(async (last) => {
    // On SQLite a read never yields: without a pause tills would have to wait until a whole day is read.
    await nextTurn();
    return view.read
      .select()
      .from(entry)
      .where(and(eq(entry.businessDay, day), last ? gt(entry.id, last.id) : gte(entry.id, from), lt(entry.id, until)))
      .orderBy(asc(entry.id))
      .limit(limit);
  });
  for await (const entries of found) {
    const legs = await postingsOf(view, entries);
    yield entries.map((each) => ({ ...each, postings: legs.get(each.id) ?? [] }));
  }
}

/**
 * The instant from which entries may be booked on a day: its first one, or the close of the day before, if that one was closed at an
 * earlier hour.
 */
async function beginning(view: View, day: string): Promise<number> {
  const before = await rowByKey(view, 'businessDay', addDays(day, -1));
  return Math.min(startOfDay(day), before?.closedAt ?? Infinity) - MARGIN_MS;
}

/** The least id of an entry whose command arrived at this instant. */
function firstEntryAt(at: number): string {
  return `ent_${Math.max(0, at).toString(16).padStart(12, '0')}${'0'.repeat(20)}`;
}
