import type { FastifyRequest } from 'fastify';
import { addressOf } from './address.ts';
import { Problem } from './problem.ts';

/** The keys under which an attempt is counted. */
type GuessKeys = { readonly client: string; readonly address: string };

/** The keys under which a guess of this request is counted. */
export function guesserOf(request: FastifyRequest): GuessKeys {
  return { client: request.principal.clientId, address: addressOf(request) };
}

export type GuessLimits = {
  /** Misses within the window after which a client is turned away. */
  readonly clientMax: number;
  /** The same for an address, which a whole shopping street may share. */
  readonly addressMax: number;
  readonly windowMs: number;
  /** The number of clients and addresses remembered at once; those whose last miss is oldest are forgotten first. */
  readonly remembered?: number;
};

/**
 * Counts misses (wrong codes, unknown phones, wrong secrets) per client and per address over a sliding window, in memory, so a guess costs
 * nobody else anything. A restart forgets them, but a guesser cannot cause one.
 */
export class GuessGuard {
  readonly #limits: Required<GuessLimits>;
  /** The instants of the latest misses, oldest first, at most as many as the limit; in order of the latest miss. */
  readonly #misses = new Map<string, number[]>();

  constructor(limits: GuessLimits) {
    this.#limits = { remembered: 100_000, ...limits };
  }

  /** Throws `too_many_guesses` if either has missed too often. `now` in epoch milliseconds. */
  check(keys: Partial<GuessKeys>, now: number): void {
    const waitMs = this.waitMs(keys, now);
    if (waitMs > 0) throw new Problem('too_many_guesses', { details: { retry_after_seconds: Math.ceil(waitMs / 1_000) } });
  }

  /** Milliseconds until one more is counted for these; 0: it is counted now. */
  waitMs(keys: Partial<GuessKeys>, now: number): number {
    return Math.max(...this.#counted(keys).map(([key, max]) => this.#wait(key, max, now)));
  }

  /** Whether one of these has missed too often. */
  isFull(keys: Partial<GuessKeys>, now: number): boolean {
    return this.waitMs(keys, now) > 0;
  }

  /** Counts a miss. */
  miss(keys: Partial<GuessKeys>, now: number): void {
    for (const [key, max] of this.#counted(keys)) {
      const misses = this.#misses.get(key) ?? [];
      this.#misses.delete(key);
      this.#misses.set(key, [...misses, now].slice(-max));
    }
    for (const key of this.#misses.keys()) {
      if (this.#misses.size <= this.#limits.remembered) break;
      this.#misses.delete(key);
    }
  }

  #counted({ client, address }: Partial<GuessKeys>): [string, number][] {
    const byClient: [string, number] = [`client ${client}`, this.#limits.clientMax];
    const byAddress: [string, number] = [`address ${address}`, this.#limits.addressMax];
    return [...(client === undefined ? [] : [byClient]), ...(address === undefined ? [] : [byAddress])];
  }

  /** Milliseconds until the oldest of the misses that fill the limit leaves the window. */
  #wait(key: string, max: number, now: number): number {
    const misses = this.#misses.get(key) ?? [];
    // A miss that is yet to come was counted before the clock was set back.
    return misses.length < max || now < misses[0]! ? 0 : Math.max(0, misses[0]! + this.#limits.windowMs - now);
  }
}
