import type { Secrets } from './secrets.ts';

/** The number of digits at the end of a phone by which an officer finds its owner. */
export const PHONE_END_DIGITS = 4;

/** The keyed hash of the last digits of a phone, or of these digits themselves: another one in each community, since there are few ends. */
export function phoneEndHash(secrets: Pick<Secrets, 'hash'>, communityId: string, phone: string): string {
  return secrets.hash('phone-end', `${communityId}\n${phone.slice(-PHONE_END_DIGITS)}`);
}
