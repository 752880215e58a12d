/** The counters of limits on redemptions, as the redemptions make them; and those of wrong PINs, which nothing else tells of. */
import { asc, gt, isNotNull, and, min } from 'drizzle-orm';
import { addDays, byDay, type Counters, dayOf, isDay, type Leftovers } from '../ledger/index.ts';
import { pages, type Row, type View } from '../store/index.ts';
import { redemptionPages } from './audit.ts';
import { keyOfRedemption } from './orders.ts';
import { WRONG_PINS_MAX, wrongPinsKey } from './papers.ts';

/** Orders, and wrong PINs. */
export const redemptionCounters: readonly Counters[] = [orders, wrongPins];

const PAGE = 2_000;

/** Faces on each order of a store; a reversal gives a face back under the key under which it was counted. */
async function* orders(view: View): ReturnType<Counters> {
  yield* byDay(redemptionPages(view), (tally, { redemption, reversal }) => {
    const key = keyOfRedemption(redemption);
    const day = dayOf(redemption.at);
    const what = () => `the order of ${redemption.id}`;
    if (key !== null) tally.add(dayIn(key), key, what, reversal ? 0 : redemption.fen);
    return day;
  });
}

/** The day with which a key begins. */
function dayIn(key: string): string {
  return `${key.slice(0, 4)}-${key.slice(4, 6)}-${key.slice(6, 8)}`;
}

/** A wrong PIN leaves no row of its own, so its count is only held to what a count may be. */
async function* wrongPins(view: View): ReturnType<Counters> {
  for await (const papers of paperPages(view)) {
    yield papers.map((paper) => ({
      key: wrongPinsKey(paper),
      least: 0,
      most: WRONG_PINS_MAX,
      what: `wrong PINs of a paper of ${paper.voucherId}`,
    }));
  }
}

function paperPages({ read, tables: { code } }: View): AsyncGenerator<Row<'code'>[]> {
  return pages(async (last) =>
    read
      .select()
      .from(code)
      .where(and(isNotNull(code.pinHash), last && gt(code.hash, last.hash)))
      .orderBy(asc(code.hash))
      .limit(PAGE),
  );
}

/**
 * Counts of wrong PINs outlive their papers. Codes are removed in the order in which they end, some of a day after others: so a count whose day is
 * over before any code that is still there ends may be that of a paper that was removed.
 */
export const removedPapers: Leftovers = async ({ read, tables: { code } }) => {
  const [first] = await read.select({ endsAt: min(code.expiresAt) }).from(code);
  const lastDay = first?.endsAt == null ? '9999-12-31' : addDays(dayOf(first.endsAt), 1);
  return ({ id, used }) => isDay(dayIn(id)) && dayIn(id) <= lastDay && used >= 0 && used <= WRONG_PINS_MAX;
};
