import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { created, submitOf } from '../../src/api/http/commands.ts';
import { metricsOf } from '../../src/api/http/metrics.ts';
import { outageLog } from '../../src/api/http/outage-log.ts';
import { writes } from '../../src/api/http/principal.ts';
import { addCommunity } from '../../src/communities/index.ts';
import type { Keys } from '../../src/keys.ts';
import { type Command, Engine } from '../../src/ledger/index.ts';
import { commandIds } from '../../src/store/index.ts';
import { openApi } from '../support/api.ts';
import { openScheme, type Scheme } from '../support/scheme.ts';

const broken: Command<null, null> = {
  name: 'broken',
  load: () => [],
  decide() {
    throw new Error('a bug');
  },
};

const community = z.strictObject({ id: z.string(), name: z.string() });

/** Writes of a test's own: one that makes a community, one that breaks, and a batch of communities. */
function writeRoutes({ engine, secrets }: { engine: Engine; secrets: Keys['secrets'] }) {
  const { submit, submitItem } = submitOf({
    engine,
    secrets,
    chance: randomBytes,
    metrics: metricsOf(() => 0),
    tellOutage: outageLog(() => 0),
  });
  const config = writes('offers:write');
  return (root: FastifyInstance) => {
    const app = root.withTypeProvider<ZodTypeProvider>();
    app.post('/test/communities', { config, schema: { body: community } }, async (request, reply) => {
      const { id } = await submit(request, reply, addCommunity, { ...request.body, code: null });
      created(reply, `/v1/communities/${id}`);
      return { id };
    });
    app.post('/test/:other/broken', { config }, (request, reply) => submit(request, reply, broken, null));
    const batch = z.strictObject({ items: z.array(community.extend({ key: z.string(), fail: z.boolean().optional() })) });
    app.post('/test/batches', { config: { scope: 'offers:write' }, schema: { body: batch } }, async (request) =>
      Promise.all(
        request.body.items.map(({ key, fail, ...sent }) =>
          fail
            ? submitItem(request, { key, sent, schema: community }, broken, null)
            : submitItem(request, { key, sent, schema: community }, addCommunity, { ...sent, code: null }),
        ),
      ),
    );
  };
}

async function open(given?: Scheme, engineOfTest?: Engine) {
  const scheme = given ?? (await openScheme());
  const engine = engineOfTest ?? scheme.engine;
  const api = await openApi(scheme, {}, (app, { secrets }) => writeRoutes({ engine, secrets })(app));
  const authorization = await api.bearer(await api.addClient());
  const post = (path: string, key: string | undefined, body: object) => {
    const request = api.http.post(path).set('authorization', authorization);
    return (key === undefined ? request : request.set('idempotency-key', key)).send(body);
  };
  return { api, scheme, post, add: (key: string | undefined, body: object) => post('/test/communities', key, body) };
}

const gexiang = { id: 'gexiang', name: '葛巷' };

describe('a write', () => {
  test('answers 201 with where the new thing is, and the same again on a replay, which it marks', async () => {
    const { add } = await open();
    const first = await add('k-1', gexiang);
    expect(first.status).toBe(201);
    expect(first.headers).toMatchObject({ location: '/v1/communities/gexiang' });
    expect(first.headers).not.toHaveProperty('idempotency-replayed');
    const again = await add('k-1', gexiang);
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(again.headers).toMatchObject({ 'idempotency-replayed': 'true', location: '/v1/communities/gexiang' });
  });

  test('refuses the same key with another body, another address or another method', async () => {
    const { add, post } = await open();
    await add('k-1', gexiang);
    for (const answer of [await add('k-1', { ...gexiang, name: '葛巷社区' }), await post('/test/other/broken', 'k-1', gexiang)]) {
      expect(answer.status).toBe(422);
      expect(answer.body).toMatchObject({ code: 'idempotency_key_reused', details: { first_used_at: '2026-03-02T02:00:00.000Z' } });
    }
  });

  test('of another client may use the same key', async () => {
    const { api, add } = await open();
    await add('k-1', gexiang);
    const other = await api.bearer(await api.addClient());
    const answer = await api.http.post('/test/communities').set('authorization', other).set('idempotency-key', 'k-1').send(gexiang);
    expect(answer.body).toMatchObject({ code: 'community_exists' });
  });

  test('remembers a refusal', async () => {
    const { add } = await open();
    await add('k-1', gexiang);
    const refused = await add('k-2', gexiang);
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ code: 'community_exists', details: { community_id: 'gexiang' }, retryable: false });
    const again = await add('k-2', gexiang);
    expect(again.headers).toMatchObject({ 'idempotency-replayed': 'true' });
    expect({ ...again.body, request_id: '' }).toEqual({ ...refused.body, request_id: '' });
  });

  test('needs a key, and a proper one', async () => {
    const { scheme, add } = await open();
    const missing = await add(undefined, gexiang);
    expect(missing.status).toBe(400);
    expect(missing.body).toMatchObject({ code: 'idempotency_key_missing', errors: [{ pointer: 'header/Idempotency-Key' }] });
    for (const key of ['', 'a b', 'k'.repeat(65), '键', 'a,b', 'a/b']) {
      const answer = await add(encodeURI(key) === key ? key : Buffer.from(key).toString('latin1'), gexiang);
      expect(answer.body, key).toMatchObject({ code: 'idempotency_key_invalid', errors: [{ pointer: 'header/Idempotency-Key' }] });
    }
    expect((await add(undefined, { wrong: true })).body, 'before the body is looked at').toMatchObject({ code: 'idempotency_key_missing' });
    expect(await scheme.store.read.$count(scheme.store.tables.community)).toBe(0);
    expect((await add('k'.repeat(64), gexiang)).status).toBe(201);
  });

  test('that broke inside is a 500, not remembered: the same key may be sent again', async () => {
    const { scheme, post } = await open();
    const requests = () => scheme.store.read.$count(scheme.store.tables.request);
    const before = await requests();
    expect((await post('/test/a/broken', 'k-1', {})).body).toMatchObject({ code: 'internal_error', status: 500 });
    expect(await requests()).toBe(before);
  });

  test('for which the engine has no room is a 503 that says what to do', async () => {
    const scheme = await openScheme();
    const newId = commandIds(() => scheme.clock.now, scheme.chance);
    const full = new Engine(scheme.store, { clock: () => scheme.clock.now, newId, queueMax: 0 });
    const { add } = await open(scheme, full);
    const answer = await add('k-1', gexiang);
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('1');
    expect(answer.body).toMatchObject({ code: 'unavailable', retryable: true, detail: expect.stringContaining('send the same key again') });
  });

  test('of a batch has its own key, and never spoils the others', async () => {
    const { post } = await open();
    const items = [
      { key: 'i-1', ...gexiang },
      { key: 'i-2', ...gexiang },
      { key: 'i-3', ...gexiang, fail: true },
      { key: 'i-4', id: 'wanhe', name: '万和' },
    ];
    const first = await post('/test/batches', undefined, { items });
    expect(first.body).toMatchObject([{ reply: {} }, { refused: 'community_exists' }, { refused: 'internal_error' }, { reply: {} }]);
    const again = await post('/test/batches', undefined, { items: items.slice(0, 1) });
    expect(again.body).toMatchObject([{ replayed: true }]);
    const other = await post('/test/batches', undefined, { items: [{ ...items[0], name: '别的' }] });
    expect(other.body).toMatchObject([{ refused: 'idempotency_key_reused' }]);
  });
});
