import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { worth } from '../../src/redeem/offers.ts';
import { type Drawn, sharesOf } from '../../src/redeem/sources.ts';
import { splitByLargestRemainder } from '../../src/redeem/split.ts';
import { grantRow } from '../support/rows.ts';

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

it('at a rate that does not divide, the shares of however many issuers come to the face, and none is a fen or more off', () => {
  const rate = fc.oneof(
    fc.constantFrom({ points: 100, fen: 888 }, { points: 7, fen: 13 }, { points: 3, fen: 1 }),
    fc.record({ points: fc.integer({ min: 1, max: 1_000_000 }), fen: fc.integer({ min: 1, max: 1_000_000 }) }),
  );
  const part = fc.record({ issuer: fc.nat({ max: 9 }), points: fc.integer({ min: 1, max: 100_000 }) });
  fc.assert(
    fc.property(rate, fc.array(part, { minLength: 1, maxLength: 30 }), (at, parts) => {
      const drawn: Drawn[] = parts.map(({ issuer, points }, n) => {
        return { grant: grantRow(n, { communityId: `community-${issuer}` }), wallet: 'any', points };
      });
      const all = parts.reduce((sum, { points }) => sum + points, 0);
      const face = worth(all, at);
      const shares = sharesOf(drawn, face);
      expect(shares.reduce((sum, { fen }) => sum + fen, 0)).toBe(face);
      expect(shares.reduce((sum, { points }) => sum + points, 0)).toBe(all);
      expect(shares.map(({ issuer }) => issuer)).toEqual([...new Set(shares.map(({ issuer }) => issuer))].toSorted());
      for (const { fen, points } of shares) {
        const off = BigInt(fen) * BigInt(all) - BigInt(face) * BigInt(points);
        expect(off > -BigInt(all) && off < BigInt(all)).toBe(true);
      }
    }),
  );
});
