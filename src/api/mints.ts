import { Lru } from './http/lru.ts';
import { Problem } from './http/problem.ts';

const MINUTE_MS = 60_000;
/** A phone renews its code once a minute; so often it may be opened and closed in between. */
const GAP_MS = 2_000;
const MOST = 30;
const WINDOW_MS = 10 * MINUTE_MS;
const REMEMBERED = 100_000;

type Mint = { readonly key: string; readonly at: number };

/**
 * How often a resident's voucher gets a code, in memory: each code is a row and a request, which are kept. A request that is turned away
 * leaves none. One that is yet to come, since the clock was set back, holds nobody up. Instants are epoch milliseconds.
 */
export class Mints {
  /** The latest ones of a voucher, oldest first. */
  readonly #mints = new Lru<readonly Mint[]>(REMEMBERED);

  /** Counts a request for a code under its key; one that is sent again is not counted again. Throws `code_minted_too_often`. */
  take(
    { residentId, voucherId, key }: { readonly residentId: string; readonly voucherId: string; readonly key: string },
    now: number,
  ): void {
    const name = `${residentId} ${voucherId}`;
    const recent = (this.#mints.get(name) ?? []).filter(({ at }) => at <= now && at > now - WINDOW_MS);
    if (recent.some((mint) => mint.key === key)) return;
    const gap = recent.length === 0 ? 0 : recent.at(-1)!.at + GAP_MS - now;
    const rest = recent.length < MOST ? 0 : recent[0]!.at + WINDOW_MS - now;
    const seconds = Math.ceil(Math.max(gap, rest) / 1_000);
    if (seconds > 0) throw new Problem('code_minted_too_often', { details: { retry_after_seconds: seconds } });
    this.#mints.set(name, [...recent, { key, at: now }]);
  }
}
