import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { NOTICE_TITLE, NOTICE_VERSION, noticeParagraphs } from '../../communities/index.ts';
import type { Deps } from '../deps.ts';
import { compressOnce } from '../http/compression.ts';
import { openApiDocument } from '../http/openapi.ts';
import type { RouteTable } from '../http/route-table.ts';
import { count } from '../http/wire.ts';

const CACHE = 'public, max-age=300';
const keySet = z.strictObject({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })) });

const tags = ['documents'];
const keys = {
  tags,
  operationId: 'getKeys',
  summary: 'The public keys of access tokens (JWKS)',
  description: 'For services that verify access tokens themselves (RFC 7517).',
  response: { 200: keySet },
};
const openApi = {
  tags,
  operationId: 'getOpenApi',
  summary: 'This document',
  description: 'For generators of clients and for tools that read OpenAPI 3.1.',
  response: { 200: z.looseObject({ openapi: z.string() }) },
};

const notice = {
  tags,
  operationId: 'getPrivacyNotice',
  summary: 'The privacy notice as it stands, in Chinese',
  description: 'For whoever registers somebody, or themselves: it is shown before anybody consents. A new text is a new version.',
  response: { 200: z.strictObject({ version: count, title: z.string(), paragraphs: z.array(z.string()) }).meta({ id: 'PrivacyNotice' }) },
};

/** Public documents: the keys that tokens are signed with, the description of this interface, and the privacy notice. */
export const publicDocuments =
  ({ signing: { kid, publicJwk } }: Deps, table: RouteTable): FastifyPluginAsyncZod =>
  async (app) => {
    compressOnce(app);
    const config = { public: true } as const;
    const jwk = { kty: 'OKP', ...publicJwk, kid, alg: 'EdDSA', use: 'sig' };
    let document: Buffer | undefined;

    app.get('/.well-known/jwks.json', { config, schema: keys }, async (_request, reply) => {
      reply.header('cache-control', CACHE);
      return { keys: [jwk] };
    });

    app.get('/v1/privacy-notice', { config, schema: notice }, async (_request, reply) => {
      reply.header('cache-control', CACHE);
      return { version: NOTICE_VERSION, title: NOTICE_TITLE, paragraphs: [...noticeParagraphs] };
    });

    app.get('/openapi.json', { config, schema: openApi }, async (_request, reply) => {
      document ??= Buffer.from(JSON.stringify(openApiDocument(app, configIn(table))));
      return reply
        .header('cache-control', CACHE)
        .type('application/json')
        .send(document as never);
    });
  };

function configIn(table: RouteTable) {
  return (method: string, path: string) => table.find(method.toUpperCase(), path.replaceAll(/\{(\w+)\}/g, ':$1'))!.config;
}
