/**
 * Reads of offers, vouchers and redemptions, to be presented. Pages are newest first; `after` is the id that the page before ended with.
 */
import { and, asc, desc, eq, lt } from 'drizzle-orm';
import { readPolicy } from '../communities/index.ts';
import { lastClosedDay } from '../ledger/index.ts';
import { isOneOf, type Page, type Row, rowByKey, type View } from '../store/index.ts';
import { wrongPinsKey } from './papers.ts';
import type { Presented } from './presented.ts';

export function offerById(view: View, id: string): Promise<Row<'offer'> | undefined> {
  return rowByKey(view, 'offer', id);
}

/** Offers on sale, or, with `communityId`, those of one community's merchants. One row more than the limit. */
export async function offersOnSale({ read, tables: { offer } }: View, communityId: string | undefined, { limit, after }: Page) {
  const of = communityId === undefined ? undefined : eq(offer.communityId, communityId);
  const before = after === undefined ? undefined : lt(offer.id, after);
  return read
    .select()
    .from(offer)
    .where(and(eq(offer.status, 'active'), of, before))
    .orderBy(desc(offer.id))
    .limit(limit + 1);
}

export function voucherById(view: View, id: string): Promise<Row<'voucher'> | undefined> {
  return rowByKey(view, 'voucher', id);
}

/** The code with this keyed hash (hex). */
export function codeByHash(view: View, hash: string): Promise<Row<'code'> | undefined> {
  return rowByKey(view, 'code', hash);
}

/** By id, a mark that changes whenever a voucher looks different to people: its version, and whether its date is past at `at`. */
export async function voucherMarks(view: View, ids: readonly string[], at: number): Promise<Map<string, string>> {
  const { voucher } = view.tables;
  const rows = await view.read
    .select({ id: voucher.id, version: voucher.version, validUntil: voucher.validUntil })
    .from(voucher)
    .where(isOneOf(view, voucher.id, ids));
  return new Map(rows.map(({ id, version, validUntil }) => [id, `${version} ${at >= validUntil}`]));
}

/** A resident's vouchers. One row more than the limit. */
export async function vouchersOf({ read, tables: { voucher } }: View, residentId: string, { limit, after }: Page) {
  const before = after === undefined ? undefined : lt(voucher.id, after);
  return read
    .select()
    .from(voucher)
    .where(and(eq(voucher.residentId, residentId), before))
    .orderBy(desc(voucher.id))
    .limit(limit + 1);
}

/** A redemption and the reversal that undid it, if one did. */
export type RedemptionState = { readonly redemption: Row<'redemption'>; readonly reversal: Row<'redemptionReversal'> | null };

export async function redemptionById({ read, tables }: View, id: string): Promise<RedemptionState | undefined> {
  const { redemption, redemptionReversal: reversal } = tables;
  const rows = await read
    .select({ redemption, reversal })
    .from(redemption)
    .leftJoin(reversal, eq(reversal.redemptionId, redemption.id))
    .where(eq(redemption.id, id));
  return rows[0];
}

/** A store's redemptions of one business day. One row more than the limit. */
export async function redemptionsOfStore({ read, tables }: View, storeId: string, day: string, { limit, after }: Page) {
  const { redemption, redemptionReversal: reversal } = tables;
  const before = after === undefined ? undefined : lt(redemption.id, after);
  return read
    .select({ redemption, reversal })
    .from(redemption)
    .leftJoin(reversal, eq(reversal.redemptionId, redemption.id))
    .where(and(eq(redemption.storeId, storeId), eq(redemption.businessDay, day), before))
    .orderBy(desc(redemption.id))
    .limit(limit + 1);
}

/** Redemptions that have one of these ids, newest first. An id without a redemption is skipped. */
export async function redemptionsById(view: View, ids: readonly string[]): Promise<RedemptionState[]> {
  const { redemption, redemptionReversal: reversal } = view.tables;
  return view.read
    .select({ redemption, reversal })
    .from(redemption)
    .leftJoin(reversal, eq(reversal.redemptionId, redemption.id))
    .where(isOneOf(view, redemption.id, ids))
    .orderBy(desc(redemption.id));
}

/** The facts by which a code that is shown now at a merchant is judged. */
export async function presentedNow(view: View, codeHash: string, merchantId: string, at: number): Promise<Presented> {
  const merchant = await rowByKey(view, 'merchant', merchantId);
  const code = await rowByKey(view, 'code', codeHash);
  const voucher = code && (await voucherById(view, code.voucherId));
  const resident = voucher && (await rowByKey(view, 'resident', voucher.residentId));
  const redemption = voucher?.redemptionId ? await rowByKey(view, 'redemption', voucher.redemptionId) : undefined;
  const { max: maxCycles } = await readPolicy(view, 'redemption_cycles', at);
  const wrongPins = code?.pinHash == null ? 0 : ((await rowByKey(view, 'limitUse', wrongPinsKey(code)))?.used ?? 0);
  return { code, voucher, resident, redemption, merchant: merchant!, presentedAt: null, at, maxCycles, wrongPins };
}

/** The latest day for which everything that ended before its beginning is booked as expired. */
export async function lastExpiryDay({ read, tables: { expiryDay } }: View): Promise<string | undefined> {
  const [last] = await read.select({ day: expiryDay.day }).from(expiryDay).orderBy(desc(expiryDay.day)).limit(1);
  return last?.day;
}

/** One line of a merchant's business day: a redemption, or the reversal of one (whose fen are negative). */
export type ReconciliationLine = {
  readonly kind: 'redemption' | 'reversal';
  readonly id: string;
  readonly at: number;
  readonly fen: number;
  readonly redemption: Row<'redemption'>;
};

/**
 * The business day of a merchant, or of one of its stores, in chronological order, and whether the day is closed: then it never changes any
 * more.
 */
export async function reconciliation(
  view: View,
  { merchantId, storeId }: { readonly merchantId: string; readonly storeId?: string | undefined },
  day: string,
): Promise<{ closed: boolean; lines: ReconciliationLine[] }> {
  const { read, tables } = view;
  const { redemption, redemptionReversal: reversal, store } = tables;
  // Read first: a day that is closed now does not change while its lines are read.
  const closed = day <= (await lastClosedDay(view));
  const ofStore = storeId === undefined ? undefined : eq(store.id, storeId);
  const stores = (
    await read
      .select({ id: store.id })
      .from(store)
      .where(and(eq(store.merchantId, merchantId), ofStore))
  ).map(({ id }) => id);
  const redeemed = await read
    .select()
    .from(redemption)
    .where(and(isOneOf(view, redemption.storeId, stores), eq(redemption.businessDay, day)))
    .orderBy(asc(redemption.id));
  const reversed = await read
    .select({ redemption, reversal })
    .from(reversal)
    .innerJoin(redemption, eq(redemption.id, reversal.redemptionId))
    .where(and(isOneOf(view, reversal.storeId, stores), eq(reversal.businessDay, day)))
    .orderBy(asc(reversal.id));
  const lines: ReconciliationLine[] = [
    ...redeemed.map((row) => ({ kind: 'redemption' as const, id: row.id, at: row.at, fen: row.fen, redemption: row })),
    ...reversed.map((row) => ({
      kind: 'reversal' as const,
      id: row.reversal.id,
      at: row.reversal.at,
      fen: 0 - row.redemption.fen,
      redemption: row.redemption,
    })),
  ];
  return { closed, lines: lines.toSorted((a, b) => (a.id.slice(4) < b.id.slice(4) ? -1 : 1)) };
}
