import type { Code } from './catalogue.ts';
import { Lru } from './http/lru.ts';
import { Problem } from './http/problem.ts';

const HOUR_MS = 3_600_000;
const REMEMBERED = 100_000;

type Limits = {
  /** Far more than anybody needs in a day. */
  readonly atOnce: number;
  /** So many are forgotten in an hour. */
  readonly perHour: number;
  readonly code: Extract<Code, 'vouchers_too_often' | 'done_too_often' | 'list_tried_too_often'>;
};

/**
 * How often somebody does what costs them nothing and leaves rows that are kept for ever: taking and cancelling vouchers, signing in, changing
 * their own settings. It is counted in memory; who is turned away leaves no row. Instants are epoch milliseconds.
 */
export class Pace {
  /** The counts as they stood when something was last added. */
  readonly #counts = new Lru<{ readonly count: number; readonly at: number }>(REMEMBERED);
  readonly #limits: Limits;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Counts one. Throws the problem of the pace. */
  take(who: string, now: number): void {
    const { atOnce, perHour, code } = this.#limits;
    const known = this.#counts.get(who) ?? { count: 0, at: now };
    // A count that is yet to come was made before the clock was set back: it runs down from now on.
    if (now < known.at) this.#counts.set(who, { count: known.count, at: now });
    const count = Math.max(0, known.count - (Math.max(0, now - known.at) * perHour) / HOUR_MS);
    const waitMs = ((count - (atOnce - 1)) * HOUR_MS) / perHour;
    if (waitMs > 0) throw new Problem(code, { details: { retry_after_seconds: Math.ceil(waitMs / 1_000) } });
    this.#counts.set(who, { count: count + 1, at: now });
  }
}
