import { timingSafeEqual } from 'node:crypto';

/** Compares two hex hashes of one length in constant time. */
export function sameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
