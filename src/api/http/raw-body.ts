import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import { beyondShape, DEPTH_MAX, VALUES_MAX } from './json-shape.ts';
import { Problem } from './problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it was sent; empty if there was none. */
    rawBody: Buffer;
    /** The JSON that was sent, before a schema read it. */
    sentBody: unknown;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
const NOTHING = Buffer.alloc(0);

/** Reads JSON bodies and keeps their bytes, with which a repeated request key is compared. */
export function keepRawBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.decorateRequest('rawBody');
  app.decorateRequest('sentBody');
  app.addHook('onRequest', (request, _reply, done) => {
    request.rawBody = NOTHING;
    done();
  });
  app.addHook('preParsing', refuseEncoded);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    request.rawBody = body;
    const beyond = beyondShape(body);
    if (beyond) return done(beyondProblem(beyond));
    try {
      void parse(request, utf8.decode(body), (error, value) => {
        request.sentBody = value;
        done(error && malformed(error), value);
      });
    } catch {
      done(new Problem('malformed_json', { details: { reason: 'it is not UTF-8' } }));
    }
  });
}

function beyondProblem(beyond: NonNullable<ReturnType<typeof beyondShape>>): Problem {
  if (beyond === 'too_many_values') return new Problem('payload_too_large', { details: { limit_values: VALUES_MAX } });
  return new Problem('malformed_json', { details: { reason: `it is nested deeper than ${DEPTH_MAX} levels` } });
}

/** No body is decompressed: a small one could grow to any size. Says so, rather than that the bytes are not JSON. */
async function refuseEncoded({ method, headers }: FastifyRequest): Promise<void> {
  const encoding = headers['content-encoding']?.trim().toLowerCase() || 'identity';
  if (encoding === 'identity' || method === 'GET' || method === 'HEAD') return;
  const details = { reason: `A body encoded as ${encoding}` };
  throw new Problem('unsupported_media_type', { details, headers: { 'accept-encoding': 'identity' } });
}

function malformed(error: Error): Error {
  const empty = (error as FastifyError).code === 'FST_ERR_CTP_EMPTY_JSON_BODY';
  return new Problem('malformed_json', { cause: error, ...(empty && { details: { reason: 'it is empty' } }) });
}
