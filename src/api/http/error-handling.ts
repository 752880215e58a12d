/** Sends every answer that is not a success as problem+json. */
import type { ConnectionError, FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import type { Socket } from 'node:net';
import { catalogue, type Code } from '../catalogue.ts';
import type { TellOutage } from './outage-log.ts';
import { Problem, problemBody } from './problem.ts';
import { noSuchAddress, type RouteTable } from './route-table.ts';
import { toProblem } from './to-problem.ts';

export function answerProblems(app: FastifyInstance, table: RouteTable, tellOutage: TellOutage): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error, request);
    if (problem.status === NOT_NOW) tellOutage(request, problem.code, problem.cause);
    else logFailure(problem, request);
    return answer(problem, request, reply);
  });
  app.setNotFoundHandler((request, reply) => {
    return answer(noSuchAddress(table.at(request.url.split('?', 1)[0]!)), request, reply);
  });
}

const NOT_NOW = 503;
/** A feature that is not set up is not a failure of the service. */
const NOT_SET_UP = 501;

function logFailure(problem: Problem, request: FastifyRequest): void {
  if (problem.status < 500 || problem.status === NOT_SET_UP) return;
  request.log.error({ err: problem.cause ?? problem, code: problem.code }, 'a request failed');
}

function answer(problem: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  request.problem = problem.code;
  const retryAfter = problem.details['retry_after_seconds'];
  if (typeof retryAfter === 'number') reply.header('retry-after', String(retryAfter));
  const body = { ...problemBody(problem, request.id), ...(request.routeOptions?.config?.oauth && oauthError(problem)) };
  // Sent as text: a route's response schemas are not for problems.
  return reply.code(problem.status).headers(problem.headers).type('application/problem+json').send(JSON.stringify(body));
}

/** The names that RFC 6749 has for some of our codes. */
const oauthNames: Partial<Record<Code, string>> = {
  invalid_client: 'invalid_client',
  invalid_scope: 'invalid_scope',
  unsupported_grant_type: 'unsupported_grant_type',
  internal_error: 'server_error',
  unavailable: 'temporarily_unavailable',
};

/** The members that RFC 6749 (5.2) requires in an error of the token endpoint. */
function oauthError({ code }: Problem): { error: string; error_description: string } {
  return { error: oauthNames[code] ?? 'invalid_request', error_description: catalogue[code].title };
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The code of the problem it was answered with. */
    problem?: string;
  }
}

/** Errors of the framework itself before it has matched a route, such as for `/%zz`. */
export const frameworkErrors: NonNullable<FastifyServerOptions['frameworkErrors']> = (error, request, reply) => {
  const problem = toProblem(error, request);
  logFailure(problem, request);
  answer(problem, request, reply);
};

/** Input that Node cannot parse as HTTP: there is no request to answer, only a socket. */
export function malformedSocket(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const body = JSON.stringify(problemBody(new Problem('malformed_request'), 'none'));
  const head = ['HTTP/1.1 400 Bad Request', 'Content-Type: application/problem+json', `Content-Length: ${Buffer.byteLength(body)}`];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\nConnection: close\r\n\r\n${body}`);
  socket.destroy(error);
}
