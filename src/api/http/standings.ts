/** Whether the clients, sessions and logins that tokens name are still good, as of a few seconds ago. */
import { eq } from 'drizzle-orm';
import { isId, type Row, rowByKey, type Store } from '../../store/index.ts';
import type { Given } from './given.ts';
import { Lru } from './lru.ts';

/**
 * The time for which the status of a client, a session or a login is cached: the longest time that another process's revocation goes
 * unnoticed.
 */
const STATUS_MS = 5_000;
const STANDINGS_REMEMBERED = 20_000;

/**
 * The validity of the tokens of a client, a session or a login, as of `readAt`: they are invalid if it is not active, if they name another
 * `generation`, or, naming none, were issued before `goodFrom`. A session's expiry is in its token.
 */
export type Standing = {
  readonly active: boolean;
  readonly goodFrom: number;
  readonly generation?: string | undefined;
  readonly readAt: number;
  /** The community that a client acts in now. A resident who has moved has tokens that name another one. */
  readonly community?: string | undefined;
  /** Set for a login only. */
  readonly passwordTemporary?: boolean;
};

type Standings = {
  /** By the id of a client, a session or a login. */
  readonly standingOf: (id: string) => Promise<Standing>;
  /** The same, as the database has it now. */
  readonly standingAnew: (id: string) => Promise<Standing>;
  /** Forgets these ids, and does not keep what is being read just now. */
  readonly forget: (...ids: readonly string[]) => void;
};

export function standingsOf({ store, secrets, clock }: Pick<Given, 'store' | 'secrets' | 'clock'>): Standings {
  const standings = new Lru<Standing>(STANDINGS_REMEMBERED);
  let forgotten = 0;

  async function standingOf(id: string): Promise<Standing> {
    const known = standings.get(id);
    // A value that was read later than now was read before the clock was set back.
    const age = known ? clock() - known.readAt : -1;
    if (known && age >= 0 && age < STATUS_MS) return known;
    const [readAt, forgottenBefore] = [clock(), forgotten];
    const standing = { ...(await readStanding(id)), readAt };
    // A value read before a change that became known meanwhile is good for this request only. So is one that shuts a person out: that
    // person may have set a new password, or have been let in again, in another process.
    if (forgotten === forgottenBefore && standing.active && !standing.passwordTemporary) standings.set(id, standing);
    return standing;
  }

  async function readStanding(id: string): Promise<Omit<Standing, 'readAt'>> {
    if (isId('ses', id)) return { active: (await rowByKey(store, 'session', id))?.endedAt === null, goodFrom: 0 };
    if (isId('lgn', id)) {
      const login = await rowByKey(store, 'login', id);
      return { active: login?.status === 'active', goodFrom: 0, passwordTemporary: login?.passwordTemporary === 1 };
    }
    const client = await readClient(store, id);
    return {
      active: client?.status === 'active',
      goodFrom: goodFrom(client),
      generation: generationOf(secrets, client),
      community: client?.communityId ?? undefined,
    };
  }

  return {
    standingOf,
    standingAnew(id) {
      standings.delete(id);
      return standingOf(id);
    },
    forget(...ids) {
      forgotten++;
      for (const id of ids) standings.delete(id);
    },
  };
}

/**
 * The generation of an officer's secret, which its tokens name: a rotation ends the tokens that were issued for the old secret, since
 * another person who saw that secret must not be able to rotate again. Tokens of all others outlive a rotation, and name none.
 */
export function generationOf(secrets: Given['secrets'], client: Row<'client'> | undefined): string | undefined {
  return client?.officerId == null ? undefined : secrets.hash('generation', client.secretHash);
}

/**
 * The instant from which an officer's tokens that name no generation are good. They contain whole seconds, so one of the same second as the
 * rotation is ended too.
 */
function goodFrom(client: Row<'client'> | undefined): number {
  if (client?.officerId == null || client.previousSecretUntil === null) return 0;
  return (Math.floor(client.previousSecretUntil / 1_000) + 1) * 1_000;
}

export async function readClient({ read, tables: { client } }: Store, clientId: string): Promise<Row<'client'> | undefined> {
  if (!isId('cli', clientId)) return undefined;
  return (await read.select().from(client).where(eq(client.id, clientId)))[0];
}
