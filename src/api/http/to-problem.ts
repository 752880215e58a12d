/** Turns any error thrown in a request into the problem for its caller. */
import type { FastifyError, FastifyRequest } from 'fastify';
import { Unavailable } from '../../ledger/index.ts';
import { isPassing } from '../../store/index.ts';
import { unavailable } from './commands.ts';
import { Problem } from './problem.ts';

export function toProblem(error: unknown, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error;
  // The caller has gone before all of the request had come: no failure of ours, although a lost database has the same code.
  if (error === request.raw.errored) return new Problem('malformed_request');
  if (error instanceof Unavailable || isPassing(error)) return unavailable(error);
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
