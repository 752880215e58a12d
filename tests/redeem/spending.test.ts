import { describe, expect, it } from 'vitest';
import { notSpending, notSpendingBy } from '../../src/redeem/spending.ts';

const resident = { id: 'res_1', status: 'active', spendsFrom: null, papersFrom: null };
const paper = { mintedAt: 99, pinHash: 'hash' };
const phone = { mintedAt: 99, pinHash: null };

describe('points', () => {
  it('are spent unless the resident is suspended', () => {
    expect(notSpending(resident, 100)).toBeUndefined();
    expect(notSpending({ ...resident, status: 'suspended' }, 100)).toEqual({
      refused: 'resident_suspended',
      details: { resident_id: 'res_1' },
    });
    // A till is not told who it is.
    expect(notSpendingBy(phone, { ...resident, status: 'suspended' }, 100)).toEqual({ refused: 'resident_suspended', details: {} });
  });

  it('are closed until the instant, and open from it on', () => {
    const closed = { refused: 'spending_closed', details: { spends_from: 100 } };
    expect(notSpending({ ...resident, spendsFrom: 100 }, 99)).toEqual(closed);
    expect(notSpendingBy(paper, { ...resident, spendsFrom: 100, papersFrom: 100 }, 99)).toEqual(closed);
    expect(notSpending({ ...resident, spendsFrom: 100 }, 100)).toBeUndefined();
  });

  it('a paper from before is withdrawn; one from after and a code of a phone are not', () => {
    const changed = { ...resident, papersFrom: 99 };
    expect(notSpendingBy(paper, changed, 100)).toEqual({ refused: 'paper_withdrawn', details: {} });
    expect(notSpendingBy({ ...paper, mintedAt: 100 }, changed, 100)).toBeUndefined();
    expect(notSpendingBy(phone, changed, 100)).toBeUndefined();
    expect(notSpendingBy(paper, resident, 100)).toBeUndefined();
  });
});
