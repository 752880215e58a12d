/** Turns requests away before they cost anything: if one address or client sends too many, or if the process is overloaded. */
import rateLimit, { type FastifyRateLimitStore } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { addressOf } from './address.ts';
import { turnAwayWhenBehind } from './behind.ts';
import type { ApiConfig } from './given.ts';
import { Lru } from './lru.ts';
import { kindOf } from './principal.ts';
import { Problem } from './problem.ts';

const MINUTE_MS = 60_000;
const CALLERS_REMEMBERED = 20_000;

type Caller = (request: FastifyRequest) => string;

export async function limitRequests(
  app: FastifyInstance,
  { rateLimitPerMinute, eventLoopDelayMaxMs, trustProxy }: ApiConfig,
): Promise<void> {
  await app.register(rateLimit, { global: false, store: Minutes });
  turnAwayWhenBehind(app, eventLoopDelayMaxMs);
  const warnOfProxy = proxyWarning(trustProxy);
  const byAddress = limiter(app, rateLimitPerMinute.address, addressOf);
  const mostOf = ({ principal }: FastifyRequest) =>
    Math.min(rateLimitPerMinute.client, rateLimitPerMinute[kindOf(principal)] ?? rateLimitPerMinute.client);
  const byClient = limiter(app, mostOf, ({ principal }) => principal.clientId);
  app.addHook('onRequest', async (request) => {
    warnOfProxy(request);
    if (!request.routeOptions.config.operational) await byAddress(request);
  });
  app.addHook('preHandler', async (request) => {
    if (request.routeOptions.config.scope || request.routeOptions.config.session) await byClient(request);
  });
}

/**
 * Says once in the log that requests come through a proxy which `TRUST_PROXY` does not name: all its callers count as one. The header itself
 * is not logged, since it has people's addresses.
 */
function proxyWarning(trustProxy: ApiConfig['trustProxy']) {
  let said = trustProxy !== false;
  return (request: FastifyRequest) => {
    if (said || request.headers['x-forwarded-for'] === undefined) return;
    said = true;
    request.log.warn(
      'X-Forwarded-For arrives while TRUST_PROXY is off: all callers behind that proxy are limited as one; name it in TRUST_PROXY',
    );
  };
}

/**
 * The requests of each caller in its running window. The plugin's own store goes by the wall clock: whoever called while that was ahead would
 * be counted in one window for as long.
 */
class Minutes implements FastifyRateLimitStore {
  readonly #windows = new Lru<{ readonly since: number; current: number }>(CALLERS_REMEMBERED);

  incr(caller: string, tell: (error: Error | null, result?: { current: number; ttl: number }) => void, windowMs = MINUTE_MS): void {
    const now = performance.now();
    const known = this.#windows.get(caller);
    const runs = known && now < known.since + windowMs;
    const window = runs ? known : { since: now, current: 0 };
    if (!runs) this.#windows.set(caller, window);
    window.current += 1;
    tell(null, { current: window.current, ttl: window.since + windowMs - now });
  }

  child(): Minutes {
    return new Minutes();
  }
}

/** Counts a caller's requests of the running minute, and throws `rate_limited` beyond `max`. */
function limiter(app: FastifyInstance, max: number | ((request: FastifyRequest) => number), keyGenerator: Caller) {
  const count = app.createRateLimit({ max, timeWindow: MINUTE_MS, keyGenerator });
  return async (request: FastifyRequest) => {
    const counted = await count(request);
    if (counted.isAllowed || !counted.isExceeded) return;
    throw new Problem('rate_limited', { details: { retry_after_seconds: Math.max(1, counted.ttlInSeconds) } });
  };
}
