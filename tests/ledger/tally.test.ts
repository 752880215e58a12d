import { expect, it } from 'vitest';
import { addDays, byDay, limitKey, Tally } from '../../src/ledger/index.ts';

type Counted = { readonly day: string; readonly at: string; readonly points: number };

/** What comes of rows that are read in pages of three. */
async function counted(rows: readonly Counted[]) {
  async function* pages() {
    for (let n = 0; n < rows.length; n += 3) yield rows.slice(n, n + 3);
  }
  const taken = await Array.fromAsync(
    byDay(pages(), (tally, { day, at, points }) => {
      tally.add(day, limitKey(day, 'x'), () => day, points);
      return at;
    }),
  );
  return taken.map((counters) => counters.map(({ what, least }) => [what, least]));
}

it('a counter of a day is taken once, when two weeks are over, with all that counted on it until then', async () => {
  const first = '2026-02-20';
  const row = (days: number, at: number, points: number) => ({ day: addDays(first, days), at: addDays(first, at), points });
  const rows = [row(0, 0, 1), row(1, 1, 2), row(0, 7, 4), row(1, 8, 8), row(15, 15, 16), row(1, 15, 32), row(30, 30, 64)];
  expect(await counted(rows)).toEqual([
    [],
    [['2026-02-20', 5]],
    [
      ['2026-02-21', 42],
      ['2026-03-07', 16],
    ],
    [['2026-03-22', 64]],
  ]);
  expect(await counted([])).toEqual([[]]);
});

it('a counter whose rows may have been counted or not comes to a range', () => {
  const tally = new Tally();
  tally.add('a', 'k', () => 'first', 5);
  tally.add('a', 'k', () => 'second', 0, 3);
  tally.add('b', 'l', () => 'other', 1);
  expect(tally.take((group) => group === 'a')).toEqual([{ key: 'k', least: 5, most: 8, what: 'first' }]);
  expect(tally.take((group) => group === 'a')).toEqual([]);
  expect(tally.take(() => true)).toEqual([{ key: 'l', least: 1, most: 1, what: 'other' }]);
});
