/** The one answer that a cashier sees, and how it comes about. Pure. */
import type { Language } from '../../shared/text.tsx';
import type { Entry, Outcome, Seen } from '../queue/entry.ts';
import type { Inspection, Order, Redemption } from '../teller.ts';

export type Voucher = NonNullable<Inspection['voucher']>;

export type Good = {
  readonly state: 'good';
  readonly code: string;
  readonly voucher: Voucher;
  readonly pin: boolean;
  /** Why the last attempt was refused, where something can be put right: the amount, the PIN. */
  readonly problem: string | null;
};

/** `offFen` had come off the order before. */
type Attempted = { readonly entry: Entry; readonly offFen: number };

export type Card =
  | { readonly state: 'ready' }
  | { readonly state: 'asking'; readonly code: string }
  | Good
  /** `code`: it can be asked again. */
  | { readonly state: 'bad'; readonly message: string; readonly detail: string; readonly seen: Seen | null; readonly code: string | null }
  /** Nobody answers: it can be accepted without a network, at the shop's risk. */
  | { readonly state: 'unreached'; readonly code: string }
  | ({ readonly state: 'sending' } & Attempted)
  | ({ readonly state: 'unknown' } & Attempted)
  | ({ readonly state: 'stored' } & Attempted)
  | { readonly state: 'done'; readonly redemption: Redemption; readonly order: Order; readonly seen: Seen; readonly offFen: number }
  | { readonly state: 'voided'; readonly undone: boolean };

/** The card for an inspection: `good` with the voucher if it can be redeemed, otherwise `bad` with the reason. */
export function inspected(code: string, { redeemable, refusal, voucher, cashier_message: message, pin_required: pin }: Inspection): Card {
  if (redeemable && voucher) return { state: 'good', code, voucher, pin, problem: null };
  return { state: 'bad', message, detail: refusal ? `${refusal.detail} ${refusal.action}` : '', seen: seenOf(voucher), code: null };
}

export function seenOf(voucher: Inspection['voucher']): Seen | null {
  return voucher && { title: voucher.title, residentName: voucher.resident_name, faceFen: voucher.face_fen };
}

/** Refusals of the attempt and not of the voucher: the cashier corrects the entry and goes on with the same code. */
const CORRECTABLE = new Set(['order_amount_exceeded', 'order_amount_required', 'pin_required', 'pin_wrong']);

/** The card for the outcome of an attempt. A refusal that can be corrected leads back to `from`, with the problem. */
export function concluded({ entry: { order, seen }, offFen }: Attempted, outcome: Outcome, from: Good | null): Card {
  switch (outcome.status) {
    case 'succeeded':
      return { state: 'done', redemption: outcome.redemption, order, seen, offFen };
    case 'voided':
      return { state: 'voided', undone: outcome.undone };
    case 'refused':
      if (from && CORRECTABLE.has(outcome.code)) return { ...from, problem: outcome.message };
      return { state: 'bad', message: outcome.message, detail: outcome.detail, seen, code: null };
  }
}

/** Whether a card tells of this entry. One that was forwarded after its code ran out has another number, and the same order and time. */
export function isOf(card: Card, { startedAt, order }: Entry): card is Extract<Card, Attempted> {
  if (card.state !== 'sending' && card.state !== 'unknown' && card.state !== 'stored') return false;
  return card.entry.startedAt === startedAt && card.entry.order.code === order.code;
}

/** A refusal in the language of the page: the API tells cashiers in Chinese, and everybody in English. */
export function inLanguage(language: Language, { message, detail }: { readonly message: string; readonly detail: string }): string {
  return language === 'zh' || detail.trim() === '' ? message : detail;
}

/** The amount that the till takes in, in fen: the order's amount less everything that came off; undefined if no amount was entered. */
export function paidFen(order: Order, offFen: number): number | undefined {
  return order.order_amount_fen === undefined ? undefined : order.order_amount_fen - offFen;
}
