/** An OpenAI-compatible server whose every answer repeats the marks of its prompt: of an answer, a title or a summary. */

/** The words that it repeats. */
export const markForm = /\bxq[a-z0-9]+zv\b/g;

interface Asked {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

export function startEchoingUpstream(): Disposable & { readonly url: string } {
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const { pathname } = new URL(request.url);
      if (pathname === "/v1/models")
        return Response.json({
          object: "list",
          data: [{ id: "echo", object: "model", max_model_len: 1_200 }],
        });
      if (pathname !== "/v1/chat/completions") return new Response(null, { status: 404 });
      const { messages }: Asked = await request.json();
      return stream(answerTo(messages));
    },
  });
  return { url: `http://127.0.0.1:${server.port}`, [Symbol.dispose]: () => void server.stop(true) };
}

function answerTo(messages: Asked["messages"]): string {
  const last = messages.at(-1)?.content ?? "";
  const marks = [...new Set(last.match(markForm) ?? [])];
  if (last.includes("Name this conversation")) return `Title ${marks[0] ?? "none"}`;
  if (last.includes("Write the summary")) return `The summary says ${marks.slice(0, 3).join(" and ")}.`;
  return `You said ${marks.join(" and ")}, with many words of mine beside it. `.repeat(4);
}

function stream(answer: string): Response {
  const chunk = (delta: object, reason: string | null) =>
    `data: ${JSON.stringify({ model: "echo", choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`;
  const pieces = answer.match(/\S+\s*/g) ?? [];
  const body = [
    ...pieces.map((content) => chunk({ content }, null)),
    chunk({}, "stop"),
    `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 9, completion_tokens: pieces.length } })}\n\n`,
    "data: [DONE]\n\n",
  ].join("");
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}
