/**
 * Serves the folder public/ below /assets, by @elysiajs/static, and beside it what pages load of packages (htmx, the chart)
 * and the bundles. The plugin gives every file a route of its own when the server starts, so no request can name a path.
 * Addresses carry a hash of the content and may be cached for ever; a changed file gets another address.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { staticPlugin } from "@elysiajs/static";
import { Elysia } from "elysia";
import { AssetBundles } from "./asset-bundles.ts";

const prefix = "/assets";
/** Of packages, what the pages load. */
const packageFiles = [
  "htmx.org/dist/htmx.min.js",
  "htmx.org/dist/ext/hx-sse.min.js",
  "lightweight-charts/dist/lightweight-charts.standalone.production.mjs",
] as const;
const hidden = { detail: { hide: true } };
/** Nothing whose name, or whose folder's name, begins with a dot. The plugin matches whole paths. */
const dotFiles = (folder: string) =>
  new RegExp(`^${folder.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?:/.*)?/\\.[^/]*`);

interface HashedFile {
  readonly modified: number;
  readonly hash: string;
}

export type StaticFiles = Awaited<ReturnType<typeof openStaticFiles>>;

/** @param projectRoot the folder that holds public/ and node_modules/ */
export async function openStaticFiles(projectRoot = resolve(import.meta.dir, "../..")) {
  const folder = join(projectRoot, "public");
  const packages = packageFiles.map((name) => join(projectRoot, "node_modules", name));
  const files = new Map([
    ...filesBelow(folder).map((path) => [basename(path), { path, at: relative(folder, path) }] as const),
    ...packages.map((path) => [basename(path), { path, at: basename(path) }] as const),
  ]);
  const hashes = new Map<string, HashedFile>();
  /** Read again when the file has changed, so that a developer sees the change on reload. */
  const hashOf = (path: string): string => {
    const modified = statSync(path).mtimeMs;
    const known = hashes.get(path);
    if (known?.modified === modified) return known.hash;
    const hash = Bun.hash(readFileSync(path)).toString(36);
    hashes.set(path, { modified, hash });
    return hash;
  };

  const fileOf = (name: string) => {
    const file = files.get(name);
    if (file === undefined) throw new Error(`There is no static file "${name}".`);
    return file;
  };
  /** The address of a file or a bundle by its name; @throws Error when there is none of that name, which is a defect */
  const asset = (name: string): string => {
    const bundle = bundles.hashOf(name);
    if (bundle !== undefined) return `${prefix}/${name}?v=${bundle}`;
    const { at, path } = fileOf(name);
    return `${prefix}/${at}?v=${hashOf(path)}`;
  };
  const bundles = new AssetBundles({
    read: (name) => readFileSync(fileOf(name).path, "utf8"),
    hashOf: (name) => hashOf(fileOf(name).path),
    asset,
  });

  const plugin = await staticPlugin({
    assets: folder,
    prefix,
    alwaysStatic: true,
    staticLimit: Number.POSITIVE_INFINITY,
    indexHTML: false,
    ignorePatterns: [dotFiles(folder)],
    silent: true,
    ...hidden,
  });
  const ofPackages = new Elysia({ name: "static-packages" });
  for (const path of packages) {
    const file = Bun.file(path);
    ofPackages.get(`${prefix}/${basename(path)}`, () => new Response(file), hidden);
  }
  for (const name of bundles.names)
    ofPackages.get(
      `${prefix}/${name}`,
      ({ headers }) => bundles.reply(name, headers["accept-encoding"] ?? ""),
      hidden,
    );
  const icon = Bun.file(join(folder, "favicon.svg"));
  ofPackages.get("/favicon.ico", () => new Response(icon), hidden);

  /** The plugin has one lifetime for all replies: here only the right hash may be kept for ever. */
  const cacheable = (path: string, version: string | undefined, reply: Response): void => {
    const hash = hashAt(path);
    const isCurrent = hash !== undefined && version === hash;
    reply.headers.set("cache-control", isCurrent ? "public, max-age=31536000, immutable" : "no-cache");
    if (hash === undefined) return;
    // The same content in other bytes. (https://httpwg.org/specs/rfc9110.html#field.etag)
    reply.headers.set("etag", reply.headers.has("content-encoding") ? `W/"${hash}"` : `"${hash}"`);
  };
  /** Of what is served at an address below /assets; undefined: nothing is. */
  const hashAt = (path: string): string | undefined => {
    const name = basename(path);
    const file = files.get(name);
    return bundles.hashOf(name) ?? (file === undefined ? undefined : hashOf(file.path));
  };

  const routes = new Elysia({ name: "static-files" })
    .onBeforeHandle(({ path, headers }) => {
      const known = headers["if-none-match"]?.replaceAll("W/", "").split(/\s*,\s*/) ?? [];
      if (known.length === 0) return;
      const hash = hashAt(path);
      if (hash !== undefined && known.includes(`"${hash}"`)) return new Response(null, { status: 304 });
    })
    .onAfterHandle(({ path, query, response }) => {
      if (response instanceof Response) cacheable(path, query.v, response);
    })
    .use(plugin)
    .use(ofPackages);
  return {
    asset,
    routes,
    documentStyle: () => bundles.textOf("document-whole.css"),
    scriptOf: (name: string) => bundles.scriptOf(name),
  };
}

/** Every file in a folder and its subfolders. @throws Error for two of one name, since pages know a file by its name */
function filesBelow(folder: string): readonly string[] {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => join(entry.parentPath, entry.name));
  const names = paths.map((path) => basename(path));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`There are two static files "${twice}" below ${folder}.`);
  return paths;
}
