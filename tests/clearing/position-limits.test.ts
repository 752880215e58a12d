import { describe, expect, it } from 'vitest';
import { positionWarnings } from '../../src/clearing/index.ts';

const pair = (netFen: number, debtor = 'gexiang', creditor = 'wanhe') => ({ debtor, creditor, netFen });
const none = { fen: null, pairs: {} };

describe('the soft limit on positions', () => {
  it('tells of each pair what part of its limit is used, and the highest warning that is reached', () => {
    const pairs = [0, 6_999, 7_000, 8_999, 9_000, 25_000].map((netFen) => pair(netFen));
    const told = positionWarnings(pairs, { fen: 10_000, pairs: {} }, [70, 90]);
    expect(told.map(({ netFen, limit_fen, used_percent, warning }) => [netFen, limit_fen, used_percent, warning])).toEqual([
      [0, 10_000, 0, null],
      [6_999, 10_000, 69, null],
      [7_000, 10_000, 70, 70],
      [8_999, 10_000, 89, 70],
      [9_000, 10_000, 90, 90],
      [25_000, 10_000, 250, 90],
    ]);
  });

  it('goes in one direction: whoever is owed has used nothing', () => {
    const told = positionWarnings([pair(-9_500), pair(9_500, 'wanhe', 'gexiang')], { fen: 10_000, pairs: {} }, [90, 70]);
    expect(told.map(({ used_percent, warning }) => [used_percent, warning])).toEqual([
      [0, null],
      [95, 90],
    ]);
  });

  it('may be another for one pair, of which the other direction knows nothing', () => {
    const policy = { fen: 10_000, pairs: { 'gexiang>wanhe': 1_000 } };
    const told = positionWarnings([pair(900), pair(900, 'wanhe', 'gexiang')], policy, [70, 90]);
    expect(told.map(({ limit_fen, warning }) => [limit_fen, warning])).toEqual([
      [1_000, 90],
      [10_000, null],
    ]);
  });

  it('is none where the policy names none, not even for a pair that is called like a property of every object', () => {
    expect(positionWarnings([pair(1e12), pair(1, 'constructor', 'to-string')], none, [70])).toMatchObject([
      { limit_fen: null, used_percent: null, warning: null },
      { limit_fen: null, used_percent: null, warning: null },
    ]);
    const named = { fen: null, pairs: { 'gexiang>wanhe': 500 } };
    expect(positionWarnings([pair(499)], named, [70, 90])).toEqual([{ ...pair(499), limit_fen: 500, used_percent: 99, warning: 90 }]);
  });
});
