import { refuser } from '../ledger/index.ts';

/** Everything that this folder may refuse a caller. */
export const communityRefusals = [
  'action_rule_not_found',
  'action_rule_not_valid',
  'cap_exceeded',
  'client_not_found',
  'client_revoked',
  'community_exists',
  'community_not_found',
  'effective_date_out_of_range',
  'exposure_limit_exceeded',
  'foreign_community',
  'grant_already_reversed',
  'grant_not_found',
  'grant_spent',
  'grant_expired',
  'merchant_not_found',
  'merchant_suspended',
  'officer_not_found',
  'phone_taken',
  'points_out_of_range',
  'policy_in_the_past',
  'proposal_decided',
  'proposal_lapsed',
  'proposal_not_found',
  'reference_used',
  'resident_not_found',
  'resident_suspended',
  'same_officer',
  'scheme_founded',
  'second_officer_required',
  'status_unchanged',
  'store_not_found',
  'terminal_not_found',
] as const;

export const refuse = refuser(communityRefusals);
