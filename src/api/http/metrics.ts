import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createServer, type Server } from 'node:http';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { shared } from './shared.ts';

export type Metrics = ReturnType<typeof metricsOf>;

/** The metrics of the process, in a registry of its own. `waiting` returns the length of the engine's queue. */
export function metricsOf(waiting: () => number) {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Histogram({
    name: 'callmi_request_duration_seconds',
    help: 'Time from a request to its answer.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const commands = new Counter({
    name: 'callmi_commands_total',
    help: 'Commands by name and outcome: succeeded, replayed, failed, or the code of the refusal.',
    labelNames: ['command', 'outcome'] as const,
    registers,
  });
  const queue = new Gauge({
    name: 'callmi_engine_queue_length',
    help: 'Commands that wait for the engine.',
    registers,
    collect() {
      this.set(waiting());
    },
  });
  return { registry, requests, commands, queue };
}

/** Counts every answer, and logs one line for it: with the route, never the requested address, which may contain ids. */
export function observe(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    const seconds = reply.elapsedTime / 1_000;
    const route = request.routeOptions.url ?? 'none';
    metrics.requests.observe({ method: request.method, route, status: String(reply.statusCode) }, seconds);
    const line = { ...requestLine(request), status: reply.statusCode, ms: Math.round(reply.elapsedTime) };
    if (request.routeOptions.config.operational) request.log.debug(line, 'answered');
    else request.log.info(line, 'answered');
    done();
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

/** A server of the metrics alone, which does not listen yet. */
export function metricsServer({ registry }: Pick<Metrics, 'registry'>): Server {
  const read = shared(() => registry.metrics());
  return createServer(({ method = '', url = '' }, response) => {
    // Prometheus can be told to send a query.
    if (!['GET', 'HEAD'].includes(method) || url.split('?', 1)[0] !== '/metrics') return void response.writeHead(404).end();
    read().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
}
