/** Turns any error thrown in a request into the problem for its caller. */
import type { FastifyError, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors, type ZodFastifySchemaValidationError } from 'fastify-type-provider-zod';
import { Unavailable } from '../../ledger/index.ts';
import { isOutage } from '../../store/index.ts';
import { unavailable } from './commands.ts';
import { type FieldError, fieldError, fieldErrorSaid } from './field-codes.ts';
import { Problem } from './problem.ts';

export function toProblem(error: unknown, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Unavailable || isOutage(error)) return unavailable(error);
  if (hasZodFastifySchemaValidationErrors(error)) return invalid(error);
  return fromFramework(error as Partial<FastifyError>, request);
}

function fromFramework(error: Partial<FastifyError>, request: FastifyRequest): Problem {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new Problem('payload_too_large', { details: { limit_bytes: request.routeOptions.bodyLimit } });
  }
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return new Problem('unsupported_media_type', { details: { accepted: mediaTypesOf(request) } });
  }
  // Any other error that the framework attributes to the caller is a request that could not be read.
  return (error.statusCode ?? 500) < 500 ? new Problem('malformed_request') : new Problem('internal_error', { cause: error });
}

/** The media types that a route reads, from its own description. */
function mediaTypesOf({ routeOptions: { schema } }: FastifyRequest): readonly string[] {
  const { content } = (schema?.body ?? {}) as { content?: Readonly<Record<string, unknown>> };
  return content ? Object.keys(content) : (schema?.consumes ?? ['application/json']);
}

type Validation = { readonly validation: readonly ZodFastifySchemaValidationError[]; readonly validationContext?: string | undefined };

function invalid({ validation, validationContext = 'body' }: Validation): Problem {
  return new Problem('validation_failed', { errors: validation.flatMap((issue) => fieldErrors(issue, validationContext)) });
}

function fieldErrors(issue: ZodFastifySchemaValidationError, context: string): FieldError[] {
  if (issue.keyword !== 'unrecognized_keys') return [fieldErrorSaid(pointer(context, issue.instancePath), issue.message ?? 'is not valid')];
  const keys = issue.params['keys'] as readonly string[];
  return keys.map((key) => fieldError(pointer(context, `${issue.instancePath}/${escaped(key)}`), 'unknown_field'));
}

const prefixes: Readonly<Record<string, string>> = { querystring: 'query', params: 'path', headers: 'header' };

function pointer(context: string, path: string): string {
  // For an issue with the whole body the provider says `/`; the pointer to a whole document is empty.
  const below = path.replace(/^\/+/, '');
  const prefix = prefixes[context] ?? '';
  return below === '' ? prefix : `${prefix}/${below}`;
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
