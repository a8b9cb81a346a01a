/** What the browser keeps of the program when the server is gone, and how it learns of a new version. */
import { afterAll, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createServiceWorker } from "../../src/http/service-worker.ts";
import { openStaticFiles } from "../../src/http/static-files.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";

const app = openAnsweringApp();
afterAll(() => app[Symbol.asyncDispose]());

const shellOf = (script: string): { version: string; assets: string[] } =>
  JSON.parse(/^const shell = (.*);$/m.exec(script)?.[1] ?? "");

test("the service worker is asked for anew each time, may work under the policy, and names what is there", async () => {
  const reply = await fetch(`${app.url}/service-worker.js?language=de`);
  expect(reply.headers.get("content-type")).toStartWith("text/javascript");
  expect(reply.headers.get("cache-control")).toBe("no-cache");
  expect(reply.headers.get("content-security-policy")).toContain("worker-src 'self'");
  const { assets } = shellOf(await reply.text());
  expect(assets.length).toBeGreaterThan(2);
  for (const asset of assets) expect((await fetch(app.url + asset)).status).toBe(200);
});

test("another style sheet makes another version of it", async () => {
  const { asset, scriptOf } = await openStaticFiles();
  const versionWith = async (cssHash: string) => {
    const named = (name: string) =>
      name === "every-page.css" ? `/assets/${name}?v=${cssHash}` : asset(name);
    const routes = createServiceWorker({ asset: named, scriptOf });
    return shellOf(await (await routes.handle(new Request("http://localhost/service-worker.js"))).text())
      .version;
  };
  expect(await versionWith("1")).toBe(await versionWith("1"));
  expect(await versionWith("1")).not.toBe(await versionWith("2"));
});

test("the page that it shows is the same for everybody, in the language that was asked for", async () => {
  const page = async (query: string) => (await fetch(`${app.url}/offline${query}`)).text();
  expect(await page("?language=de")).toContain('<html lang="de"');
  expect(await page("?language=xx")).toContain('<html lang="en"');
  const english = await page("?language=en");
  expect(english).not.toContain('class="sidebar');
  expect(english).not.toContain("htmx.js");
});

test("the program can be installed: its manifest has icons of the sizes that browsers want", async () => {
  const { asset } = await openStaticFiles();
  const manifest = await (await fetch(app.url + asset("manifest.webmanifest"))).json();
  expect(manifest).toMatchObject({ start_url: "/", scope: "/", display: "standalone" });
  for (const { src, sizes, type } of manifest.icons) {
    const reply = await fetch(app.url + src);
    expect([src, reply.status, reply.headers.get("content-type")]).toEqual([src, 200, type]);
    if (type !== "image/png") continue;
    const png = new DataView(await reply.arrayBuffer());
    expect(`${png.getUint32(16)}x${png.getUint32(20)}`).toBe(sizes);
  }
});

test("nothing but files with a hash and its own page is kept by it", () => {
  const script = readFileSync(join(import.meta.dir, "../../public/service-worker.js"), "utf8");
  expect(script.match(/cache\.(?:put|add|addAll)\(/g)).toEqual(["cache.addAll(", "cache.put("]);
});
