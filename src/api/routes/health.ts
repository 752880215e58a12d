import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { rowByKey } from '../../store/index.ts';
import { unavailable } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import type { ClockTrouble } from '../http/given.ts';
import { Problem } from '../http/problem.ts';
import { shared } from '../http/shared.ts';

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
  summary: 'The scheme is founded, the database can be read and written, the clock is right, and the engine takes commands',
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
  ({ store, engine, metrics, clockTrouble, config: { queueMax, metricsPort } }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    // Both ask the database, and no limit on requests holds for them.
    const hindrance = shared(() => hindranceOf(store));
    const metricsText = shared(() => metrics.registry.metrics());

    app.get('/healthz', { config, schema: living }, async () => ok);

    app.get('/readyz', { config: { ...config, mayRefuse: ['unavailable'] }, schema: ready }, async () => {
      if (engine.waiting >= queueMax) throw unavailable('too many commands are waiting');
      const wrong = clockTrouble?.();
      if (wrong) throw clockProblem(wrong);
      const hindered = await hindrance();
      if (hindered) throw new Problem(hindered);
      return ok;
    });

    if (metricsPort !== undefined) return;
    app.get('/metrics', { config, schema: figures }, async (_request, reply) => {
      const text = await metricsText();
      return reply.type(metrics.registry.contentType).serializer(String).send(text);
    });
  };

/** Why nothing can be written into a database, or undefined. Throws if it cannot be read. */
async function hindranceOf(store: Deps['store']) {
  try {
    const founded = await rowByKey(store, 'scheme', 'founded_at');
    return (await store.hindrance()) ?? (founded ? undefined : 'scheme_not_founded');
  } catch (error) {
    throw unavailable(error);
  }
}

function clockProblem(trouble: ClockTrouble): Problem {
  return 'off' in trouble
    ? new Problem('clock_wrong', { details: { off_seconds: trouble.off } })
    : new Problem('clock_unproven', { details: { clock: trouble.clock, known_at: trouble.known } });
}
