import { describe, expect, test } from "bun:test";
import { downloadResponse } from "../../src/http/download.ts";
import { eventStreamResponse } from "../../src/sse/event-stream.ts";
import { pulledResponse } from "../../src/sse/pulled-response.ts";
import { lifeOf, type StreamEnd } from "../../src/sse/stream-life.ts";

async function* frames(failure?: Error): AsyncGenerator<string, void, undefined> {
  yield "data: 1\n\n";
  if (failure !== undefined) throw failure;
}
function* pieces(failure?: Error): Generator<string, void, undefined> {
  yield "1";
  if (failure !== undefined) throw failure;
}
function* endless(): Generator<string, void, undefined> {
  for (;;) yield "1".repeat(64 * 1024);
}
/** Never ends. */
async function* silence(): AsyncGenerator<string, void, undefined> {
  yield "data: 1\n\n";
  await new Promise(() => {});
}

interface Kind {
  readonly whole: () => Response;
  readonly broken: () => Response;
  readonly stalled: () => Response;
}
const request = new Request("http://localhost/");
const onDefect = () => {};
const failure = new Error("on purpose");
const kinds: Readonly<Record<string, Kind>> = {
  events: {
    whole: () => eventStreamResponse(frames(), request),
    broken: () => eventStreamResponse(frames(failure), request, { onDefect }),
    stalled: () => eventStreamResponse(silence(), request, { stallMs: 20 }),
  },
  pieces: {
    whole: () => pulledResponse(frames(), "text/plain"),
    broken: () => pulledResponse(frames(failure), "text/plain", { onDefect }),
    stalled: () => pulledResponse(silence(), "text/plain", { stallMs: 20 }),
  },
  file: {
    whole: () => downloadResponse(pieces(), { type: "text/plain", fileName: "a" }),
    broken: () => downloadResponse(pieces(failure), { type: "text/plain", fileName: "a" }),
    stalled: () => downloadResponse(endless(), { type: "text/plain", fileName: "a", stallMs: 20 }),
  },
};

const endOf = (response: Response): Promise<StreamEnd> | undefined => lifeOf(response)?.ended;

describe.each(Object.entries(kinds))("A stream of %s", (kind, { whole, broken, stalled }) => {
  test("that was sent whole is done, also in another reply around its body", async () => {
    const inner = whole();
    const response = new Response(inner.body, { headers: { "x-other": "1" } });
    expect<string | undefined>(lifeOf(response)?.kind).toBe(kind);
    await response.text();
    expect(await endOf(response)).toBe("done");
  });

  test("whose reader goes is left", async () => {
    const response = stalled();
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    expect(await endOf(response)).toBe("left");
  });

  test("whose reader takes nothing is stalled", async () => {
    const response = stalled();
    await response.body?.getReader().read();
    expect(await endOf(response)).toBe("stalled");
  });

  test("whose source throws is broken", async () => {
    const response = broken();
    await response.text().catch(() => {});
    expect(await endOf(response)).toBe("broken");
  });
});

test("A reply that is no stream has no such life", () => {
  expect(lifeOf(new Response("whole"))).toBe(undefined);
  expect(lifeOf(new Response(null))).toBe(undefined);
});
