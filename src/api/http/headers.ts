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
 * helmet. The Date is that of the clock by which everything is judged: tills compare theirs with it. No cache may store an answer: a cookie,
 * unlike a bearer token, does not prevent a proxy from giving it to another caller.
 */
export function setHeaders(app: FastifyInstance, clock: () => number): void {
  const date = dateHeader(clock);
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(answerHeaders).header('x-request-id', request.id).header('date', date());
    if (!request.routeOptions.config.public) reply.header('cache-control', 'no-store');
    done();
  });
}

const SECOND_MS = 1_000;

/** The Date of an answer, in words once a second. */
function dateHeader(clock: () => number): () => string {
  let second = 0;
  let words = '';
  return () => {
    const now = Math.floor(clock() / SECOND_MS);
    if (now !== second || words === '') {
      second = now;
      words = new Date(now * SECOND_MS).toUTCString();
    }
    return words;
  };
}
