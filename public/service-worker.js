/**
 * Keeps the style sheets, scripts and fonts of the pages, and one page that says that the assistant cannot be reached, in the
 * reader's language. It keeps nothing else: pages show conversations, and are private. Streams and forms do not pass through it.
 * The server writes `shell` before this: what that page needs, and a version that changes with it (src/http/service-worker.ts).
 */
const language = new URL(location.href).searchParams.get("language") ?? "en";
const offlinePage = `/offline?language=${encodeURIComponent(language)}`;
const shellCache = `shell ${language} ${shell.version}`;
const assetCache = "assets";

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));

async function install() {
  const cache = await caches.open(shellCache);
  await cache.addAll([offlinePage, ...shell.assets]);
  await skipWaiting();
}

async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name !== shellCache && name !== assetCache);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, searchParams } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith("/assets/") && searchParams.has("v"))
    event.respondWith(assetFor(request, pathname));
  // Files are saved by the browser itself.
  else if (request.mode === "navigate" && !/^\/(?:api|files|v1)\//.test(pathname))
    event.respondWith(fetch(request).catch(() => caches.match(offlinePage)));
});

/** An address with a hash always means the same. */
async function assetFor(request, pathname) {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept !== undefined) return kept;
  const reply = await fetch(request);
  if (!reply.ok || !reply.headers.get("cache-control")?.includes("immutable")) return reply;
  const cache = await caches.open(assetCache);
  for (const other of await cache.keys())
    if (new URL(other.url).pathname === pathname) await cache.delete(other, { ignoreVary: true });
  await cache.put(request, reply.clone());
  return reply;
}
