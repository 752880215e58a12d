import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { and, asc, between, eq, gte, lt, ne } from 'drizzle-orm';
import { addDays, startOfDay } from '../ledger/index.ts';
import { hexOf, idOf, isOneOf, type Row, rowByKey, type View } from '../store/index.ts';
import { adjustedPayables } from './adjusted.ts';
import { bearersIn } from './borne.ts';
import { type Cell, csvHead, csvText, type FileDraft } from './csv.ts';

const CLOCK_SLACK_MS = 60_000;

/** The totals of a merchant's statement. */
export type MerchantTotals = {
  readonly redemptions: number;
  readonly redeemed_fen: number;
  readonly reversals: number;
  readonly reversed_fen: number;
  readonly adjustments: number;
  readonly adjusted_fen: number;
  /** The sum of the lines. */
  readonly net_fen: number;
  /** The amount carried from an earlier run: below zero, it is taken off here; above zero, the bank had refused it. */
  readonly carried_in_fen: number;
  /** The amount to be paid; if it is not above zero, it is carried to a later run. */
  readonly total_fen: number;
};

type Kind = 'redemption' | 'reversal' | 'adjustment';

/** A line that adds to the amount that the merchant is owed, or, negative, reduces it. */
type Line = { readonly kind: Kind; readonly id: string; readonly at: number; readonly day: string; readonly fen: number } & {
  readonly redemption: Row<'redemption'> | null;
};

const columns = 'kind id at business_day redemption_id request_no store_id terminal_id order_no voucher_id fen'.split(' ');

/**
 * A line for each redemption, reversal and adjustment of the run's days on which this community, and not another one that has succeeded it
 * or that it has succeeded, owes the merchant. Throws if they do not sum to the payout.
 */
export async function merchantStatement(view: View, run: Row<'settlementRun'>, payout: Row<'payout'>): Promise<FileDraft> {
  const pieces = [csvHead(columns)];
  const sums = { redemption: none, reversal: none, adjustment: none };
  for await (const lines of linesByDay(view, run, payout)) {
    pieces.push(csvText(lines.map(cellsOf)));
    for (const { kind, fen } of lines) sums[kind] = { count: sums[kind].count + 1, fen: sums[kind].fen + fen };
  }
  const { redemption, reversal, adjustment } = sums;
  const net = redemption.fen + reversal.fen + adjustment.fen;
  const carriedIn = await carriedInto(view, run, payout);
  assert.equal(net + carriedIn, payout.fen, `the lines of ${payout.id} come to ${net} fen, and ${carriedIn} were carried in`);
  const totals: MerchantTotals = {
    redemptions: redemption.count,
    redeemed_fen: redemption.fen,
    reversals: reversal.count,
    reversed_fen: 0 - reversal.fen,
    adjustments: adjustment.count,
    adjusted_fen: adjustment.fen,
    net_fen: net,
    carried_in_fen: carriedIn,
    total_fen: payout.fen,
  };
  return { content: pieces.join(''), rowCount: redemption.count + reversal.count + adjustment.count, totals };
}

const none = { count: 0, fen: 0 };

function cellsOf({ kind, id, at, day, fen, redemption }: Line): Cell[] {
  const { requestNo = null, storeId = null, terminalId = null, orderNo = null, voucherId = null } = redemption ?? {};
  return [kind, id, new Date(at).toISOString(), day, redemption?.id ?? null, requestNo, storeId, terminalId, orderNo, voucherId, fen];
}

/** The merchant's lines, a business day at a time, in the order in which they happened. */
async function* linesByDay(view: View, run: Row<'settlementRun'>, payout: Row<'payout'>): AsyncGenerator<Line[]> {
  const { communityId, merchantId } = payout;
  const bearer = await bearersIn(view);
  const { communityId: home } = (await rowByKey(view, 'merchant', merchantId))!;
  const { store } = view.tables;
  const stores = (await view.read.select({ id: store.id }).from(store).where(eq(store.merchantId, merchantId))).map(({ id }) => id);
  const adjusted = await adjustmentsOf(view, run, payout);
  for (let day = run.fromDay; day <= run.throughDay; day = addDays(day, 1)) {
    const owes = bearer(home, day) === communityId;
    const own = owes ? [...(await redemptionsOf(view, stores, day)), ...(await reversalsOf(view, stores, day))] : [];
    const all = [...own, ...adjusted.filter((line) => line.day === day)];
    // Reads of SQLite never yield: tills are answered between the days.
    await nextTurn();
    if (all.length > 0) yield all.toSorted((a, b) => (hexOf(a.id) < hexOf(b.id) ? -1 : 1));
  }
}

async function redemptionsOf({ engine, read, tables: { redemption } }: View, stores: readonly string[], day: string): Promise<Line[]> {
  const rows = await read
    .select()
    .from(redemption)
    .where(and(isOneOf({ engine }, redemption.storeId, stores), eq(redemption.businessDay, day)))
    .orderBy(asc(redemption.id));
  return rows.map((row) => ({ kind: 'redemption', id: row.id, at: row.at, day, fen: row.fen, redemption: row }));
}

async function reversalsOf({ engine, read, tables }: View, stores: readonly string[], day: string): Promise<Line[]> {
  const { redemption, redemptionReversal: reversal } = tables;
  const rows = await read
    .select({ redemption, reversal })
    .from(reversal)
    .innerJoin(redemption, eq(redemption.id, reversal.redemptionId))
    .where(and(isOneOf({ engine }, reversal.storeId, stores), eq(reversal.businessDay, day)))
    .orderBy(asc(reversal.id));
  return rows.map((row) => {
    const { id, at } = row.reversal;
    return { kind: 'reversal', id, at, day, fen: 0 - row.redemption.fen, redemption: row.redemption };
  });
}

/** The amounts that adjustments added to the community's payable to the merchant. */
async function adjustmentsOf(view: View, { fromDay, throughDay }: Row<'settlementRun'>, payout: Row<'payout'>): Promise<Line[]> {
  const legs = await adjustedPayables(view, fromDay, throughDay);
  const own = legs.filter(({ community, merchantId }) => community === payout.communityId && merchantId === payout.merchantId);
  return [...Map.groupBy(own, ({ adjustment }) => adjustment.id)].map(([id, its]) => {
    const { at, businessDay: day } = its[0]!.adjustment;
    return { kind: 'adjustment', id, at, day, fen: its.reduce((sum, { fen }) => sum + fen, 0), redemption: null };
  });
}

/**
 * The amounts carried into the days of a run from earlier ones, when their run was closed or after the bank had refused a payout. A carry
 * is booked on the day on which it is made, so that it may skip the next run.
 */
async function carriedInto(view: View, run: Row<'settlementRun'>, { communityId, merchantId }: Row<'payout'>): Promise<number> {
  const { payout, settlementRun } = view.tables;
  // After a day's cut-off the next day is open already.
  const since = startOfDay(addDays(run.fromDay, -1));
  const runs = await view.read.select({ id: settlementRun.id }).from(settlementRun).where(lt(settlementRun.id, run.id));
  const ids = runs.map(({ id }) => id);
  const own = and(eq(payout.communityId, communityId), eq(payout.merchantId, merchantId));
  const carriedSince = and(eq(payout.state, 'carried'), ne(payout.fen, 0), gte(payout.decidedAt, since));
  const rows = await view.read
    .select()
    .from(payout)
    .where(and(isOneOf(view, payout.runId, ids), own, carriedSince));
  let sum = 0;
  for (const carried of rows) {
    const day = await dayOfCarry(view, carried);
    if (day >= run.fromDay && day <= run.throughDay) sum += carried.fen;
  }
  return sum;
}

/**
 * Ids begin with the time of their command's arrival, so the entry that carried a payout is found without an index of its own. This time is
 * read just before the recorded one, from a clock that may be set in between.
 */
async function dayOfCarry({ read, tables: { entry } }: View, { id, decidedAt }: Row<'payout'>): Promise<string> {
  const [first, last] = [decidedAt! - CLOCK_SLACK_MS, decidedAt! + CLOCK_SLACK_MS].map((at) => at.toString(16).padStart(12, '0'));
  const ids = [idOf('ent', first!.padEnd(32, '0')), idOf('ent', last!.padEnd(32, 'f'))] as const;
  const rows = await read
    .select({ day: entry.businessDay })
    .from(entry)
    .where(and(between(entry.id, ...ids), eq(entry.subject, id)));
  assert.equal(rows.length, 1, `${id} is carried by one entry`);
  return rows[0]!.day;
}
