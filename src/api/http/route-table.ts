import type { FastifyContextConfig, FastifyInstance, RouteOptions } from 'fastify';
import { z } from 'zod';

export type KnownRoute = { readonly method: string; readonly url: string; readonly config: FastifyContextConfig; readonly hidden: boolean };

/** Every route of the service. */
export type RouteTable = {
  routes(): readonly KnownRoute[];
  /** The methods of a concrete path (`/v1/entries/ent_…`). */
  methodsAt(path: string): string[];
  find(method: string, url: string): KnownRoute | undefined;
};

declare module 'fastify' {
  interface FastifyInstance {
    routeTable: RouteTable;
  }
}

/**
 * Collects the routes as they are added. The service does not start if a route neither names its scope nor is marked as public or as a
 * session route.
 */
export function knowRoutes(app: FastifyInstance): RouteTable {
  const added: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    added.push(route);
  });
  app.addHook('onReady', async () => {
    for (const { method, url, config } of added) {
      if (!config?.scope && !config?.public && !config?.session) throw new Error(`${method} ${url} names no scope and is not public`);
    }
  });
  const known = (): KnownRoute[] =>
    added.flatMap(({ method, url, config = {}, schema }) =>
      [method].flat().map((each) => ({ method: each, url, config, hidden: schema?.hide === true })),
    );
  const table: RouteTable = {
    routes: known,
    methodsAt(path) {
      const here = known().filter(({ url }) => matches(url, path));
      return [...new Set(here.map(({ method }) => method))];
    },
    find: (method, url) => known().find((route) => route.method === method && route.url === url),
  };
  app.decorate('routeTable', table);
  return table;
}

function matches(pattern: string, path: string): boolean {
  const expected = pattern.split('/');
  const actual = path.split('/');
  return expected.length === actual.length && expected.every((part, i) => part.startsWith(':') || part === actual[i]);
}

const none = z.strictObject({});

/** A route without a schema of its query takes no parameters: an unknown one is refused by name, like an unknown field. */
export function refuseUnknownQueries(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const { scope, session } = route.config ?? {};
    if ((scope || session) && route.schema && !route.schema.querystring) route.schema = { ...route.schema, querystring: none };
  });
}
