/** Asks for a WebSocket as a browser or a program does, with whatever headers, and tells what the server answers. */
import { connect } from "node:net";

export interface UpgradeReply {
  readonly status: number;
  /** The whole head, and the body of a refusal. */
  readonly text: string;
}

/** By hand: no client lets a test choose the Host. The connection is closed at once. */
export function upgradeReply(
  url: string,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<UpgradeReply> {
  const { host, port, hostname } = new URL(url);
  const all = {
    host,
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    ...headers,
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const { promise, resolve, reject } = Promise.withResolvers<UpgradeReply>();
  let text = "";
  const socket = connect(Number(port), hostname, () =>
    socket.write(`GET ${path} HTTP/1.1\r\n${head.join("")}\r\n`),
  );
  socket.setEncoding("latin1");
  socket.on("data", (piece) => {
    text += piece;
    if (isWhole(text)) socket.destroy();
  });
  socket.on("close", () => resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text }));
  socket.on("error", reject);
  return promise;
}

/** The head, and as much of a body as it says that there is. */
function isWhole(text: string): boolean {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return false;
  const length = Number(/^content-length: *(\d+)/im.exec(text.slice(0, end))?.[1] ?? 0);
  return text.length >= end + 4 + length;
}
