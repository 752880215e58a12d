/** The result of a try of a password. */
import { type Facts, put, type Row, type RowChange } from '../ledger/index.ts';
import { countsIn, lockedOutUntil, oneMore, type Trier } from './wrong-tries.ts';

/** A password that was compared with a hash before the command, since that takes long. */
export type TriedPassword = {
  /** Null: there is no such login. */
  readonly loginId: string | null;
  /** The hash with which it was compared. */
  readonly passwordHash: string;
  readonly good: boolean;
  readonly by: Trier;
};

/** A try that failed: it is answered, and counted. */
export type FailedTry = {
  readonly rows?: readonly RowChange[];
  readonly reply: { readonly failed: 'wrong' } | { readonly failed: 'locked'; readonly retry_at: number };
};

/** The login if the password was right, or the failed try, which is the same for a name that no login has. */
export function tried(facts: Facts, { loginId, passwordHash, good, by }: TriedPassword, at: number): Row<'login'> | FailedTry {
  const until = lockedOutUntil(countsIn(facts), by, at, 'name');
  if (until !== null) return lockedUntil(until);
  const login = loginId === null ? undefined : facts.get('login', loginId);
  // Changed since it was compared.
  if (login && login.passwordHash !== passwordHash) return wrong;
  return login?.status === 'active' && good ? login : missed(facts, login, by, at);
}

/** Counts a wrong password. */
function missed(facts: Facts, login: Row<'login'> | undefined, by: Trier, at: number): FailedTry {
  return failedIn(facts, login, by, [by.own, by.strangers], at);
}

/** Counts a wrong code of an authenticator app, which somebody who knows the password has sent. */
export function missedTotp(facts: Facts, login: Row<'login'>, by: Trier, at: number): FailedTry {
  return failedIn(facts, login, by, [by.own, by.strangersAtTotp], at);
}

function failedIn(facts: Facts, login: Row<'login'> | undefined, by: Trier, slots: readonly (string | null)[], at: number): FailedTry {
  const rows = slots.filter((slot) => slot !== null).map((slot) => oneMore(facts, slot, at));
  const counts = new Map<string, Row<'wrongTries'>>(rows.map((row) => [row.slot, row]));
  const until = lockedOutUntil((slot) => counts.get(slot) ?? facts.get('wrongTries', slot), by, at, 'password');
  const told = login ? [put('login', { ...login, failures: login.failures + 1, lockedUntil: until })] : [];
  return { rows: [...told, ...rows.map((row) => put('wrongTries', row))], ...(until === null ? wrong : lockedUntil(until)) };
}

export const wrong = { reply: { failed: 'wrong' } } as const;

export function lockedUntil(at: number) {
  return { reply: { failed: 'locked', retry_at: at } } as const;
}

/** No failed tries, no lock. */
export const unlocked = { failures: 0, lockedUntil: null } as const;
