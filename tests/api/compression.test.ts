/** Which answers are compressed, and that what is said of a file is said of the file itself. */
import { createHash } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { compressOnce } from '../../src/api/http/compression.ts';
import { consent } from '../support/consents.ts';
import { openCounter } from '../support/counter.ts';

const ways = { br: brotliDecompressSync, gzip: gunzipSync } as const;

async function open() {
  const counter = await openCounter();
  const { app } = counter.api;
  const { port } = app.server.address() as { port: number };

  /** The bytes as they come: `fetch` would decompress them. */
  async function get(url: string, authorization: string, encoding: string) {
    const { statusCode, headers, rawPayload } = await app.inject({ url, headers: { authorization, 'accept-encoding': encoding } });
    return { statusCode, headers, bytes: rawPayload };
  }
  return { ...counter, get, port };
}

describe('a large answer without secrets', () => {
  it('is sent as small as the caller can take it: the OpenAPI document', async () => {
    const { get } = await open();
    const plain = await get('/openapi.json', '', 'identity');
    expect(plain.headers).toMatchObject({ vary: 'accept-encoding', 'cache-control': 'public, max-age=300' });
    expect(plain.headers).not.toHaveProperty('content-encoding');
    for (const [way, unpacked] of Object.entries(ways)) {
      const { headers, bytes } = await get('/openapi.json', '', way);
      expect(headers).toMatchObject({ 'content-encoding': way, vary: 'accept-encoding' });
      expect(bytes.length).toBeLessThan(plain.bytes.length / 5);
      expect(unpacked(bytes).equals(plain.bytes), way).toBe(true);
    }
    expect((await get('/reference/js/scalar.js', '', 'br')).headers['content-encoding']).toBe('br');
  });

  it('is compressed once for all who ask, in each way, and costs nothing more however many ask', async () => {
    const app = Fastify();
    compressOnce(app);
    let asked = 0;
    app.get('/document', async (_request, reply) => reply.type('application/json').send(`[${String(++asked).repeat(5_000)}]`));
    for (const way of ['br', 'gzip', 'identity']) {
      const get = () => app.inject({ url: '/document', headers: { 'accept-encoding': way } });
      const [first, second] = [await get(), await get()];
      expect(first.rawPayload.equals(second.rawPayload), way).toBe(true);
    }
    await app.close();
  });

  it.each(['/openapi.json', '/reference/js/scalar.js'])('%s is sent in the smallest way that a caller takes', async (url) => {
    const { api } = await open();
    const get = (encoding: string, method: 'GET' | 'HEAD' = 'GET') =>
      api.app.inject({ method, url, headers: { 'accept-encoding': encoding } });
    for (const [accepted, way] of [
      ['gzip;q=1, br;q=0', 'gzip'],
      ['gzip, deflate, br', 'br'],
      ['*', 'br'],
      ['GZIP', 'gzip'],
      ['br;q=0, *;q=0', undefined],
      ['deflate, zstd', undefined],
    ] as const) {
      expect((await get(accepted)).headers['content-encoding'], accepted).toBe(way);
    }
    const [whole, head] = [await get('br'), await get('br', 'HEAD')];
    expect(Number(whole.headers['content-length'])).toBe(whole.rawPayload.length);
    expect([head.headers['content-encoding'], Number(head.headers['content-length']), head.rawPayload.length]).toEqual([
      'br',
      whole.rawPayload.length,
      0,
    ]);
  });

  it('has the SHA-256 of its file, not of what is on the wire: the CSV of a day, of which a HEAD says the same', async () => {
    const { get, till, readyCode, order, api } = await open();
    for (let n = 0; n < 12; n++) await till.post('/v1/redemptions', order((await readyCode()).code, { order_no: `A-${n}` }));
    const bearer = await till.authorize();
    const url = '/v1/reconciliations/2026-03-02?format=csv';
    const plain = await get(url, bearer, 'identity');
    const packed = await get(url, bearer, 'gzip, br');
    expect(packed.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept, accept-encoding', 'cache-control': 'no-store' });
    expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 2);
    const file = brotliDecompressSync(packed.bytes);
    expect(file.equals(plain.bytes)).toBe(true);
    expect(packed.headers['x-content-sha256']).toBe(createHash('sha256').update(file).digest('hex'));
    const head = await api.app.inject({ method: 'HEAD', url, headers: { authorization: bearer, 'accept-encoding': 'br' } });
    expect([head.statusCode, head.headers['x-content-sha256'], head.rawPayload.length]).toEqual([
      200,
      packed.headers['x-content-sha256'],
      0,
    ]);
  });
});

it('an answer that may hold a secret is never compressed, however large: it could be guessed by its length', async () => {
  const { api, get, street, till, officer } = await open();
  const secretive = [
    '/oauth/token',
    '/v1/sessions',
    '/v1/clients',
    '/v1/logins',
    '/v1/me',
    '/v1/vouchers',
    '/v1/proposals',
    '/v1/residents',
  ];
  const paths = api.app.routeTable
    .routes()
    .filter(({ method, url }) => method === 'GET' && secretive.some((each) => url.startsWith(each)))
    .map(({ url }) => url);
  expect(paths.length).toBeGreaterThan(15);
  for (const caller of [street, till, officer]) {
    for (const path of paths)
      expect((await get(path, await caller.authorize(), 'br, gzip')).headers, path).not.toHaveProperty('content-encoding');
  }
  for (let n = 0; n < 40; n++)
    await officer.post('/v1/residents', { name: `${'王秀英'.repeat(10)}${n}`, phone: `1990000${1_000 + n}`, ...consent });
  const many = await get('/v1/residents?limit=100', await officer.authorize(), 'br, gzip');
  expect(many.bytes.length).toBeGreaterThan(4_096);
  expect(many.headers).not.toHaveProperty('content-encoding');
});
