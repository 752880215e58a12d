/* Keeps the pages for residents and counters for when there is no network. Answers of the API are never kept here. */
const KEEP = 'pages-1';
const PAGES = ['/', '/counter'];
const SHELL_WAIT_MS = 3000;

self.addEventListener('install', (event) => event.waitUntil(keepAll().then(() => self.skipWaiting())));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (pathname.startsWith('/assets/')) event.respondWith(kept(request));
  if (request.mode === 'navigate' && PAGES.includes(pathname)) event.respondWith(freshPage(pathname));
});

/** Keeps the pages and their files, and lets go of files that are no longer theirs. */
async function keepAll() {
  const cache = await caches.open(KEEP);
  const files = await (await fetch('/offline.json', { cache: 'no-store' })).json();
  await Promise.all([...PAGES, '/resident.webmanifest', '/counter.webmanifest', '/icon.svg'].map((path) => keep(cache, path)));
  await Promise.all(files.map(async (path) => (await cache.match(path)) ?? keep(cache, path)));
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url);
    if (pathname.startsWith('/assets/') && !files.includes(pathname)) await cache.delete(url);
  }
}

async function keep(cache, path) {
  const response = await fetch(path, { cache: 'no-store' });
  if (response.ok) await cache.put(path, response);
}

/** A built file never changes: what is kept is as good as what would be sent. */
async function kept(request) {
  return (await caches.match(request)) ?? fetch(request);
}

/** The page as it is now; the one that was kept if the network does not give it soon. A new one has new files, which are then kept too. */
async function freshPage(path) {
  const cache = await caches.open(KEEP);
  const old = await cache.match(path);
  try {
    const response = await fetch(path, { signal: old ? AbortSignal.timeout(SHELL_WAIT_MS) : undefined });
    if (response.ok) keepAll().catch(() => undefined);
    return response;
  } catch (error) {
    if (old) return old;
    throw error;
  }
}
