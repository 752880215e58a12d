import { and, asc, gt, lt, lte, sql } from 'drizzle-orm';
import { cutOffHour, expireLot } from '../communities/index.ts';
import { addDays, closeDay, type Command, dayOf, type Engine, lastClosedDay, lastDayOver, startOfDay } from '../ledger/index.ts';
import { pages, type Row, type View } from '../store/index.ts';
import { isOpen } from './ending.ts';
import { canFinishExpiry, expireVoucher, finishExpiry } from './expiry.ts';
import { lastExpiryDay } from './queries.ts';

/** Commands submitted at once: few enough that a till behind them hardly waits. */
const SMALL_BATCH = 16;

/** Vouchers read at once. */
const PAGE = 500;

export type JobDeps = {
  readonly view: View;
  readonly engine: Engine;
  /** Epoch milliseconds. */
  readonly clock: () => number;
};

/** The numbers of vouchers and lots that a run of the expiry booked. */
export type Expiries = { readonly vouchers: number; readonly lots: number };

/**
 * Books the expiry of vouchers and lots whose dates are past. Nothing waits for it, since dates count whether or not they are booked. Small
 * batches, one after another, give way to tills; the next run continues an interrupted one.
 */
export async function expireDue(deps: JobDeps): Promise<Expiries> {
  const at = deps.clock();
  const today = dayOf(at);
  const done = await lastExpiryDay(deps.view);
  if (done !== undefined && done >= today) return { vouchers: 0, lots: 0 };
  const vouchers = await expireVouchers(deps, done === undefined ? 0 : startOfDay(done), at);
  const lots = await expireLots(deps, at, today);
  if (canFinishExpiry(today, at)) await submit(deps, finishExpiry, { day: today }, `finish-expiry:${today}`);
  return { vouchers, lots };
}

/** Expires the open vouchers that ended after `from`, until `at`. */
async function expireVouchers(deps: JobDeps, from: number, at: number): Promise<number> {
  const booked = new Tally();
  for await (const ended of endedVouchers(deps.view, from, at)) {
    const due = ended.filter(isOpen);
    for (let n = 0; n < due.length; n += SMALL_BATCH) {
      const some = due.slice(n, n + SMALL_BATCH);
      await booked.add(some.map(({ id }) => submit(deps, expireVoucher, { voucherId: id }, `expire-voucher:${id}:${at}`)));
    }
  }
  return booked.total();
}

async function expireLots(deps: JobDeps, at: number, today: string): Promise<number> {
  const booked = new Tally();
  for (;;) {
    const due = await dueLots(deps.view, today);
    const key = (lot: (typeof due)[number]) => `expire-lot:${lot.residentId}:${lot.communityId}:${lot.expiresOn}:${at}`;
    if ((await booked.add(due.map((lot) => submit(deps, expireLot, lot, key(lot))))) === 0) return booked.total();
  }
}

/** The most days that are closed one after another; before them all earlier ones are closed with the first. */
const DAYS_IN_TURN = 400;

/**
 * Closes the business days that are over by the policy and still open, one after another, so that each has its own closing after a pause.
 * Returns the last day that was closed now.
 */
export async function closeDayOver(deps: JobDeps): Promise<string | undefined> {
  const at = deps.clock();
  const hour = await cutOffHour(deps.view, at);
  const last = lastDayOver(at, hour);
  const before = await lastClosedDay(deps.view);
  let closed: string | undefined;
  for (let day = firstInTurn(before, last); day <= last; day = addDays(day, 1)) {
    if (await submit(deps, closeDay, { day, cutOffHour: hour }, `close-day:${day}:${at}`)) closed = day;
  }
  return closed;
}

/** The first day to be closed; the last one alone if no day was closed before, or none for long. */
function firstInTurn(closed: string, last: string): string {
  return closed < addDays(last, -DAYS_IN_TURN) ? last : addDays(closed, 1);
}

/** Counts bookings. A failed one does not hold up the rest. */
class Tally {
  #done = 0;
  #failure: PromiseRejectedResult | undefined;

  /** Returns how many of these were booked. */
  async add(bookings: readonly Promise<boolean>[]): Promise<number> {
    const settled = await Promise.allSettled(bookings);
    const done = settled.filter((each) => each.status === 'fulfilled' && each.value).length;
    this.#failure ??= settled.find((each) => each.status === 'rejected');
    this.#done += done;
    return done;
  }

  /** The number of bookings so far. Throws the error of one that failed. */
  total(): number {
    if (this.#failure) throw this.#failure.reason;
    return this.#done;
  }
}

async function submit<I, R>({ engine }: JobDeps, command: Command<I, R>, input: I, key: string): Promise<boolean> {
  const outcome = await engine.bySystem(command, input, key);
  return !('refused' in outcome) && !outcome.replayed;
}

/**
 * Vouchers that ended after `from`, until `at`, in any state: there is no index of open ones, since every redemption would have to change
 * it.
 */
function endedVouchers({ read, tables: { voucher } }: View, from: number, at: number) {
  const { id, state, validUntil } = voucher;
  return pages<Pick<Row<'voucher'>, 'id' | 'state' | 'validUntil'>>(async (last) =>
    read
      .select({ id, state, validUntil })
      .from(voucher)
      .where(
        and(
          lte(validUntil, at),
          last ? sql`(${validUntil}, ${id}) > (${last.validUntil}, ${sql.param(last.id, id)})` : gt(validUntil, from),
        ),
      )
      .orderBy(asc(validUntil), asc(id))
      .limit(PAGE),
  );
}

/** Lots past their last day that still hold points: some grant of theirs is not spent. */
async function dueLots({ read, tables: { grant } }: View, today: string) {
  return read
    .selectDistinct({ residentId: grant.residentId, communityId: grant.communityId, expiresOn: grant.expiresOn })
    .from(grant)
    .where(and(sql`remaining > 0`, lt(grant.expiresOn, today)))
    .limit(SMALL_BATCH);
}
