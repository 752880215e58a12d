import { accessRefusals } from '../access/index.ts';
import { refuser } from '../ledger/index.ts';

/** Everything that this folder may refuse a caller. */
export const communityRefusals = [
  'action_rule_not_found',
  'action_rule_not_valid',
  'cap_exceeded',
  'community_exists',
  'community_only',
  'community_succeeded',
  'effective_date_out_of_range',
  'exposure_limit_exceeded',
  'fund_exceeded',
  'grant_already_reversed',
  'grant_clawed_back',
  'grant_not_found',
  'grant_spent',
  'grant_expired',
  'nothing_to_expire',
  'phone_taken',
  'points_out_of_range',
  'policy_in_the_past',
  'proposal_decided',
  'proposal_lapsed',
  'proposal_not_found',
  'reference_used',
  'resident_suspended',
  'same_officer',
  'scheme_founded',
  'status_unchanged',
  'succession_in_the_past',
  'successor_cycle',
  'successor_set',
] as const;

export const refuse = refuser([...communityRefusals, ...accessRefusals]);
