/** Adds up what counters should hold, without having all of them in memory. */
import type { Counter } from './counters.ts';

/** Adds up counters over rows that come group by group, or nearly so; those of a group are taken once it can grow no more. */
export class Tally {
  readonly #open = new Map<string, { group: string; least: number; most: number; what: string }>();

  /** Adds to the counter with this key; `most` differs from `least` where it is not known whether the row was counted. */
  add(group: string, key: string, what: () => string, least: number, most: number = least): void {
    const counter = this.#open.getOrInsertComputed(key, () => ({ group, least: 0, most: 0, what: what() }));
    counter.least += least;
    counter.most += most;
  }

  take(isOver: (group: string) => boolean): Counter[] {
    const over = [...this.#open].filter(([, { group }]) => isOver(group));
    for (const [key] of over) this.#open.delete(key);
    return over.map(([key, { least, most, what }]) => ({ key, least, most, what }));
  }
}

/**
 * The longest time between the day of a counter and the row that counts on it: twice the longest time for which a till may store a
 * redemption.
 */
const DAYS_BACK_MAX_MS = 14 * 86_400_000;

/** Adds up counters whose groups are days, of rows in the order in which they were written. */
export async function* byDay<R>(rowPages: AsyncIterable<readonly R[]>, add: (tally: Tally, row: R) => string): AsyncGenerator<Counter[]> {
  const tally = new Tally();
  let latest = '';
  for await (const rows of rowPages) {
    for (const row of rows) {
      const day = add(tally, row);
      if (day > latest) latest = day;
    }
    const before = new Date(Date.parse(latest) - DAYS_BACK_MAX_MS).toISOString().slice(0, 10);
    yield tally.take((day) => day < before);
  }
  yield tally.take(() => true);
}
