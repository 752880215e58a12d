/** The messages about vouchers. */
import { and, desc, eq, lte, sql } from 'drizzle-orm';
import { lastIdUntil, LOOK_BACK, type Message, type MessageSpan } from '../access/index.ts';
import { hexOf, isOneOf, placed, preparing, type Row, rowsById, type View } from '../store/index.ts';
import { isOpen } from './ending.ts';

/** So long before its end it is told that a voucher runs out. */
const NOTICE_MS = 7 * 86_400_000;

type OfVoucher = { readonly title: string; readonly points: number; readonly faceFen: number; readonly validUntil: number };
type OfRedemption = OfVoucher & { readonly merchantName: string; readonly storeName: string };

export type VoucherMessage =
  | Message<'voucher_taken' | 'voucher_expiring' | 'voucher_expired' | 'paper_printed', OfVoucher>
  | Message<'voucher_redeemed' | 'voucher_reversed', OfRedemption>;

/**
 * Tells of a resident's newest vouchers: that an officer took or printed one, that it runs out, and its last redemption with the
 * reversal of it. A paper is known until its voucher has been over for some days.
 */
export async function voucherMessages(view: View, residentId: string, { now, until }: MessageSpan): Promise<VoucherMessage[]> {
  const vouchers = await newestOf(view).execute({ residentId, last: lastIdUntil('vch', until) });
  const [offers, papers, redeemed] = await Promise.all([
    rowsById(
      view,
      'offer',
      vouchers.map(({ offerId }) => offerId),
    ),
    papersOf(view, vouchers),
    redemptionsOf(view, vouchers),
  ]);
  return vouchers.flatMap((voucher) => {
    const { id, offerId, points, faceFen, validUntil } = voucher;
    const details = { title: offers.get(offerId)!.title, points, faceFen, validUntil };
    const of = { order: hexOf(id), subject: id, details };
    const printed = (papers.get(id) ?? []).map(({ mintedAt }) => ({ kind: 'paper_printed' as const, at: mintedAt, ...of }));
    return [...taken(voucher, of), ...ending(voucher, of, now), ...printed, ...redeemed(voucher, details)];
  });
}

type Of = Pick<VoucherMessage, 'order' | 'subject'> & { readonly details: OfVoucher };

/** A voucher that an officer took; its holder knows of any other. */
function taken({ issuedBy, issuedAt }: Row<'voucher'>, of: Of): VoucherMessage[] {
  return issuedBy.startsWith('off_') ? [{ kind: 'voucher_taken', at: issuedAt, ...of }] : [];
}

/** The notice before its end, if it was still good by then, and its end if it was not redeemed. */
function ending(voucher: Row<'voucher'>, of: Of, now: number): VoucherMessage[] {
  const { issuedAt, validUntil, redeemedAt, state } = voucher;
  const noticeAt = validUntil - NOTICE_MS;
  const ended = state === 'expired' || (isOpen(voucher) && now >= validUntil);
  const wasGood = isOpen(voucher) || ended || (state === 'redeemed' && redeemedAt! >= noticeAt);
  return [
    ...(wasGood && noticeAt > issuedAt && noticeAt <= now ? [{ kind: 'voucher_expiring' as const, at: noticeAt, ...of }] : []),
    ...(ended ? [{ kind: 'voucher_expired' as const, at: validUntil, ...of }] : []),
  ];
}

const newestOf = preparing('newest vouchers of a resident', ({ read, tables: { voucher } }: View) =>
  read
    .select()
    .from(voucher)
    .where(and(eq(voucher.residentId, placed('residentId', voucher.residentId)), lte(voucher.id, placed('last', voucher.id))))
    .orderBy(desc(voucher.id))
    .limit(LOOK_BACK),
);

/** The codes on paper, by voucher. */
async function papersOf(view: View, vouchers: readonly Row<'voucher'>[]) {
  const { code } = view.tables;
  const ids = vouchers.map(({ id }) => id);
  const rows = await view.read
    .select({ voucherId: code.voucherId, mintedAt: code.mintedAt })
    .from(code)
    .where(and(isOneOf(view, code.voucherId, ids), sql`pin_hash is not null`));
  return Map.groupBy(rows, ({ voucherId }) => voucherId);
}

function lastOf({ lastRedemptionId, redemptionId }: Row<'voucher'>): string | null {
  return lastRedemptionId ?? redemptionId;
}

/** Gives the messages of a voucher's last redemption. */
async function redemptionsOf(view: View, vouchers: readonly Row<'voucher'>[]) {
  const ids = vouchers.flatMap((voucher) => lastOf(voucher) ?? []);
  const [redemptions, reversals] = await Promise.all([rowsById(view, 'redemption', ids), rowsById(view, 'redemptionReversal', ids)]);
  const places = [...redemptions.values()];
  const [merchants, stores] = await Promise.all([
    rowsById(
      view,
      'merchant',
      places.map(({ merchantId }) => merchantId),
    ),
    rowsById(
      view,
      'store',
      places.map(({ storeId }) => storeId),
    ),
  ]);
  return (voucher: Row<'voucher'>, ofVoucher: OfVoucher): VoucherMessage[] => {
    const redemption = redemptions.get(lastOf(voucher) ?? '');
    if (!redemption) return [];
    const { id, merchantId, storeId, at } = redemption;
    const details = { ...ofVoucher, merchantName: merchants.get(merchantId)!.name, storeName: stores.get(storeId)!.name };
    const of = { order: hexOf(id), subject: voucher.id, details };
    const reversal = reversals.get(id);
    return [{ kind: 'voucher_redeemed', at, ...of }, ...(reversal ? [{ kind: 'voucher_reversed' as const, at: reversal.at, ...of }] : [])];
  };
}
