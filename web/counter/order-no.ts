/** Order numbers where the till has none: by day, by device, counted up. */
import { hasHidden, mangledOrderNo } from '../../src/text/index.ts';
import { postRedemptions } from '../api/bounds.ts';
import { fits } from '../shared/bounds.ts';
import { today } from '../shared/format.ts';
import type { zh } from './text/zh.ts';

const DEVICE = 'counter-device';
const COUNT = 'counter-orders';
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/**
 * The number of this device's next order: `1124-K7Q-003`. The faces on one number of a store never exceed its amount, so two devices must not
 * give the same one.
 */
export function nextOrderNo(): string {
  const day = today();
  const { day: last, count } = lastOrder();
  const next = last === day ? count + 1 : 1;
  return `${day.slice(5).replace('-', '')}-${deviceTag()}-${String(next).padStart(3, '0')}`;
}

/** Takes a number that was proposed: the next one is another. */
export function takeOrderNo(orderNo: string): void {
  if (orderNo !== nextOrderNo()) return;
  const day = today();
  const { day: last, count } = lastOrder();
  localStorage.setItem(COUNT, JSON.stringify({ day, count: last === day ? count + 1 : 1 }));
}

/** The reason why the API would not take an order number: what is stored without a network must not be refused for its form later. */
export function orderNoProblem(
  typed: string,
  words: Pick<typeof zh, 'orderNoMissing' | 'orderNoLong' | 'orderNoMangled'>,
): { orderNo?: string } {
  const orderNo = typed.trim();
  const { order_no: bound } = postRedemptions;
  if (orderNo === '') return { orderNo: words.orderNoMissing };
  if (hasHidden(orderNo) || mangledOrderNo(orderNo) !== undefined) return { orderNo: words.orderNoMangled };
  return fits(bound, orderNo) ? {} : { orderNo: words.orderNoLong(bound.maxLength) };
}

function lastOrder(): { readonly day: string; readonly count: number } {
  try {
    return JSON.parse(localStorage.getItem(COUNT) ?? '') as { day: string; count: number };
  } catch {
    return { day: '', count: 0 };
  }
}

function deviceTag(): string {
  const kept = localStorage.getItem(DEVICE);
  if (kept !== null) return kept;
  const tag = Array.from(crypto.getRandomValues(new Uint8Array(3)), (byte) => LETTERS[byte % LETTERS.length]).join('');
  localStorage.setItem(DEVICE, tag);
  return tag;
}
