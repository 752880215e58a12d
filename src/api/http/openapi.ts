/** The OpenAPI 3.1 document, made from the routes' schemas. */
import swagger from '@fastify/swagger';
import type { FastifyContextConfig, FastifyInstance } from 'fastify';
import { createJsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { scopes } from '../../access/index.ts';
import { cookieName } from './session-cookie.ts';

export type Document = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> } & Record<string, unknown>;
};
type Operation = { parameters?: unknown[]; responses: Record<string, unknown> };

const transform = createJsonSchemaTransform({});

const keyParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description:
    'Names this attempt for ever. Send a new one with each new attempt, and the same one when you repeat an attempt. A repeated attempt is the same JSON, however it is written: order of names, spaces, escapes, `5680.0`, a grouped code, `Z` or `+00:00`. Its answer has the same fields as the first one.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,64}$' },
};

const problemSchema = {
  type: 'object',
  description: 'RFC 9457. The codes are listed in docs/errors.md, and each is described at its `type`.',
  required: ['type', 'title', 'status', 'detail', 'code', 'request_id', 'retryable', 'action', 'cashier_message'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    request_id: { type: 'string' },
    retryable: { type: 'boolean' },
    action: { type: 'string' },
    cashier_message: { type: 'string', description: 'The message that a till shows its cashier, in Chinese.' },
    errors: { type: 'array', items: { $ref: '#/components/schemas/FieldError' } },
    details: { type: 'object', description: 'The figures that explain it.', additionalProperties: true },
  },
};

/** Registers the collector; must come before the routes. */
export async function describeRoutes(app: FastifyInstance, publicUrl: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.1',
      info: {
        title: 'CallMi',
        version: '1',
        description:
          'Residents earn points for deeds, turn them into vouchers, and redeem these in any community. Amounts are whole points and fen.',
      },
      servers: [{ url: publicUrl }],
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: cookieName(publicUrl), description: 'Set by POST /v1/sessions, for people.' },
          oauth: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: '/oauth/token', scopes } } },
        },
      },
    },
    transform(document) {
      const { schema, url } = transformed(document);
      return { url, schema: { ...schema, security: securityOf(document.route.config) } };
    },
    transformObject: jsonSchemaTransformObject,
  });
}

/** The alternatives by which a caller gets access. */
function securityOf({ scope, session }: FastifyContextConfig = {}) {
  return [...(scope ? [{ oauth: [scope] }] : []), ...(scope || session ? [{ session: [] }] : [])];
}

/** The provider knows only bodies of one media type; a body of several types is described as several bodies. */
function transformed(document: Parameters<typeof transform>[0]): ReturnType<typeof transform> {
  const { body, ...rest } = document.schema ?? {};
  const { content } = (body ?? {}) as { content?: Readonly<Record<string, { readonly schema: unknown }>> };
  if (!content) return transform(document);
  const described = Object.entries(content).map(([type, { schema }]) => {
    const { schema: made } = transform({ ...document, schema: { body: schema } });
    return [type, { schema: made['body'] }] as const;
  });
  const { schema, url } = transform({ ...document, schema: rest });
  return { url, schema: { ...schema, body: { content: Object.fromEntries(described) } } };
}

/** The document of all routes; `keyed` says whether a route (`POST /v1/grants`) needs an Idempotency-Key. */
export function openApiDocument(app: FastifyInstance, keyed: (method: string, path: string) => boolean): Document {
  const document = structuredClone(app.swagger()) as unknown as Document;
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      operation.responses['default'] = { $ref: '#/components/responses/Problem' };
      if (keyed(method, path)) operation.parameters = [...(operation.parameters ?? []), keyParameter];
    }
  }
  document.components['responses'] = {
    Problem: {
      description: 'Anything else',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  };
  document.components.schemas['Problem'] = problemSchema;
  return withoutUnused(document);
}

/** Every named schema is generated for requests and for responses: drops those that nothing refers to. */
function withoutUnused(document: Document): Document {
  const { schemas } = document.components;
  for (;;) {
    const text = JSON.stringify(document);
    const unused = Object.keys(schemas).filter((name) => !text.includes(`"#/components/schemas/${name}"`));
    if (unused.length === 0) return document;
    for (const name of unused) delete schemas[name];
  }
}
