import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Response } from 'supertest';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { fieldProblem } from '../../src/api/http/problem.ts';
import { openApi } from '../support/api.ts';
import { openCounter } from '../support/counter.ts';
import { openScheme } from '../support/scheme.ts';

const config = { public: true } as const;

/** Routes that go wrong in every way that a route can. */
function troubles(app: FastifyInstance): void {
  const body = z.strictObject({
    name: z.string(),
    order: z.strictObject({ amount: z.int() }).optional(),
    list: z.array(z.int()).optional(),
  });
  app.post(
    '/test/echo',
    { config, schema: { body, querystring: z.strictObject({ limit: z.coerce.number().optional() }) } },
    async () => ({}),
  );
  app.post('/test/small', { config, schema: { body: z.looseObject({}) }, bodyLimit: 1_024 }, async () => ({}));
  app.get('/test/items/:id', { config, schema: { params: z.strictObject({ id: z.string().max(3) }) } }, async () => ({}));
  app.get('/test/throw', { config }, async () => {
    throw Object.assign(new Error('select * from resident where phone = 13800001111'), { params: ['13800001111'] });
  });
  app.get('/test/mismatch', { config, schema: { response: { 200: z.strictObject({ ok: z.boolean() }) } } }, async () => ({
    ok: 'yes',
    phone: '1',
  }));
  app.get('/test/field', { config }, async () => {
    throw fieldProblem('query/day', 'missing');
  });
}

async function open() {
  return openApi(await openScheme(), {}, troubles);
}

/** Asserts that an answer is a whole problem of this code. */
function expectProblem(answer: Response, status: number, code: string): void {
  expect(answer.status).toBe(status);
  expect(answer.type).toBe('application/problem+json');
  expect(answer.body).toEqual({
    type: `/problems/${code}`,
    title: expect.stringMatching(/\S/),
    status,
    detail: expect.stringMatching(/\S/),
    code,
    request_id: expect.stringMatching(/^req_[0-9a-f]{24}$/),
    retryable: expect.any(Boolean),
    action: expect.stringMatching(/\S/),
    cashier_message: expect.stringMatching(/[\u4e00-\u9fff]/),
    ...(answer.body.errors && { errors: expect.any(Array) }),
    ...(answer.body.details && { details: expect.any(Object) }),
  });
}

function pointers(errors: { pointer: string }[]): string[] {
  return errors.map(({ pointer }) => pointer).toSorted();
}

const unread: [string, string, string, number, string][] = [
  ['broken JSON', 'application/json', '{"name":', 400, 'malformed_json'],
  ['nothing where JSON was announced', 'application/json', '', 400, 'malformed_json'],
  ['a poisoned prototype', 'application/json', '{"name":"a","__proto__":{"admin":true}}', 400, 'malformed_json'],
  ['deep nesting', 'application/json', '['.repeat(100_000), 400, 'malformed_json'],
  ['a form where JSON is read', 'application/x-www-form-urlencoded', 'name=a', 415, 'unsupported_media_type'],
  ['plain text', 'text/plain', 'name', 415, 'unsupported_media_type'],
  ['XML', 'application/xml', '<name/>', 415, 'unsupported_media_type'],
  ['no media type that is one', 'json', '{}', 415, 'unsupported_media_type'],
  ['a body of 1 MB', 'application/json', JSON.stringify({ name: 'x'.repeat(1_048_576) }), 413, 'payload_too_large'],
];

describe('everything that is not a success is problem+json', () => {
  test('an address that is not there', async () => {
    expectProblem(await (await open()).http.get('/v1/nothing'), 404, 'not_found');
  });

  test('a method that an address does not know', async () => {
    const { http } = await open();
    const answer = await http.delete('/v1/entries/ent_1');
    expectProblem(answer, 405, 'method_not_allowed');
    expect(answer.headers['allow']).toBe('GET, HEAD');
    expectProblem(await http.delete('/v1/entries/ent_1/more'), 404, 'not_found');
  });

  test.each([
    ['get', '/v1/vouchers/inspect', 'POST'],
    ['get', '/v1/vouchers/inspect?limit=2', 'POST'],
    ['get', '/v1/vouchers/%69nspect', 'POST'],
    ['delete', '/v1/vouchers/inspect', 'POST'],
    ['get', '/v1/grants/preview', 'POST'],
    ['get', '/v1/residents/lookup', 'POST'],
    ['post', '/v1/positions/redemptions', 'GET, HEAD'],
    ['post', '/v1/reconciliations/settlements/diff', 'GET, HEAD'],
    ['get', '/v1/oauth', undefined],
    ['get', '/v1/vouchers/', undefined],
    ['get', '/v1/redemptions/?request_no=1', undefined],
    ['get', '/v1/me/vouchers//events', undefined],
    ['put', '/v1/vouchers//status', undefined],
  ] as const)('a path that another address of another method would match: %s %s', async (method, path, allow) => {
    const answer = await (await open()).http[method](path).set({ authorization: 'Bearer nobody' });
    if (allow === undefined) return expectProblem(answer, 404, 'not_found');
    expectProblem(answer, 405, 'method_not_allowed');
    expect(answer.headers['allow']).toBe(allow);
  });

  test('no address of which a more literal one takes the paths', async () => {
    const { app } = await open();
    const routes = app.routeTable.routes().filter(({ method }) => method !== 'HEAD');
    const urls = [...new Set(routes.map(({ url }) => url))];
    const literal = (url: string) => urls.filter((other) => other !== url && app.routeTable.at(other.replaceAll(':', ''))?.url === url);
    const taken = routes.filter(({ url }) => url.includes(':') && literal(url).length > 0);
    expect(taken.map(({ url }) => url)).toEqual([]);
    for (const { url, method } of routes.filter((route) => !route.url.includes(':') && route.url.startsWith('/v1/'))) {
      for (const other of ['GET', 'POST', 'PUT', 'DELETE'] as const) {
        if (urls.includes(url) && routes.some((route) => route.url === url && route.method === other)) continue;
        const answer = await app.inject({ method: other, url });
        expect([url, other, answer.statusCode, answer.headers['allow']?.toString().includes(method)]).toEqual([url, other, 405, true]);
      }
    }
  });

  test('an address that cannot be decoded', async () => {
    expectProblem(await (await open()).http.get('/%zz'), 400, 'malformed_request');
  });

  test.each(unread)('%s', async (_what, type, body, status, code) => {
    const { http } = await open();
    const sent = http.post('/test/echo').set('content-type', type);
    expectProblem(await sent.send(body), status, code);
  });

  test('text that is not UTF-8', async () => {
    const { http } = await open();
    const sent = http
      .post('/test/echo')
      .type('json')
      .serialize((raw: unknown) => raw as string);
    expectProblem(await sent.send(Buffer.from([0x22, 0xff, 0x22]) as never), 400, 'malformed_json');
  });

  test('a body above its route’s own limit, which it names', async () => {
    const answer = await (await open()).http.post('/test/small').send({ name: 'x'.repeat(2_000) });
    expectProblem(answer, 413, 'payload_too_large');
    expect(answer.body.details).toEqual({ limit_bytes: 1_024 });
  });

  test('fields that are missing, wrong or unknown, each by its pointer', async () => {
    const { http } = await open();
    const answer = await http.post('/test/echo?limit=x&more=1').send({ order: { amount: 1.5, 'a/b': 1 }, list: [1, 'two'], extra: 0 });
    expectProblem(answer, 400, 'validation_failed');
    expect(pointers(answer.body.errors)).toEqual(['/extra', '/list/1', '/name', '/order/amount', '/order/a~1b']);
    const query = await http.post('/test/echo?limit=x&more=1').send({ name: 'a' });
    expect(pointers(query.body.errors)).toEqual(['query/limit', 'query/more']);
    const path = await http.get('/test/items/long');
    expect(pointers(path.body.errors)).toEqual(['path/id']);
    const none = await http.post('/test/echo');
    expect(pointers(none.body.errors)).toEqual(['']);
  });

  test('a problem that a route throws', async () => {
    const answer = await (await open()).http.get('/test/field');
    expectProblem(answer, 400, 'validation_failed');
    expect(answer.body.errors).toEqual([{ pointer: 'query/day', detail: 'is missing', code: 'missing' }]);
  });

  test('our own mistakes, of which neither answer nor log gives the data away', async () => {
    const { http, logged } = await open();
    const thrown = await http.get('/test/throw');
    expectProblem(thrown, 500, 'internal_error');
    const mismatch = await http.get('/test/mismatch');
    expectProblem(mismatch, 500, 'internal_error');
    const log = logged.join('');
    expect(log).toContain(thrown.body.request_id);
    expect(log).toContain(mismatch.body.request_id);
    expect(log).toContain('problems.test.ts');
    expect(thrown.text + mismatch.text + log).not.toContain('13800001111');
  });

  test('what is not HTTP at all', async () => {
    const { app } = await open();
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
    let answer = '';
    socket.on('data', (bytes: Buffer) => (answer += bytes.toString()));
    socket.write('GARBAGE\r\n\r\n');
    await once(socket, 'close');
    expect(answer).toMatch(/^HTTP\/1.1 400 .*application\/problem\+json.*"code":"malformed_request"/s);
  });
});

/** The status of a request that names another address than the one before it, where one address may ask once. */
async function secondAddress(trustProxy: string[] | false): Promise<number> {
  const { http } = await openApi(await openScheme(), { rateLimitPerMinute: { client: 100, address: 1 }, trustProxy });
  await http.get('/v1/nothing').set('x-forwarded-for', '198.51.100.1');
  return (await http.get('/v1/nothing').set('x-forwarded-for', '198.51.100.2')).status;
}

describe('limits', () => {
  test('an address that asks too often is told when to come back', async () => {
    const { http } = await openApi(await openScheme(), { rateLimitPerMinute: { client: 100, address: 3 } });
    for (let i = 0; i < 3; i++) expect((await http.get('/v1/nothing')).status).toBe(404);
    const answer = await http.get('/v1/nothing');
    expectProblem(answer, 429, 'rate_limited');
    const seconds = Number(answer.headers['retry-after']);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect((await http.get('/healthz')).status).toBe(200);
  });

  test('a client that asks too often is limited apart from the others at its address', async () => {
    const api = await openApi(await openScheme(), { rateLimitPerMinute: { client: 2, address: 100 } });
    const [busy, calm] = [await api.bearer(await api.addClient()), await api.bearer(await api.addClient())];
    const read = (authorization: string) => api.http.get('/v1/trial-balance').set('authorization', authorization);
    expect((await read(busy)).status).toBe(200);
    expect((await read(busy)).status).toBe(200);
    expectProblem(await read(busy), 429, 'rate_limited');
    expect((await read(calm)).status).toBe(200);
  });

  test('X-Forwarded-For is believed only of a proxy that is named', async () => {
    expect(await secondAddress(false)).toBe(429);
    expect(await secondAddress(['127.0.0.1'])).toBe(404);
    expect(await secondAddress(['10.0.0.0/8'])).toBe(429);
  });

  test('X-Forwarded-For arriving while TRUST_PROXY is off is said once in the log, without what it says', async () => {
    const lines = await sayingOfProxies(false, 'x-forwarded-for');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ level: 40, msg: expect.stringContaining('X-Forwarded-For') }]);
    expect(await sayingOfProxies(['127.0.0.1'], 'x-forwarded-for')).toEqual([]);
    expect(await sayingOfProxies(false, 'x-other')).toEqual([]);
  });

  test('limits go by kind of client: a phone is no till', async () => {
    const { world, as } = await openCounter();
    const limits = { client: 100, address: 100_000, till: 5, officer: 4, resident: 3, machine: 2 };
    const api = await openApi(world, { rateLimitPerMinute: limits });
    const bindings = {
      till: { kind: 'till', merchantId: world.merchantId, storeId: null },
      officer: { kind: 'officer', officerId: world.gexiang.id },
      resident: { kind: 'resident', residentId: world.residentId },
      machine: { kind: 'machine', communityId: null },
    } as const;
    for (const [kind, binding] of Object.entries(bindings)) {
      const authorization = await api.bearer(await api.clientFor(binding));
      const statuses: number[] = [];
      while (!statuses.includes(429)) statuses.push((await api.http.get('/v1/offers').set({ authorization })).status);
      expect([kind, statuses.length - 1]).toEqual([kind, limits[kind as keyof typeof bindings]]);
    }
    // Where nothing is said of a kind, it has the limit of any client.
    expect((await (await as(bindings.machine)).get('/v1/offers')).status).toBe(200);
  });

  test('a process that is behind answers 503 to callers, but not to its operator', async () => {
    const { http } = await openApi(await openScheme(), { eventLoopDelayMaxMs: 10 });
    const busy = setInterval(() => {
      const stop = performance.now() + 50;
      while (performance.now() < stop);
    }, 1);
    onTestFinished(() => clearInterval(busy));
    const answer = await vi.waitUntil(async () => {
      const asked = await http.get('/v1/nothing');
      return asked.status === 503 && asked;
    }, 60_000);
    expectProblem(answer, 503, 'unavailable');
    expect(answer.headers['retry-after']).toBe('1');
    expect(answer.body).toMatchObject({ retryable: true, detail: expect.stringContaining('send the same key again') });
    expect((await http.get('/healthz')).status).toBe(200);
  });
});

/** What the log says of proxies after a few requests with this header. */
async function sayingOfProxies(trustProxy: string[] | false, header: 'x-forwarded-for' | 'x-other'): Promise<string[]> {
  const { http, logged } = await openApi(await openScheme(), { trustProxy });
  for (let n = 0; n < 3; n++) await http.get(n === 1 ? '/healthz' : '/v1/nothing').set(header, '198.51.100.7');
  expect(logged.join('')).not.toContain('198.51.100.7');
  return logged.filter((line) => line.includes('TRUST_PROXY'));
}
