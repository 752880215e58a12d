/** Reads of settlement runs, to be presented. */
import { and, asc, desc, eq, gt, lt, or } from 'drizzle-orm';
import { addDays, dayOf, lastClosedDay } from '../ledger/index.ts';
import { type Page, type Row, rowByKey, type View } from '../store/index.ts';

/** The business day on which an entry would be booked at `at`: its date, or the first open day. */
export async function businessDayAt(view: View, at: number): Promise<string> {
  const [today, open] = [dayOf(at), addDays(await lastClosedDay(view), 1)];
  return today > open ? today : open;
}

/** Runs, newest first; one more than the limit. */
export async function runsPage({ read, tables: { settlementRun } }: View, { limit, after }: Page): Promise<Row<'settlementRun'>[]> {
  return read
    .select()
    .from(settlementRun)
    .where(after === undefined ? undefined : lt(settlementRun.id, after))
    .orderBy(desc(settlementRun.id))
    .limit(limit + 1);
}

export function runById(view: View, id: string): Promise<Row<'settlementRun'> | undefined> {
  return rowByKey(view, 'settlementRun', id);
}

/** The newest run; undefined before the first. */
export async function newestRun(view: View): Promise<Row<'settlementRun'> | undefined> {
  return (await runsPage(view, { limit: 1 }))[0];
}

/** The number that the next run will probably have. */
export async function nextRunNumber(view: View): Promise<number> {
  const newest = await newestRun(view);
  return newest ? newest.number + 1 : 1;
}

/** The communities of a closed run, in the order of their ids. */
export async function partiesOf({ read, tables: { settlementParty } }: View, run: string): Promise<Row<'settlementParty'>[]> {
  return read.select().from(settlementParty).where(eq(settlementParty.runId, run)).orderBy(asc(settlementParty.communityId));
}

/** The positions of a closed run: of one community, or of all (null). */
export async function positionsOfRun(
  { read, tables }: View,
  run: string,
  communityId: string | null,
): Promise<Row<'settlementPosition'>[]> {
  const { settlementPosition: position } = tables;
  const own = communityId === null ? undefined : eq(position.communityId, communityId);
  return read
    .select()
    .from(position)
    .where(and(eq(position.runId, run), own))
    .orderBy(asc(position.communityId), asc(position.counterpartyId));
}

/** The net payments of a run: of one community, on either side, or all (null). There are fewer than communities. */
export async function paymentsOfRun({ read, tables }: View, run: string, communityId: string | null): Promise<Row<'settlementPayment'>[]> {
  const { settlementPayment: payment } = tables;
  const own = communityId === null ? undefined : or(eq(payment.debtorId, communityId), eq(payment.creditorId, communityId));
  return read
    .select()
    .from(payment)
    .where(and(eq(payment.runId, run), own))
    .orderBy(asc(payment.id));
}

export function paymentById(view: View, id: string): Promise<Row<'settlementPayment'> | undefined> {
  return rowByKey(view, 'settlementPayment', id);
}

export function payoutById(view: View, id: string): Promise<Row<'payout'> | undefined> {
  return rowByKey(view, 'payout', id);
}

/** All payouts of a run, of one community or of all (null), in the order of their communities and merchants. */
export async function payoutsOfRun({ read, tables: { payout } }: View, run: string, communityId: string | null): Promise<Row<'payout'>[]> {
  const own = communityId === null ? undefined : eq(payout.communityId, communityId);
  return read
    .select()
    .from(payout)
    .where(and(eq(payout.runId, run), own))
    .orderBy(asc(payout.id));
}

/** The payouts of one merchant in a run, by the communities that owe it: one, or more where one has succeeded another. */
export async function payoutsOfMerchant(
  { read, tables: { payout } }: View,
  run: string,
  merchantId: string,
  communityId: string | null,
): Promise<Row<'payout'>[]> {
  const own = communityId === null ? undefined : eq(payout.communityId, communityId);
  return read
    .select()
    .from(payout)
    .where(and(eq(payout.runId, run), own, eq(payout.merchantId, merchantId)))
    .orderBy(asc(payout.communityId));
}

/** A community in a closed run; undefined if it had no part in it. */
export function partyOf(view: View, run: string, communityId: string): Promise<Row<'settlementParty'> | undefined> {
  return rowByKey(view, 'settlementParty', run, communityId);
}

export type PayoutPage = Page & { readonly state?: string | undefined };

/**
 * The payouts of a run, in the order of their communities and merchants; of one community, or of all (null); in one state, or in all. One
 * more than the limit.
 */
export async function payoutsPage(
  { read, tables: { payout } }: View,
  run: string,
  communityId: string | null,
  { limit, after, state }: PayoutPage,
): Promise<Row<'payout'>[]> {
  const own = communityId === null ? undefined : eq(payout.communityId, communityId);
  const inState = state === undefined ? undefined : eq(payout.state, state);
  return read
    .select()
    .from(payout)
    .where(and(eq(payout.runId, run), own, inState, after === undefined ? undefined : gt(payout.id, after)))
    .orderBy(asc(payout.id))
    .limit(limit + 1);
}

/** Adjustments in the order of the entries that they correct, the newest first; one more than the limit. */
export async function adjustmentsPage({ read, tables: { adjustment } }: View, { limit, after }: Page): Promise<Row<'adjustment'>[]> {
  return read
    .select()
    .from(adjustment)
    .where(after === undefined ? undefined : lt(adjustment.entryId, after))
    .orderBy(desc(adjustment.entryId))
    .limit(limit + 1);
}
