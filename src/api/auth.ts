/** OAuth 2.0 client credentials (RFC 6749, 4.4): checks secrets, issues short access tokens (RFC 9068) and verifies them. */
import { eq } from 'drizzle-orm';
import { jwtVerify, type JWTPayload, SignJWT } from 'jose';
import { sameHash } from '../communities/index.ts';
import { isId, type Row, type Store } from '../store/index.ts';
import type { AppDeps } from './deps.ts';
import { Lru } from './lru.ts';
import type { Principal } from './principal.ts';
import { Problem } from './problem.ts';

/** Seconds that a token is good for. */
export const TOKEN_SECONDS = 600;

/** How long a client's status is believed before it is read again: the longest that another process's revocation goes unnoticed. */
const STATUS_MS = 5_000;
const TOKENS_REMEMBERED = 20_000;
const NOBODYS_HASH = '0'.repeat(32);

export type Auth = {
  /** The active client whose secret this is, or undefined. */
  clientOf(clientId: string, secret: string): Promise<Row<'client'> | undefined>;
  issue(client: Row<'client'>, scopes: readonly string[]): Promise<string>;
  /** Whom a bearer token speaks for. Throws `invalid_token`. */
  principalOf(token: string): Promise<Principal>;
  /** Makes a change of the client's status count at once in this process. */
  forget(clientId: string): void;
};

type AuthDeps = Pick<AppDeps, 'store' | 'secrets' | 'signing' | 'clock' | 'config'>;

export function authOf({ store, secrets, signing, clock, config: { publicUrl } }: AuthDeps): Auth {
  const verified = new Lru<Verified>(TOKENS_REMEMBERED);
  const standings = new Lru<Standing>(TOKENS_REMEMBERED);
  let forgotten = 0;

  async function verify(token: string): Promise<Verified> {
    const known = verified.get(token);
    if (known && clock() < known.expiresAt) return known;
    const { payload } = await jwtVerify(token, signing.publicKey, {
      issuer: publicUrl,
      audience: publicUrl,
      algorithms: ['EdDSA'],
      typ: 'at+jwt',
      requiredClaims: ['sub', 'exp', 'iat'],
      currentDate: new Date(clock()),
    }).catch((cause: unknown) => {
      throw invalidToken(cause);
    });
    const read = { principal: principalIn(payload), issuedAt: payload.iat! * 1_000, expiresAt: payload.exp! * 1_000 };
    verified.set(token, read);
    return read;
  }

  async function standingOf(clientId: string): Promise<Standing> {
    const known = standings.get(clientId);
    if (known && clock() - known.readAt < STATUS_MS) return known;
    const [readAt, forgottenBefore] = [clock(), forgotten];
    const client = await readClient(store, clientId);
    const standing = { active: client?.status === 'active', goodFrom: goodFrom(client), readAt };
    // What was read may be of before a change that became known meanwhile: it is good for this request only.
    if (forgotten === forgottenBefore) standings.set(clientId, standing);
    return standing;
  }

  return {
    async clientOf(clientId, secret) {
      const client = await readClient(store, clientId);
      // The same work is done for an unknown client, so that the time taken does not tell which ids exist.
      const good = isSecretOf(client, secrets.hash('client-secret', secret), clock());
      return client?.status === 'active' && good ? client : undefined;
    },

    issue(client, scopes) {
      const now = Math.floor(clock() / 1_000);
      return new SignJWT({ client_id: client.id, scope: scopes.join(' '), ...bindings(client) })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: signing.kid })
        .setIssuer(publicUrl)
        .setAudience(publicUrl)
        .setSubject(client.id)
        .setIssuedAt(now)
        .setExpirationTime(now + TOKEN_SECONDS)
        .sign(signing.privateKey);
    },

    async principalOf(token) {
      const { principal, issuedAt } = await verify(token);
      const { active, goodFrom: from } = await standingOf(principal.clientId);
      if (!active || issuedAt < from) throw invalidToken();
      return principal;
    },

    forget(clientId) {
      forgotten++;
      standings.delete(clientId);
    },
  };
}

/** A token that was verified once; instants in epoch milliseconds. */
type Verified = { readonly principal: Principal; readonly issuedAt: number; readonly expiresAt: number };

/** What a client's tokens are worth, as of `readAt`: none if it is not active, and none that was issued before `goodFrom`. */
type Standing = { readonly active: boolean; readonly goodFrom: number; readonly readAt: number };

/**
 * An officer's rotation ends the tokens that were got with the old secret: whoever saw that secret first must not be able to rotate again.
 * Tokens name whole seconds, so one of the very second of the rotation is ended too.
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

/** The claims that say whom a client acts for; only those that are set. */
function bindings({ communityId, merchantId, storeId, officerId, residentId }: Row<'client'>): Record<string, string> {
  const claims = { community: communityId, merchant: merchantId, store: storeId, officer: officerId, resident: residentId };
  return Object.fromEntries(Object.entries(claims).filter((claim): claim is [string, string] => claim[1] !== null));
}

function principalIn(payload: JWTPayload): Principal {
  const { sub, scope, community, merchant, store, officer, resident } = payload as Record<string, string> & { sub: string };
  return {
    clientId: sub,
    scopes: new Set((scope ?? '').split(' ')),
    ...(community !== undefined && { community }),
    ...(merchant !== undefined && { merchant }),
    ...(store !== undefined && { store }),
    ...(officer !== undefined && { officer }),
    ...(resident !== undefined && { resident }),
    actor: officer ?? resident ?? merchant ?? sub,
  };
}
