import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitByLargestRemainder } from '../../src/redeem/split.ts';

describe('a split by largest remainder', () => {
  it('sums exactly, and no share is a unit or more off', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), weights, (amount, parts) => {
        const shares = splitByLargestRemainder(amount, parts);
        const sum = parts.reduce((a, b) => a + b, 0);
        expect(shares.reduce((a, b) => a + b, 0)).toBe(amount);
        for (const [n, share] of shares.entries()) {
          const off = BigInt(share) * BigInt(sum) - BigInt(amount) * BigInt(parts[n]!);
          expect(off > -BigInt(sum) && off < BigInt(sum)).toBe(true);
        }
      }),
    );
  });

  it('gives what is left to the largest remainders, ties to the first', () => {
    expect(splitByLargestRemainder(888, [50, 30, 20])).toEqual([444, 266, 178]);
    expect(splitByLargestRemainder(1, [1, 1])).toEqual([1, 0]);
    expect(splitByLargestRemainder(5, [1, 1, 1])).toEqual([2, 2, 1]);
    expect(splitByLargestRemainder(0, [1, 2])).toEqual([0, 0]);
  });
});
