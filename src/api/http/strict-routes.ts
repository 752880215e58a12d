import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

const none = z.strictObject({});

/** A route that says nothing of its query takes none: an unknown parameter is refused by name, as an unknown field is. */
export function refuseUnknownQueries(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const { scope, session } = route.config ?? {};
    if ((scope || session) && route.schema && !route.schema.querystring) route.schema = { ...route.schema, querystring: none };
  });
}
