import { expect, test } from "bun:test";
import { Elysia } from "elysia";
import { createBodyLimit } from "../../src/http/body-limit.ts";

const app = () =>
  new Elysia({ serve: { reusePort: false, maxRequestBodySize: 2 ** 40 } })
    .use(createBodyLimit({ largest: 1_000, larger: { "/large": 100_000 } }, (_, path) => path === "/large"))
    .post("/small", ({ body }) => String(body).length, { parse: "text" })
    .post("/large", async ({ request }) => (await request.bytes()).length, { parse: "none" })
    .get("/", () => "here")
    .listen({ port: 0, hostname: "127.0.0.1" });

const chunked = (size: number) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new Uint8Array(size));
      controller.close();
    },
  });

test("an address takes what its limit allows; more is refused with the limit, in our form of an error", async () => {
  const server = app();
  const address = `http://127.0.0.1:${server.server?.port}`;
  const send = (path: string, body: string | ReadableStream) =>
    fetch(address + path, { method: "POST", body });
  try {
    expect(await (await send("/small", "x".repeat(1_000))).text()).toBe("1000");
    expect(await (await send("/large", "x".repeat(100_000))).text()).toBe("100000");
    expect(await (await send("/large", chunked(2_000))).text()).toBe("2000");
    expect(await (await fetch(address)).text()).toBe("here");
    for (const [path, size, limit] of [
      ["/small", 1_001, 1_000],
      ["/large", 100_001, 100_000],
      ["/nowhere", 300_000_000, 1_000],
    ] as const) {
      const reply = await send(path, "x".repeat(size));
      expect(reply.status).toBe(413);
      expect(await reply.json()).toMatchObject({ error: { code: "too_large", largest_bytes: limit } });
    }
    const unknown = await send("/small", chunked(10));
    expect(unknown.status).toBe(411);
    expect(await unknown.json()).toMatchObject({ error: { code: "length_required" } });
  } finally {
    await server.stop(true);
  }
});
