import type { FastifyInstance } from 'fastify';

/** The headers of every answer for browsers: it is data, not to be run, framed, sniffed or shown elsewhere. */
const answerHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/**
 * Sets these headers. They are constant for data and need no plugin, which would cost each answer more than all its other work; pages use
 * helmet. No cache may store an answer: a cookie, unlike a bearer token, does not prevent a proxy from giving it to another caller.
 */
export function setHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(answerHeaders).header('x-request-id', request.id);
    if (!request.routeOptions.config.public) reply.header('cache-control', 'no-store');
  });
}
