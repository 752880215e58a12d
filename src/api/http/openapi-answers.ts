/** The answers of an operation, from the facts of its route: its config, its path, and whether it takes a body. */
import type { FastifyContextConfig } from 'fastify';
import { catalogue } from '../catalogue.ts';

type Header = { readonly description: string; readonly schema: object };

/** The headers of answers that say something to a program, by their names. */
const headers = {
  'X-Request-Id': { description: 'The id of this request: name it when you ask for help.', schema: { type: 'string' } },
  'Idempotency-Replayed': {
    description: '`true`: the request was decided before, and this is its first answer once more. Missing otherwise.',
    schema: { type: 'string', enum: ['true'] },
  },
  Location: { description: 'The address of what was made.', schema: { type: 'string', format: 'uri-reference' } },
  'Retry-After': { description: 'Seconds to wait before the next try.', schema: { type: 'integer', minimum: 0 } },
  'WWW-Authenticate': { description: 'How to authenticate, and what is missing (RFC 6750).', schema: { type: 'string' } },
  'Set-Cookie': {
    description: 'The cookie of the session, or its end; and the one by which a browser is known again.',
    schema: { type: 'string' },
  },
  'Accept-Encoding': { description: 'The encodings that a body may have.', schema: { type: 'string' } },
  Allow: { description: 'With 405: the methods of this address.', schema: { type: 'string' } },
  'Content-Disposition': { description: 'The name of the file.', schema: { type: 'string' } },
  'X-Content-SHA256': {
    description: 'The SHA-256 of the file in hex, of its bytes before any Content-Encoding.',
    schema: { type: 'string', pattern: '^[0-9a-f]{64}$' },
  },
  'X-Row-Count': { description: 'The lines of the file without its first.', schema: { type: 'integer', minimum: 0 } },
} satisfies Readonly<Record<string, Header>>;

type HeaderName = keyof typeof headers;

const problemContent = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

const keyed: readonly HeaderName[] = ['Idempotency-Replayed'];

/** The problems by their status: the name of each among the components, what it says, and its own headers. */
const problems: Readonly<Record<number | 'default', readonly [name: string, description: string, own: readonly HeaderName[]]>> = {
  400: [
    'BadRequest',
    'The request cannot be read, or a field, a parameter or a header is missing, unknown or not valid: `errors` names each.',
    [],
  ],
  401: ['Unauthorized', 'There is no valid token, session or secret.', ['WWW-Authenticate']],
  403: ['Forbidden', 'The caller may not do this.', ['WWW-Authenticate', ...keyed]],
  404: ['NotFound', 'Something that the request names does not exist, or is not for this caller to see.', keyed],
  409: ['Conflict', 'The state of things forbids it.', keyed],
  413: ['TooLarge', 'The body is too large.', []],
  415: ['UnsupportedMediaType', 'The media type, the charset or the Content-Encoding of the body is not supported.', ['Accept-Encoding']],
  422: ['Refused', 'The request is well formed, and a rule of the scheme refuses it; or its key belongs to another request.', keyed],
  429: ['TooManyRequests', 'Too many requests, or too many wrong codes or secrets.', ['Retry-After', ...keyed]],
  501: ['NotSetUp', 'The operator has not set this up.', []],
  503: [
    'Unavailable',
    'The service cannot answer right now, and the outcome is unknown: send the same again with the same key.',
    ['Retry-After'],
  ],
  default: ['Problem', 'Any other problem.', ['Allow', 'Retry-After', 'WWW-Authenticate', ...keyed]],
};

/** The components that answers refer to. */
export const answerComponents = {
  headers,
  responses: Object.fromEntries(
    Object.values(problems).map(([name, description, own]) => [
      name,
      { description, headers: headerRefs(['X-Request-Id', ...own]), content: problemContent },
    ]),
  ),
};

/** The facts that decide about the answers of an operation. */
export type Answering = {
  readonly path: string;
  /** In lower case. */
  readonly method: string;
  readonly config: FastifyContextConfig;
};

/** References to the problems that an operation may answer with, by status. */
export function problemsOf(answering: Answering): Record<string, { $ref: string }> {
  const statuses = [...new Set(statusesOf(answering))].toSorted((a, b) => a - b);
  return Object.fromEntries(
    [...statuses, 'default' as const].map((status) => [status, { $ref: `#/components/responses/${problems[status]![0]}` }]),
  );
}

function statusesOf({ path, method, config: { scope, session, keyed: isKeyed, operational, mayRefuse = [] } }: Answering): number[] {
  return [
    400,
    ...(scope || session ? [401, 403] : []),
    ...(path.includes('{') ? [404] : []),
    // A command may name what does not exist, and its key may belong to another request.
    ...(isKeyed ? [404, 409, 422] : []),
    ...(method === 'get' ? [] : [413, 415]),
    ...(operational ? [] : [429, 503]),
    ...mayRefuse.map((code) => catalogue[code].status),
  ];
}

type Success = { headers?: object; readonly content?: Readonly<Record<string, unknown>> };

/** The headers of an answer that is a success. */
export function successHeaders(status: string, { content = {} }: Success, { config }: Answering): object {
  return headerRefs([
    'X-Request-Id',
    ...(config.keyed ? (['Idempotency-Replayed'] as const) : []),
    ...(config.keyed && status === '201' ? (['Location'] as const) : []),
    ...(config.setsCookie ? (['Set-Cookie'] as const) : []),
    ...('text/csv' in content ? (['Content-Disposition', 'X-Content-SHA256', 'X-Row-Count'] as const) : []),
  ]);
}

function headerRefs(names: readonly HeaderName[]) {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

/** The sentence about an operation that is sent again; undefined where its own description says it. */
export function sentAgain({ method, config }: Answering): string | undefined {
  if (config.keyed) return 'Sent again with the same `Idempotency-Key`, it is carried out once, and the first answer is repeated.';
  return method === 'get' ? 'It changes nothing, and may be sent again at any time.' : undefined;
}
