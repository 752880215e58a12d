/**
 * Wrong codes and PINs of tills. Each terminal has a lane of its own: a joker at one terminal narrows that lane only, and in a narrow lane
 * the right code of a phone still passes. Decision 15 has the numbers.
 */
import type { FastifyRequest } from 'fastify';
import { Problem } from './http/problem.ts';

/** A count is full from `at` on, and runs down by `perMinute`: the pace at which whoever fills it may go on. */
type Limit = { readonly at: number; readonly perMinute: number };

/** A lane narrows after so many wrong tries: only codes of phones pass, and a wrong one is turned away without a row. */
const NARROW: Limit = { at: 20, perMinute: 2 };
/** All lanes of a client narrow after so many together, so that naming many terminals makes nobody faster. */
const CLIENT_NARROW: Limit = { at: 120, perMinute: 2 };
/** Wrong PINs of a client, after which papers do not pass in any of its lanes. Each paper counts its own besides. */
const CLIENT_PINS: Limit = { at: 20, perMinute: 2 };
/** Codes that are looked up in narrow lanes of a client: more than its residents show there, and few among 10^15. */
const CLIENT_LOOKS: Limit = { at: 120, perMinute: 120 };
/** So far does a count rise above its limit. */
const BEYOND_MAX = 20;
const MINUTE_MS = 60_000;
const REMEMBERED = 100_000;

/** The lane of a request: its client, and the terminal or, where none is named, the device that is signed in. */
export type Lane = { readonly client: string; readonly terminal: string };

export function laneOf({ principal: { clientId, session } }: FastifyRequest, terminalId: string | null | undefined): Lane {
  return { client: clientId, terminal: terminalId ?? session ?? 'none' };
}

/** The wrong thing that was tried. */
export type Miss = 'code' | 'pin';

/**
 * Counts wrong tries in memory: a guess costs nobody else a row, and a restart forgets them, which a guesser cannot cause. Instants are epoch
 * milliseconds.
 */
export class Lanes {
  /** The counts as they stood when something was last added, in that order. */
  readonly #counts = new Map<string, { readonly count: number; readonly at: number }>();

  /** Counts a wrong try. */
  miss(lane: Lane, what: Miss, now: number): void {
    // In a narrow lane they count there alone: whoever goes on at one terminal narrows no other one.
    const isNew = this.#wait(laneKey(lane), NARROW, now) <= 0;
    this.#add(laneKey(lane), NARROW, now);
    if (what === 'pin') this.#add(pinsKey(lane), CLIENT_PINS, now);
    // Last, so that it is the last to be forgotten.
    this.#add(clientKey(lane), CLIENT_NARROW, now, isNew ? 1 : 0);
  }

  /** Whether everything passes. In a narrow lane, only the code of a phone does. */
  isOpen(lane: Lane, now: number): boolean {
    // Nearly every client: nothing was ever wrong. A wrong try in one of its lanes counts for the client too.
    return !this.#counts.has(clientKey(lane)) || this.#narrowMs(lane, now) <= 0;
  }

  /** Counts the look at a code that is shown in a narrow lane. Throws `too_many_guesses` if there were too many of late. */
  look(lane: Lane, now: number): void {
    const wait = this.#wait(looksKey(lane), CLIENT_LOOKS, now);
    if (wait > 0) throw turnedAway(wait);
    this.#add(looksKey(lane), CLIENT_LOOKS, now);
  }

  /** The problem of a try that does not pass in a narrow lane. */
  turnedAway(lane: Lane, now: number): Problem {
    return turnedAway(this.#narrowMs(lane, now));
  }

  #narrowMs(lane: Lane, now: number): number {
    return Math.max(
      this.#wait(laneKey(lane), NARROW, now),
      this.#wait(pinsKey(lane), CLIENT_PINS, now),
      this.#wait(clientKey(lane), CLIENT_NARROW, now),
    );
  }

  /** Counts one more. No count rises far above its limit: papers pass again ten minutes after somebody has gone on and on. */
  #add(key: string, limit: Limit, now: number, add: 0 | 1 = 1): void {
    const count = Math.min(this.#count(key, limit, now) + add, limit.at + BEYOND_MAX);
    this.#counts.delete(key);
    this.#counts.set(key, { count, at: now });
    for (const oldest of this.#counts.keys()) {
      if (this.#counts.size <= REMEMBERED) break;
      this.#counts.delete(oldest);
    }
  }

  /** Milliseconds until one more try is below the limit. */
  #wait(key: string, limit: Limit, now: number): number {
    return ((this.#count(key, limit, now) - (limit.at - 1)) * MINUTE_MS) / limit.perMinute;
  }

  #count(key: string, { perMinute }: Limit, now: number): number {
    const known = this.#counts.get(key);
    if (known === undefined) return 0;
    // A count that is yet to come was made before the clock was set back: it runs down from now on.
    if (now < known.at) this.#counts.set(key, { count: known.count, at: now });
    return Math.max(0, known.count - (Math.max(0, now - known.at) * perMinute) / MINUTE_MS);
  }
}

function laneKey({ client, terminal }: Lane): string {
  return `lane ${client} ${terminal}`;
}

function clientKey({ client }: Lane): string {
  return client;
}

function pinsKey({ client }: Lane): string {
  return `pins ${client}`;
}

function looksKey({ client }: Lane): string {
  return `looks ${client}`;
}

function turnedAway(waitMs: number): Problem {
  return new Problem('too_many_guesses', { details: { retry_after_seconds: Math.max(1, Math.ceil(waitMs / 1_000)) } });
}
