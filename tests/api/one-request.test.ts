import { hash } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { openApi } from '../support/api.ts';
import type { Answer } from '../support/counter.ts';
import { expectFields, expectProblem, type Offices, openOffices } from '../support/offices.ts';
import { openScheme } from '../support/scheme.ts';

const SMALL_BYTES = 64 * 1_024;

/** Names that no schema knows. */
function unknownNames(count: number, name = 'k'): Record<string, number> {
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [`${name}${n}`, 1]));
}

/** Every list and record in a body, by path, with a body that has these members there. */
const lists: Readonly<Record<string, (offices: Offices, members: readonly unknown[]) => Promise<Answer>>> = {
  '/v1/grant-batches items': ({ gexiang }, items) => gexiang.post('/v1/grant-batches', { items }),
  '/v1/redemption-batches items': ({ till }, items) => till.post('/v1/redemption-batches', { items }),
  '/v1/clients scopes': ({ gexiang }, scopes) => gexiang.post('/v1/clients', { kind: 'machine', name: '机器', scopes }),
  '/v1/proposals scopes': ({ street }, scopes) =>
    street.post('/v1/proposals', {
      command: 'credential',
      input: { officer_id: `off_${'0'.repeat(32)}`, name: '钥匙', scopes },
      reason: '新',
    }),
  '/v1/proposals shares': ({ street }, shares) =>
    street.post('/v1/proposals', {
      command: 'adjustment',
      input: { entry_id: `ent_${'0'.repeat(32)}`, right: { merchant_id: `mer_${'0'.repeat(32)}`, shares } },
      reason: '试',
    }),
  '/v1/proposals warn_percents': ({ street }, members) => setting(street, 'fund', { required: true, warn_percents: members }),
  '/v1/proposals communities': ({ street }, members) =>
    setting(street, 'exposure_limit', { points: 1, communities: Object.fromEntries(members.entries()) }),
  '/v1/blanked-texts key': ({ street }, key) => street.post('/v1/blanked-texts', { table: 'offer', key, column: 'status_reason' }),
  '/v1/proposals off': ({ street }, off) => setting(street, 'calendar', { off, on: [] }),
  '/v1/proposals on': ({ street }, on) => setting(street, 'calendar', { off: [], on }),
  '/v1/grant-list-previews rows': ({ gexiang }, members) => gexiang.post('/v1/grant-list-previews', { rows: members }),
  '/v1/proposals rows': ({ gexiang }, members) =>
    gexiang.post('/v1/proposals', { command: 'grant_list', input: { rows: members }, reason: '试' }),
  '/v1/proposals pairs': ({ street }, members) =>
    setting(street, 'position_limit', { fen: 1, pairs: Object.fromEntries(members.entries()) }),
};

function setting(street: Offices['street'], name: string, value: object): Promise<Answer> {
  return street.post('/v1/proposals', { command: 'policy', input: { name, value }, reason: '试' });
}

type Described = { readonly type?: string; readonly [name: string]: unknown };

/** The names of the lists and records in a schema of the service's own description. */
function namesOfLists(schema: unknown, name: string): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { type, properties, additionalProperties, items: _, ...more } = schema as Described;
  if (type === 'array' || (type === 'object' && typeof additionalProperties === 'object')) return [name];
  const within = Object.entries(properties ?? {}).flatMap(([each, inner]) => namesOfLists(inner, each));
  const forms = Object.values(more).flatMap((each) => (Array.isArray(each) ? each.flatMap((form) => namesOfLists(form, name)) : []));
  return [...within, ...forms];
}

/** Any number of turns passes while a server is asked, so turns say something only where the database answers at once. */
const itWithinTheProcess = it.runIf(inject('engine') === 'sqlite');

describe('one request that would stall all', () => {
  it('every list and record of a body is tried here', async () => {
    const { api } = await openOffices();
    const { paths } = (await api.http.get('/openapi.json')).body as { paths: Record<string, Record<string, any>> };
    const bodies = Object.entries(paths).flatMap(([path, methods]) =>
      Object.values(methods).map(({ requestBody }) => ({ path, schema: requestBody?.content['application/json']?.schema })),
    );
    const found = bodies.flatMap(({ path, schema }) => namesOfLists(schema, '').map((name) => `${path} ${name}`));
    // A till's book arrives as a stream, and is read line by line.
    const streamed = '/v1/reconciliations/{date}/diff lines';
    expect([...new Set(found)].filter((each) => each !== streamed).toSorted()).toEqual(Object.keys(lists).toSorted());
  });

  it.each(Object.entries(lists))('counts the members of %s before it judges any', async (_name, send) => {
    const answer = await send(await openOffices(), Array(15_000).fill('x'));
    expectProblem(answer, 'validation_failed');
    expect(answer.body['errors']).toMatchObject([{ code: 'too_many' }]);
    expect(answer.text.length).toBeLessThan(1_000);
  });

  it.each(Object.entries(lists))('tells at most five faults of a member of %s, and a hundred in all', async (_name, send) => {
    const offices = await openOffices();
    for (const [count, member] of [
      [1, unknownNames(200)],
      [5, unknownNames(200)],
      [100, unknownNames(150)],
      [100, {}],
    ] as const) {
      const answer = await send(offices, Array(count).fill(member));
      const errors = errorsOf(answer);
      expect(errors.length, answer.text).toBeGreaterThan(0);
      expect(errors.length).toBeLessThanOrEqual(100);
      const items = errors.map(({ pointer }) => /^\/items\/\d+/.exec(pointer)?.[0]).filter((item) => item !== undefined);
      for (const item of items) expect(items.filter((each) => each === item).length).toBeLessThanOrEqual(5);
      expect(answer.text.length).toBeLessThan(3 * SMALL_BYTES);
    }
  });

  it('a thousand faulty grants are each answered in their place, five faults of one and a hundred in all, in a bounded answer', async () => {
    const { gexiang } = await openOffices();
    for (const member of [{}, unknownNames(25), { external_reference: 'x'.repeat(1_500) }, 'x'.repeat(1_900)]) {
      const answer = await gexiang.post('/v1/grant-batches', { items: Array(1_000).fill(member) });
      expect(answer.status).toBe(200);
      const items = answer.body['items'] as { status: string; problem: { code: string; errors?: unknown[] } }[];
      expect(items).toHaveLength(1_000);
      expect(new Set(items.map(({ status, problem }) => `${status} ${problem.code}`))).toEqual(new Set(['refused validation_failed']));
      expect(Math.max(...items.map(({ problem }) => problem.errors?.length ?? 0))).toBeLessThanOrEqual(5);
      expect(items.flatMap(({ problem }) => problem.errors ?? [])).toHaveLength(100);
      expect(answer.text.length).toBeLessThan(400_000);
    }
  });

  itWithinTheProcess('a thousand faulty grants give way to others thirty times, where one gives way to none', async () => {
    const { api, gexiang } = await openOffices();
    const authorization = await gexiang.authorize();
    const turnsFor = async (count: number) => {
      const headers = { authorization, 'idempotency-key': `b-${count}`, 'content-type': 'application/json' };
      const payload = JSON.stringify({ items: Array.from({ length: count }, () => ({})) });
      const turns = turnsOfTheLoop();
      await api.app.inject({ method: 'POST', url: '/v1/grant-batches', headers, payload });
      turns.stop();
      return turns.now();
    };
    await turnsFor(2);
    expect((await turnsFor(1_000)) - (await turnsFor(1))).toBeGreaterThanOrEqual(30);
  });

  it('a long list is judged 32 members at a time, with a turn for others after each, and no further than a hundred faults', async () => {
    const { post, judged, turns } = await openJudging();
    expect((await post(320, 1)).body).toEqual({ count: 320 });
    expect(new Set(judged.slice(0, 320).map(({ turn }) => turn)).size, 'turns of the event loop').toBeGreaterThanOrEqual(10);
    judged.length = 0;
    const faulty = await post(5_000, -1);
    expectProblem(faulty, 'validation_failed');
    expect(faulty.body['errors']).toHaveLength(100);
    expect(judged).toHaveLength(100);
    judged.length = 0;
    expectFields(await post(5_001, -1), '/numbers');
    expect(judged, 'none is judged of too many').toEqual([]);
    turns.stop();
  });

  it("a bank's answer with a thousand faulty lines tells a hundred faults", async () => {
    const { gexiang } = await openOffices();
    const file = `payout_id,amount_fen,result,bank_reference\r\n${'x,y,z,w\r\n'.repeat(1_000)}`;
    const headers = { 'content-type': 'text/csv', 'idempotency-key': 'f-1', 'x-content-sha256': hash('sha256', file) };
    const answer = await gexiang.send(`/v1/settlement-runs/run_${'0'.repeat(32)}/payout-results`, file, headers);
    expectProblem(answer, 'validation_failed');
    expect(answer.body['errors']).toHaveLength(100);
  });

  it("a line of a till's book with a thousand unknown names tells five", async () => {
    const { till } = await openOffices();
    const answer = await till.post('/v1/reconciliations/2026-03-02/diff', { lines: [unknownNames(1_000)] });
    expectProblem(answer, 'validation_failed');
    expect(answer.body['errors']).toHaveLength(5);
    const named = await till.post('/v1/reconciliations/2026-03-02/diff', { ['x'.repeat(50_000)]: 1, lines: [] });
    expectProblem(named, 'validation_failed');
    expect(named.text.length).toBeLessThan(1_000);
  });

  itWithinTheProcess.each([
    ['text/csv', 'request_no,fen\n', (n: number) => `a-${n},1000\n`],
    ['application/x-ndjson', '', (n: number) => `{"request_no":"a-${n}","fen":1000}\n`],
  ])(
    "a till's book of ten thousand lines as %s gives way to others twenty times, where one line gives way to none",
    async (type, head, line) => {
      const { api, till } = await openOffices();
      const authorization = await till.authorize();
      const turnsFor = async (count: number) => {
        const payload = head + Array.from({ length: count }, (_, n) => line(n)).join('');
        const turns = turnsOfTheLoop();
        const headers = { authorization, 'content-type': type };
        const { statusCode } = await api.app.inject({ method: 'POST', url: '/v1/reconciliations/2026-03-02/diff', headers, payload });
        turns.stop();
        expect(statusCode).toBe(200);
        return turns.now();
      };
      await turnsFor(1);
      expect((await turnsFor(10_000)) - (await turnsFor(1))).toBeGreaterThanOrEqual(20);
    },
  );

  it('is refused by its shape before it is parsed: nested deeper than 32 levels, or of more than 30,000 values', async () => {
    const { gexiang } = await openOffices();
    const json = { 'content-type': 'application/json', 'idempotency-key': 'k-1' };
    for (const deep of [`${'['.repeat(33)}${']'.repeat(33)}`, '['.repeat(200_000), `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`]) {
      const answer = await gexiang.send('/v1/grant-batches', deep, json);
      expectProblem(answer, 'malformed_json');
      expect(answer.body['details']).toEqual({ reason: 'it is nested deeper than 32 levels' });
    }
    const many = await gexiang.send('/v1/grant-batches', `{"items":[${'0,'.repeat(30_000)}0]}`, json);
    expectProblem(many, 'payload_too_large', { details: { limit_values: 30_000 } });
    // Brackets and commas in texts are texts.
    const text = `[{,\\"${',[{'.repeat(40_000)}`;
    expectFields(
      await gexiang.send('/v1/grants', `{"description":"${text}","quantity":${'9'.repeat(90_000)}}`, json),
      '/action_rule_id',
      '/resident_id',
      '/quantity',
      '/occurred_on',
      '/description',
    );
  });

  it('many requests in one piece, whose answers nobody takes, get sixteen of them, and the connection ends', async () => {
    const { api } = await openOffices();
    const { port } = api.app.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(400));
    const text = Buffer.concat(await Array.fromAsync(socket)).toString();
    const statuses = [...text.matchAll(/HTTP\/1.1 (\d{3}) [A-Z]/g)].map(([, status]) => Number(status));
    expect(statuses).toEqual([...Array(16).fill(200), 429]);
    expect(text).toContain('rate_limited');
  });

  it('a caller who hangs up in the middle of a body is no failure of the service: nobody is woken by the log', async () => {
    const [begun, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const { app, logged } = await openApi(await openScheme(), {}, (own) => {
      own.addHook('preParsing', async () => begun.resolve());
      own.addHook('onSend', async () => answered.resolve());
    });
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
    socket.write('POST /v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{');
    await begun.promise;
    socket.destroy();
    await answered.promise;
    expect(logged.filter((line) => line.includes('"level":50'))).toEqual([]);
  });

  it('a request that does not arrive is given up after 30 seconds: Node would take a longer time for the headers for the whole', async () => {
    const { api } = await openOffices();
    const { headersTimeout, requestTimeout, connectionsCheckingInterval } = api.app.server as Server & {
      connectionsCheckingInterval: number;
    };
    expect([headersTimeout, requestTimeout]).toEqual([30_000, 30_000]);
    expect(connectionsCheckingInterval).toBeLessThanOrEqual(5_000);
  });

  it('one request after another on one connection are as many as it likes', async () => {
    const { api } = await openOffices();
    const { port } = api.app.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    for (let n = 0; n < 40; n++) {
      socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
      const [answer] = (await once(socket, 'data')) as [Buffer];
      expect(answer.toString()).toMatch(/^HTTP\/1.1 200/);
    }
    socket.destroy();
  });

  it('long names, and many names, parameters or headers, get a short answer', async () => {
    const { api, gexiang } = await openOffices();
    const long = await gexiang.post('/v1/grants', { ['x'.repeat(100_000)]: 1, ['~/'.repeat(50_000)]: 1 });
    const many = await gexiang.post('/v1/grants', unknownNames(9_000));
    const query = new URLSearchParams(Object.entries(unknownNames(1_500)).map(([name, value]) => [name, String(value)]));
    const parameters = await gexiang.get(`/v1/grants?${query}`);
    for (const answer of [long, many, parameters]) {
      expectProblem(answer, 'validation_failed');
      expect(errorsOf(answer).length).toBeLessThanOrEqual(100);
      expect(answer.text.length).toBeLessThan(SMALL_BYTES);
    }
    expect(Math.max(...errorsOf(long).map(({ pointer }) => pointer.length))).toBeLessThan(200);
    expect(errorsOf(many)).toHaveLength(100);
    const headers = Object.fromEntries(Object.keys(unknownNames(600, 'x-')).map((name) => [name, '1']));
    expect((await api.http.get('/healthz').set(headers)).status).toBe(200);
  });
});

function errorsOf({ body }: Answer): { pointer: string }[] {
  type Faulty = { errors?: { pointer: string }[] } | null;
  const items = (body['items'] ?? []) as { problem?: Faulty; refusal?: Faulty }[];
  return body['errors'] ?? items.flatMap(({ problem, refusal }) => (problem ?? refusal)?.errors ?? []);
}

/** A route of the test's own with a list of numbers, and in which turn of the event loop each of them was judged. */
async function openJudging() {
  const judged: { readonly turn: number }[] = [];
  const turns = turnsOfTheLoop();
  const number = z.int().refine((value) => {
    judged.push({ turn: turns.now() });
    return value > 0;
  });
  const body = z.strictObject({ numbers: z.array(number).max(5_000) });
  const api = await openApi(await openScheme(), {}, (root: FastifyInstance) => {
    const app = root.withTypeProvider<ZodTypeProvider>();
    app.post('/test/numbers', { config: { public: true }, schema: { body } }, async (request) => ({ count: request.body.numbers.length }));
  });
  const post = async (count: number, value: number) =>
    (await api.http.post('/test/numbers').send({ numbers: Array(count).fill(value) })) as unknown as Answer;
  return { post, judged, turns };
}

function turnsOfTheLoop() {
  let [turn, going] = [0, true];
  const next = () => {
    turn++;
    if (going) setImmediate(next);
  };
  next();
  return { now: () => turn, stop: () => void (going = false) };
}
