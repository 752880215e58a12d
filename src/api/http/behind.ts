import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';
import { unavailable } from './commands.ts';

const RESOLUTION_MS = 10;
const LOOKED_AT_EVERY_MS = 1_000;

/**
 * Turns callers away while the process is more than `maxMs` behind; 0 turns nobody away. It asks for nothing but the delay: figures of memory
 * are read from a file, and a process that has no more files to open would end by them.
 */
export function turnAwayWhenBehind(app: FastifyInstance, maxMs: number): void {
  if (maxMs === 0) return;
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  let behindMs = 0;
  delays.enable();
  const timer = setInterval(() => {
    // Where nothing could be measured, the process was busy all the time.
    behindMs = Number.isNaN(delays.mean) ? Number.POSITIVE_INFINITY : delays.mean / 1e6 - RESOLUTION_MS;
    delays.reset();
  }, LOOKED_AT_EVERY_MS);
  timer.unref();
  app.addHook('onClose', async () => {
    clearInterval(timer);
    delays.disable();
  });
  app.addHook('onRequest', (request, _reply, done) => {
    // Operational routes are answered even then, because they are needed most in an overload.
    if (behindMs <= maxMs || request.routeOptions.config.operational) done();
    else done(unavailable('the process is too far behind'));
  });
}
