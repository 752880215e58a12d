import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { type Document } from '../../src/api/http/openapi.ts';
import type { KnownRoute } from '../../src/api/http/route-table.ts';
import { addressed } from '../support/addressed.ts';
import { openApi } from '../support/api.ts';
import { openScheme } from '../support/scheme.ts';

const tests = join(import.meta.dirname, '..');

/** All that answers without a token. */
const publicRoutes = [
  'GET /.well-known/jwks.json',
  'GET /healthz',
  'GET /metrics',
  'GET /openapi.json',
  'GET /problems/:code',
  'GET /readyz',
  'GET /reference',
  'GET /reference/',
  'GET /reference/js/scalar.js',
  'GET /v1/community-names',
  'GET /v1/privacy-notice',
  'POST /oauth/token',
  'POST /v1/registrations',
  'POST /v1/registrations/codes',
  'POST /v1/sessions',
  'POST /v1/sign-in-codes',
];

/** All that is for people who are signed in, whatever they may do. */
const sessionRoutes = [
  'GET /v1/session',
  'GET /v1/sessions',
  'POST /v1/me/phone-codes',
  'POST /v1/session/totp',
  'POST /v1/session/totp/removal',
  'POST /v1/sessions/:id/revocation',
  'PUT /v1/session/password',
  'PUT /v1/session/totp',
];

async function open() {
  const api = await openApi(await openScheme());
  return { ...api, routes: api.app.routeTable.routes().filter(({ method }) => method !== 'HEAD') };
}

function nameOf({ method, url }: KnownRoute): string {
  return `${method} ${url}`;
}

describe('every route', () => {
  test('names its scope, or is one of the few that are public or of a session', async () => {
    const { routes } = await open();
    expect(routes.length).toBeGreaterThan(10);
    const unscoped = routes.filter(({ config }) => config.scope === undefined);
    expect(unscoped.filter(({ config }) => config.public).map(nameOf)).toEqual(expect.arrayContaining(publicRoutes));
    expect(unscoped.filter(({ config }) => config.session).map(nameOf)).toEqual(expect.arrayContaining(sessionRoutes));
    expect(unscoped.map(nameOf).toSorted()).toEqual([...publicRoutes, ...sessionRoutes].toSorted());
  });

  test('that is not public answers nobody without a token', async () => {
    const { routes, app } = await open();
    for (const route of routes.filter(({ config }) => !config.public)) {
      const { statusCode, json } = await app.inject({ method: route.method as 'GET', url: route.url, payload: {} });
      expect({ route: nameOf(route), statusCode, code: json().code }).toEqual({
        route: nameOf(route),
        statusCode: 401,
        code: 'unauthorized',
      });
    }
  });

  test('that is not public is kept by no browser or proxy, whatever it answers', async () => {
    const { routes, app, addClient, bearer } = await open();
    for (const { method, url } of routes.filter(({ config }) => !config.public)) {
      const { headers } = await app.inject({ method: method as 'GET', url, payload: {} });
      expect(headers['cache-control'], `${method} ${url}`).toBe('no-store');
    }
    const read = await app.inject({ url: '/v1/trial-balance', headers: { authorization: await bearer(await addClient()) } });
    expect([read.statusCode, read.headers['cache-control']]).toEqual([200, 'no-store']);
    expect((await app.inject({ url: '/openapi.json' })).headers['cache-control']).toBe('public, max-age=300');
  });

  test('that writes needs an Idempotency-Key, unless it says why not', async () => {
    const { routes } = await open();
    // A batch's items carry their own; an inspection, a preview, a look-up and a comparison change nothing.
    const keyless = [
      'POST /v1/grant-batches',
      'POST /v1/grant-list-previews',
      'POST /v1/grants/preview',
      'POST /v1/phone-changes/lookup',
      'POST /v1/reconciliations/:date/diff',
      'POST /v1/redemption-batches',
      'POST /v1/resident-lists/trial',
      'POST /v1/residents/lookup',
      'POST /v1/vouchers/inspect',
    ];
    const writes = routes.filter(({ method, config }) => method !== 'GET' && config.scope && !config.keyed);
    expect(keyless).toEqual(expect.arrayContaining(writes.map(nameOf)));
  });

  test('is asked by a test', async () => {
    const asking = globSync('**/*.test.ts', { cwd: tests }).map((file) => readFileSync(join(tests, file), 'utf8'));
    const { routes } = await open();
    const ours = routes.filter(({ url }) => url.startsWith('/v1/'));
    expect(ours.length).toBeGreaterThan(100);
    expect(ours.filter(({ url }) => !asking.some((text) => addressed(url).test(text))).map(nameOf)).toEqual([]);
  });

  test('a route that names neither stops the start', async () => {
    await expect(openApi(await openScheme(), {}, (app) => app.get('/test/forgotten', async () => ({})))).rejects.toThrow(
      'GET /test/forgotten names no scope',
    );
  });
});

describe('GET /openapi.json', () => {
  test('is valid OpenAPI 3.1, without leftovers', async () => {
    const { http } = await open();
    const answer = await http.get('/openapi.json');
    expect(answer.status).toBe(200);
    expect(answer.body.openapi).toMatch(/^3\.1\./);
    expect(await new Validator().validate(answer.body)).toMatchObject({ valid: true });
    expect(Object.keys(answer.body.components.schemas).filter((name) => name.endsWith('Input'))).toEqual([]);
  });

  test('covers every route, with its scope, its key and its problems', async () => {
    const { http, routes } = await open();
    const { paths } = (await http.get('/openapi.json')).body as Document;
    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const expected = routes.filter(({ hidden }) => !hidden).map((route) => nameOf(route).replaceAll(/:(\w+)/g, '{$1}'));
    expect(described.toSorted()).toEqual(expected.toSorted());
    for (const { method, url, config, hidden } of routes) {
      if (hidden) continue;
      const operation = paths[url.replaceAll(/:(\w+)/g, '{$1}')]![method.toLowerCase()]!;
      expect(operation, `${method} ${url}`).toMatchObject({
        tags: [expect.any(String)],
        summary: expect.any(String),
        security: [...(config.scope ? [{ oauth: [config.scope] }] : []), ...(config.public ? [] : [{ session: [] }])],
        responses: { default: { $ref: '#/components/responses/Problem' } },
      });
      const keyed = (operation.parameters ?? []).some((parameter) => (parameter as { name: string }).name === 'Idempotency-Key');
      expect(keyed, `${method} ${url}`).toBe(config.keyed === true);
    }
  });

  test('has a page to browse it, which runs only its own scripts', async () => {
    const { http } = await open();
    const page = await http.get('/reference/');
    expect(page.text).toContain('/openapi.json');
    const policy = page.headers['content-security-policy']!;
    expect(policy).toMatch(/script-src 'self' 'sha256-[^']+'/);
    expect(policy).not.toMatch(/https?:/);
    expect((await http.get('/reference/js/scalar.js')).status).toBe(200);
    expect((await http.get('/healthz')).headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
  });
});
