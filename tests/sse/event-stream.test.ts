import { afterEach, describe, expect, test } from "bun:test";
import { createConnection } from "node:net";
import fc from "fast-check";
import {
  type EventStreamOptions,
  encodeComment,
  encodeFrame,
  eventStreamResponse,
} from "../../src/sse/event-stream.ts";
import { EventStreamParser } from "./parse-event-stream.ts";

/** Text in which every kind of line end and the format's own marks are common. */
const text = fc
  .array(fc.constantFrom("\r", "\n", "\r\n", "data: ", ":", " ", "id: 7", "é", "💶", "\0", "word"), {
    maxLength: 12,
  })
  .map((pieces) => pieces.join(""));
const oneLine = text.map((line) => line.replace(/[\r\n\0]/g, ""));
const frame = fc.record({ id: oneLine, event: oneLine, data: text }, { requiredKeys: ["data"] });

describe("a frame", () => {
  test("is read back as it was, wherever the bytes are split", () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 6 }), fc.array(fc.nat({ max: 40 })), (frames, cuts) => {
        const bytes = new TextEncoder().encode(frames.map(encodeFrame).join(""));
        const parser = new EventStreamParser();
        let at = 0;
        for (const length of cuts) {
          parser.take(bytes.subarray(at, at + length));
          at += length;
        }
        parser.take(bytes.subarray(at));
        let lastId = "";
        const expected = frames.map(({ id, event, data }) => {
          lastId = id ?? lastId;
          return { id: lastId, event: event || "message", data: data.replace(/\r\n?/g, "\n") };
        });
        expect(parser.events).toEqual(expected);
      }),
    );
  });

  test.each(["id", "event"] as const)(
    "refuses a line end or NUL in its %s, which would forge a field",
    (name) => {
      for (const value of ["a\nb", "a\rb", "a\0b"])
        expect(() => encodeFrame({ data: "", [name]: value })).toThrow(TypeError);
    },
  );
});

const opened: { stop(closeActiveConnections: boolean): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of opened.splice(0)) await server.stop(true);
});

function serve(frames: (request: Request) => AsyncIterable<string>, options?: EventStreamOptions) {
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch(request, self) {
      self.timeout(request, 0);
      return eventStreamResponse(frames(request), request, options);
    },
  });
  opened.push(server);
  return server;
}

async function readAll(url: URL, parser: EventStreamParser, afterEach = () => {}): Promise<void> {
  const reader = (await fetch(url)).body?.getReader();
  for (let read = await reader?.read(); read?.value !== undefined; read = await reader?.read()) {
    parser.take(read.value);
    afterEach();
  }
}

const decode = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

describe("an event stream", () => {
  test("sends its headers and a comment before the source has anything", async () => {
    const never = Promise.withResolvers<void>();
    const server = serve(async function* () {
      await never.promise;
      yield "";
    });
    const reply = await fetch(server.url);
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    });
    const reader = reply.body?.getReader();
    expect(decode((await reader?.read())?.value)).toBe(": ok\n\n");
    await reader?.cancel();
    never.resolve();
  });

  test("a comment ends with its line: with an empty line after it OpenAI's package for Python took it for an event without data", () => {
    expect(encodeComment("reading\nthe prompt")).toBe(": reading the prompt\n");
  });

  test("writes frames that are ready together at once, later ones later, and never half a frame", async () => {
    const later = Promise.withResolvers<void>();
    async function* frames() {
      yield encodeFrame({ data: "one" });
      yield encodeFrame({ data: "two" });
      await later.promise;
      yield encodeFrame({ data: "x".repeat(200_000) });
      yield encodeFrame({ data: "four" });
    }
    const { body } = eventStreamResponse(frames(), new Request("http://localhost/"));
    const reader = body?.getReader();
    const next = async () => decode((await reader?.read())?.value);
    expect(await next()).toBe(": ok\n\n");
    expect(await next()).toBe("data: one\n\ndata: two\n\n");
    later.resolve();
    expect(await next()).toBe(`data: ${"x".repeat(200_000)}\n\n`);
    expect(await next()).toBe("data: four\n\n");
    expect((await reader?.read())?.done).toBe(true);
  });

  test("a source that never waits does not keep the first frames back", async () => {
    async function* frames() {
      for (;;) yield encodeFrame({ data: "x".repeat(1000) });
    }
    const { body } = eventStreamResponse(frames(), new Request("http://localhost/"));
    const reader = body?.getReader();
    await reader?.read();
    expect((await reader?.read())?.value?.length).toBeLessThan(70_000);
    await reader?.cancel();
  });

  test("pauses its source for a reader that does not read, and drops one that takes nothing for long", async () => {
    let reads = 0;
    const returned = Promise.withResolvers<void>();
    async function* frames() {
      try {
        for (;;) {
          reads++;
          yield encodeFrame({ data: "x".repeat(10_000) });
        }
      } finally {
        returned.resolve();
      }
    }
    const defects: unknown[] = [];
    const server = serve(frames, { stallMs: 400, onDefect: (error) => defects.push(error) });
    const socket = createConnection(server.port ?? 0, "127.0.0.1");
    const reset = Promise.withResolvers<string>();
    socket.on("error", (error) => reset.resolve("code" in error ? String(error.code) : ""));
    socket.pause();
    socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await returned.promise;
    // The kernel's socket buffers take a few megabytes; an unbounded queue would have taken gigabytes by now.
    expect(reads * 10_000).toBeLessThan(32_000_000);
    socket.resume();
    expect(await reset.promise).toBe("ECONNRESET");
    expect(defects).toEqual([]);
  });

  test("a reader that leaves has its source returned, once", async () => {
    let returns = 0;
    const returned = Promise.withResolvers<void>();
    const server = serve((request) => ({
      [Symbol.asyncIterator]: () => ({
        next: () =>
          new Promise((resolve) =>
            request.signal.addEventListener("abort", () => resolve({ done: true, value: undefined })),
          ),
        async return() {
          returns++;
          returned.resolve();
          return { done: true, value: undefined };
        },
      }),
    }));
    const leaving = new AbortController();
    const reply = await fetch(server.url, { signal: leaving.signal });
    await reply.body?.getReader().read();
    leaving.abort();
    await returned.promise;
    // The server has seen off every connection, so nothing more can come of this one.
    await server.stop(true);
    expect(returns).toBe(1);
  });

  test("abort and cancel together return the source once", async () => {
    let returns = 0;
    const leaving = new AbortController();
    const source: AsyncIterable<string> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => {}),
        async return() {
          returns++;
          return { done: true, value: undefined };
        },
      }),
    };
    const { body } = eventStreamResponse(
      source,
      new Request("http://localhost/", { signal: leaving.signal }),
    );
    const reader = body?.getReader();
    await reader?.read();
    const waiting = reader?.read();
    leaving.abort();
    await reader?.cancel();
    expect((await waiting)?.done).toBe(true);
    expect(returns).toBe(1);
  });

  test("a reader that had left before the answer began gets nothing, and the source is returned", async () => {
    let began = false;
    async function* frames() {
      began = true;
      yield "";
    }
    const request = new Request("http://localhost/", { signal: AbortSignal.abort() });
    expect(await eventStreamResponse(frames(), request).text()).toBe("");
    expect(began).toBe(false);
  });

  test("breaks silence with a comment, and only silence", async () => {
    const said = Promise.withResolvers<void>();
    async function* frames() {
      await said.promise;
      yield encodeFrame({ data: "said" });
    }
    const server = serve(frames, { heartbeatMs: 20 });
    const parser = new EventStreamParser();
    await readAll(server.url, parser, () => {
      if (parser.comments.filter((comment) => comment === "ping").length === 3) said.resolve();
    });
    expect(parser.comments[0]).toBe("ok");
    expect(parser.events.map(({ data }) => data)).toEqual(["said"]);
  });

  test("a source that throws resets the connection, and is reported", async () => {
    const defects: unknown[] = [];
    const failure = new Error("the source broke");
    const seen = Promise.withResolvers<void>();
    const server = serve(
      async function* () {
        yield encodeFrame({ data: "before" });
        await seen.promise;
        throw failure;
      },
      { onDefect: (error) => defects.push(error) },
    );
    const parser = new EventStreamParser();
    const reading = readAll(server.url, parser, () => {
      if (parser.events.length === 1) seen.resolve();
    });
    await expect(reading).rejects.toThrow();
    expect(parser.events.map(({ data }) => data)).toEqual(["before"]);
    expect(defects).toEqual([failure]);
  });

  test("a source that throws because its reader left is no defect", async () => {
    const defects: unknown[] = [];
    const leaving = new AbortController();
    const { signal } = leaving;
    const began = Promise.withResolvers<void>();
    const threw = Promise.withResolvers<void>();
    async function* frames() {
      try {
        began.resolve();
        await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
        yield "";
      } finally {
        threw.resolve();
      }
    }
    const request = new Request("http://localhost/", { signal });
    const { body } = eventStreamResponse(frames(), request, { onDefect: (error) => defects.push(error) });
    const reader = body?.getReader();
    await reader?.read();
    const end = reader?.read();
    await began.promise;
    leaving.abort();
    await threw.promise;
    expect((await end)?.done).toBe(true);
    expect(defects).toEqual([]);
  });

  test("a reader far away gets every frame whole and in order", async () => {
    async function* frames() {
      for (let number = 0; number < 3000; number++) {
        if (number % 7 === 0) await new Promise(setImmediate);
        yield encodeFrame({ id: String(number), data: `${number}\n${"é".repeat(number % 300)}` });
      }
    }
    const parser = new EventStreamParser();
    await readAll(serve(frames).url, parser);
    expect(parser.events.map(({ id }) => Number(id))).toEqual(
      Array.from({ length: 3000 }, (_, number) => number),
    );
  });
});
