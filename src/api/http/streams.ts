import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** Sends an answer piece by piece: no more of it is in memory than is being written. */
export function sendPieces(reply: FastifyReply, type: string, pieces: AsyncIterable<string>): FastifyReply {
  return reply.type(type).send(Readable.from(pieces, { objectMode: false }));
}
