import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { unavailable } from '../http/commands.ts';
import type { Deps } from '../deps.ts';

const config = { public: true, operational: true } as const;
const status = z.strictObject({ status: z.literal('ok') });
const ok = { status: 'ok' } as const;

const tags = ['operating'];
const living = {
  tags,
  operationId: 'getHealth',
  summary: 'The process answers',
  description: 'For a probe that restarts a process that hangs. It says nothing about the database.',
  response: { 200: status },
};
const ready = {
  tags,
  operationId: 'getReadiness',
  summary: 'The database can be read and the engine takes commands',
  description: 'For a probe that decides whether to send requests here: 503 while it should not.',
  response: { 200: status },
};
const figures = {
  tags,
  operationId: 'getMetrics',
  summary: 'Figures for Prometheus',
  description: 'For monitoring: counters and timings as Prometheus text.',
  response: { 200: { description: 'Prometheus text', content: { 'text/plain': { schema: z.string() } } } },
};

/** For probes and monitoring: liveness, readiness and metrics. */
export const health =
  ({ store, engine, metrics, config: { queueMax } }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get('/healthz', { config, schema: living }, async () => ok);

    app.get('/readyz', { config: { ...config, mayRefuse: ['unavailable'] }, schema: ready }, async () => {
      if (engine.waiting >= queueMax) throw unavailable();
      try {
        await store.read.select({ name: store.tables.scheme.name }).from(store.tables.scheme).limit(1);
      } catch (error) {
        throw unavailable(error);
      }
      return ok;
    });

    app.get('/metrics', { config, schema: figures }, async (_request, reply) => {
      const text = await metrics.registry.metrics();
      return reply.type(metrics.registry.contentType).serializer(String).send(text);
    });
  };
