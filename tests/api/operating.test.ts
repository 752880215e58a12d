import { expect, test } from 'vitest';
import { openApi } from '../support/api.ts';
import { openScheme } from '../support/scheme.ts';
import { openWorld } from '../support/world.ts';

test('the process says that it is alive and ready', async () => {
  const { http } = await openApi(await openWorld());
  for (const path of ['/healthz', '/readyz']) expect((await http.get(path)).body).toEqual({ status: 'ok' });
});

test('a full queue, or a database that cannot be read, is not ready', async () => {
  const full = await openApi(await openScheme(), { queueMax: 0 });
  expect((await full.http.get('/readyz')).body).toMatchObject({ code: 'unavailable', status: 503 });
  const scheme = await openScheme();
  const { http } = await openApi(scheme);
  await scheme.close();
  const answer = await http.get('/readyz');
  expect(answer.status).toBe(503);
  expect(answer.headers['retry-after']).toBe('1');
  expect((await http.get('/healthz')).status).toBe(200);
});

test('a scheme that is not founded is not ready, and says how to found one', async () => {
  const { http } = await openApi(await openScheme());
  const { status, body } = await http.get('/readyz');
  expect([status, body]).toEqual([
    503,
    expect.objectContaining({ code: 'scheme_not_founded', action: expect.stringContaining('callmi init') }),
  ]);
  expect((await http.get('/healthz')).status).toBe(200);
});

test('figures count requests by route and status, commands by outcome, and the queue', async () => {
  const world = await openWorld();
  const api = await openApi(world);
  const officer = await api.clientFor({ kind: 'officer', officerId: world.gexiang.id });
  const authorization = await api.bearer(officer);
  await api.http.get('/v1/entries/ent_1').set('authorization', authorization);
  const text = (await api.http.get('/metrics')).text;
  expect(text).toContain('callmi_request_duration_seconds_count{method="GET",route="/v1/entries/:id",status="403"} 1');
  expect(text).toContain('callmi_request_duration_seconds_count{method="POST",route="/oauth/token",status="200"} 1');
  expect(text).toMatch(/^callmi_engine_queue_length 0$/m);
  expect(text).toContain('# TYPE callmi_commands_total counter');
});
