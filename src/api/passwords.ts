import { drawPassword, type FreshPassword, hashPassword, isPassword, NONCE_BYTES } from '../access/index.ts';
import { unavailable } from './http/commands.ts';
import type { Given } from './http/given.ts';

/**
 * A comparison takes some 55 ms of one core and 19 MiB: these are the numbers that run at once, and that wait, before further ones are
 * turned away.
 */
const AT_ONCE = 2;
const WAITING_MAX = 40;
/** The number of strangers at one address that wait, so that one address leaves room for others. */
const WAITING_AT_ADDRESS_MAX = 8;

/** The hash of a password that nobody has, so that an unknown name takes as long as a known one. */
const NOBODYS = `$argon2id$v=19$m=19456,t=2,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** The same, of the cost of another hash: those of a demo cost next to nothing. */
function nobodysLike(hashed: string): string {
  return [...hashed.split('$').slice(0, -2), ...NOBODYS.split('$').slice(-2)].join('$');
}

export type Passwords = {
  /** Throws `unavailable` if too many are waiting. */
  hash(password: string): Promise<string>;
  /**
   * Whether it is the password that was hashed. Without a hash it does the same work, and returns false. A stranger's, who has an address,
   * is compared after all others. Throws `unavailable`.
   */
  compare(password: string, hashed: string | undefined, strangerAt?: string): Promise<boolean>;
  /** Draws a password. Throws `unavailable` if too many are waiting. */
  fresh(): Promise<FreshPassword>;
};

export function passwordsOf({ chance, secrets }: Pick<Given, 'chance' | 'secrets'>): Passwords {
  const inTurn = turns();
  let nobodys = NOBODYS;

  function isIt(password: string, hashed: string | undefined): Promise<boolean> {
    if (hashed !== undefined) nobodys = nobodysLike(hashed);
    return isPassword(password, hashed ?? nobodys);
  }

  return {
    hash: (password) => inTurn(() => hashPassword(password, chance(NONCE_BYTES))),
    compare: (password, hashed, strangerAt) => inTurn(() => isIt(password, hashed), strangerAt),
    fresh: () => inTurn(() => drawPassword(chance, secrets)),
  };
}

type Waiting = { readonly go: () => void; readonly strangerAt: string | undefined };

/** Does work a few items at a time, in its order of arrival; that of strangers once nobody else waits. */
function turns() {
  const known: Waiting[] = [];
  const strangers: Waiting[] = [];
  let running = 0;

  function queueFor(strangerAt: string | undefined): Waiting[] {
    const queue = strangerAt === undefined ? known : strangers;
    const beside = strangers.filter((each) => each.strangerAt === strangerAt).length;
    if (queue.length >= WAITING_MAX || (strangerAt !== undefined && beside >= WAITING_AT_ADDRESS_MAX))
      throw unavailable('too many passwords wait to be compared');
    return queue;
  }

  return async function inTurn<R>(work: () => Promise<R>, strangerAt?: string): Promise<R> {
    if (running >= AT_ONCE) {
      const queue = queueFor(strangerAt);
      await new Promise<void>((resolve) => queue.push({ go: resolve, strangerAt }));
    } else running++;
    try {
      return await work();
    } finally {
      const next = known.shift() ?? strangers.shift();
      // The next in line takes over the place.
      if (next) next.go();
      else running--;
    }
  };
}
