/** The clock of a process: the wall clock, held against clocks that only ever go on. Times are in milliseconds. */
import { uptime } from 'node:os';
import { SKEW_MS } from './ledger/index.ts';

type Clock = () => number;

/** The part of the time by which a small correction is taken over: a clock that is set again and again, or runs too fast, is found out. */
const FOLLOW = 0.01;

/** The slower clocks are asked only so often while all is well. */
const ASKED_EVERY_MS = 1_000;

export type WatchedClock = {
  /** Epoch milliseconds: the wall clock's. While that is wrong: its last right time, and what has passed since. */
  readonly now: () => number;
  /** The time by which the wall clock is wrong: positive if it is ahead; undefined if it is right. */
  readonly wrongBy: () => number | undefined;
  /** Takes the wall clock as it stands for right, and watches it from now on. */
  readonly beginAnew: () => void;
};

/** A clock that only goes on, and the wall clock's time at its zero. */
type Witness = { readonly read: Clock; offset: number; seen: number };

/**
 * Watches the wall clock from now on. It is wrong if it is more than two minutes from where every witness says that it should be, and right
 * again as soon as it is back. A witness that does not count the sleep of a machine is overruled by one that does.
 */
export function watchClock(wall: Clock, first: Clock, ...others: readonly Clock[]): WatchedClock {
  const witnessOf = (read: Clock): Witness => ({ read, offset: wall() - read(), seen: read() });
  let main = witnessOf(first);
  let slower = others.map(witnessOf);
  let asked = main.seen;

  function beginAnew(): void {
    main = witnessOf(first);
    slower = others.map(witnessOf);
    asked = main.seen;
  }

  function look(): { readonly now: number; readonly wrongBy?: number } {
    const now = wall();
    const drift = driftOf(main, now);
    const wrong = Math.abs(drift) > SKEW_MS;
    if (!wrong) follow(main, drift);
    if (!wrong && main.seen - asked < ASKED_EVERY_MS) return { now };
    asked = main.read();
    const drifts = slower.map((witness) => driftOf(witness, now));
    if (wrong && !drifts.some((each) => Math.abs(each) <= SKEW_MS)) return { now: now - drift, wrongBy: drift };
    for (const [n, each] of drifts.entries()) follow(slower[n]!, each);
    if (wrong) main.offset += drift;
    return { now };
  }

  return { now: () => look().now, wrongBy: () => look().wrongBy, beginAnew };
}

/** The clock of this machine. Unlike the first witness, the time since the machine was started goes on while it sleeps. */
export function machineClock(): WatchedClock {
  return watchClock(
    Date.now,
    () => performance.now(),
    () => uptime() * 1_000,
  );
}

/** How far the wall clock is ahead of where a witness says that it should be. */
function driftOf({ read, offset }: Witness, now: number): number {
  return now - read() - offset;
}

function follow(witness: Witness, drift: number): void {
  const now = witness.read();
  const most = Math.max(0, now - witness.seen) * FOLLOW;
  witness.offset += Math.max(-most, Math.min(most, drift));
  witness.seen = now;
}
