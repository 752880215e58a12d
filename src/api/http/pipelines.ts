import type { FastifyInstance } from 'fastify';
import type { Socket } from 'node:net';
import { Problem } from './problem.ts';

/** The most requests of one connection whose answers are under way. Browsers, tills and proxies send the next one after the answer. */
const UNDER_WAY_MAX = 16;

/**
 * Turns away what a connection sends before its earlier answers are taken, and then ends it. Answers wait for their turn in memory, with the
 * files that they open: one piece of a kilobyte could ask for hundreds of them, and take none.
 */
export function limitPipelines(app: FastifyInstance): void {
  const underWay = new WeakMap<Socket, number>();
  app.addHook('onRequest', ({ raw: { socket }, routeOptions }, reply, done) => {
    const count = (underWay.get(socket) ?? 0) + 1;
    underWay.set(socket, count);
    reply.raw.once('close', () => underWay.set(socket, underWay.get(socket)! - 1));
    // As with all limits, operational routes are answered even then.
    if (count <= UNDER_WAY_MAX || routeOptions.config.operational) done();
    else done(new Problem('rate_limited', { details: { retry_after_seconds: 1 }, headers: { connection: 'close' } }));
  });
}
