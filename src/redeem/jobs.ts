import { and, asc, lt, lte, sql } from 'drizzle-orm';
import { expireLot } from '../communities/index.ts';
import { addDays, closeDay, type Command, dayOf, type Engine, SYSTEM_CLIENT } from '../ledger/index.ts';
import type { View } from '../store/index.ts';
import { lastClosedDay } from './queries.ts';
import { expireVoucher } from './vouchers.ts';

/** Commands submitted at once: few enough that a till behind them hardly waits. */
const SMALL_BATCH = 16;

export type JobDeps = {
  readonly view: View;
  readonly engine: Engine;
  /** Epoch milliseconds. */
  readonly clock: () => number;
};

/** What a run of the expiry booked. */
export type Expiries = { readonly vouchers: number; readonly lots: number };

/**
 * Books what dates have already decided: vouchers and lots that are past them. Nothing waits for it, since whatever has a date is judged
 * by it. Small batches, one after another, give way to tills; a run that is cut short is taken up by the next.
 */
export async function expireDue(deps: JobDeps): Promise<Expiries> {
  const at = deps.clock();
  const today = dayOf(at);
  const vouchers = await inSmallBatches(
    () => dueVouchers(deps.view, at),
    (voucherId) => submit(deps, expireVoucher, { voucherId }, `expire-voucher:${voucherId}:${at}`),
  );
  return { vouchers, lots: lotsDone.get(deps.engine) === today ? 0 : await expireLots(deps, at, today) };
}

/** The day for which an engine has found no more lots to expire: a lot that is made later lasts longer. */
const lotsDone = new WeakMap<Engine, string>();

async function expireLots(deps: JobDeps, at: number, today: string): Promise<number> {
  const lots = await inSmallBatches(
    () => dueLots(deps.view, today),
    (lot) => submit(deps, expireLot, lot, `expire-lot:${lot.residentId}:${lot.communityId}:${lot.expiresOn}:${at}`),
  );
  lotsDone.set(deps.engine, today);
  return lots;
}

/** Closes yesterday's business day if it is open, and with it every day before. Gives the day if it was closed now. */
export async function closeYesterday(deps: JobDeps): Promise<string | undefined> {
  const at = deps.clock();
  const day = addDays(dayOf(at), -1);
  const last = await lastClosedDay(deps.view);
  if (day <= last) return undefined;
  return (await submit(deps, closeDay, { day }, `close-day:${day}:${at}`)) ? day : undefined;
}

/**
 * Works off what is due until nothing is, or until nothing more could be done. Gives how many were done.
 * What cannot be booked does not hold up the rest; if nothing else is left, its error is thrown.
 */
async function inSmallBatches<T>(due: () => Promise<T[]>, book: (one: T) => Promise<boolean>): Promise<number> {
  let total = 0;
  for (;;) {
    const booked = await Promise.allSettled((await due()).map(book));
    const done = booked.filter((each) => each.status === 'fulfilled' && each.value).length;
    const failed = booked.find((each) => each.status === 'rejected');
    if (done === 0 && failed) throw failed.reason;
    if (done === 0) return total;
    total += done;
  }
}

async function submit<I, R>({ engine }: JobDeps, command: Command<I, R>, input: I, key: string): Promise<boolean> {
  const outcome = await engine.submit({ command, input, client: SYSTEM_CLIENT, key, hash: '', actor: SYSTEM_CLIENT });
  return !('refused' in outcome) && !outcome.replayed;
}

async function dueVouchers({ read, tables: { voucher } }: View, at: number): Promise<string[]> {
  const rows = await read
    .select({ id: voucher.id })
    .from(voucher)
    .where(and(sql`state in ('issued', 'suspended')`, lte(voucher.validUntil, at)))
    .orderBy(asc(voucher.validUntil))
    .limit(SMALL_BATCH);
  return rows.map(({ id }) => id);
}

/** Lots past their last day that still hold points: some grant of theirs is not spent. */
async function dueLots({ read, tables: { grant } }: View, today: string) {
  return read
    .selectDistinct({ residentId: grant.residentId, communityId: grant.communityId, expiresOn: grant.expiresOn })
    .from(grant)
    .where(and(sql`remaining > 0`, lt(grant.expiresOn, today)))
    .limit(SMALL_BATCH);
}
