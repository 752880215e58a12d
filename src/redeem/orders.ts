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

/** The faces on one order number of one store and order day count under this key; null: they are not counted. */
export function orderKey({ storeId, orderNo, orderAmountFen, presentedAt }: OnOrder, at: number): string | null {
  return orderAmountFen === null ? null : limitKey(orderDay(presentedAt ?? at), 'order', storeId, folded(orderNo));
}

/** The key under which another spelling counted before numbers were folded: until the order day is over, some of its faces may stand there. */
function formerKey({ storeId, orderNo, presentedAt }: OnOrder, at: number): string | null {
  return folded(orderNo) === orderNo ? null : limitKey(orderDay(presentedAt ?? at), 'order', storeId, orderNo);
}

/** The key under which a redemption was counted; null: it was not. Before the key was kept, calendar day and spelling made it. */
export function keyOfRedemption({ orderKey: kept, storeId, orderNo, orderAmountFen, presentedAt, at }: Row<'redemption'>): string | null {
  if (kept !== null || orderAmountFen === null) return kept;
  return limitKey(dayOf(presentedAt ?? at), 'order', storeId, orderNo);
}

/** The facts that `orderUse` needs. The redemptions on the order are loaded only where they explain a refusal. */
export function wantOrder(order: OnOrder, faceFen: number | undefined, known: Known, at: number): Want[] {
  const key = orderKey(order, at);
  if (key === null) return [];
  const former = formerKey(order, at);
  const wants = [one('limitUse', key)];
  if (former !== null) wants.push(one('limitUse', former));
  if (faceFen === undefined || !exceeds(known, order, faceFen, at)) return wants;
  for (const day of businessDays(order, at)) {
    wants.push(many('redemption', 'order', day, order.storeId, key));
    wants.push(...known.list('redemption', 'order', day, order.storeId, key).map(({ id }) => one('redemptionReversal', id)));
  }
  return wants;
}

/** The use of the order's amount by a voucher's face, or the refusal if the faces would exceed the order's amount. */
export function orderUse(facts: Facts, order: OnOrder, faceFen: number, at: number): Use | Refusal | undefined {
  const { orderAmountFen } = order;
  const key = orderKey(order, at);
  if (key === null || orderAmountFen === null) return undefined;
  if (!exceeds(facts, order, faceFen, at)) return { key, add: faceFen, atMost: orderAmountFen - formerlyUsed(facts, order, at) };
  const usedFen = usedOn(facts, order, at);
  return refuse('order_amount_exceeded', {
    order_amount_fen: orderAmountFen,
    used_fen: usedFen,
    face_fen: faceFen,
    ...takenOff(facts, order, key, at),
  });
}

function exceeds(facts: Pick<Facts, 'used'>, order: OnOrder, faceFen: number, at: number): boolean {
  return usedOn(facts, order, at) + faceFen > order.orderAmountFen!;
}

function usedOn(facts: Pick<Facts, 'used'>, order: OnOrder, at: number): number {
  return facts.used(orderKey(order, at)!) + formerlyUsed(facts, order, at);
}

function formerlyUsed(facts: Pick<Facts, 'used'>, order: OnOrder, at: number): number {
  const former = formerKey(order, at);
  return former === null ? 0 : facts.used(former);
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
