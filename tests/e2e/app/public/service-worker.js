// Keeps the page and its policy on the device, so that it opens without a network. The cache answers first.
const KEPT = 'work-orders-1';
const FILES = ['./', 'app.js', 'style.css', 'policy.json'];

async function keep() {
  const cache = await caches.open(KEPT);
  await cache.addAll(FILES);
}

async function answer(request) {
  return (await caches.match(request, { ignoreSearch: true })) ?? fetch(request);
}

addEventListener('install', (event) => event.waitUntil(keep().then(() => globalThis.skipWaiting())));
addEventListener('activate', (event) => event.waitUntil(globalThis.clients.claim()));
addEventListener('fetch', (event) => {
  if (event.request.method === 'GET') event.respondWith(answer(event.request));
});
