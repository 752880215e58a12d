import { expect, it } from 'vitest';
import type { Line } from '../../../web/community/grant/batch-check.ts';
import { judgedLines, linesAsked, type ListPreview } from '../../../web/community/grant/batch-judged.ts';

const item = { resident_id: 'one' };

function line(n: number, more: Partial<Line> = {}): Line {
  return { row: { line: n }, name: 'same', item, fault: undefined, ...more } as unknown as Line;
}

function row(code?: string, details?: object): ListPreview['rows'][number] {
  const refusal = code === undefined ? null : { code, title: '', detail: '', action: '', cashier_message: '', details };
  return { points: 40, refusal } as ListPreview['rows'][number];
}

const states = (lines: readonly Line[], rows: ListPreview['rows'], differing = false) =>
  judgedLines(lines, differing, rows).map(({ judgement }) => judgement);

it('a line that is good is ready, and one that a cap or the limit stops says what is left', () => {
  const lines = [line(2), line(3), line(4), line(5)];
  const rows = [
    row(),
    row('cap_exceeded', { cap: 'day', limit: 160, used: 100, requested: 80 }),
    row('exposure_limit_exceeded', { requested: 80, available: 30 }),
    row('reference_used'),
  ];
  expect(states(lines, rows)).toEqual([
    { state: 'ready' },
    { state: 'cap', per: 'day', left: 60 },
    { state: 'limit', left: 30 },
    { state: 'refused', refusal: rows[3]!.refusal },
  ]);
});

it('a line with the reference of one above names the line of the list, whatever was left out between them', () => {
  const lines = [line(2), line(3, { item: undefined }), line(5, { name: 'different' }), line(7), line(9)];
  expect(linesAsked(lines, false).map((each) => each.row.line)).toEqual([2, 7, 9]);
  expect(states(lines, [row(), row(), row('reference_in_list', { row: 2 })])).toEqual([
    { state: 'ready' },
    { state: 'fault' },
    { state: 'name' },
    { state: 'ready' },
    { state: 'repeated', of: 7 },
  ]);
});

it('a line whose name differs is asked for where an officer says so', () => {
  const lines = [line(2), line(3, { name: 'different' })];
  expect(states(lines, [row(), row('resident_suspended')], true)).toMatchObject([{ state: 'ready' }, { state: 'refused' }]);
  expect(judgedLines(lines, false, [row()]).map(({ points }) => points)).toEqual([40, null]);
});
