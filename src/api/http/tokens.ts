/** Signs access tokens (RFC 9068), and reads them. A token that is genuine may have been ended since: `standings.ts` knows. */
import { jwtVerify, type JWTPayload, SignJWT } from 'jose';
import { SKEW_MS } from '../../ledger/index.ts';
import type { Row } from '../../store/index.ts';
import type { Given } from './given.ts';
import { Lru } from './lru.ts';
import type { Principal } from './principal.ts';
import { Problem } from './problem.ts';

const TOKENS_REMEMBERED = 20_000;

type Tokens = {
  readonly sign: (client: Row<'client'>, claims: JWTPayload, expiresAt: number) => Promise<string>;
  /** Throws `invalid_token`. */
  readonly verify: (token: string) => Promise<Verified>;
};

/** A token that was verified once; instants in epoch milliseconds. */
export type Verified = {
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

export function tokensOf({ signing, clock, config: { publicUrl } }: Pick<Given, 'signing' | 'clock' | 'config'>): Tokens {
  const verified = new Lru<Verified>(TOKENS_REMEMBERED);

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

  return { sign, verify };
}

export function invalidToken(cause?: unknown): Problem {
  return new Problem('invalid_token', { cause, headers: { 'www-authenticate': 'Bearer realm="callmi", error="invalid_token"' } });
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
