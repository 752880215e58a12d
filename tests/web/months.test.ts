import { expect, it } from 'vitest';
import { today } from '../../web/shared/format.ts';
import { byMonth, rangeOf } from '../../web/street/flows/months.ts';

it('a range is asked for month by month', () => {
  expect(byMonth({ from: '2026-12-31', through: '2027-02-03' })).toEqual([
    { from: '2026-12-31', through: '2026-12-31' },
    { from: '2027-01-01', through: '2027-01-31' },
    { from: '2027-02-01', through: '2027-02-03' },
  ]);
  expect(byMonth({ from: '2028-02-01', through: '2028-02-29' })).toEqual([{ from: '2028-02-01', through: '2028-02-29' }]);
  expect(byMonth({ from: '2028-02-02', through: '2028-02-01' })).toEqual([]);
});

it.each([
  ['chuangjing', 'wanhe'],
  ['2026-11-01', '2026-13-01'],
  ['2026-11-01', '2026-11'],
  ['2026-02-01', '2026-02-30'],
])('an address without two days, as %s/%s, is that of this month', (from, through) => {
  expect(rangeOf(from, through)).toEqual({ from: `${today().slice(0, 7)}-01`, through: today() });
  expect(rangeOf('2026-02-01', '2026-02-03')).toEqual({ from: '2026-02-01', through: '2026-02-03' });
});
