import { postGrantBatches } from '../../api/bounds.ts';
import type { Words } from '../text/zh.ts';
import type { Line } from './batch-check.ts';
import type { Rule } from './entered.ts';

const bound = postGrantBatches.items.items.quantity;

/** The fault of a line, and the remedy, in words. */
export function faultSaid(words: Words['batch'], fault: NonNullable<Line['fault']>, per: Rule['per']): string {
  const { code, cell, amount = 0 } = fault;
  const { faults } = words;
  if (code === 'fraction') return per === 'hour' ? faults.fraction(amount) : faults.fractionOfEvents(amount);
  if (code === 'quantity') return faults.quantity(bound.minimum, bound.maximum);
  if (code === 'unit') return faults.unit[per];
  const said = faults[code];
  return typeof said === 'string' ? said : said(cell);
}
