/** The points that came into a resident's wallet in a month, and those that went out of it. */
import { and, eq, gte, sql } from 'drizzle-orm';
import { AHEAD_OF_UTC_MS, dayOf, normalBalance, startOfDay } from '../../ledger/index.ts';
import { idOf, placed, preparing, type View } from '../../store/index.ts';
import { accountOf, lotsOf } from './wallet.ts';

/** Points, none of them negative: the wallet grew by earned and returned, less the other three. */
export type Sums = {
  earned: number;
  /** Turned into vouchers. */
  spent: number;
  /** Points back from vouchers that were cancelled or have expired. */
  returned: number;
  expired: number;
  /** Points of grants that were reversed or clawed back. */
  takenBack: number;
};

export type Month = Sums & { /** `2026-11`. */ readonly month: string };

const sideOf: Readonly<Record<string, keyof Sums>> = {
  grant: 'earned',
  voucher_issue: 'spent',
  voucher_cancellation: 'returned',
  voucher_expiry: 'returned',
  lot_expiry: 'expired',
  lot_waiver: 'expired',
  grant_reversal: 'takenBack',
  grant_clawback: 'takenBack',
};

const DAY_MS = 86_400_000;
/** An upper bound on the time between an entry's id and its recording. */
const EARLIER_MS = 60_000;

/**
 * The last months of a resident, this one first, including those without movements. A movement belongs to the month in Shanghai in which it
 * was recorded, as in the statement: a grant made in November for a deed of October belongs to November. Each lot is one range of an index,
 * and returns at most a row for each day and kind.
 */
export async function monthsOf(view: View, residentId: string, months: number, at: number): Promise<Month[]> {
  const names = lastMonths(dayOf(at).slice(0, 7), months);
  const from = startOfDay(`${names.at(-1)!}-01`);
  const found = new Map(names.map((month) => [month, { month, earned: 0, spent: 0, returned: 0, expired: 0, takenBack: 0 }]));
  const lots = await lotsOf(view).execute({ residentId });
  const sums = await Promise.all(lots.map(async (lot) => movedIn(view).execute({ account: accountOf(lot), first: firstIdOf(from) })));
  for (const { kind, day, amount } of sums.flat()) {
    const month = found.get(new Date(day * DAY_MS).toISOString().slice(0, 7));
    const sum = sideOf[kind];
    if (!sum) throw new Error(`what is a ${kind} to a resident?`);
    if (month) month[sum] += Math.abs(normalBalance('wallet', amount));
  }
  return [...found.values()];
}

const movedIn = preparing('movements of a lot by day', ({ read, tables: { posting, entry }, walletPostings }: View) => {
  const day = sql`(${entry.recordedAt} + ${sql.raw(String(AHEAD_OF_UTC_MS))}) / ${sql.raw(String(DAY_MS))}`;
  return read
    .select({ kind: entry.kind, day: day.mapWith(Number), amount: sql`sum(${posting.amount})`.mapWith(Number) })
    .from(posting)
    .innerJoin(entry, eq(entry.id, posting.entry))
    .where(and(eq(posting.account, placed('account', posting.account)), walletPostings, gte(posting.entry, placed('first', posting.entry))))
    .groupBy(entry.kind, day);
});

/** An id before those of all entries that were recorded from `at` on: ids begin with their time. */
function firstIdOf(at: number): string {
  return idOf('ent', (at - EARLIER_MS).toString(16).padStart(12, '0').padEnd(32, '0'));
}

function lastMonths(latest: string, count: number): string[] {
  const [year, month] = latest.split('-').map(Number) as [number, number];
  return Array.from({ length: count }, (_, n) => new Date(Date.UTC(year, month - 1 - n)).toISOString().slice(0, 7));
}
