/** Bodies of many lines, as CSV, JSON or NDJSON: read as they arrive, never held as a whole. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { setImmediate as othersFirst } from 'node:timers/promises';
import { type Columns, csvLines, jsonLines, ndjsonLines, type SentLine } from './line-formats.ts';
import { Problem } from '../http/problem.ts';

const LINES_MAX = 100_000;
/** The lines that are read before others get their turn: a piece of a body has thousands. */
const LINES_AT_ONCE = 500;
const BODY_MAX_BYTES = 32 * 1_024 * 1_024;

type Format = {
  readonly read: (texts: AsyncIterable<string>, columns: Columns) => AsyncIterable<SentLine>;
  /** The code for a body that is not in this format. */
  readonly broken: 'malformed_csv' | 'malformed_json';
};

/** The formats in which lines may be sent. */
const formats: Readonly<Record<string, Format>> = {
  'application/json': { read: jsonLines, broken: 'malformed_json' },
  'text/csv': { read: csvLines, broken: 'malformed_csv' },
  'application/x-ndjson': { read: ndjsonLines, broken: 'malformed_json' },
};

/** Lets the routes of this plugin, and no others, read such bodies, as a stream. */
export function takeLineBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(Object.keys(formats), (_request, payload, done) => done(null, payload));
}

/** The lines of a body, one by one; for CSV, with these columns. Throws a problem if a line cannot be read, and if there are too many. */
export async function* sentLines(request: FastifyRequest, columns: Columns): AsyncGenerator<SentLine> {
  const format = formats[request.mediaType ?? ''];
  // A request without a body needs no media type, so it gets here.
  if (!format) throw new Problem('unsupported_media_type', { details: { accepted: Object.keys(formats) } });
  if (Number(request.headers['content-length']) > BODY_MAX_BYTES) throw tooManyBytes();
  let count = 0;
  for await (const line of format.read(textsOf(request, decoderOf(request, format)), columns)) {
    if (++count > LINES_MAX) throw new Problem('payload_too_large', { details: { limit_lines: LINES_MAX } });
    if (count % LINES_AT_ONCE === 0) await othersFirst();
    yield line;
  }
}

function tooManyBytes(): Problem {
  return new Problem('payload_too_large', { details: { limit_bytes: BODY_MAX_BYTES } });
}

/** Turns the pieces of a body into text; the last call, without a piece, checks that the text is complete. */
type Decode = (piece?: Uint8Array) => string;

/** Decodes the charset of the media type, which may be GBK for a till's CSV; the default is UTF-8. */
function decoderOf({ headers }: FastifyRequest, { broken }: Format): Decode {
  const charset = /;\s*charset="?([^";\s]+)/i.exec(headers['content-type'] ?? '')?.[1] ?? 'UTF-8';
  const decoder = decoderFor(charset);
  return (piece) => {
    try {
      return decoder.decode(piece, { stream: piece !== undefined });
    } catch (cause) {
      throw new Problem(broken, { cause, details: { reason: `it is not ${charset}` } });
    }
  };
}

function decoderFor(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch (cause) {
    throw new Problem('unsupported_media_type', { cause, details: { reason: `The charset ${charset}` } });
  }
}

/**
 * The body as texts, piece by piece: the next piece is requested when the last one is processed, so that a caller cannot send faster than
 * the service reads.
 */
async function* textsOf({ body }: FastifyRequest, decode: Decode): AsyncGenerator<string> {
  const stream = body as Readable;
  let bytes = 0;
  try {
    // A caller that is refused half-way still gets an answer: the connection stays, and the rest of the body is ignored.
    for await (const piece of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > BODY_MAX_BYTES) throw tooManyBytes();
      yield decode(piece);
    }
    yield decode();
  } catch (error) {
    // If the caller broke off, there is nobody to answer, and no fault of the service.
    throw error instanceof Problem ? error : new Problem('malformed_request', { cause: error });
  } finally {
    stream.resume();
  }
}
