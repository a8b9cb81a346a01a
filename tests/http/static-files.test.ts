import { describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { Elysia } from "elysia";
import { AssetBundles } from "../../src/http/asset-bundles.ts";
import { compressedReplies } from "../../src/http/compressed-replies.ts";
import { documentBundles, pageBundles } from "../../src/http/page-bundles.ts";
import { openStaticFiles } from "../../src/http/static-files.ts";

const { asset, routes, scriptOf } = await openStaticFiles();
const publicFolder = join(import.meta.dir, "../../public");
const app = new Elysia().wrap(compressedReplies).use(routes);
const get = (path: string, headers: Record<string, string> = {}) =>
  app.handle(new Request(`http://localhost${path}`, { headers }));

describe("static files", () => {
  test("a file's address carries its content's hash and may be cached for ever", async () => {
    const reply = await get(asset("tokens.css"));
    expect(reply.status).toBe(200);
    expect(reply.headers.get("content-type")).toStartWith("text/css");
    expect(reply.headers.get("cache-control")).toContain("immutable");
    expect(await reply.text()).toContain("--stream-accent");
  });

  test.each(["htmx.min.js", "tokens.css", "composer.js"])(
    "%s without the right hash is asked for again each time, and not sent twice",
    async (name) => {
      const address = asset(name).split("?")[0] ?? "";
      const reply = await get(`${address}?v=old`, { "accept-encoding": "gzip" });
      expect(reply.headers.get("cache-control")).toBe("no-cache");
      const again = await get(address, { "if-none-match": reply.headers.get("etag") ?? "" });
      expect([again.status, await again.text()]).toEqual([304, ""]);
      expect(again.headers.get("cache-control")).toBe("no-cache");
    },
  );

  test("is compressed for those who can read that, to the same content", async () => {
    const plain = await (await get(asset("htmx.min.js"))).text();
    const packed = await get(asset("htmx.min.js"), { "accept-encoding": "gzip" });
    expect(packed.headers.get("content-encoding")).toBe("gzip");
    expect(packed.headers.get("vary")).toContain("accept-encoding");
    const bytes = new Uint8Array(await packed.arrayBuffer());
    expect(bytes.length).toBeLessThan(plain.length / 2);
    expect(new TextDecoder().decode(Bun.gunzipSync(bytes))).toBe(plain);
  });

  test.each([
    "../package.json",
    "..%2Fpackage.json",
    "%2e%2e%2fpackage.json",
    "css/../../package.json",
    "css%2f..%2f..%2fpackage.json",
    "css",
    "constructor",
    "__proto__",
    ".env",
    "*",
  ])("there is no %s", async (name) => {
    expect((await get(`/assets/${name}`)).status).toBe(404);
  });

  test("a new file needs no line of code; one that begins with a dot is never served", async () => {
    const root = mkdtempSync(join(tmpdir(), "static-"));
    try {
      for (const folder of ["public/css", "public/.git", "node_modules"])
        mkdirSync(join(root, folder), { recursive: true });
      symlinkSync(join(import.meta.dir, "../../node_modules/htmx.org"), join(root, "node_modules/htmx.org"));
      for (const name of ["favicon.svg", "css/new.css", ".env", "css/.hidden.css", ".git/config"])
        writeFileSync(join(root, "public", name), `content of ${name}`);
      const files = await openStaticFiles(root);
      const ask = async (path: string) =>
        (await new Elysia().use(files.routes).handle(new Request(`http://localhost${path}`))).status;
      expect(await ask(files.asset("new.css"))).toBe(200);
      for (const name of [".env", "css/.hidden.css", ".git/config"])
        expect(await ask(`/assets/${name}`)).toBe(404);
      expect(() => files.asset(".hidden.css")).toThrow();
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  test("a name that no file has is a defect of the page that uses it", () => {
    expect(() => asset("nothing.css")).toThrow("nothing.css");
  });
});

describe("bundles", () => {
  const parts = new Set<string>(Object.values({ ...pageBundles, ...documentBundles }).flat());

  test("every style sheet and script below public/ is in one", () => {
    const files = ["css", "js"].flatMap((folder) => readdirSync(join(publicFolder, folder)));
    expect(files.filter((name) => !parts.has(name))).toEqual([]);
  });

  test.each(Object.keys(pageBundles))(
    "%s is sent compressed, may be cached for ever, and is not sent twice",
    async (name) => {
      const reply = await get(asset(name), { "accept-encoding": "gzip, deflate, br, zstd" });
      expect([reply.status, reply.headers.get("content-encoding")]).toEqual([200, "br"]);
      expect(reply.headers.get("vary")).toContain("accept-encoding");
      expect(reply.headers.get("cache-control")).toContain("immutable");
      const etag = reply.headers.get("etag") ?? "";
      expect((await get(asset(name), { "if-none-match": etag })).status).toBe(304);
      const plain = await get(asset(name));
      expect(plain.headers.get("content-encoding")).toBeNull();
      expect(brotliDecompressSync(new Uint8Array(await reply.arrayBuffer())).toString()).toBe(
        await plain.text(),
      );
    },
  );

  test("a style sheet keeps its rules, and names files by their addresses", async () => {
    const css = await (await get(asset("every-page.css"))).text();
    expect(css).not.toContain("/*");
    expect(css).toContain(`url("${asset("inter-latin.woff2")}")`);
    expect((await get(asset("inter-latin.woff2"))).headers.get("cache-control")).toContain("immutable");
    const braces = (text: string, brace: string) => text.split(brace).length;
    expect(braces(css, "{")).toBe(braces(css, "}"));
  });

  test("browsers that do not know light-dark() get each colour of both themes", async () => {
    const css = await (await get(asset("every-page.css"))).text();
    const [, old = ""] = css.split("@supports not (color:light-dark(#000,#fff)){");
    const [light = "", dark = ""] = old.split("@media (prefers-color-scheme:dark){");
    expect([light, dark].map((part) => /--paper:(#\w+)/.exec(part)?.[1])).toEqual(["#fafbfa", "#0f1513"]);
    expect(old).not.toContain("light-dark(");
  });

  test("a script that fails takes no other with it, and shares no name with it", async () => {
    const scripts: Record<string, string> = {
      "words.js": `const name = "first"; said(name); throw new Error(document.querySelector("#why"));`,
      "menus.js": `function name() { return document.querySelector("#second"); } said(name());`,
      // So often that it is shortened.
      "copy.js": ["#a", "#b", "#c", "#d"].map((id) => `said(document.querySelector("${id}"));`).join("\n"),
    };
    const bundles = new AssetBundles({
      read: (name) => scripts[name] ?? "",
      hashOf: (name) => name,
      asset: (name) => name,
    });
    const said: string[] = [];
    const problems: string[] = [];
    const find = (selector: string) => `found ${selector}`;
    const page = { querySelector: find, querySelectorAll: find, addEventListener: find };
    const script = await (await bundles.reply("every-page.js", "")).text();
    new Function("document", "said", "reportError", script)(
      page,
      (text: string) => said.push(text),
      (error: Error) => problems.push(error.message),
    );
    expect(script).not.toMatch(/\w\.querySelector\(/);
    expect(said).toEqual(["first", "found #second", ...["#a", "#b", "#c", "#d"].map(find)]);
    expect(problems).toEqual(["found #why"]);
  });

  test("our own style sheets and scripts together are below 150 kB", async () => {
    const names = Object.keys(pageBundles).filter((name) => name !== "htmx.js");
    const sizes = await Promise.all(
      names.map(async (name) => (await (await get(asset(name))).text()).length),
    );
    // What a conversation that is saved as HTML has is sent to no page.
    const all = [...sizes, scriptOf("service-worker.js").length];
    expect(all.reduce((sum, size) => sum + size, 0)).toBeLessThan(150_000);
  });
});
