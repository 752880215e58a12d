import { drawPassword, type FreshPassword, hashPassword, isPassword, NONCE_BYTES } from '../access/index.ts';
import { unavailable } from './http/commands.ts';
import type { Given } from './http/given.ts';

/**
 * A comparison takes some 55 ms of one core and 19 MiB: these are the numbers that run at once, and that wait, before further ones are
 * turned away.
 */
const AT_ONCE = 2;
const WAITING_MAX = 40;

/** The hash of a password that nobody has, so that an unknown name takes as long as a known one. */
const NOBODYS = `$argon2id$v=19$m=19456,t=2,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;

export type Passwords = {
  /** Throws `unavailable` if too many are waiting. */
  hash(password: string): Promise<string>;
  /** Whether it is the password that was hashed. Without a hash it does the same work, and returns false. Throws `unavailable`. */
  compare(password: string, hashed: string | undefined): Promise<boolean>;
  /** Draws a password. Throws `unavailable` if too many are waiting. */
  fresh(): Promise<FreshPassword>;
};

export function passwordsOf({ chance, secrets }: Pick<Given, 'chance' | 'secrets'>): Passwords {
  const inTurn = turns();
  return {
    hash: (password) => inTurn(() => hashPassword(password, chance(NONCE_BYTES))),
    compare: (password, hashed) => inTurn(() => isPassword(password, hashed ?? NOBODYS)),
    fresh: () => inTurn(() => drawPassword(chance, secrets)),
  };
}

/** Does work in its order of arrival, a few items at once. */
function turns() {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async function inTurn<R>(work: () => Promise<R>): Promise<R> {
    if (running >= AT_ONCE) {
      if (waiting.length >= WAITING_MAX) throw unavailable();
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The next in line takes over the place.
      if (next) next();
      else running--;
    }
  };
}
