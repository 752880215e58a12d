import { type Refusal, type Row, SKEW_MS } from '../ledger/index.ts';
import { notSpending } from '../communities/index.ts';
import { WRONG_PINS_MAX } from './papers.ts';
import { refuse } from './refusals.ts';
import { notSpendable } from './vouchers.ts';

/** The facts that decide whether a code's voucher may be redeemed at a merchant. */
export type Presented = {
  readonly code: Row<'code'> | undefined;
  readonly voucher: Row<'voucher'> | undefined;
  readonly resident: Row<'resident'> | undefined;
  /** The redemption that holds the voucher, if it is redeemed. */
  readonly redemption: Row<'redemption'> | undefined;
  readonly merchant: Row<'merchant'>;
  /** For a redemption that was stored and forwarded, the instant at which the code was shown, by the till's clock; null: now. */
  readonly presentedAt: number | null;
  readonly at: number;
  readonly maxCycles: number;
  /** The number of wrong PINs so far, for a code on paper. */
  readonly wrongPins: number;
};

/** The refusal to redeem the voucher behind a code, or undefined if it can be redeemed: the same for an inspection and for a redemption. */
export function notRedeemable({
  code,
  voucher,
  resident,
  redemption,
  merchant,
  presentedAt,
  at,
  maxCycles,
  wrongPins,
}: Presented): Refusal | undefined {
  if (merchant.status !== 'active') return refuse('merchant_suspended', { merchant_id: merchant.id });
  if (!code || !voucher || !resident) return refuse('code_unknown');
  const shownAt = Math.min(presentedAt ?? at, at);
  const skew = presentedAt === null ? 0 : SKEW_MS;
  const stale = shownAt < code.mintedAt - SKEW_MS || shownAt >= code.expiresAt + skew;
  // Only a holder of a fresh code may learn that, and when, the voucher was redeemed elsewhere.
  if (redemption && (!stale || redemption.merchantId === merchant.id)) return alreadyRedeemed(redemption, merchant.id);
  if (isUsedUp(code, voucher)) return refuse('code_used');
  if (stale) return notInTime(code, presentedAt, at);
  const spent = notSpendable(voucher, at);
  if (spent) return spent;
  const barred = notSpending(resident, {});
  if (barred) return barred;
  if (voucher.merchantId !== null && voucher.merchantId !== merchant.id) return refuse('voucher_at_other_merchant');
  if (wrongPins >= WRONG_PINS_MAX) return refuse('pin_locked', { at_most: WRONG_PINS_MAX });
  if (voucher.cycles >= maxCycles) return refuse('voucher_cycles_exhausted', { at_most: maxCycles });
  return undefined;
}

/** The refusal of a code at another time than its own. A till that says it was shown before it was made has a slow clock. */
function notInTime({ mintedAt, expiresAt }: Row<'code'>, presentedAt: number | null, at: number): Refusal {
  const [earliest, latest] = [mintedAt - SKEW_MS, Math.min(expiresAt, at) + SKEW_MS];
  if (presentedAt === null || presentedAt >= earliest) return refuse('code_expired', { expired_at: expiresAt });
  return refuse('presented_at_out_of_range', {
    presented_at: presentedAt,
    direction: 'behind',
    earliest_at: earliest,
    latest_at: latest,
  });
}

/** Whether a code is used up: a redemption uses up every code that was minted for its voucher before. After a reversal the phone shows a new one. */
export function isUsedUp({ mintedAt }: Row<'code'>, { redeemedAt }: Row<'voucher'>): boolean {
  return redeemedAt !== null && mintedAt <= redeemedAt;
}

/** Only the merchant whose request redeemed the voucher is told the request number. */
function alreadyRedeemed({ id, voucherId, merchantId, requestNo, at }: Row<'redemption'>, askingMerchantId: string): Refusal {
  const own = merchantId === askingMerchantId ? { redemption_id: id, request_no: requestNo } : {};
  return refuse('voucher_redeemed', { voucher_id: voucherId, redeemed_at: at, ...own });
}
