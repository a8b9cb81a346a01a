/**
 * Server-sent events: one encoder, one heartbeat, one kind of reply. The stream pulls: it reads its source only when its
 * reader can take more, and never further ahead than one read, so a slow reader costs no memory. It knows nothing of the
 * content of frames.
 */

import { LivePieces } from "./live-pieces.ts";
import { mostAtOnce, pulledBody } from "./pulled-response.ts";

interface Frame {
  /** A reader that reconnects sends it as Last-Event-ID. */
  readonly id?: string;
  readonly event?: string;
  readonly data: string;
}

export interface EventStreamOptions {
  /** Added to those of an event stream. */
  readonly headers?: Record<string, string>;
  /** Milliseconds of silence before a comment is sent, so that no proxy takes the stream for dead. */
  readonly heartbeatMs?: number;
  /** What is sent then, in place of a comment: a whole frame. */
  readonly heartbeat?: string;
  /** The reader counts bytes to say from where it reads on: there are the frames' own and no others. */
  readonly isCounted?: boolean;
  /** Milliseconds after which a reader that takes nothing is dropped; it may reconnect and replay. */
  readonly stallMs?: number;
  /** Gets the errors of the source, and none that a reader's leaving causes. */
  readonly onDefect?: (error: unknown) => void;
}

/**
 * One event of a text/event-stream. Every line end in `data` is a new line to the reader, whichever kind it was.
 * @throws TypeError when `id` or `event` holds a line end or NUL, which the format cannot carry
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function encodeFrame({ id, event, data }: Frame): string {
  const lines = /[\r\n]/.test(data) ? data.split(/\r\n|\r|\n/).join("\ndata: ") : data;
  return `${field("id", id)}${field("event", event)}data: ${lines}\n\n`;
}

/**
 * A line that readers ignore: it shows a client that counts bytes that the stream lives. No empty line follows it: OpenAI's
 * package for Python takes that for an event without data once it has seen an id, and fails on its JSON.
 */
export const encodeComment = (text: string) => `: ${text.replaceAll(/[\r\n]+/g, " ")}\n`;

function field(name: "id" | "event", value: string | undefined): string {
  if (value === undefined) return "";
  if (/[\r\n\0]/.test(value)) throw new TypeError(`The ${name} of an event may not hold a line end or NUL.`);
  return `${name}: ${value}\n`;
}

/**
 * Replies with the frames as they come. Headers are sent at once, with a first comment; a frame is never split over two
 * writes. When the reader leaves, the source's `return` is called, once. When the source throws, the connection is reset:
 * a stream that only looks complete would be a loss that nobody notices.
 * The caller disables the server's own idle limit (`server.timeout(request, 0)`).
 */
export function eventStreamResponse(
  frames: AsyncIterable<string>,
  request: Request,
  {
    headers,
    heartbeatMs = 15_000,
    heartbeat = encodeComment("ping"),
    isCounted = false,
    stallMs = 60_000,
    onDefect = console.error,
  }: EventStreamOptions = {},
): Response {
  const source = frames[Symbol.asyncIterator]();
  const pieces = new LivePieces(source, {
    ...(isCounted ? {} : { greeting: ": ok\n\n", silence: { beat: heartbeat, intervalMs: heartbeatMs } }),
    most: mostAtOnce,
  });
  const body = pulledBody(pieces, {
    kind: "events",
    source,
    reader: request.signal,
    onDefect,
    stallMs,
  });
  const all = new Headers(headers);
  all.set("content-type", "text/event-stream; charset=utf-8");
  all.set("cache-control", "no-store");
  all.set("x-accel-buffering", "no");
  return new Response(body, { headers: all });
}
