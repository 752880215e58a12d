/** The pages as they are served: what a browser may do with them, and that the API needs none of them. */
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { servePages } from '../../src/pages.ts';
import { compressBuilt } from '../../web/build.ts';
import { openApi } from '../support/api.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { openWorld } from '../support/world.ts';

const pages = ['index', 'counter', 'community', 'street'];
const html = '<!doctype html><script type="module" src="/assets/a-1.js" nonce="__CSP_NONCE__"></script>';

function builtPages(): string {
  const folder = tempFolder();
  for (const page of pages) writeFileSync(join(folder, `${page}.html`), html);
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'assets/a-1.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'not served');
  cpSync(join(import.meta.dirname, '../../web/public'), folder, { recursive: true });
  return folder;
}

async function served(folder: string) {
  let there = false;
  const { http, app: made } = await openApi(await openWorld(), {}, async (app) => {
    there = await servePages(app, randomBytes, folder);
  });
  return { http, app: made, there: () => there };
}

it('a page runs and loads what is served here, and nothing else', async () => {
  const { http } = await served(builtPages());
  const { headers, text } = await http.get('/');
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  const nonce = /nonce="([^"]+)"/.exec(text)![1]!;
  expect(headers['content-security-policy']!.split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "media-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ]);
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'cache-control': 'no-store',
  });
});

it('the nonce is another one with every page', async () => {
  const { http } = await served(builtPages());
  const nonces = await Promise.all(
    pages.map(async (_page, n) => /nonce="([^"]+)"/.exec((await http.get(['/', '/counter', '/community', '/street'][n]!)).text)![1]),
  );
  expect(new Set(nonces).size).toBe(4);
});

it('a built file is kept for a year, the service worker is asked for anew', async () => {
  const { http } = await served(builtPages());
  expect((await http.get('/assets/a-1.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable');
  const worker = await http.get('/sw.js');
  expect(worker.status).toBe(200);
  expect(worker.headers['cache-control']).toBe('no-cache');
  expect(worker.headers['content-security-policy']).toContain("connect-src 'self'");
  expect((await http.get('/resident.webmanifest')).headers['content-type']).toContain('application/manifest+json');
});

it('a built file comes as the build has compressed it, if the browser takes that, with the same headers', async () => {
  const folder = builtPages();
  const script = `export const words = ${JSON.stringify('你好，买单。'.repeat(1_000))};`;
  writeFileSync(join(folder, 'assets/b-2.js'), script);
  await compressBuilt(folder);
  const { app } = await served(folder);
  const get = (encoding?: string) =>
    app.inject({ url: '/assets/b-2.js', headers: encoding === undefined ? {} : { 'accept-encoding': encoding } });
  const told = {
    'content-type': 'application/javascript; charset=utf-8',
    vary: 'accept-encoding',
    'cache-control': 'public, max-age=31536000, immutable',
  };
  const etags = new Set<unknown>();
  for (const [asked, way, unpacked] of [
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['br;q=0.5, gzip', 'gzip', gunzipSync],
    ['identity', undefined, (bytes: Buffer) => bytes],
    [undefined, undefined, (bytes: Buffer) => bytes],
  ] as const) {
    const { headers, rawPayload } = await get(asked);
    expect(headers, asked).toMatchObject(told);
    expect(headers['content-encoding'], asked).toBe(way);
    expect(unpacked(rawPayload).toString(), asked).toBe(script);
    expect(headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
    etags.add(headers['etag']);
    const again = await app.inject({
      url: '/assets/b-2.js',
      headers: { 'accept-encoding': asked ?? '', 'if-none-match': String(headers['etag']) },
    });
    expect(again.statusCode, asked).toBe(304);
  }
  expect(etags.size).toBe(3);
  // A file that is too small to gain anything is sent as it is.
  expect((await app.inject({ url: '/assets/a-1.js', headers: { 'accept-encoding': 'br' } })).body).toBe('export {};');
});

it('nothing else of the folder is served, and what is not there is a problem like any other', async () => {
  const { http } = await served(builtPages());
  for (const path of ['/secret.txt', '/assets/gone.js', '/index.html']) {
    const { status, body } = await http.get(path);
    expect([path, status, body.code]).toEqual([path, 404, 'not_found']);
  }
  expect((await http.get('/assets/..%2fsecret.txt')).status).toBe(400);
});

it('without pages the API is served all the same', async () => {
  const { http, there } = await served(tempFolder());
  expect(there()).toBe(false);
  expect((await http.get('/healthz')).status).toBe(200);
  expect((await http.get('/')).status).toBe(404);
});

it('the pages are not in the description of the API', async () => {
  const { http } = await served(builtPages());
  expect(
    Object.keys((await http.get('/openapi.json')).body.paths).filter(
      (path) => !/^\/(v1|oauth|healthz|readyz|metrics|problems|\.well-known|openapi)/.test(path),
    ),
  ).toEqual([]);
});
