import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Due, grossDues, netPayments, nets } from '../../src/clearing/netting.ts';

const communities = ['cangnan', 'chuangjing', 'gexiang', 'longtan', 'lianhe', 'taiyan', 'wanhe', 'xixi', 'yongfu', 'zhumiao'];

const due: fc.Arbitrary<Due> = fc
  .tuple(fc.constantFrom(...communities), fc.constantFrom(...communities), fc.integer({ min: -1_000_000, max: 9_000_000 }))
  .filter(([debtor, creditor]) => debtor !== creditor)
  .map(([debtor, creditor, fen]) => ({ debtor, creditor, fen }));

function netOf(dues: readonly Due[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { debtor, creditor, fen } of dues) {
    sums.set(debtor, (sums.get(debtor) ?? 0) - fen);
    sums.set(creditor, (sums.get(creditor) ?? 0) + fen);
  }
  return new Map([...sums].filter(([, fen]) => fen !== 0));
}

function sorted(sums: Map<string, number>): [string, number][] {
  return [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

describe('multilateral netting', () => {
  it('leaves a ring of equal dues nothing to pay', () => {
    const ring = [
      { debtor: 'gexiang', creditor: 'wanhe', fen: 600 },
      { debtor: 'wanhe', creditor: 'taiyan', fen: 600 },
      { debtor: 'taiyan', creditor: 'gexiang', fen: 600 },
    ];
    expect(nets(grossDues(ring)).map(({ netFen }) => netFen)).toEqual([0, 0, 0]);
    expect(netPayments(nets(grossDues(ring)))).toEqual([]);
  });

  it('has who is to pay most pay who is to receive most, and of equals the first by id', () => {
    const dues = [
      { debtor: 'gexiang', creditor: 'wanhe', fen: 500 },
      { debtor: 'taiyan', creditor: 'wanhe', fen: 500 },
      { debtor: 'taiyan', creditor: 'xixi', fen: 300 },
      { debtor: 'wanhe', creditor: 'gexiang', fen: 100 },
    ];
    expect(netPayments(nets(dues))).toEqual([
      { debtor: 'taiyan', creditor: 'wanhe', fen: 800 },
      { debtor: 'gexiang', creditor: 'xixi', fen: 300 },
      { debtor: 'gexiang', creditor: 'wanhe', fen: 100 },
    ]);
  });

  it('puts what is below zero on the other side', () => {
    const dues = [
      { debtor: 'gexiang', creditor: 'wanhe', fen: 200 },
      { debtor: 'gexiang', creditor: 'wanhe', fen: -500 },
      { debtor: 'wanhe', creditor: 'gexiang', fen: 100 },
    ];
    expect(grossDues(dues)).toEqual([{ debtor: 'wanhe', creditor: 'gexiang', fen: 400 }]);
  });

  it('preserves every net exactly, with fewer payments than communities, whatever the dues and in whatever order', () => {
    const property = fc.property(fc.array(due, { maxLength: 200 }), (dues) => {
      const positions = nets(grossDues(dues));
      const payments = netPayments(positions);
      expect(sorted(netOf(payments))).toEqual(sorted(netOf(dues)));
      expect(positions.reduce((sum, { netFen }) => sum + netFen, 0)).toBe(0);
      expect(payments.length).toBeLessThanOrEqual(Math.max(0, positions.filter(({ netFen }) => netFen !== 0).length - 1));
      expect(payments.every(({ fen }) => Number.isSafeInteger(fen) && fen > 0)).toBe(true);
      expect(netPayments(nets(grossDues(dues.toReversed())))).toEqual(payments);
    });
    fc.assert(property, { numRuns: 300 });
  });
});
