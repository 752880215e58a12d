/**
 * One service for all tests of a process. To build it compiles the schemas of a hundred routes, as long as a test takes: so it is built once,
 * over deps that are whichever the running test lends it. All that a service remembers is in its deps, and gone with them.
 */
import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { onTestFinished } from 'vitest';
import { appOver } from '../../src/api/app.ts';
import type { Deps } from '../../src/api/deps.ts';
import { createLogger } from '../../src/api/index.ts';
import { linesInto } from './lines.ts';
import { seededChance } from './scheme.ts';

type Loan = { readonly deps: Deps; readonly logged: string[] };

let loan: Loan | undefined;
let shared: Promise<FastifyInstance> | undefined;
const answering = new Set<ServerResponse>();

const logger = createLogger(
  'debug',
  linesInto((line) => loan?.logged.push(line)),
);

/** Whether no test has it: the second service of a test is one of its own. */
export function isFree(): boolean {
  return loan === undefined;
}

/** The service over these deps until the test is done. Later requests fail. */
export async function lend(deps: Deps, logged: string[]): Promise<FastifyInstance> {
  loan = { deps, logged };
  onTestFinished(async () => {
    await Promise.all([...answering].map((response) => new Promise((closed) => void response.once('close', closed))));
    loan = undefined;
  });
  return (shared ??= start(deps));
}

async function start(deps: Deps): Promise<FastifyInstance> {
  const app = await appOver({ ...passingOn(deps), config: deps.config, logger, chance: seededChance('the shared service') });
  await app.listen({ port: 0, host: '127.0.0.1' });
  app.server.on('request', (_request, response: ServerResponse) => {
    answering.add(response);
    response.once('close', () => answering.delete(response));
  });
  app.server.unref();
  return app;
}

/** Each of these deps stands for the one that is lent when it is used. */
function passingOn(deps: Deps): Deps {
  return Object.fromEntries(Object.keys(deps).map((name) => [name, passesOn(name as keyof Deps)])) as unknown as Deps;
}

function passesOn(name: keyof Deps): unknown {
  const lent = () => {
    if (!loan) throw new Error(`no test is running that could lend its ${name}`);
    return loan.deps[name] as Record<PropertyKey, unknown> & ((...args: unknown[]) => unknown);
  };
  return new Proxy(() => {}, {
    apply: (_target, _self, args) => lent()(...args),
    get(_target, property) {
      const owner = lent();
      const value = owner[property];
      return typeof value === 'function' ? (value.bind(owner) as unknown) : value;
    },
  });
}
