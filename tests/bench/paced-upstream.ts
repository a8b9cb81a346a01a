/**
 * A vLLM without a model that costs next to nothing: every stream gets its next token in the same tick of one timer,
 * and all of them the same bytes. A token's text is the moment at which it was written, so that a reader in another
 * process knows how long it has been under way. It speaks HTTP/1.1 on plain sockets, as far as VllmEngine needs it.
 *
 *   bun tests/bench/paced-upstream.ts --pace 20
 */
import { parseArgs } from "node:util";
import { stampNow } from "./stamped-token.ts";

interface Stream {
  readonly tokens: number;
  written: number;
}

/** What a connection is at. */
interface Connection {
  /** Of a request that has not come whole; latin1. */
  received: string;
  /** The answer that is being written to it. */
  stream: Stream | null;
  /** What the socket did not take. */
  unsent: Uint8Array[];
}

type Socket = Bun.Socket<Connection>;

const model = "paced-model";
const contextSize = 32_768;
/** The same for every prompt: nobody's template is measured here. */
const promptTokens = 40;
const encoder = new TextEncoder();
const frameHead = {
  id: "chatcmpl-0123456789abcdef0123456789abcdef",
  object: "chat.completion.chunk",
  created: 1_764_000_000,
  model,
};
/** The head of a streamed answer, and the frame with which vLLM begins. */
const opening = encoder.encode(
  `HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n${chunked(frame({ role: "assistant", content: "" }))}`,
);

const { values } = parseArgs({ options: { pace: { type: "string", default: "20" } } });
const paceMs = Number(values.pace);
const streaming = new Set<Socket>();

const server = Bun.listen<Connection>({
  hostname: "127.0.0.1",
  port: 0,
  socket: {
    open(socket) {
      socket.data = { received: "", stream: null, unsent: [] };
    },
    data(socket, bytes) {
      socket.data.received += bytes.toString("latin1");
      for (let request = nextRequest(socket.data); request !== null; request = nextRequest(socket.data))
        answer(socket, request);
    },
    drain(socket) {
      const { unsent } = socket.data;
      socket.data.unsent = [];
      for (const bytes of unsent) send(socket, bytes);
    },
    close(socket) {
      streaming.delete(socket);
    },
    error(_socket, error) {
      console.error(error.message);
    },
  },
});
console.log(`http://127.0.0.1:${server.port}`);
// It ends with the process that started it.
process.stdin.once("end", () => process.exit(0)).resume();

let due = performance.now() + paceMs;
setTimeout(tick, paceMs);

/** One token to every stream. A late tick moves none of the later ones. */
function tick(): void {
  const token = encoder.encode(chunked(frame({ content: stampNow() })));
  for (const socket of streaming) {
    const { stream } = socket.data;
    if (stream === null) continue;
    send(socket, token);
    stream.written += 1;
    if (stream.written < stream.tokens) continue;
    streaming.delete(socket);
    socket.data.stream = null;
    send(socket, endOf(stream.tokens));
  }
  due += paceMs;
  setTimeout(tick, Math.max(0, due - performance.now()));
}

interface HttpRequest {
  readonly path: string;
  readonly body: string;
}

/** Takes the next whole request off what was received. */
function nextRequest(connection: Connection): HttpRequest | null {
  const { received } = connection;
  const headEnd = received.indexOf("\r\n\r\n");
  if (headEnd < 0) return null;
  const head = received.slice(0, headEnd);
  const end = headEnd + 4 + Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  if (received.length < end) return null;
  connection.received = received.slice(end);
  return { path: head.split(" ", 2)[1] ?? "", body: received.slice(headEnd + 4, end) };
}

function answer(socket: Socket, { path, body }: HttpRequest): void {
  switch (path) {
    case "/v1/models":
      sendJson(socket, { object: "list", data: [{ id: model, max_model_len: contextSize }] });
      break;
    case "/tokenize":
      sendJson(socket, { count: promptTokens, max_model_len: contextSize });
      break;
    case "/health":
      sendJson(socket, {});
      break;
    case "/v1/chat/completions":
      socket.data.stream = { tokens: Number(/"max_tokens":(\d+)/.exec(body)?.[1] ?? 50), written: 0 };
      streaming.add(socket);
      send(socket, opening);
      break;
    default:
      send(socket, encoder.encode("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));
  }
}

function sendJson(socket: Socket, value: object): void {
  const json = JSON.stringify(value);
  const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${json.length}\r\n\r\n`;
  send(socket, encoder.encode(head + json));
}

function send(socket: Socket, bytes: Uint8Array): void {
  const { unsent } = socket.data;
  const sent = unsent.length > 0 ? 0 : Math.max(0, socket.write(bytes));
  if (sent < bytes.length) unsent.push(bytes.subarray(sent));
}

/** One chunk of a body whose length nobody knows (RFC 9112, section 7.1). The text is ASCII. */
function chunked(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n`;
}

/** As vLLM writes it. */
function frame(delta: object, reason: string | null = null): string {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: reason, token_ids: [1] }];
  return event({ ...frameHead, choices });
}

function event(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

function endOf(tokens: number): Uint8Array {
  const usage = {
    prompt_tokens: promptTokens,
    completion_tokens: tokens,
    total_tokens: promptTokens + tokens,
  };
  const frames = `${frame({ content: "" }, "length")}${event({ ...frameHead, choices: [], usage })}data: [DONE]\n\n`;
  return encoder.encode(`${chunked(frames)}0\r\n\r\n`);
}
