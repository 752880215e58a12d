import type { Words } from '../text/zh.ts';
import type { Line } from './batch-check.ts';
import type { Rule } from './entered.ts';

/** The fault of a line, and the remedy, in words. */
export function faultSaid(words: Words['batch'], fault: NonNullable<Line['fault']>, per: Rule['per']): string {
  const { code, cell, amount = 0 } = fault;
  const { faults } = words;
  switch (code) {
    case 'fraction':
      return per === 'hour' ? faults.fraction(amount) : faults.fractionOfEvents(amount);
    case 'unit':
      return faults.unit[per];
    case 'not_a_phone':
    case 'not_a_day':
    case 'spoilt':
      return faults[code](cell);
    default:
      return faults[code];
  }
}
