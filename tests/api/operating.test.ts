import { expect, test, vi } from 'vitest';
import { shared } from '../../src/api/http/shared.ts';
import { recordBackup, startOfDay } from '../../src/ledger/index.ts';
import { openFullHistory } from '../support/history.ts';
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

test('however many ask at once whether it is ready, the database is asked once, and anew for whoever asks later', async () => {
  const world = await openWorld();
  const hindrance = vi.spyOn(world.store, 'hindrance');
  const { app } = await openApi(world);
  const asked = async (url: string) => (await app.inject({ url })).statusCode;
  const statuses = await Promise.all(Array.from({ length: 50 }, () => asked('/readyz')));
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(hindrance.mock.calls.length).toBeLessThan(10);
  const before = hindrance.mock.calls.length;
  await asked('/readyz');
  await asked('/readyz');
  expect(hindrance.mock.calls.length).toBe(before + 2);
});

test('work that is shared is done once for all who ask before it is done; a failure is told to them, and tried again', async () => {
  let done = 0;
  const ask = shared(async () => {
    if (++done === 1) throw new Error('broken');
    return done;
  });
  expect((await Promise.allSettled([ask(), ask()])).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([2, 2, 2]);
  expect(await ask()).toBe(3);
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

test('figures tell the age of the last backup and audit, the closed day, the run, the room on the disk, and whether the clock is wrong', async () => {
  const history = await openFullHistory();
  const { http } = await openApi(history);
  const read = async () =>
    Object.fromEntries(
      (await http.get('/metrics')).text.matchAll(/^(callmi_\w+) (\S+)$/gm).map(([, name, value]) => [name, Number(value)]),
    );
  const before = await read();
  expect(before).toMatchObject({
    callmi_backup_age_seconds: 24 * 3_600,
    callmi_audit_age_seconds: 24 * 3_600 - 0.001,
    callmi_audit_ok: 1,
    callmi_closed_day_timestamp_seconds: startOfDay('2028-01-01') / 1_000,
    callmi_settlement_run_open: 0,
    callmi_settlement_run_unpaid: 0,
    callmi_clock_wrong: 0,
  });
  if (history.store.engine === 'sqlite') expect(before['callmi_disk_free_bytes']).toBeGreaterThan(0);
  expect(before['callmi_database_bytes']).toBeGreaterThan(0);
  history.clock.advance(5_000);
  await history.must(recordBackup, { finishedAt: history.clock.now - 1_000 });
  expect(await read()).toMatchObject({ callmi_backup_age_seconds: 1, callmi_audit_age_seconds: 24 * 3_600 + 4.999 });
});

test('figures of what never happened are left out, and others are told', async () => {
  const { http } = await openApi(await openScheme());
  const { status, text } = await http.get('/metrics');
  expect(status).toBe(200);
  expect(text).not.toMatch(/^callmi_(backup_age|audit|closed_day)_/m);
  expect(text).toMatch(/^callmi_settlement_run_open 0$/m);
});
