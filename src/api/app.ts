/**
 * The HTTP service, without the process that listens. Every route names its schema and its scope, and does three things:
 *
 *     export const residents = (deps: Deps): FastifyPluginAsyncZod => async (app) => {
 *       const body = z.strictObject({ community_id: communityId, name: properName(40), phone });
 *       const said = { operationId: 'registerResident', summary: 'Register a resident', description: 'For an officer who …' };
 *       const schema = { tags: ['residents'], ...said, body, response: { 201: resident } };
 *       app.post('/v1/residents', { schema, config: writes('residents:write') }, async (request, reply) => {
 *         const input = { by: officerOf(request), ...protect(request.body) };                      // parse
 *         const { id } = await deps.submit(request, reply, registerResident, input);               // load, decide, commit
 *         created(reply, `/v1/residents/${id}`);
 *         return present(await residentById(deps.store, id));                                      // present
 *       });
 *     };
 */
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { authenticate } from './http/authenticate.ts';
import type { Given } from './http/given.ts';
import { type Deps, depsOf } from './deps.ts';
import { limitConnections } from './http/connections.ts';
import { answerProblems, frameworkErrors, malformedSocket } from './http/error-handling.ts';
import { setHeaders } from './http/headers.ts';
import { limitRequests } from './http/rate-limits.ts';
import { observe } from './http/metrics.ts';
import { describeRoutes } from './http/openapi.ts';
import { speakPlainly } from './http/issue-texts.ts';
import { limitPipelines } from './http/pipelines.ts';
import { keepRawBodies } from './http/raw-body.ts';
import { serveReference } from './http/reference.ts';
import { routes } from './routes/index.ts';
import { knowRoutes, refuseForeignAddresses, refuseUnknownQueries } from './http/route-table.ts';
import { keepCookies } from './http/session-cookie.ts';
import { judgeListsFirst, validatorCompiler } from './http/validation.ts';

const BODY_LIMIT_BYTES = 256 * 1_024;
const REQUEST_TIMEOUT_MS = 30_000;
/**
 * The time for the headers alone, and how often requests that have not arrived are looked for. If Node's own time for the headers is the longer
 * one, it takes that for the whole request; and it looks every 30 seconds.
 */
const ARRIVING = { headersTimeout: REQUEST_TIMEOUT_MS, connectionsCheckingInterval: 5_000 } as const;

/** Builds the service; `ready()` or `listen()` starts it, `close()` lets requests under way finish. */
export function buildApp(given: Given): Promise<FastifyInstance> {
  return appOver(depsOf(given));
}

/** The routes and the hooks around them, over their dependencies. */
export async function appOver(deps: Deps): Promise<FastifyInstance> {
  const { config, chance, metrics } = deps;
  speakPlainly();
  const loggerInstance: FastifyBaseLogger = deps.logger;
  const app: FastifyInstance = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    genReqId: requestIds(chance),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: ARRIVING,
    trustProxy: config.trustProxy,
    // While closing, requests on open connections are answered as usual: the engine runs until the last answer.
    return503OnClosing: false,
    frameworkErrors,
    clientErrorHandler: malformedSocket,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);

  const table = knowRoutes(app);
  refuseUnknownQueries(app);
  setHeaders(app, deps.clock);
  observe(app, metrics);
  answerProblems(app, table, deps.tellOutage);
  limitConnections(app, config);
  limitPipelines(app);
  keepRawBodies(app);
  judgeListsFirst(app);
  refuseForeignAddresses(app, table);
  await limitRequests(app, config);
  await keepCookies(app);
  authenticate(app, deps);
  await describeRoutes(app, config.publicUrl);
  for (const route of routes(deps, table)) await app.register(route);
  await serveReference(app);
  return app;
}

/** Ids of requests: unique to this process by chance, and within it by counting. */
function requestIds(chance: Given['chance']): () => string {
  const process = chance(8).toHex();
  let count = 0;
  return () => `req_${process}${(++count % 0x1_0000_0000).toString(16).padStart(8, '0')}`;
}
