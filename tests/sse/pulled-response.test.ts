/** A reply in pieces to a reader that has stopped reading: a real server, and a socket that is paused. */
import { afterEach, expect, test } from "bun:test";
import { createConnection } from "node:net";
import { pulledResponse } from "../../src/sse/pulled-response.ts";

const servers: Bun.Server<undefined>[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop(true);
});

/** @returns the server, a source of pieces without an end, and what became of it */
function servePieces(stallMs: number) {
  const source = { reads: 0, returns: 0, returned: Promise.withResolvers<void>() };
  const defects: unknown[] = [];
  const piece = "x".repeat(10_000);
  const pieces: AsyncIterable<string> = {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        source.reads += 1;
        return { done: false, value: piece };
      },
      return: async () => {
        source.returns += 1;
        source.returned.resolve();
        return { done: true, value: undefined };
      },
    }),
  };
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 0,
    fetch: () => pulledResponse(pieces, "text/plain", { stallMs, onDefect: (error) => defects.push(error) }),
  });
  servers.push(server);
  return { server, source, defects };
}

test("a reader that stops reading is dropped after a while: its source is returned once, its connection reset", async () => {
  const { server, source, defects } = servePieces(400);
  const socket = createConnection(server.port ?? 0, "127.0.0.1");
  const reset = Promise.withResolvers<string>();
  socket.on("error", (error) => reset.resolve("code" in error ? String(error.code) : ""));
  socket.pause();
  socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await source.returned.promise;
  // The kernel's socket buffers take a few megabytes; an unbounded queue would have taken gigabytes by now.
  expect(source.reads * 10_000).toBeLessThan(32_000_000);
  socket.resume();
  expect(await reset.promise).toBe("ECONNRESET");
  await server.stop(true);
  expect(source.returns).toBe(1);
  expect(defects).toEqual([]);
});

test("a reader that leaves has its source returned, once", async () => {
  const { server, source, defects } = servePieces(60_000);
  const leaving = new AbortController();
  const reply = await fetch(server.url, { signal: leaving.signal });
  await reply.body?.getReader().read();
  leaving.abort();
  await source.returned.promise;
  await server.stop(true);
  expect(source.returns).toBe(1);
  expect(defects).toEqual([]);
});

test("a reader that waits for pieces which are long in coming is not dropped", async () => {
  async function* pieces() {
    yield "first ";
    await Bun.sleep(150);
    yield "second";
  }
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: () => pulledResponse(pieces(), "text/plain", { stallMs: 50 }),
  });
  servers.push(server);
  expect(await (await fetch(server.url)).text()).toBe("first second");
});
