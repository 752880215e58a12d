/**
 * Compressed answers, for the routes of a plugin that asks for it: files and documents, which are large and hold no secret. Nothing else is
 * compressed. Where an answer holds a secret beside what a caller sent, its compressed length would tell a listener of the secret (BREACH).
 */
import compress from '@fastify/compress';
import type { FastifyInstance } from 'fastify';

/** Smaller answers would gain less than the work costs. */
const FROM_BYTES = 2_048;

/** The media types of these routes; a stream of events is not among them. */
const TEXTS = /^(text\/(csv|html)|application\/(json|javascript)|text\/javascript)(;|$)/;

/**
 * Compresses the answers of this plugin's routes, and of no others, for callers who take it. The SHA-256 in a header stays that of the file
 * itself.
 */
export async function compressAnswers(app: FastifyInstance): Promise<void> {
  // Also what is sent as it is depends on what the caller takes.
  app.addHook('onSend', async (_request, reply) => {
    const before = reply.getHeader('vary');
    reply.header('vary', before === undefined ? 'accept-encoding' : `${String(before)}, accept-encoding`);
  });
  // No body of a request is decompressed: see `refuseEncoded`.
  await app.register(compress, { encodings: ['br', 'gzip'], threshold: FROM_BYTES, customTypes: TEXTS, globalDecompression: false });
}
