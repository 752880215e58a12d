import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Metrics } from './metrics.ts';

/** Counts every answer, and logs one line of it: the route, never the address that was asked for, which may hold ids. */
export function observe(app: FastifyInstance, { requests }: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const seconds = reply.elapsedTime / 1_000;
    const route = request.routeOptions.url ?? 'none';
    requests.observe({ method: request.method, route, status: String(reply.statusCode) }, seconds);
    const line = { ...requestLine(request), status: reply.statusCode, ms: Math.round(reply.elapsedTime) };
    if (request.routeOptions.config.operational) request.log.debug(line, 'answered');
    else request.log.info(line, 'answered');
  });
}

function requestLine({ method, routeOptions, principal, problem }: FastifyRequest) {
  return {
    method,
    route: routeOptions.url ?? 'none',
    ...((principal as typeof principal | undefined) && { client: principal.clientId }),
    ...(problem && { problem }),
  };
}
