/**
 * The port on which programs look for Ollama: its connections are handed on to the server's own port, so that they pass the same
 * checks. On this machine alone: from elsewhere their address would be lost.
 */
import { connect, createServer, type Server } from "node:net";
import { SettingsError } from "../errors.ts";

interface ForwardTo {
  readonly host: string;
  readonly port: number;
}

const loopback = "127.0.0.1";
/** What a server that listens on every address is reached by. */
const nearest: Readonly<Record<string, string>> = { "0.0.0.0": loopback, "::": "::1" };

/** @returns ends it @throws SettingsError when the port cannot be used */
export async function openOllamaPort(port: number, to: ForwardTo): Promise<() => Promise<void>> {
  const host = nearest[to.host] ?? to.host;
  const open = new Set<{ destroy(): void }>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connect({ port: to.port, host, allowHalfOpen: true });
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(socket);
      // A side that breaks takes the other with it.
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await listening(server, port);
  return async () => {
    server.close();
    for (const socket of open) socket.destroy();
  };
}

const listening = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", (cause) =>
      reject(
        new SettingsError(
          `OLLAMA_PORT ${port} cannot be used; another program, perhaps Ollama itself, may have it. End that one, or leave OLLAMA_PORT out.`,
          { setting: "OLLAMA_PORT" },
          { cause },
        ),
      ),
    );
    server.listen({ port, host: loopback }, resolve);
  });
