import formbody from '@fastify/formbody';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { addressOf } from '../http/address.ts';
import { TOKEN_SECONDS } from '../http/auth.ts';
import type { Deps } from '../deps.ts';
import { withExamples } from '../http/openapi-bodies.ts';
import { fieldProblem, Problem } from '../http/problem.ts';

const ID_MAX = 64;
const BODY_LIMIT_BYTES = 16 * 1_024;

// Not strict: RFC 6749 (3.2) has unknown parameters ignored.
const body = withExamples(
  z.object({
    grant_type: z.string().max(64),
    client_id: z.string().max(ID_MAX).optional(),
    client_secret: z.string().max(128).optional(),
    scope: z
      .string()
      .max(2_048)
      .optional()
      .meta({ description: 'The requested scopes, separated by spaces; default: all scopes of the client.' }),
  }),
  {
    everything: {
      grant_type: 'client_credentials',
      client_id: 'cli_0199c2a4e1f07c3d8a5b6c7d8e9f0a1b',
      client_secret: 'the secret that came with it',
    },
  },
);
const answer = z.strictObject({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int().meta({ description: 'Seconds.' }),
  scope: z.string(),
});

const asking = {
  tags: ['access'],
  operationId: 'issueToken',
  summary: 'Get an access token',
  description:
    'OAuth 2.0 client credentials, by HTTP Basic or in the body; the body as a form or as JSON. Sent again, it gives another token, and the earlier ones stay good until they run out.',
  consumes: ['application/x-www-form-urlencoded', 'application/json'],
  body,
  response: { 200: answer },
};

type Credentials = { readonly clientId: string; readonly secret: string };

export const token =
  ({ auth, guards, clock }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(formbody, { bodyLimit: BODY_LIMIT_BYTES });
    const config = { public: true, oauth: true, mayRefuse: ['invalid_client'] } as const;

    app.post('/oauth/token', { schema: asking, config, bodyLimit: BODY_LIMIT_BYTES }, async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const { grant_type: grantType, scope } = request.body;
      if (grantType !== 'client_credentials') throw new Problem('unsupported_grant_type');
      const { clientId, secret } = credentials(request.headers.authorization, request.body);
      const address = addressOf(request);
      const guesser = { client: `${clientId} ${address}`, address };
      // The right secret is never turned away, so a stranger at the same address cannot lock anybody out.
      const client = await auth.clientOf(clientId, secret);
      if (!client) {
        guards.secrets.check(guesser, clock());
        guards.secrets.miss(guesser, clock());
        throw invalidClient();
      }
      const scopes = scopesAsked(scope, client.scopes.split(' '));
      const accessToken = await auth.issue(client, scopes);
      return { access_token: accessToken, token_type: 'Bearer' as const, expires_in: TOKEN_SECONDS, scope: scopes.join(' ') };
    });
  };

function credentials(authorization: string | undefined, { client_id: id, client_secret: secret }: z.output<typeof body>): Credentials {
  if (authorization !== undefined) {
    if (secret !== undefined) throw fieldProblem('/client_secret', 'beside_authorization');
    return basic(authorization);
  }
  if (id === undefined) throw fieldProblem('/client_id', 'missing');
  if (secret === undefined) throw fieldProblem('/client_secret', 'missing');
  return { clientId: id, secret };
}

function basic(authorization: string): Credentials {
  const encoded = /^Basic +([A-Za-z0-9+/_=-]+)$/i.exec(authorization)?.[1];
  const [, clientId, secret] = /^([^:]*):([\s\S]*)$/.exec(Buffer.from(encoded ?? '', 'base64').toString('utf8')) ?? [];
  if (clientId === undefined || secret === undefined || clientId.length > ID_MAX) throw invalidClient();
  // Ids and secrets hold only characters that form encoding leaves as they are.
  return { clientId, secret };
}

function scopesAsked(asked: string | undefined, had: readonly string[]): readonly string[] {
  if (asked === undefined || asked.trim() === '') return had;
  const scopes = [...new Set(asked.trim().split(/ +/))];
  const foreign = scopes.filter((scope) => !had.includes(scope));
  if (foreign.length > 0) throw new Problem('invalid_scope', { details: { scope: foreign.join(' ') } });
  return scopes;
}

function invalidClient(): Problem {
  return new Problem('invalid_client', { headers: { 'www-authenticate': 'Basic realm="callmi"' } });
}
