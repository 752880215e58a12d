import type { FastifyInstance, FastifyRequest } from 'fastify';
import { requestKey } from './commands.ts';
import type { Deps } from '../deps.ts';
import type { Principal } from './principal.ts';
import { Problem } from './problem.ts';
import { assertSameOrigin, sessionCookie } from './session-cookie.ts';

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * Checks before a body is read: a route with a scope needs a token that has it, a write also needs a valid key, and a route of a session
 * needs a person who is signed in. The token comes as a bearer token, or in the cookie of a session.
 */
export function authenticate(app: FastifyInstance, { auth, config }: Pick<Deps, 'auth' | 'config'>): void {
  async function principalOf(request: FastifyRequest): Promise<Principal> {
    const cookie = request.headers.authorization === undefined ? sessionCookie(request, config.publicUrl) : undefined;
    if (cookie === undefined) return auth.principalOf(bearerToken(request));
    if (!READS.has(request.method)) assertSameOrigin(request, config.publicUrl, 'refused');
    const principal = await auth.principalOf(cookie).catch((error: unknown) => {
      throw error instanceof Problem ? unauthorized() : error;
    });
    if (principal.session === undefined) throw unauthorized();
    return principal;
  }

  app.decorateRequest('principal');
  app.addHook('onRequest', async (request) => {
    const { scope, session, keyed } = request.routeOptions.config;
    if (scope === undefined && !session) return;
    const principal = await principalOf(request);
    if (session && principal.session === undefined) throw unauthorized();
    if (scope !== undefined && principal.passwordTemporary) throw new Problem('password_temporary');
    if (scope !== undefined && !principal.scopes.has(scope)) throw insufficient(scope);
    request.principal = principal;
    if (keyed) requestKey(request);
  });
}

function bearerToken({ headers }: FastifyRequest): string {
  const token = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(headers.authorization ?? '')?.[1];
  if (token === undefined) throw unauthorized();
  return token;
}

function unauthorized(): Problem {
  return new Problem('unauthorized', { headers: { 'www-authenticate': 'Bearer realm="callmi"' } });
}

function insufficient(scope: string): Problem {
  const challenge = `Bearer realm="callmi", error="insufficient_scope", scope="${scope}"`;
  return new Problem('insufficient_scope', { details: { scope }, headers: { 'www-authenticate': challenge } });
}
