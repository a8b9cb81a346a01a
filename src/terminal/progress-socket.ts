/**
 * Receives progress while no token comes: the place in the queue, the loading of a model. The events of an answer do not carry
 * it, the WebSocket does. It is optional: without it nothing is lost.
 */
import { Value } from "@sinclair/typebox/value";
import { ownTls } from "./address.ts";
import { type Progress, ProgressMessage } from "./messages.ts";
import type { ServerClient } from "./server-client.ts";

/** Beyond every token: the socket sends none of them again. */
const afterAllTokens = 999_999_999;

export class ProgressSocket implements Disposable {
  readonly #socket: WebSocket;

  constructor(client: ServerClient, generationId: string, onProgress: (progress: Progress) => void) {
    const url = `${client.url.replace(/^http/, "ws")}/chat/stream`;
    // Headers and TLS are Bun's extension; the browsers' type of the same name lacks them.
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
