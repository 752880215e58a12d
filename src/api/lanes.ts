/**
 * Wrong codes and PINs of tills. Each terminal has a lane of its own: a joker at one terminal narrows that lane only, and in a narrow lane
 * the right code of a phone still passes. Decision 15 has the numbers.
 */
import type { FastifyRequest } from 'fastify';
import { Problem } from './http/problem.ts';

/** A lane narrows after so many wrong tries in a row: only codes of phones pass, and a wrong one is turned away without a row. */
const NARROW_AT = 20;
/** After so many it is shut: nothing is looked up. */
const SHUT_AT = 40;
/** The same for all lanes of a client together, so that naming many terminals makes nobody faster. */
const CLIENT_SHUT_AT = 120;
/** Wrong PINs of a client, after which papers do not pass in any of its lanes. Each paper counts its own besides. */
const CLIENT_PINS_AT = 20;
/** Every count runs down by so many a minute: the pace at which a guesser may go on. */
const PER_MINUTE = 2;
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
    for (const key of [laneKey(lane), ...(what === 'pin' ? [pinsKey(lane)] : []), clientKey(lane)]) {
      const count = this.#count(key, now) + 1;
      this.#counts.delete(key);
      this.#counts.set(key, { count, at: now });
    }
    for (const key of this.#counts.keys()) {
      if (this.#counts.size <= REMEMBERED) break;
      this.#counts.delete(key);
    }
  }

  /** Whether everything passes. In a lane that is not open, only the code of a phone does. */
  isOpen(lane: Lane, now: number): boolean {
    // Nearly every client: nothing was ever wrong. A request that counts in one of its lanes counts for the client too.
    if (!this.#counts.has(clientKey(lane))) return true;
    return this.#narrowMs(lane, now) <= 0 && this.#shutMs(lane, now) <= 0;
  }

  /** Throws `too_many_guesses` if nothing passes. */
  check(lane: Lane, now: number): void {
    const wait = this.#shutMs(lane, now);
    if (wait > 0) throw turnedAway(wait);
  }

  /** The problem of a try that does not pass in a narrow lane. */
  turnedAway(lane: Lane, now: number): Problem {
    return turnedAway(Math.max(this.#narrowMs(lane, now), this.#shutMs(lane, now)));
  }

  #narrowMs(lane: Lane, now: number): number {
    return Math.max(this.#wait(laneKey(lane), NARROW_AT, now), this.#wait(pinsKey(lane), CLIENT_PINS_AT, now));
  }

  #shutMs(lane: Lane, now: number): number {
    return Math.max(this.#wait(laneKey(lane), SHUT_AT, now), this.#wait(clientKey(lane), CLIENT_SHUT_AT, now));
  }

  /** Milliseconds until one more try is below the limit. */
  #wait(key: string, limit: number, now: number): number {
    return ((this.#count(key, now) - (limit - 1)) * MINUTE_MS) / PER_MINUTE;
  }

  #count(key: string, now: number): number {
    const known = this.#counts.get(key);
    if (known === undefined) return 0;
    // A count that is yet to come was made before the clock was set back: it runs down from now on.
    if (now < known.at) this.#counts.set(key, { count: known.count, at: now });
    return Math.max(0, known.count - (Math.max(0, now - known.at) * PER_MINUTE) / MINUTE_MS);
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

function turnedAway(waitMs: number): Problem {
  return new Problem('too_many_guesses', { details: { retry_after_seconds: Math.max(1, Math.ceil(waitMs / 1_000)) } });
}
