/** An upstream that speaks as a vLLM does, and whose every answer invents a price. It runs under Node, as Playwright does. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export const invented =
  "Of 10,000 USD you may put 1% at risk. Gold stood at 2,150.75 USD then, 37 % higher. That is all.";

export interface InventedUpstream extends AsyncDisposable {
  readonly url: string;
  /** Answers stop before this word until `release` is called. */
  holdAt(word: string): void;
  release(): void;
}

/** @param named its model */
export async function startInventedUpstream(named = "inventor"): Promise<InventedUpstream> {
  let hold: string | null = null;
  const waiting: (() => void)[] = [];
  const release = () => {
    hold = null;
    for (const resolve of waiting.splice(0)) resolve();
  };
  const server = createServer((request, response) => {
    if (request.method === "GET") {
      response.setHeader("content-type", "application/json");
      const model = { id: named, object: "model", max_model_len: 8192 };
      response.end(JSON.stringify({ object: "list", data: [model], version: "0.11.0" }));
      return;
    }
    let body = "";
    request.on("data", (piece: Buffer) => {
      body += piece;
    });
    request.on("end", async () => {
      if (!request.url?.endsWith("/chat/completions")) {
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify({ count: 20, max_model_len: 8192, tokens: [] }));
        return;
      }
      const { messages }: { messages: readonly { role: string; content: string }[] } = JSON.parse(body);
      const last = messages.at(-1);
      const written = last?.role === "assistant" ? last.content : "";
      const at = [...invented].findIndex((_, index) => written.endsWith(invented.slice(0, index + 1)));
      const rest = at < 0 ? invented : invented.slice(at + 1);
      response.setHeader("content-type", "text/event-stream");
      const send = (choice: object, more: object = {}) =>
        response.write(
          `data: ${JSON.stringify({ id: "x", object: "chat.completion.chunk", model: named, choices: [{ index: 0, ...choice }], ...more })}\n\n`,
        );
      for (const piece of rest.split(/(?<= )/)) {
        if (hold !== null && piece.startsWith(hold))
          await new Promise<void>((resolve) => waiting.push(resolve));
        send({ delta: { content: piece }, finish_reason: null });
      }
      const usage = { prompt_tokens: 20, completion_tokens: 20, total_tokens: 40 };
      send({ delta: {}, finish_reason: "stop" }, { usage });
      response.end("data: [DONE]\n\n");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    holdAt(word) {
      hold = word;
    },
    release,
    [Symbol.asyncDispose]: async () => {
      release();
      server.closeAllConnections();
      server.close();
    },
  };
}
