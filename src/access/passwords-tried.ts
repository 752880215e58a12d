/**
 * The result of a try of a password. Wrong passwords in a row lock the login, for longer and longer; the lock is in a row, so every process
 * knows it.
 */
import { type Facts, put, type Row, type RowChange } from '../ledger/index.ts';

const MINUTE = 60_000;

/** The number of wrong tries in a row that are free, and the lengths of the locks after further ones; the last length repeats. */
const FREE_TRIES = 4;
const LOCKS_MS = [MINUTE, 5 * MINUTE, 15 * MINUTE];

/** A password that was compared with a hash before the command, since that takes long. */
export type TriedPassword = {
  /** Null: there is no such login. */
  readonly loginId: string | null;
  /** The hash with which it was compared. */
  readonly passwordHash: string;
  readonly good: boolean;
};

/** A try that failed: it is answered, and counted. */
export type FailedTry = {
  readonly rows?: readonly RowChange[];
  readonly reply: { readonly failed: 'wrong' } | { readonly failed: 'locked'; readonly retry_at: number };
};

/** The login if the password was right, or the failed try. */
export function tried(facts: Facts, { loginId, passwordHash, good }: TriedPassword, at: number): Row<'login'> | FailedTry {
  const login = loginId === null ? undefined : facts.get('login', loginId);
  if (login?.status !== 'active') return wrong;
  if (isLocked(login, at)) return lockedUntil(login.lockedUntil!);
  // Changed since it was compared.
  if (login.passwordHash !== passwordHash) return wrong;
  return good ? login : missed(login, at);
}

/** A lock that has longer to go than it was made for was made before the clock was set back, and is over. */
function isLocked({ lockedUntil: until, failures }: Row<'login'>, at: number): boolean {
  return until !== null && at < until && until - at <= (lockOf(failures) ?? 0);
}

/** The length of the lock after so many wrong tries in a row, if there is one. */
function lockOf(failures: number): number | undefined {
  return failures <= FREE_TRIES ? undefined : (LOCKS_MS[failures - FREE_TRIES - 1] ?? LOCKS_MS.at(-1)!);
}

/** Counts a wrong password or code of an authenticator app. */
export function missed(login: Row<'login'>, at: number): FailedTry {
  const failures = login.failures + 1;
  const lockMs = lockOf(failures);
  const until = lockMs === undefined ? null : at + lockMs;
  const rows = [put('login', { ...login, failures, lockedUntil: until })];
  return { rows, ...(until === null ? wrong : lockedUntil(until)) };
}

export const wrong = { reply: { failed: 'wrong' } } as const;

function lockedUntil(at: number) {
  return { reply: { failed: 'locked', retry_at: at } } as const;
}

/** No failed tries, no lock. */
export const unlocked = { failures: 0, lockedUntil: null } as const;
