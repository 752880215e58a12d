/** The pages as they are served: what a browser may do with them, and that the API needs none of them. */
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { servePages } from '../../src/pages.ts';
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
  const { http } = await openApi(await openWorld(), {}, async (app) => {
    there = await servePages(app, randomBytes, folder);
  });
  return { http, there: () => there };
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
