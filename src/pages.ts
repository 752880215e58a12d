/**
 * Serves the pages for people beside the API, out of `web/dist`. They are clients like any other, and the API does not know of them; if
 * they are not built, only the API is served.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** The folder that `web/build.ts` writes. */
const BUILT_PAGES = join(import.meta.dirname, '../web/dist');

/** Paths of the pages, with their files. */
const pages = { '/': 'index.html', '/counter': 'counter.html', '/community': 'community.html', '/street': 'street.html' };

const NONCE_WORD = '__CSP_NONCE__';
const NONCE_BYTES = 16;
const ASSET_SECONDS = 31_536_000;

/** The service worker has a policy of its own: it may fetch the files that it keeps, from this service only. */
const WORKER_POLICY = "default-src 'none'; connect-src 'self'";

const config = { public: true } as const;
const schema = { hide: true };

/** Adds the pages to an app that is not ready yet; returns whether there are any. */
export async function servePages(app: FastifyInstance, chance: (bytes: number) => Uint8Array, folder = BUILT_PAGES): Promise<boolean> {
  if (!existsSync(join(folder, 'index.html'))) return false;
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, ...config };
      route.schema = { ...route.schema, ...schema };
    });
    await scope.register(fastifyStatic, { root: folder, serve: false, preCompressed: true });
    for (const [path, file] of Object.entries(pages)) {
      const html = readFileSync(join(folder, file), 'utf8');
      scope.get(path, async (_request, reply) => {
        const nonce = Buffer.from(chance(NONCE_BYTES)).toString('base64');
        return reply
          .headers({ ...pageHeaders(nonce), 'cache-control': 'no-store' })
          .type('text/html; charset=utf-8')
          .send(html.replaceAll(NONCE_WORD, nonce));
      });
    }
    // Each is sent as the build has compressed it, if the browser takes that. The name of a built file contains a hash of its content, so it
    // never changes.
    scope.get<{ Params: { '*': string } }>('/assets/*', async ({ params }, reply) =>
      reply.sendFile(`assets/${params['*']}`, { maxAge: ASSET_SECONDS * 1_000, immutable: true }),
    );
    scope.get('/sw.js', async (_request, reply) =>
      reply.headers({ 'cache-control': 'no-cache', 'content-security-policy': WORKER_POLICY }).sendFile('sw.js', { cacheControl: false }),
    );
    for (const file of ['offline.json', 'resident.webmanifest', 'counter.webmanifest', 'icon.svg', 'icon-192.png', 'icon-512.png']) {
      scope.get(`/${file}`, async (_request, reply) => reply.header('cache-control', 'no-cache').sendFile(file, { cacheControl: false }));
    }
  });
  return true;
}

/**
 * The policy of a page: it may run and load only files from this service. antd writes its styles at run time into elements with the nonce;
 * a style on a single element it sets by script, which no policy forbids.
 */
function pageHeaders(nonce: string): Record<string, string> {
  const policy = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': `'self' 'nonce-${nonce}'`,
    'img-src': "'self' data: blob:",
    'connect-src': "'self'",
    'manifest-src': "'self'",
    'worker-src': "'self'",
    'media-src': "'self' blob:",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  };
  return {
    'content-security-policy': Object.entries(policy)
      .map(([name, value]) => `${name} ${value}`)
      .join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(self), geolocation=(self), microphone=(), payment=(), usb=()',
  };
}
