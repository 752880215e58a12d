import { refuser } from '../ledger/index.ts';

/** Everything that this folder may refuse a caller. */
export const accessRefusals = [
  'client_not_found',
  'client_of_people',
  'client_revoked',
  'code_asked_too_often',
  'community_not_found',
  'credential_of_another',
  'foreign_community',
  'login_ended',
  'login_name_taken',
  'login_named_otherwise',
  'login_not_found',
  'merchant_not_found',
  'officer_not_found',
  'resident_not_found',
  'scope_not_grantable',
  'second_officer_required',
  'session_not_found',
  'store_not_found',
  'street_only',
  'totp_code_wrong',
  'totp_confirmed',
  'totp_not_begun',
] as const;

export const refuse = refuser(accessRefusals);
