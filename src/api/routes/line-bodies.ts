/** Bodies of many lines, as CSV, JSON or NDJSON: read as they come, never held as a whole. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { type Columns, csvLines, jsonLines, ndjsonLines, type SentLine } from './line-formats.ts';
import { Problem } from '../http/problem.ts';

const LINES_MAX = 100_000;
const BODY_MAX_BYTES = 32 * 1_024 * 1_024;

type Format = {
  readonly read: (texts: AsyncIterable<string>, columns: Columns) => AsyncIterable<SentLine>;
  /** What a caller is told whose body is not of this format. */
  readonly broken: 'malformed_csv' | 'malformed_json';
};

/** What lines may be sent as. */
const formats: Readonly<Record<string, Format>> = {
  'application/json': { read: jsonLines, broken: 'malformed_json' },
  'text/csv': { read: csvLines, broken: 'malformed_csv' },
  'application/x-ndjson': { read: ndjsonLines, broken: 'malformed_json' },
};

/** Lets the routes of this plugin, and no others, read such bodies: they are handed the stream. */
export function takeLineBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(Object.keys(formats), (_request, payload, done) => done(null, payload));
}

/**
 * The lines that are sent, one by one; of CSV, with these columns. Throws a problem for what cannot be read, and for more than may be sent at
 * once.
 */
export async function* sentLines(request: FastifyRequest, columns: Columns): AsyncGenerator<SentLine> {
  const format = formats[request.mediaType ?? ''];
  // A request without a body needs no media type, and gets as far as this.
  if (!format) throw new Problem('unsupported_media_type', { details: { accepted: Object.keys(formats) } });
  if (Number(request.headers['content-length']) > BODY_MAX_BYTES) throw tooManyBytes();
  let count = 0;
  for await (const line of format.read(textsOf(request, decoderOf(request, format)), columns)) {
    if (++count > LINES_MAX) throw new Problem('payload_too_large', { details: { limit_lines: LINES_MAX } });
    yield line;
  }
}

function tooManyBytes(): Problem {
  return new Problem('payload_too_large', { details: { limit_bytes: BODY_MAX_BYTES } });
}

/** Turns the pieces of a body into text, and at last, without a piece, makes sure that none was cut off. */
type Decode = (piece?: Uint8Array) => string;

/** Reads the charset that the media type names, which for a till's CSV may well be GBK; otherwise UTF-8. */
function decoderOf({ headers }: FastifyRequest, { broken }: Format): Decode {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw new Problem('unsupported_media_type', { details: { reason: `A body encoded as ${encoding}` } });
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
 * The body as texts, piece by piece: the next piece is asked for when the last has been worked through, so that no caller is faster than what
 * reads it.
 */
async function* textsOf({ body }: FastifyRequest, decode: Decode): AsyncGenerator<string> {
  const stream = body as Readable;
  let bytes = 0;
  try {
    // Whoever is refused half-way is still answered: the connection stays, and what else comes over it is passed over.
    for await (const piece of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > BODY_MAX_BYTES) throw tooManyBytes();
      yield decode(piece);
    }
    yield decode();
  } catch (error) {
    // Where a caller broke off there is nobody to answer, and nothing that we did wrong.
    throw error instanceof Problem ? error : new Problem('malformed_request', { cause: error });
  } finally {
    stream.resume();
  }
}
