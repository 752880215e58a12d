import { Lru } from './http/lru.ts';
import { Problem } from './http/problem.ts';

const HOUR_MS = 3_600_000;
/** Far more than anybody needs in a day. */
const AT_ONCE = 100;
/** So many are forgotten in an hour. */
const PER_HOUR = 10;
const REMEMBERED = 100_000;

/**
 * How often a resident takes and cancels vouchers, or asks for what they cannot have, in memory: each leaves rows that are kept for ever, and
 * taking and cancelling again costs the resident nothing. One that is turned away leaves none. Instants are epoch milliseconds.
 */
export class VoucherPace {
  /** The counts as they stood when something was last added. */
  readonly #counts = new Lru<{ readonly count: number; readonly at: number }>(REMEMBERED);

  /** Counts one. Throws `vouchers_too_often`. */
  take(residentId: string, now: number): void {
    const known = this.#counts.get(residentId) ?? { count: 0, at: now };
    // A count that is yet to come was made before the clock was set back: it runs down from now on.
    if (now < known.at) this.#counts.set(residentId, { count: known.count, at: now });
    const count = Math.max(0, known.count - (Math.max(0, now - known.at) * PER_HOUR) / HOUR_MS);
    const waitMs = ((count - (AT_ONCE - 1)) * HOUR_MS) / PER_HOUR;
    if (waitMs > 0) throw new Problem('vouchers_too_often', { details: { retry_after_seconds: Math.ceil(waitMs / 1_000) } });
    this.#counts.set(residentId, { count: count + 1, at: now });
  }
}
