/**
 * Wrong tries, counted by those who make them: a stranger at an address by the login and the address, a device that signed in before by
 * itself. Nobody's wrong tries lock out anybody else. A count decays; it is in a row, so that every process knows it and no restart forgets
 * it; and the rows are numbered by a short hash (a slot), so that there is a bounded number of them.
 */
import { type Facts, one, put, type Row, type RowChange, type Want } from '../ledger/index.ts';
import { rowByKey, type View } from '../store/index.ts';

const MINUTE = 60_000;

/** The time in which one wrong try is forgotten. */
const FORGOTTEN_MS = 15 * MINUTE;

/** The number of wrong tries that are free, and the lengths of the locks after further ones; the last length repeats. */
const FREE = 4;
const LOCKS_MS = [MINUTE, 5 * MINUTE, 15 * MINUTE];

/** Wrong tries at one login from everywhere beyond which each stranger has only one that is free. */
const GUESSED_AT = 50;
const FREE_WHEN_GUESSED_AT = 1;

/** The slots in which somebody's wrong tries are counted. */
export type Trier = {
  readonly own: string;
  /** The slot of all strangers who try this name; null: the device has signed in before. */
  readonly strangers: string | null;
  /** The slot of all strangers who knew the password and not the code of the authenticator app; null as before. */
  readonly strangersAtTotp: string | null;
};

type Count = Pick<Row<'wrongTries'>, 'count' | 'lastAt'> | undefined;
type CountOf = (slot: string) => Count;

export function slotsOf({ own, strangers, strangersAtTotp }: Trier): string[] {
  return [own, strangers, strangersAtTotp].filter((slot) => slot !== null);
}

export function wantSlots(slots: readonly string[]): Want[] {
  return slots.map((slot) => one('wrongTries', slot));
}

/** How many wrong tries are remembered at `at`. */
export function remembered(row: Count, at: number): number {
  return row ? Math.max(0, row.count - Math.max(0, Math.floor((at - row.lastAt) / FORGOTTEN_MS))) : 0;
}

/** The instant at which the lock of a count ends. If its last try is yet to come, the clock was set back, and nobody waits for it. */
function lockEnd(row: Count, free: number, at: number): number {
  if (!row || row.count <= free || at < row.lastAt) return 0;
  return row.lastAt + (LOCKS_MS[row.count - free - 1] ?? LOCKS_MS.at(-1)!);
}

/** The instant until which a trier is locked out, or null. `past` tells those who know the password. */
export function lockedOutUntil(countOf: CountOf, trier: Trier, at: number, past: 'name' | 'password'): number | null {
  const guessedAt = trier.strangers !== null && remembered(countOf(trier.strangers), at) >= GUESSED_AT;
  const own = lockEnd(countOf(trier.own), guessedAt ? FREE_WHEN_GUESSED_AT : FREE, at);
  const shared = past === 'password' && trier.strangersAtTotp !== null ? lockEnd(countOf(trier.strangersAtTotp), FREE, at) : 0;
  const until = Math.max(own, shared);
  return at < until ? until : null;
}

/** The same before a command, from the rows as they stand: who is locked out costs no comparison of passwords, and writes nothing. */
export async function lockedOutNow(view: View, trier: Trier, at: number): Promise<number | null> {
  const rows = await countsNow(view, slotsOf(trier));
  return lockedOutUntil((slot) => rows.get(slot), trier, at, 'name');
}

/** The rows of these slots as they stand. */
async function countsNow(view: View, slots: readonly string[]): Promise<Map<string, Row<'wrongTries'>>> {
  const rows = await Promise.all(slots.map((slot) => rowByKey(view, 'wrongTries', slot)));
  return new Map(rows.filter((row) => row !== undefined).map((row) => [row.slot, row]));
}

export function countsIn(facts: Facts): CountOf {
  return (slot) => facts.get('wrongTries', slot);
}

/** One more wrong try in a slot. */
export function oneMore(facts: Facts, slot: string, at: number): Row<'wrongTries'> {
  const row = facts.get('wrongTries', slot);
  return { slot, count: remembered(row, at) + 1, lastAt: at, version: row?.version ?? 0 };
}

/** The change that a success makes: the wrong tries of whoever succeeds are forgotten. */
export function forgotten(facts: Facts, { own }: Trier): RowChange[] {
  const row = facts.get('wrongTries', own);
  return row && row.count > 0 ? [put('wrongTries', { ...row, count: 0 })] : [];
}
