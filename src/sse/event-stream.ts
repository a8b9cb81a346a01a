/**
 * Server-sent events: one encoder, one heartbeat, one kind of reply. The stream pulls: it reads its source only when its
 * reader can take more, and never further ahead than one read, so a slow reader costs no memory. It knows nothing of the
 * content of frames.
 */

import { MovingDeadline } from "./moving-deadline.ts";
import { nextTurn } from "./next-turn.ts";
import { type StreamEnd, streamBegun } from "./stream-life.ts";

export interface Frame {
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
  /** Milliseconds after which a reader that takes nothing is dropped; it may reconnect and replay. */
  readonly stallMs?: number;
  /** Gets the errors of the source, and none that a reader's leaving causes. */
  readonly onDefect?: (error: unknown) => void;
}

/** Frames that are ready together are sent together, up to about this many UTF-16 units. */
const mostTogether = 64 * 1024;

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

type Read =
  | { readonly type: "frame"; readonly frame: string }
  | { readonly type: "done" }
  | { readonly type: "broken"; readonly error: unknown };

/**
 * Replies with the frames as they come. Headers are sent at once, with a first comment; a frame is never split over two
 * writes. When the reader leaves, the source's `return` is called, once. When the source throws, the connection is reset:
 * a stream that only looks complete would be a loss that nobody notices.
 * The caller disables the server's own idle limit (`server.timeout(request, 0)`).
 */
export function eventStreamResponse(
  frames: AsyncIterable<string>,
  request: Request,
  { headers, heartbeatMs = 15_000, stallMs = 60_000, onDefect = console.error }: EventStreamOptions = {},
): Response {
  const iterator = frames[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const reader = request.signal;
  let greeted = false;
  let over = false;
  let cancelled = false;
  /** The one read that is in progress, or done and not yet sent. */
  let ahead: Promise<Read> | undefined;
  let wake: ((reason: "left" | "silence") => void) | undefined;
  /** More frames are ready than one write sends. */
  let catchesUp = false;
  const heartbeat = new MovingDeadline(() => wake?.("silence"));
  let drop = () => {};
  const stall = new MovingDeadline(() => drop());

  const read = (): Promise<Read> => {
    ahead ??= nextOf(iterator);
    return ahead;
  };

  /** @returns false when it was over already */
  const end = (how: StreamEnd): boolean => {
    if (over) return false;
    over = true;
    tellEnd(how);
    heartbeat[Symbol.dispose]();
    stall[Symbol.dispose]();
    reader.removeEventListener("abort", onAbort);
    return true;
  };

  function leave(how: StreamEnd = "left"): void {
    if (!end(how)) return;
    wake?.("left");
    // A waiting generator notices only when its own signal has woken it; nobody waits for that here.
    iterator.return?.().catch(onDefect);
  }

  const onAbort = () => leave();

  /** The next read, unless silence or the reader's leaving comes first. */
  const soonest = async (): Promise<Read | "silence" | "left"> => {
    const first = Promise.withResolvers<Read | "silence" | "left">();
    wake = first.resolve;
    heartbeat.expectWithin(heartbeatMs);
    read().then(first.resolve);
    const soonest = await first.promise;
    heartbeat.lift();
    wake = undefined;
    return soonest;
  };

  /** The frame and those that are ready in the same turn of the event loop. */
  const gather = async (frame: string): Promise<string> => {
    let together = frame;
    const turn = Promise.withResolvers<null>();
    setImmediate(turn.resolve, null);
    while (together.length < mostTogether) {
      const more = await Promise.race([read(), turn.promise]);
      if (more?.type !== "frame") break;
      ahead = undefined;
      together += more.frame;
    }
    catchesUp = together.length >= mostTogether;
    return together;
  };

  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        drop = () => {
          leave("stalled");
          controller.error();
        };
      },
      async pull(controller) {
        stall.lift();
        const send = (text: string) => {
          if (over) return close();
          controller.enqueue(encoder.encode(text));
          stall.expectWithin(stallMs);
        };
        const close = () => {
          if (!cancelled) controller.close();
        };
        // Otherwise a long replay would run in one turn of the event loop: others would wait, and all of its garbage, ten times
        // the sent bytes, would be kept until then.
        if (catchesUp) await nextTurn();
        if (over) return close();
        if (!greeted) {
          greeted = true;
          return send(": ok\n\n");
        }
        const next = await soonest();
        if (next === "left") return close();
        if (next === "silence") return send(encodeComment("ping"));
        ahead = undefined;
        switch (next.type) {
          case "frame":
            return send(await gather(next.frame));
          case "done":
            end("done");
            return close();
          case "broken":
            if (!end("broken")) return close();
            onDefect(next.error);
            // Without a reason: Bun resets the connection in any case, and would print one beside the log.
            return controller.error();
          default:
            next satisfies never;
        }
      },
      cancel() {
        cancelled = true;
        leave();
      },
    },
    { highWaterMark: 0 },
  );

  const tellEnd = streamBegun(body, "events");
  if (reader.aborted) leave();
  else reader.addEventListener("abort", onAbort, { once: true });

  const all = new Headers(headers);
  all.set("content-type", "text/event-stream; charset=utf-8");
  all.set("cache-control", "no-store");
  all.set("x-accel-buffering", "no");
  return new Response(body, { headers: all });
}

/** Never rejects: an error waits its turn behind the frames before it. */
async function nextOf(iterator: AsyncIterator<string>): Promise<Read> {
  try {
    const next = await iterator.next();
    return next.done ? { type: "done" } : { type: "frame", frame: next.value };
  } catch (error) {
    return { type: "broken", error };
  }
}
