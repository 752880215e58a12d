/** One-time codes for something else than signing in: each purpose has rows of its own, so that no code is good for two. */
import { type Facts, one, put, type RowChange, sameHash, type Want } from '../ledger/index.ts';
import type { Secrets } from './secrets.ts';

/** A code as it was typed: the row of its purpose and phone, and the keyed hash of both (hex). */
export type GivenCode = { readonly row: string; readonly codeHash: string };

/** Wrong tries at one code. Its row is for one person who is signed in, so that nobody else uses them up. */
const TRIES_MAX = 5;

/** The row of the code for a purpose that goes to a phone. */
export function purposeRow(secrets: Pick<Secrets, 'hash'>, purpose: string, phone: string): string {
  return secrets.hash('sign-in-code', `row\n${purpose}\n${phone}`);
}

/** The keyed hash of such a code. */
export function purposeCode(secrets: Pick<Secrets, 'hash'>, purpose: string, phone: string, code: string): string {
  return secrets.hash('sign-in-code', `code\n${purpose}\n${phone}\n${code}`);
}

export function wantCode({ row }: GivenCode): Want {
  return one('signInCode', row);
}

/** Whether the code is right, and the change that counts the try: a right code is used up. */
export function codeTried(facts: Facts, { row, codeHash }: GivenCode, at: number): { readonly right: boolean; readonly rows: RowChange[] } {
  const code = facts.get('signInCode', row);
  if (!code || code.used === 1 || at >= code.expiresAt || code.failures >= TRIES_MAX) return { right: false, rows: [] };
  const right = sameHash(code.codeHash, codeHash);
  return { right, rows: [put('signInCode', { ...code, used: right ? 1 : 0, failures: code.failures + (right ? 0 : 1) })] };
}
