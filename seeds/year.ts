import type { Secrets } from '../src/access/index.ts';
import { addDays, dayOf, startOfDay } from '../src/ledger/index.ts';
import type { Agenda } from './agenda.ts';
import type { Chance } from './chance.ts';
import type { Hand } from './hand.ts';
import type { Member } from './members.ts';
import type { Scheme } from './parties.ts';

export const MINUTE = 60_000;

/** How often something has happened so far, the hours of couriers, and the points that were granted. */
export type Tally = Record<(typeof counted)[number], number>;
const counted = [
  'events',
  'courierHours',
  'meetings',
  'civility',
  'grants',
  'points',
  'vouchers',
  'redeemed',
  'undone',
  'cancelled',
  'expired',
] as const;

/** A tally in which nothing has happened yet. */
export function emptyTally(): Tally {
  return Object.fromEntries(counted.map((name) => [name, 0])) as Tally;
}

/** A year of the scheme while it is replayed: who takes part, what is planned, what has happened. */
export type Year = {
  readonly scheme: Scheme;
  readonly members: readonly Member[];
  readonly hand: Hand;
  readonly secrets: Secrets;
  readonly chance: Chance;
  readonly agenda: Agenda;
  readonly tally: Tally;
};

/** A moment of a day between two hours. */
export function momentOn(chance: Chance, day: string, fromHour: number, toHour: number): number {
  return startOfDay(day) + chance.between(fromHour * 3_600, toHour * 3_600) * 1_000;
}

/** A moment of the same day or of one of the next `days`, rather sooner than later, when people are about. */
export function momentWithin(chance: Chance, after: number, days: number): number {
  const day = addDays(dayOf(after), Math.floor((days + 1) * chance.fraction() ** 2));
  return Math.max(after + MINUTE, momentOn(chance, day, 7, 21));
}
