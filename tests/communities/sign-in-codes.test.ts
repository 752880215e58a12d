import { expect, it } from 'vitest';
import { signInByCode } from '../../src/access/sign-in-codes.ts';
import type { Known } from '../../src/ledger/index.ts';

const phoneHash = 'a'.repeat(32);
const [right, wrong] = ['b'.repeat(32), 'c'.repeat(32)];

/** What is read for a try, when all that was read before is known. */
function reads(codeHash: string, registered: boolean): string[] {
  const rows: Record<string, unknown> = {
    signInCode: { phoneHash, codeHash: right },
    ...(registered && { residentPhone: { phoneHash, residentId: `res_${'d'.repeat(32)}`, heldUntil: null } }),
  };
  const known = { get: (table: string) => rows[table], list: () => [] } as unknown as Known;
  return signInByCode
    .load({ phoneHash, codeHash, rows: [phoneHash], slot: 'code:0001', device: 'unknown' }, known, 0)
    .map(({ table }) => table);
}

it('a wrong code reads the same, and takes as long, whether or not a resident has the phone', () => {
  expect(reads(wrong, true)).toEqual(reads(wrong, false));
  expect(reads(wrong, true)).toEqual(['signInCode', 'wrongTries', 'wrongTries', 'residentPhone']);
  expect(reads(right, true)).toEqual(['signInCode', 'wrongTries', 'wrongTries', 'residentPhone', 'resident', 'client']);
});
