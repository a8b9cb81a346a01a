/**
 * Serves the style sheets, scripts and icons, and htmx from its package. Only files named here can be had, so no
 * request can name a path. Addresses carry a hash of the content and may be cached for ever; a changed file gets
 * another address.
 */
import { readFileSync, statSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { Elysia } from "elysia";

const htmx = "node_modules/htmx.org/dist";
const files: Readonly<Record<string, string>> = {
  "htmx.min.js": `${htmx}/htmx.min.js`,
  "hx-sse.min.js": `${htmx}/ext/hx-sse.min.js`,
  "tokens.css": "public/css/tokens.css",
  "base.css": "public/css/base.css",
  "layout.css": "public/css/layout.css",
  "composer.css": "public/css/composer.css",
  "message.css": "public/css/message.css",
  "tools.css": "public/css/tools.css",
  "library.css": "public/css/library.css",
  "prose.css": "public/css/prose.css",
  "banner.css": "public/css/banner.css",
  "status.css": "public/css/status.css",
  "account.css": "public/css/account.css",
  "docs.css": "public/css/docs.css",
  "print.css": "public/css/print.css",
  "composer.js": "public/js/composer.js",
  "drafts.js": "public/js/drafts.js",
  "follow-thread.js": "public/js/follow-thread.js",
  "stream-fallback.js": "public/js/stream-fallback.js",
  "lost-request.js": "public/js/lost-request.js",
  "copy.js": "public/js/copy.js",
  "retry-when-back.js": "public/js/retry-when-back.js",
  "busy-note.js": "public/js/busy-note.js",
  "question-length.js": "public/js/question-length.js",
  "examples.js": "public/js/examples.js",
  "tab-state.js": "public/js/tab-state.js",
  "earlier-turns.js": "public/js/earlier-turns.js",
  "edit-question.js": "public/js/edit-question.js",
  "menus.js": "public/js/menus.js",
  "live-thread.js": "public/js/live-thread.js",
  "shortcuts.js": "public/js/shortcuts.js",
  "favicon.svg": "public/favicon.svg",
  "manifest.webmanifest": "public/manifest.webmanifest",
};
const types: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
};

interface StaticFile {
  readonly modified: number;
  readonly hash: string;
  readonly plain: Uint8Array<ArrayBuffer>;
  readonly gzipped: Uint8Array<ArrayBuffer>;
}

/** @param projectRoot the folder that holds public/ and node_modules/ */
export function createStaticFiles(projectRoot = resolve(import.meta.dir, "../..")) {
  const loaded = new Map<string, StaticFile>();

  /** Reads a file again only when it has changed, so that a developer sees the change on reload. */
  const load = (name: string): StaticFile | undefined => {
    const path = Object.hasOwn(files, name) ? files[name] : undefined;
    if (path === undefined) return undefined;
    const absolute = join(projectRoot, path);
    const modified = statSync(absolute).mtimeMs;
    const known = loaded.get(name);
    if (known?.modified === modified) return known;
    const plain = new Uint8Array(readFileSync(absolute));
    const hash = Bun.hash(plain).toString(36);
    const file = { modified, hash, plain, gzipped: Bun.gzipSync(plain, { level: 9 }) };
    loaded.set(name, file);
    return file;
  };

  /** The address of a file; @throws Error when it is not in the list above, which is a defect */
  const asset = (name: string): string => {
    const file = load(name);
    if (file === undefined) throw new Error(`There is no static file "${name}".`);
    return `/assets/${name}?v=${file.hash}`;
  };

  const routes = new Elysia({ name: "static-files" })
    .get(
      "/assets/:name",
      ({ params, query, request }) => serve(load(params.name), params.name, query.v, request),
      {
        detail: { hide: true },
      },
    )
    .get("/favicon.ico", ({ request }) => serve(load("favicon.svg"), "favicon.svg", undefined, request), {
      detail: { hide: true },
    });

  return { asset, routes };
}

function serve(
  file: StaticFile | undefined,
  name: string,
  version: string | undefined,
  request: Request,
): Response {
  if (file === undefined) return new Response("There is no such file.", { status: 404 });
  const gzip = /\bgzip\b/.test(request.headers.get("accept-encoding") ?? "");
  const etag = `"${file.hash}${gzip ? "-gzip" : ""}"`;
  const headers = new Headers({
    "content-type": types[extname(name)] ?? "application/octet-stream",
    "cache-control": version === file.hash ? "public, max-age=31536000, immutable" : "no-cache",
    etag,
    vary: "accept-encoding",
  });
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
  if (gzip) headers.set("content-encoding", "gzip");
  return new Response(gzip ? file.gzipped : file.plain, { headers });
}
