import { refuser } from '../ledger/index.ts';

/** Everything that this folder may refuse a caller. */
export const redeemRefusals = [
  'code_expired',
  'code_unknown',
  'code_used',
  'insufficient_points',
  'merchant_suspended',
  'offer_above_rate',
  'offer_not_found',
  'offer_withdrawn',
  'order_amount_exceeded',
  'order_amount_required',
  'presented_at_out_of_range',
  'quantity_not_allowed',
  'redemption_not_found',
  'redemption_reversed',
  'request_not_voidable',
  'reversal_window_over',
  'terminal_not_found',
  'voucher_at_other_merchant',
  'voucher_cancelled',
  'voucher_cycles_exhausted',
  'voucher_expired',
  'voucher_not_found',
  'voucher_not_due',
  'voucher_redeemed',
  'voucher_suspended',
  'community_not_found',
  'foreign_community',
  'merchant_not_found',
  'resident_not_found',
  'resident_suspended',
  'status_unchanged',
  'store_not_found',
] as const;

export const refuse = refuser(redeemRefusals);
