/** The server is killed with -9 while questions wait: they are there after it, and are asked in their order. */
import { expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { newDataFolder, ServerUnderTest } from "./server-under-test.ts";

/** Its answers end when they are let go on; an answer that was begun is continued, as vLLM does. */
function startHeldUpstream() {
  const go = Promise.withResolvers<void>();
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 0,
    async fetch(request) {
      const { pathname } = new URL(request.url);
      if (pathname === "/v1/models")
        return Response.json({
          object: "list",
          data: [{ id: "held", object: "model", max_model_len: 4_096 }],
        });
      if (pathname !== "/v1/chat/completions") return new Response(null, { status: 404 });
      const { messages } = (await request.json()) as {
        messages: readonly { role: string; content: string }[];
      };
      const last = messages.at(-1);
      const isBegun = last?.role === "assistant" && last.content.startsWith("Well, ");
      const chunk = (delta: object, reason: string | null) =>
        `data: ${JSON.stringify({ model: "held", choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`;
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
      const writer = writable.getWriter();
      const write = (text: string) => writer.write(new TextEncoder().encode(text));
      const answer = async () => {
        if (!isBegun) await write(chunk({ content: "Well, " }, null));
        await go.promise;
        await write(`${chunk({ content: "yes." }, null)}${chunk({}, "stop")}data: [DONE]\n\n`);
        await writer.close();
      };
      // The server that read it may have been killed.
      answer().catch(() => {});
      return new Response(readable, { headers: { "content-type": "text/event-stream" } });
    },
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    goOn: go.resolve,
    [Symbol.dispose]: () => void server.stop(true),
  };
}

const post = (url: string, body: object) =>
  fetch(`${url}/chat/stream`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

test("What waits outlives a kill -9, and follows the answer that is resumed", async () => {
  using upstream = startHeldUpstream();
  const dataDir = newDataFolder();
  const options = { dataDir, environment: { ENGINE: "vllm", VLLM_URL: upstream.url, MODEL: "held" } };
  try {
    let server = await ServerUnderTest.start(options);
    const first = await post(server.url, { message: "one", model: "auto" });
    const conversation_id = first.headers.get("x-conversation-id") ?? "";
    const ids: string[] = [];
    for (const message of ["two", "three"]) {
      const { headers } = await post(server.url, { message, model: "auto", conversation_id, queue: true });
      expect(headers.get("x-queue-place")).toBe(String(ids.length + 1));
      ids.push(headers.get("x-generation-id") ?? "");
    }
    await server.kill();
    server = await ServerUnderTest.start(options);
    const read = async (path: string) => (await fetch(server.url + path)).json();
    const queue = await read(`/api/conversations/${conversation_id}/queue`);
    expect(queue.questions).toMatchObject([
      { id: ids[0], message: "two", paused: false },
      { id: ids[1], message: "three", paused: false },
    ]);
    const last = fetch(`${server.url}/generations/${ids[1]}/events`);
    upstream.goOn();
    expect(await (await last).text()).toEndWith("data: [DONE]\n\n");
    const { messages } = await read(`/api/conversations/${conversation_id}`);
    expect(messages.map(({ content }: { readonly content: string }) => content)).toEqual([
      ...["one", "Well, yes."],
      ...["two", "Well, yes."],
      ...["three", "Well, yes."],
    ]);
    await server.kill();
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 60_000);
