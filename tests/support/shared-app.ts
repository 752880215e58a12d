/**
 * One service for many tests of a process. To build it compiles the schemas of a hundred routes, as long as a test takes: so it is built once,
 * over deps that are whichever somebody lends it. All that a service remembers is in its deps, and gone with them. Whatever it answers must be
 * in its own OpenAPI document, or the test that asked fails when it gives the service back.
 */
import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../src/api/deps.ts';
import { type Declared, declaredBy } from './declared.ts';

/** The service over what was lent; requests that come after it was given back fail. */
type Loan = { readonly app: FastifyInstance; readonly giveBack: () => Promise<void> };

export type SharedApp = {
  /** Whether nobody has lent it anything. */
  isFree(): boolean;
  lend(deps: Deps): Promise<Loan>;
};

/** `build` makes the service over deps that stand for those that are lent; `first` are real ones, for what is read only once. */
export function sharedApp(build: (deps: Deps, first: Deps) => Promise<FastifyInstance>): SharedApp {
  let lent: Deps | undefined;
  let shared: Promise<FastifyInstance> | undefined;
  const answering = new Set<ServerResponse>();
  let undeclared: string[] = [];

  async function start(first: Deps): Promise<FastifyInstance> {
    const app = await build(
      standingFor(first, () => lent),
      first,
    );
    await app.listen({ port: 0, host: '127.0.0.1' });
    const declared = declaredBy((await app.inject('/openapi.json')).json<Declared>());
    app.server.on('request', ({ method = '', url = '' }, response: ServerResponse) => {
      answering.add(response);
      const writeHead = response.writeHead.bind(response) as (status: number, headers?: Record<string, unknown>) => ServerResponse;
      response.writeHead = ((status: number, headers?: Record<string, unknown>) => {
        undeclared.push(...declared(method, url, status, { ...response.getHeaders(), ...headers }));
        return writeHead(status, headers);
      }) as typeof response.writeHead;
      response.once('close', () => answering.delete(response));
    });
    app.server.unref();
    return app;
  }

  async function giveBack(): Promise<void> {
    await Promise.all([...answering].map((response) => new Promise((closed) => void response.once('close', closed))));
    lent = undefined;
    const said = undeclared;
    undeclared = [];
    if (said.length > 0) throw new Error(`not in the OpenAPI document: ${[...new Set(said)].join('; ')}`);
  }

  return {
    isFree: () => lent === undefined,
    async lend(deps) {
      lent = deps;
      return { app: await (shared ??= start(deps)), giveBack };
    },
  };
}

/** Each of these deps stands for the one that is lent when it is used. */
function standingFor(deps: Deps, lent: () => Deps | undefined): Deps {
  const names = Object.keys(deps) as (keyof Deps)[];
  return Object.fromEntries(names.map((name) => [name, standIn(name, lent)])) as unknown as Deps;
}

function standIn(name: keyof Deps, lent: () => Deps | undefined): unknown {
  const real = () => {
    const deps = lent();
    if (!deps) throw new Error(`nobody lends the service its ${name} now`);
    return deps[name] as Record<PropertyKey, unknown> & ((...args: unknown[]) => unknown);
  };
  return new Proxy(() => {}, {
    apply: (_target, _self, args) => real()(...args),
    get(_target, property) {
      const owner = real();
      const value = owner[property];
      return typeof value === 'function' ? (value.bind(owner) as unknown) : value;
    },
  });
}
