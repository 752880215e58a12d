/** Orders: the vouchers on one order of a store come to no more than its amount. */
import { foldedReference } from '../text/index.ts';
import {
  addDays,
  dayOf,
  type Facts,
  type Known,
  limitKey,
  many,
  one,
  type Refusal,
  type Row,
  type Use,
  type Want,
} from '../ledger/index.ts';
import { refuse } from './refusals.ts';

/** The order day begins at four in the morning in Shanghai, when no till counts its orders on: a night belongs to the evening before. */
const DAY_BEGINS_MS = 4 * 3_600_000;

/** The most redemptions that a refusal names. */
const NAMED_MAX = 10;

/** A voucher's place on an order. */
type OnOrder = {
  readonly storeId: string;
  readonly orderNo: string;
  /** The amount of the order, in fen; null: it is not counted. */
  readonly orderAmountFen: number | null;
  /** The instant at which the code was shown, if that was before it arrived; by it the order day is decided. */
  readonly presentedAt: number | null;
};

/** The most business days that a redemption on an order may be booked on: those of the longest time offline, and two more. */
const BUSINESS_DAYS_MAX = 10;

/** The day of an order on which a voucher is shown at an instant. */
function orderDay(instant: number): string {
  return dayOf(instant - DAY_BEGINS_MS);
}

/**
 * The form in which order numbers are compared. In capitals, as tills write them: such a number counts under the same key as before numbers
 * were folded.
 */
function folded(orderNo: string): string {
  return foldedReference(orderNo).toUpperCase();
}

/** The counter of an order: the keys under which its faces count, and the amount, in fen, which they must not exceed. */
type Counter = {
  readonly key: string;
  /** The key under which this spelling counted before numbers were folded: until the order day is over, some faces may stand there. */
  readonly former: string | null;
  readonly amountFen: number;
};

/** The counter of an order of one store and order day; undefined: it is not counted. */
function counterOf({ storeId, orderNo, orderAmountFen, presentedAt }: OnOrder, at: number): Counter | undefined {
  if (orderAmountFen === null) return undefined;
  const day = orderDay(presentedAt ?? at);
  const number = folded(orderNo);
  const former = number === orderNo ? null : limitKey(day, 'order', storeId, orderNo);
  return { key: limitKey(day, 'order', storeId, number), former, amountFen: orderAmountFen };
}

/** The key under which a redemption was counted; null: it was not. Before the key was kept, calendar day and spelling made it. */
export function keyOfRedemption({ orderKey: kept, storeId, orderNo, orderAmountFen, presentedAt, at }: Row<'redemption'>): string | null {
  if (kept !== null || orderAmountFen === null) return kept;
  return limitKey(dayOf(presentedAt ?? at), 'order', storeId, orderNo);
}

/** The facts that `orderUse` needs. The redemptions on the order are loaded only where they explain a refusal. */
export function wantOrder(order: OnOrder, faceFen: number | undefined, known: Known, at: number): Want[] {
  const counter = counterOf(order, at);
  if (!counter) return [];
  const { key, former, amountFen } = counter;
  const wants = [one('limitUse', key)];
  if (former !== null) wants.push(one('limitUse', former));
  if (faceFen === undefined || usedOn(known, counter) + faceFen <= amountFen) return wants;
  for (const day of businessDays(order, at)) {
    wants.push(many('redemption', 'order', day, order.storeId, key));
    wants.push(...known.list('redemption', 'order', day, order.storeId, key).map(({ id }) => one('redemptionReversal', id)));
  }
  return wants;
}

/** The use of the order's amount by a voucher's face, or the refusal if the faces would exceed it; undefined: it is not counted. */
export function orderUse(facts: Facts, order: OnOrder, faceFen: number, at: number): Use | Refusal | undefined {
  const counter = counterOf(order, at);
  if (!counter) return undefined;
  const { key, former, amountFen } = counter;
  const usedFen = usedOn(facts, counter);
  if (usedFen + faceFen <= amountFen) return { key, add: faceFen, atMost: former === null ? amountFen : amountFen - facts.used(former) };
  const figures = { order_amount_fen: amountFen, used_fen: usedFen, face_fen: faceFen };
  return refuse('order_amount_exceeded', { ...figures, ...takenOff(facts, order, key, at) });
}

function usedOn(facts: Pick<Facts, 'used'>, { key, former }: Counter): number {
  return facts.used(key) + (former === null ? 0 : facts.used(former));
}

/**
 * The business days on which the redemptions of an order may be booked: a redemption arrives at the earliest when its code is shown, and is
 * booked at the latest on the day after it arrives, if its own is closed early.
 */
function businessDays({ presentedAt }: OnOrder, at: number): string[] {
  const last = addDays(dayOf(at), 1);
  const first = orderDay(presentedAt ?? at);
  return Array.from({ length: BUSINESS_DAYS_MAX }, (_, n) => addDays(last, 0 - n)).filter((day) => day >= first);
}

/** The redemptions that stand on an order, the latest ones by their ids, and when the first and the last one were made. */
function takenOff(facts: Facts, order: OnOrder, key: string, at: number) {
  const standing = businessDays(order, at)
    .flatMap((day) => facts.list('redemption', 'order', day, order.storeId, key))
    .filter(({ id }) => !facts.get('redemptionReversal', id))
    .toSorted((a, b) => shownAt(a) - shownAt(b));
  const [first, last] = [standing[0], standing.at(-1)];
  if (!first || !last) return {};
  return {
    redemptions: standing.length,
    redemption_ids: standing.slice(0 - NAMED_MAX).map(({ id }) => id),
    first_redeemed_at: shownAt(first),
    last_redeemed_at: shownAt(last),
  };
}

function shownAt({ presentedAt, at }: Row<'redemption'>): number {
  return presentedAt ?? at;
}
