import type { FastifyContextConfig, FastifyInstance, RouteOptions } from 'fastify';
import { z } from 'zod';
import { Problem } from './problem.ts';

export type KnownRoute = { readonly method: string; readonly url: string; readonly config: FastifyContextConfig; readonly hidden: boolean };

/** An address (`/v1/entries/:id`) and the methods that it supports. */
export type Address = { readonly url: string; readonly methods: readonly string[] };

/** Every route of the service. */
export type RouteTable = {
  routes(): readonly KnownRoute[];
  /** The address that a concrete path (`/v1/entries/ent_…`) belongs to, with its methods; undefined: there is none. */
  at(path: string): Address | undefined;
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
  let addresses: Split[] | undefined;
  const table: RouteTable = {
    routes: known,
    at(path) {
      const parts = path.split('/');
      addresses ??= addressesOf(known());
      return addresses.find((address) => matches(address.parts, parts));
    },
    find: (method, url) => known().find((route) => route.method === method && route.url === url),
  };
  app.decorate('routeTable', table);
  return table;
}

/** An address, split at its slashes. */
type Split = Address & { readonly parts: readonly string[] };

/** All addresses; those that say more in words, from the left, come first: `/v1/vouchers/inspect` before `/v1/vouchers/:id`. */
function addressesOf(routes: readonly KnownRoute[]): Split[] {
  const split = [...Map.groupBy(routes, ({ url }) => url)].map(([url, here]) => ({
    url,
    parts: url.split('/'),
    methods: [...new Set(here.map(({ method }) => method))],
  }));
  const generality = ({ parts }: Split) => parts.map((part) => (part.startsWith(':') ? '1' : '0')).join('');
  return split.toSorted((a, b) => (generality(a) < generality(b) ? -1 : 1));
}

/** Whether a path has this pattern. A part that the pattern leaves open is not empty. */
function matches(pattern: readonly string[], path: readonly string[]): boolean {
  return pattern.length === path.length && pattern.every((part, i) => (part.startsWith(':') ? path[i] !== '' : part === path[i]));
}

/**
 * Refuses what the router gave to a more general address because the path's own does not support the method: `GET /v1/vouchers/inspect` is
 * no voucher. Neither is a path with an empty part the address of anything.
 */
export function refuseForeignAddresses(app: FastifyInstance, table: RouteTable): void {
  app.addHook('onRequest', async ({ params, routeOptions: { url } }) => {
    if (!url?.includes(':')) return;
    const values = params as Readonly<Record<string, string>>;
    // Made from what the router read, so that it makes no difference how the path was written.
    const address = table.at(url.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(values[name]!)));
    if (address?.url !== url) throw noSuchAddress(address);
  });
}

/** The problem of a request to an address that does not support its method, or is none. */
export function noSuchAddress(address: Address | undefined): Problem {
  if (!address) return new Problem('not_found');
  const allowed = address.methods.join(', ');
  return new Problem('method_not_allowed', { details: { allowed }, headers: { allow: allowed } });
}

const none = z.strictObject({});

/** A route without a schema of its query takes no parameters: an unknown one is refused by name, like an unknown field. */
export function refuseUnknownQueries(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const { scope, session } = route.config ?? {};
    if ((scope || session) && route.schema && !route.schema.querystring) route.schema = { ...route.schema, querystring: none };
  });
}
