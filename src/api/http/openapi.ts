/** The OpenAPI 3.1 document, made from the routes' schemas. */
import swagger from '@fastify/swagger';
import type { FastifyContextConfig, FastifyInstance } from 'fastify';
import { createJsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { scopes } from '../../access/index.ts';
import { answerComponents, type Answering, problemsOf, sentAgain, successHeaders } from './openapi-answers.ts';
import { examplesOf, type MediaType, open, type Schema } from './openapi-bodies.ts';
import { infoOf, tagList } from './openapi-info.ts';
import { Problem, problemBody } from './problem.ts';
import { cookieName } from './session-cookie.ts';

export type Document = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> } & Record<string, unknown>;
};
type Operation = {
  description: string;
  parameters?: unknown[];
  requestBody?: { readonly content: Readonly<Record<string, MediaType>> };
  responses: Record<string, Response>;
};
type Response = { description?: string; headers?: object; content?: Record<string, MediaType>; $ref?: string };

const transform = createJsonSchemaTransform({});

const keyParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description:
    'Names this attempt for ever. Send a new one with each new attempt, and the same one when you repeat an attempt. A repeated attempt is the same JSON, however it is written: order of names, spaces, escapes, `5680.0`, a grouped code, `Z` or `+00:00`. Its answer has the same fields as the first one.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,64}$' },
};

/** An example that a cashier meets: the same voucher once more. */
const redeemedAlready = new Problem('voucher_redeemed', {
  details: {
    voucher_id: 'vch_0199c2a4b2c07d4e9b6c7d8e9f0a1b2c',
    redeemed_at: Date.UTC(2026, 10, 23, 2),
    redemption_id: 'red_0199c2a4e1f07c3d8a5b6c7d8e9f0a1b',
    request_no: 'till-3-20261123-0187',
  },
});

const problemSchema: Schema = {
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
  examples: [problemBody(redeemedAlready, 'req_60961b2cd8b827df00000001')],
};

/** Registers the collector; must come before the routes. */
export async function describeRoutes(app: FastifyInstance, publicUrl: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.1',
      info: infoOf(publicUrl),
      servers: [{ url: publicUrl }],
      tags: tagList,
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: cookieName(publicUrl), description: 'Set by POST /v1/sessions, for people.' },
          oauth: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: `${publicUrl}/oauth/token`, scopes } } },
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

/** The document of all routes; `configOf` is what a route (`get`, `/v1/grants/{id}`) is marked with. */
export function openApiDocument(app: FastifyInstance, configOf: (method: string, path: string) => FastifyContextConfig): Document {
  const { paths, components, ...rest } = structuredClone(app.swagger()) as unknown as Document;
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(operations))
      complete(operation, { path, method, config: configOf(method, path) }, components.schemas);
  }
  // Requests refer to schemas of their own, which stay strict. By name: otherwise their order is that in which modules were loaded.
  const named = Object.entries({ ...components.schemas, Problem: problemSchema }).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const schemas = Object.fromEntries(named.map(([name, schema]) => [name, name.endsWith('Input') ? schema : open(schema)]));
  return withoutUnused({
    ...rest,
    paths,
    components: { ...components, ...answerComponents, schemas },
  });
}

/** Adds to an operation what follows from its route, and is not said there again. */
function complete(operation: Operation, answering: Answering, schemas: Record<string, Schema>): void {
  operation.description = [operation.description, sentAgain(answering)].filter(Boolean).join(' ');
  if (answering.config.keyed) operation.parameters = [...(operation.parameters ?? []), keyParameter];
  for (const media of Object.values(operation.requestBody?.content ?? {})) {
    if (media.example === undefined) media.examples ??= examplesOf(media.schema);
  }
  for (const [status, response] of Object.entries(operation.responses)) {
    const headers = successHeaders(status, response, answering);
    for (const media of Object.values(response.content ?? {})) {
      const [example] = schemas[media.schema.$ref?.split('/').at(-1) ?? '']?.examples ?? [];
      if (example !== undefined) media.example = example;
    }
    operation.responses[status] = { ...open(response), description: said(response, status), headers };
  }
  Object.assign(operation.responses, problemsOf(answering));
}

/** The description of a success; the collector has one of its own where a route has none. */
function said({ description }: Response, status: string): string {
  if (description && description !== 'Default Response') return description;
  return status === '201' ? 'It is done, and this is what was made.' : 'It is done, or this is what was asked for.';
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
