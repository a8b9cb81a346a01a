/**
 * Listens, while no token comes, to what an answer waits for: its place in the queue, the loading of its model. The
 * events of an answer do not carry that, the WebSocket does. It is news alone: when it cannot be had, nothing is lost.
 */
import { Value } from "@sinclair/typebox/value";
import { ownTls } from "./address.ts";
import type { ServerClient } from "./server-client.ts";
import { type Progress, ProgressMessage } from "./wire.ts";

/** Beyond every token: none of them is sent here a second time. */
const afterAllTokens = 999_999_999;

export class NewsSocket implements Disposable {
  readonly #socket: WebSocket;

  constructor(client: ServerClient, generationId: string, onProgress: (progress: Progress) => void) {
    const url = `${client.url.replace(/^http/, "ws")}/chat/stream`;
    // Headers and TLS are Bun's own; the browsers' type of the same name does not know them.
    this.#socket = Reflect.construct(WebSocket, [url, { headers: client.credentials, tls: ownTls }]);
    this.#socket.onopen = () =>
      this.#socket.send(
        JSON.stringify({ type: "resume", generation_id: generationId, after: afterAllTokens }),
      );
    this.#socket.onmessage = ({ data }) => {
      const message = parsed(data);
      if (Value.Check(ProgressMessage, message)) onProgress(message.progress);
    };
    // The answer's own stream notices when the server is gone.
    this.#socket.onerror = () => {};
  }

  [Symbol.dispose](): void {
    this.#socket.onmessage = null;
    this.#socket.close();
  }
}

function parsed(data: unknown): unknown {
  try {
    return typeof data === "string" ? JSON.parse(data) : null;
  } catch {
    return null;
  }
}
