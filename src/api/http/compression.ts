/**
 * Compressed answers, for the routes of a plugin that asks for it: files and documents, which are large and hold no secret. Nothing else is
 * compressed. Where an answer holds a secret beside what a caller sent, its compressed length would tell a listener of the secret (BREACH).
 */
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import compress from '@fastify/compress';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Smaller answers would gain less than the work costs. */
const FROM_BYTES = 2_048;

/** The media types of these routes; a stream of events is not among them. */
const TEXTS = /^(text\/(csv|html)|application\/(json|javascript)|text\/javascript)(;|$)/;

/**
 * Compresses the answers of this plugin's routes, and of no others, for callers who take it. The SHA-256 in a header stays that of the file
 * itself.
 */
export async function compressAnswers(app: FastifyInstance): Promise<void> {
  app.addHook('onSend', async (_request, reply) => dependsOnEncoding(reply));
  // No body of a request is decompressed: see `refuseEncoded`.
  await app.register(compress, { encodings: ['br', 'gzip'], threshold: FROM_BYTES, customTypes: TEXTS, globalDecompression: false });
}

/** Also what is sent as it is depends on what the caller takes. */
function dependsOnEncoding(reply: FastifyReply): void {
  const before = reply.getHeader('vary');
  reply.header('vary', before === undefined ? 'accept-encoding' : `${String(before)}, accept-encoding`);
}

const brotli = promisify(brotliCompress);

/** The ways to send a document, the smallest first. */
const ways = {
  br: (bytes: Buffer) =>
    brotli(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length, [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: promisify(gzip),
  identity: async (bytes: Buffer) => bytes,
} as const;

type Way = keyof typeof ways;

/**
 * The same for documents that never change while the process runs, one to a route. Each is compressed once, and all answers share its bytes:
 * strangers may ask for them, who could otherwise keep the process busy, and fill its memory with answers that they do not read.
 */
export function compressOnce(app: FastifyInstance): void {
  const made = new Map<string, Promise<Buffer>>();
  app.addHook('onSend', async ({ headers, routeOptions: { url } }, reply, payload) => {
    if (reply.statusCode !== 200 || (typeof payload !== 'string' && !Buffer.isBuffer(payload))) return payload;
    dependsOnEncoding(reply);
    const isLong = payload.length >= FROM_BYTES && TEXTS.test(String(reply.getHeader('content-type')));
    const way = isLong ? wayFor(headers['accept-encoding']) : 'identity';
    if (way !== 'identity') reply.header('content-encoding', way);
    reply.removeHeader('content-length');
    return made.getOrInsertComputed(`${way} ${url}`, () => ways[way](Buffer.from(payload)));
  });
}

/** The smallest way that a caller takes (RFC 9110, 12.5.3). */
function wayFor(accepted = ''): Way {
  const weights = new Map(
    accepted
      .toLowerCase()
      .split(',')
      .map((each) => {
        const [name, weight] = each.split(';').map((part) => part.trim());
        return [name!, Number(/^q=([\d.]+)$/.exec(weight ?? '')?.[1] ?? 1)];
      }),
  );
  const takes = (way: Way) => (weights.get(way) ?? weights.get('*') ?? 0) > 0;
  return (['br', 'gzip'] as const).find(takes) ?? 'identity';
}
