/** A server with a model behind ours whose answers wait in their middle. */

/** Its answers end when they are let go on; an answer that was begun is continued, as vLLM does. */
export function startHeldUpstream() {
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
