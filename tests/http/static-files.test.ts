import { describe, expect, test } from "bun:test";
import { createStaticFiles } from "../../src/http/static-files.ts";

const { asset, routes } = createStaticFiles();
const get = (path: string, headers: Record<string, string> = {}) =>
  routes.handle(new Request(`http://localhost${path}`, { headers }));

describe("static files", () => {
  test("a file's address carries its content's hash and may be cached for ever", async () => {
    const reply = await get(asset("tokens.css"));
    expect(reply.status).toBe(200);
    expect(reply.headers.get("content-type")).toBe("text/css; charset=utf-8");
    expect(reply.headers.get("cache-control")).toContain("immutable");
    expect(await reply.text()).toContain("--stream-accent");
  });

  test("without the right hash it is asked for again each time, and not sent twice", async () => {
    const reply = await get("/assets/htmx.min.js?v=old");
    expect(reply.headers.get("cache-control")).toBe("no-cache");
    const again = await get("/assets/htmx.min.js", { "if-none-match": reply.headers.get("etag") ?? "" });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe("");
  });

  test("is compressed for those who can read that, to the same content", async () => {
    const plain = await (await get(asset("htmx.min.js"))).text();
    const packed = await get(asset("htmx.min.js"), { "accept-encoding": "gzip, br" });
    expect(packed.headers.get("content-encoding")).toBe("gzip");
    const bytes = new Uint8Array(await packed.arrayBuffer());
    expect(bytes.length).toBeLessThan(plain.length / 2);
    expect(new TextDecoder().decode(Bun.gunzipSync(bytes))).toBe(plain);
  });

  test.each([
    "../package.json",
    "..%2Fpackage.json",
    "%2e%2e%2fpackage.json",
    "constructor",
    "__proto__",
    ".env",
    "css/tokens.css",
  ])("there is no %s", async (name) => {
    expect((await get(`/assets/${name}`)).status).toBe(404);
  });

  test("a name that is not in the list is a defect of the page that uses it", () => {
    expect(() => asset("nothing.css")).toThrow("nothing.css");
  });
});
