import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import { codingFor } from "../../src/http/compressed-replies.ts";
import { addConversation } from "../fakes/added-conversation.ts";
import { ask } from "../fakes/answering.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";

let app: AnsweringApp;
let id: string;
beforeAll(() => {
  app = openAnsweringApp();
  id = addConversation(app.store, { turns: 5 });
});
afterAll(() => app[Symbol.asyncDispose]());

const get = (path: string, accepted: string, method = "GET") =>
  // Bun would undo the coding itself.
  fetch(app.url + path, { method, headers: { "accept-encoding": accepted }, decompress: false });

const decoders = { gzip: gunzipSync, br: brotliDecompressSync, zstd: zstdDecompressSync } as const;

describe("Pages and JSON", () => {
  test.each(Object.entries(decoders))("are compressed by %s, to the same content", async (coding, decode) => {
    for (const path of ["/c/ID", "/openapi.json", "/api/conversations/ID/messages", "/docs"]) {
      const address = path.replace("ID", id);
      const plain = await get(address, "identity");
      const packed = await get(address, coding);
      expect([address, plain.headers.get("content-encoding")]).toEqual([address, null]);
      if (packed.headers.get("content-encoding") === null) {
        expect((await plain.bytes()).length).toBeLessThan(1024);
        continue;
      }
      expect([address, packed.headers.get("content-encoding")]).toEqual([address, coding]);
      for (const reply of [plain, packed])
        expect(reply.headers.get("vary")?.toLowerCase()).toContain("accept-encoding");
      const [whole, sent] = [await plain.bytes(), await packed.bytes()];
      expect(sent.length).toBeLessThan(whole.length / 1.5);
      // A page has a new key for its form each time.
      const withoutKeys = (bytes: Uint8Array) =>
        new TextDecoder().decode(bytes).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "");
      expect(withoutKeys(new Uint8Array(decode(sent)))).toBe(withoutKeys(whole));
    }
  });

  test("that are short stay as they are, and errors keep their status", async () => {
    const health = await get("/health", "gzip, br, zstd");
    if ((await health.clone().bytes()).length < 1024)
      expect(health.headers.get("content-encoding")).toBeNull();
    expect(await health.json()).toBeObject();
    expect((await get("/nothing", "gzip")).status).toBe(404);
    expect((await get("/c/nothing", "gzip")).status).toBe(404);
  });

  test("have no body when only the head is asked for", async () => {
    const reply = await get(`/c/${id}`, "gzip", "HEAD");
    expect((await reply.bytes()).length).toBe(0);
  });
});

test("A stream is not compressed: each of its pieces leaves at once", async () => {
  const { id: answer } = await app.generations.ask(ask("gold"));
  for (const path of [`/generations/${answer}/html`, "/live", "/api/export"]) {
    const reply = await get(path, "gzip, br, zstd");
    expect([path, reply.status, reply.headers.get("content-encoding")]).toEqual([path, 200, null]);
    await reply.body?.cancel();
  }
});

test("The coding is the best of those that are taken", () => {
  expect(codingFor("gzip, deflate, br, zstd")).toBe("zstd");
  expect(codingFor("gzip, deflate, br")).toBe("br");
  expect(codingFor("br;q=0.5, gzip;q=0.8")).toBe("gzip");
  expect(codingFor("gzip;q=0")).toBeNull();
  expect(codingFor("*")).toBe("zstd");
  expect(codingFor("*;q=0, gzip")).toBe("gzip");
  expect(codingFor("identity")).toBeNull();
  expect(codingFor("")).toBeNull();
});
