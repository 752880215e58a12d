import { refuser } from '../ledger/index.ts';

/** Everything that this folder may refuse a caller. */
export const clearingRefusals = [
  'adjustment_above_face',
  'bank_reference_used',
  'community_not_found',
  'community_only',
  'dispute_not_open',
  'dispute_open',
  'entry_adjusted',
  'entry_not_adjustable',
  'entry_not_found',
  'entry_not_settled',
  'entry_takes_back',
  'entry_undone',
  'foreign_community',
  'merchant_not_found',
  'payment_booked',
  'payment_confirmed',
  'payment_not_confirmed',
  'payment_not_escalated',
  'payment_not_found',
  'payout_altered',
  'payout_not_found',
  'payout_paid',
  'position_not_found',
  'settlement_day_settled',
  'settlement_days_open',
  'settlement_file_not_found',
  'settlement_period_too_long',
  'settlement_run_closed',
  'settlement_run_not_closed',
  'settlement_run_not_found',
  'settlement_run_open',
  'street_only',
] as const;

export const refuse = refuser(clearingRefusals);
