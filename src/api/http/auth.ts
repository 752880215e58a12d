/** OAuth 2.0 client credentials (RFC 6749, 4.4): checks secrets, issues access tokens, short ones and those of sessions, and tells for whom one acts. */
import { sameHash } from '../../ledger/index.ts';
import type { Row } from '../../store/index.ts';
import type { Given } from './given.ts';
import type { Principal } from './principal.ts';
import { generationOf, readClient, type Standing, standingsOf } from './standings.ts';
import { invalidToken, tokensOf, type Verified } from './tokens.ts';

/** Seconds that a token is good for. */
export const TOKEN_SECONDS = 600;

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

export function authOf(deps: AuthDeps): Auth {
  const { store, secrets, clock } = deps;
  const { sign, verify } = tokensOf(deps);
  const { standingOf, standingAnew, forget } = standingsOf(deps);

  return {
    async clientOf(clientId, secret) {
      const client = await readClient(store, clientId);
      // The same work is done for an unknown client, so that the time taken does not show which ids exist.
      const good = isSecretOf(client, secrets.hash('client-secret', secret), clock());
      return client?.status === 'active' && good ? client : undefined;
    },

    issue(client, scopes) {
      const gen = generationOf(secrets, client);
      const claims = { scope: scopes.join(' '), ...(gen !== undefined && { gen }) };
      return sign(client, claims, Math.floor(clock() / 1_000) + TOKEN_SECONDS);
    },

    issueSession(client, { id: sid, loginId, expiresAt }) {
      const claims = { scope: client.scopes, sid, ...(loginId !== null && { login: loginId }) };
      return sign(client, claims, Math.floor(expiresAt / 1_000));
    },

    async principalOf(token) {
      const verifiedToken = await verify(token);
      let { principal } = verifiedToken;
      let passwordTemporary = false;
      for (const id of [principal.clientId, principal.session, principal.login]) {
        if (id === undefined) continue;
        let standing = await standingOf(id);
        // Another process may have rotated the secret since this one read the client.
        if (standing.active && isOutdated(verifiedToken, standing)) standing = await standingAnew(id);
        if (!standing.active || isOutdated(verifiedToken, standing)) throw invalidToken();
        passwordTemporary ||= standing.passwordTemporary === true;
        if (id === principal.clientId && standing.community !== principal.community) principal = movedTo(principal, standing.community);
      }
      return passwordTemporary ? { ...principal, passwordTemporary } : principal;
    },

    forget,
  };
}

/** Whether a token was issued for a secret that its client no longer has. */
function isOutdated({ generation, issuedAt }: Verified, standing: Standing): boolean {
  if (generation === undefined || standing.generation === undefined) return issuedAt < standing.goodFrom;
  return !sameHash(generation, standing.generation);
}

function isSecretOf(client: Row<'client'> | undefined, hash: string, now: number): boolean {
  const current = sameHash(hash, client?.secretHash ?? NOBODYS_HASH);
  const previous = sameHash(hash, client?.previousSecretHash ?? NOBODYS_HASH);
  return current || (previous && now < (client?.previousSecretUntil ?? 0));
}

/** A principal of a token that was issued before its resident moved. */
function movedTo(principal: Principal, community: string | undefined): Principal {
  const { community: _, ...rest } = principal;
  return community === undefined ? rest : { ...rest, community };
}
