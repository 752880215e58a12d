/** One-time codes that were typed. Each purpose has rows and hashes of its own, so that a code for one purpose is never good for another. */
import { type Facts, one, put, type Row, type RowChange, sameHash, type Want } from '../ledger/index.ts';

/** Wrong tries at a code, of all who try. */
const TRIES_MAX = 5;

/** A code that somebody typed: the row in which the right one is, and the keyed hash of the typed one. */
export type CodeTyped = { readonly row: string; readonly codeHash: string };

/** The reply to a wrong code. It is no refusal: it must be counted, and a refusal writes nothing. */
export type WrongCode = { readonly failed: 'wrong' };

export function wantTyped(codes: readonly CodeTyped[]): Want[] {
  return codes.map(({ row }) => one('signInCode', row));
}

function isGood({ used, failures, expiresAt }: Row<'signInCode'>, at: number): boolean {
  return used === 0 && failures < TRIES_MAX && at < expiresAt;
}

/** Whether all of these codes are right and still good. */
export function areRight(facts: Facts, codes: readonly CodeTyped[], at: number): boolean {
  return codes.every(({ row, codeHash }) => {
    const code = facts.get('signInCode', row);
    return code !== undefined && isGood(code, at) && sameHash(code.codeHash, codeHash);
  });
}

/** Counts a wrong try at each of these codes that is still good: nobody learns which of them was wrong. */
export function wrongCode(facts: Facts, codes: readonly CodeTyped[], at: number): { rows: RowChange[]; reply: WrongCode } {
  const tried = codes.map(({ row }) => facts.get('signInCode', row)).filter((code) => code !== undefined && isGood(code, at));
  return { rows: tried.map((code) => put('signInCode', { ...code!, failures: code!.failures + 1 })), reply: { failed: 'wrong' } };
}

/** The changes that use these codes up. */
export function usedUp(facts: Facts, codes: readonly CodeTyped[]): RowChange[] {
  return codes.map(({ row }) => put('signInCode', { ...facts.get('signInCode', row)!, used: 1 }));
}
