import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Auth } from './auth.ts';
import { requestKey } from './commands.ts';
import { Problem } from './problem.ts';

/** Before a body is read: a route that names a scope is answered only to a token that has it, and a write only with a proper key. */
export function authenticate(app: FastifyInstance, auth: Auth): void {
  app.decorateRequest('principal');
  app.addHook('onRequest', async (request) => {
    const { scope, keyed } = request.routeOptions.config;
    if (scope === undefined) return;
    const principal = await auth.principalOf(bearerToken(request));
    if (!principal.scopes.has(scope)) throw insufficient(scope);
    request.principal = principal;
    if (keyed) requestKey(request);
  });
}

function bearerToken({ headers }: FastifyRequest): string {
  const token = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(headers.authorization ?? '')?.[1];
  if (token === undefined) throw new Problem('unauthorized', { headers: { 'www-authenticate': 'Bearer realm="callmi"' } });
  return token;
}

function insufficient(scope: string): Problem {
  const challenge = `Bearer realm="callmi", error="insufficient_scope", scope="${scope}"`;
  return new Problem('insufficient_scope', { details: { scope }, headers: { 'www-authenticate': challenge } });
}
