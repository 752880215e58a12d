/** OAuth 2.0 client credentials (RFC 6749, 4.4): checks secrets, issues access tokens (RFC 9068), short ones and those of sessions, and verifies them. */
import { eq } from 'drizzle-orm';
import { jwtVerify, type JWTPayload, SignJWT } from 'jose';
import { sameHash, SKEW_MS } from '../../ledger/index.ts';
import { isId, type Row, rowByKey, type Store } from '../../store/index.ts';
import type { Given } from './given.ts';
import { Lru } from './lru.ts';
import type { Principal } from './principal.ts';
import { Problem } from './problem.ts';

/** Seconds that a token is good for. */
export const TOKEN_SECONDS = 600;

/**
 * The time for which the status of a client, a session or a login is cached: the longest time that another process's revocation goes
 * unnoticed.
 */
const STATUS_MS = 5_000;
const TOKENS_REMEMBERED = 20_000;
const NOBODYS_HASH = '0'.repeat(32);

export type Auth = {
  /** The active client that the secret belongs to, or undefined. */
  clientOf(clientId: string, secret: string): Promise<Row<'client'> | undefined>;
  issue(client: Row<'client'>, scopes: readonly string[]): Promise<string>;
  /** The token of a session, good as long as the session is. */
  issueSession(client: Row<'client'>, session: Row<'session'>): Promise<string>;
  /** The principal of a token. Throws `invalid_token`. */
  principalOf(token: string): Promise<Principal>;
  /** Makes changes of the status of clients, sessions or logins take effect at once in this process. */
  forget(...ids: readonly string[]): void;
};

type AuthDeps = Pick<Given, 'store' | 'secrets' | 'signing' | 'clock' | 'config'>;

export function authOf({ store, secrets, signing, clock, config: { publicUrl } }: AuthDeps): Auth {
  const verified = new Lru<Verified>(TOKENS_REMEMBERED);
  const standings = new Lru<Standing>(TOKENS_REMEMBERED);
  let forgotten = 0;

  async function verify(token: string): Promise<Verified> {
    const now = clock();
    const known = verified.get(token);
    if (known && now < known.expiresAt && !isYetToCome(known, now)) return known;
    const { payload } = await jwtVerify(token, signing.publicKey, {
      issuer: publicUrl,
      audience: publicUrl,
      algorithms: ['EdDSA'],
      typ: 'at+jwt',
      requiredClaims: ['sub', 'exp', 'iat'],
      currentDate: new Date(now),
    }).catch((cause: unknown) => {
      throw invalidToken(cause);
    });
    const { iat, exp, gen } = payload as JWTPayload & { readonly gen?: string };
    const read = { principal: principalIn(payload), generation: gen, issuedAt: iat! * 1_000, expiresAt: exp! * 1_000 };
    if (isYetToCome(read, now)) throw invalidToken();
    verified.set(token, read);
    return read;
  }

  /** `id` belongs to a client, a session or a login. */
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
    return { active: client?.status === 'active', goodFrom: goodFrom(client), generation: generationOf(client) };
  }

  /**
   * The generation of an officer's secret, which its tokens name: a rotation ends the tokens that were issued for the old secret, since
   * another person who saw that secret must not be able to rotate again. Tokens of all others outlive a rotation, and name none.
   */
  function generationOf(client: Row<'client'> | undefined): string | undefined {
    return client?.officerId == null ? undefined : secrets.hash('generation', client.secretHash);
  }

  function sign(client: Row<'client'>, claims: JWTPayload, expiresAt: number): Promise<string> {
    const now = Math.floor(clock() / 1_000);
    return new SignJWT({ client_id: client.id, ...claims, ...bindings(client) })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: signing.kid })
      .setIssuer(publicUrl)
      .setAudience(publicUrl)
      .setSubject(client.id)
      .setIssuedAt(now)
      .setExpirationTime(expiresAt)
      .sign(signing.privateKey);
  }

  return {
    async clientOf(clientId, secret) {
      const client = await readClient(store, clientId);
      // The same work is done for an unknown client, so that the time taken does not show which ids exist.
      const good = isSecretOf(client, secrets.hash('client-secret', secret), clock());
      return client?.status === 'active' && good ? client : undefined;
    },

    issue(client, scopes) {
      const gen = generationOf(client);
      const claims = { scope: scopes.join(' '), ...(gen !== undefined && { gen }) };
      return sign(client, claims, Math.floor(clock() / 1_000) + TOKEN_SECONDS);
    },

    issueSession(client, { id: sid, loginId, expiresAt }) {
      const claims = { scope: client.scopes, sid, ...(loginId !== null && { login: loginId }) };
      return sign(client, claims, Math.floor(expiresAt / 1_000));
    },

    async principalOf(token) {
      const verifiedToken = await verify(token);
      const { principal } = verifiedToken;
      let passwordTemporary = false;
      for (const id of [principal.clientId, principal.session, principal.login]) {
        if (id === undefined) continue;
        let standing = await standingOf(id);
        // Another process may have rotated the secret since this one read the client.
        if (standing.active && isOutdated(verifiedToken, standing)) {
          standings.delete(id);
          standing = await standingOf(id);
        }
        if (!standing.active || isOutdated(verifiedToken, standing)) throw invalidToken();
        passwordTemporary ||= standing.passwordTemporary === true;
      }
      return passwordTemporary ? { ...principal, passwordTemporary } : principal;
    },

    forget(...ids) {
      forgotten++;
      for (const id of ids) standings.delete(id);
    },
  };
}

/** A token that was verified once; instants in epoch milliseconds. */
type Verified = {
  readonly principal: Principal;
  /** The generation of the secret that it was issued for, if it names one. */
  readonly generation: string | undefined;
  readonly issuedAt: number;
  readonly expiresAt: number;
};

/**
 * Whether a token was issued before the clock was set back: it would be good for as much longer than it was made for. A session has a row, by
 * which it can be ended.
 */
function isYetToCome({ principal, issuedAt }: Verified, now: number): boolean {
  return issuedAt > now + SKEW_MS && principal.session === undefined;
}

/**
 * The validity of the tokens of a client, a session or a login, as of `readAt`: they are invalid if it is not active, if they name another
 * `generation`, or, naming none, were issued before `goodFrom`. A session's expiry is in its token.
 */
type Standing = {
  readonly active: boolean;
  readonly goodFrom: number;
  readonly generation?: string | undefined;
  readonly readAt: number;
  /** Set for a login only. */
  readonly passwordTemporary?: boolean;
};

/** Whether a token was issued for a secret that its client no longer has. */
function isOutdated({ generation, issuedAt }: Verified, standing: Standing): boolean {
  if (generation === undefined || standing.generation === undefined) return issuedAt < standing.goodFrom;
  return !sameHash(generation, standing.generation);
}

/**
 * The instant from which an officer's tokens that name no generation are good. They contain whole seconds, so one of the same second as the
 * rotation is ended too.
 */
function goodFrom(client: Row<'client'> | undefined): number {
  if (client?.officerId == null || client.previousSecretUntil === null) return 0;
  return (Math.floor(client.previousSecretUntil / 1_000) + 1) * 1_000;
}

function invalidToken(cause?: unknown): Problem {
  return new Problem('invalid_token', { cause, headers: { 'www-authenticate': 'Bearer realm="callmi", error="invalid_token"' } });
}

async function readClient({ read, tables: { client } }: Store, clientId: string): Promise<Row<'client'> | undefined> {
  if (!isId('cli', clientId)) return undefined;
  return (await read.select().from(client).where(eq(client.id, clientId)))[0];
}

function isSecretOf(client: Row<'client'> | undefined, hash: string, now: number): boolean {
  const current = sameHash(hash, client?.secretHash ?? NOBODYS_HASH);
  const previous = sameHash(hash, client?.previousSecretHash ?? NOBODYS_HASH);
  return current || (previous && now < (client?.previousSecretUntil ?? 0));
}

/** The claims for the party that a client acts for; only those that are set. */
function bindings({ communityId, merchantId, storeId, officerId, residentId }: Row<'client'>): Record<string, string> {
  const claims = { community: communityId, merchant: merchantId, store: storeId, officer: officerId, resident: residentId };
  return Object.fromEntries(Object.entries(claims).filter((claim): claim is [string, string] => claim[1] !== null));
}

function principalIn(payload: JWTPayload): Principal {
  const { sub, scope, community, merchant, store, officer, resident, sid, login } = payload as Record<string, string> & { sub: string };
  return {
    clientId: sub,
    scopes: new Set((scope ?? '').split(' ')),
    ...(community !== undefined && { community }),
    ...(merchant !== undefined && { merchant }),
    ...(store !== undefined && { store }),
    ...(officer !== undefined && { officer }),
    ...(resident !== undefined && { resident }),
    ...(sid !== undefined && { session: sid }),
    ...(login !== undefined && { login }),
    // Cashiers share a client, so the books record the login.
    actor: officer ?? resident ?? login ?? merchant ?? sub,
  };
}
