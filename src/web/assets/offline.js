// Keeps the issue for reading without a network. Hashed files never change: what is kept is used. Pages are asked for anew first,
// and taken from here where no answer comes.
const CACHE = `masthead-${NAME}-${VERSION}`;
const HASHED = /\/assets\/[0-9a-f]{16}/;

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    // One after the other: reading goes before keeping.
    for (const file of FILES) {
      const request = new Request(new URL(file, self.location));
      if (await cache.match(request)) continue;
      const kept = HASHED.test(request.url) ? await caches.match(request) : undefined;
      const answer = kept ?? await fetch(request, { cache: HASHED.test(request.url) ? "default" : "no-cache" });
      if (answer.ok) await cache.put(request, answer);
    }
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith(`masthead-${NAME}-`) && name !== CACHE) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith((async () => {
    const cache = await caches.open(CACHE);
    const kept = await cache.match(request, { ignoreSearch: true, ignoreVary: true });
    if (kept && HASHED.test(request.url)) return kept;
    try {
      const answer = await fetch(request);
      if (answer.ok && kept) await cache.put(request, answer.clone());
      return answer;
    } catch (error) {
      if (kept) return kept;
      throw error;
    }
  })());
});
