import type { FastifyInstance } from 'fastify';

/** What every answer says to a browser: this is data, not to be run, framed, guessed at or shown elsewhere. */
const answerHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/**
 * Sets them. Constant for data, they need no plugin, which would cost each answer more than all else that is done for it; pages have helmet.
 * What is answered to one caller is kept by nobody: a cookie, unlike a bearer token, does not keep a proxy from giving it to the next.
 */
export function setHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(answerHeaders).header('x-request-id', request.id);
    if (!request.routeOptions.config.public) reply.header('cache-control', 'no-store');
  });
}
