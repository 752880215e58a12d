import { expect, it } from 'vitest';
import type { Line } from '../../../web/community/grant/batch-check.ts';
import { sumsOf } from '../../../web/community/grant/batch-sums.ts';

type Told = { readonly who?: string; readonly day?: string; readonly points?: number; readonly more?: Partial<Line> };

/** A line that would be granted alone: caps of 100 points a day and 150 a month, and 200 points left of the community's limit. */
function line(n: number, { who = 'one', day = '2026-11-02', points = 40, more = {} }: Told = {}): Line {
  const item = { resident_id: who, occurred_on: day, external_reference: `R-${n}` };
  const caps = [
    { per: 'day', left: 100 },
    { per: 'month', left: 150 },
  ];
  const preview = { points, caps, refusal: null, limit: { effective: { available_points: 200 } } };
  return { row: { line: n }, name: 'same', item, preview, fault: undefined, ...more } as unknown as Line;
}

const states = (lines: readonly Line[], differing = false) => sumsOf(lines, differing).judged.map(({ judgement }) => judgement);

it('the lines above use up the caps of a resident, by the day and by the month', () => {
  const lines = [line(1), line(2), line(3), line(4, { day: '2026-11-03' }), line(5, { day: '2026-11-04' }), line(6, { day: '2026-12-01' })];
  expect(states(lines)).toEqual([
    { state: 'ready' },
    { state: 'ready' },
    { state: 'cap', per: 'day', left: 20 },
    { state: 'ready' },
    { state: 'cap', per: 'month', left: 30 },
    { state: 'ready' },
  ]);
  const sums = sumsOf(lines, false);
  expect([sums.points, sums.available, sums.ready.length]).toEqual([160, 40, 4]);
  expect(sums.judged[1]!.caps).toEqual([
    { per: 'day', left: 20 },
    { per: 'month', left: 70 },
  ]);
});

it('the lines above use up the limit of the community, whoever they are for', () => {
  const lines = ['a', 'b', 'c'].map((who, n) => line(n + 1, { who, points: 80 }));
  expect(states([...lines, line(4, { who: 'd' })])).toEqual([
    { state: 'ready' },
    { state: 'ready' },
    { state: 'limit', left: 40 },
    { state: 'ready' },
  ]);
});

it('a line whose name differs counts only where it is granted, and so does one with the same reference', () => {
  const differs = line(1, { more: { name: 'different' } });
  const same = { ...line(2), item: differs.item };
  expect(states([differs, same])).toEqual([{ state: 'name' }, { state: 'ready' }]);
  expect(states([differs, same], true)).toEqual([{ state: 'ready' }, { state: 'repeated', of: 1 }]);
});

it('a line that would be refused, or has a fault, counts nothing', () => {
  const refused = line(1);
  const lines = [
    { ...refused, preview: { ...refused.preview!, refusal: { code: 'reference_used' } } } as Line,
    line(2, { more: { item: undefined, preview: undefined, fault: { code: 'nobody', cell: '' } } }),
  ];
  expect(states(lines)).toEqual([{ state: 'refused' }, { state: 'fault' }]);
  expect(sumsOf(lines, true)).toMatchObject({ points: 0, available: 200, ready: [] });
  expect(sumsOf([], true).available).toBeUndefined();
});
