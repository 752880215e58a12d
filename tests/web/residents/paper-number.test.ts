import { expect, it } from 'vitest';
import { nextPaperNumber } from '../../../web/community/residents/desk/paper-number.ts';

it.each([
  ['2026-0017', '2026-0018'],
  ['2026-0099', '2026-0100'],
  ['9', '10'],
  ['A099', 'A100'],
  ['999', '1000'],
  [' 12 ', '13'],
  ['90071992547409930000001', '90071992547409930000002'],
])('after sheet %s comes %s', (number, next) => {
  expect(nextPaperNumber(number)).toBe(next);
});

it.each(['', '无编号', '12号'])('after sheet "%s" the next one is typed', (number) => {
  expect(nextPaperNumber(number)).toBe('');
});
