/**
 * A reply that is sent in pieces as they are made. It pulls: nothing is made for a reader that does not read, and such a
 * reader is dropped after a while.
 */

import { MovingDeadline } from "./moving-deadline.ts";
import { nextTurn } from "./next-turn.ts";
import { type StreamEnd, streamBegun } from "./stream-life.ts";

export interface PulledResponseOptions {
  /** Gets the error of the source; the connection is then reset, so that the reader notices. */
  readonly onDefect?: ((error: unknown) => void) | undefined;
  /** Milliseconds after which a reader that takes nothing is dropped: its connection is reset. */
  readonly stallMs?: number;
}

/** After about this many UTF-16 units others get their turn, and garbage can be collected. */
const mostInATurn = 64 * 1024;

/** @param pieces text, in order; its `return` is called once when the reader leaves or is dropped */
export function pulledResponse(
  pieces: AsyncIterable<string>,
  contentType: string,
  { onDefect = console.error, stallMs = 60_000 }: PulledResponseOptions = {},
): Response {
  const iterator = pieces[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let over = false;
  let sentInThisTurn = 0;
  let drop = () => {};
  const stall = new MovingDeadline(() => drop());

  /** @returns false when it was over already */
  const end = (how: StreamEnd): boolean => {
    if (over) return false;
    over = true;
    tellEnd(how);
    stall[Symbol.dispose]();
    return true;
  };

  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        drop = () => {
          if (!end("stalled")) return;
          iterator.return?.().catch(onDefect);
          controller.error();
        };
      },
      async pull(controller) {
        stall.lift();
        if (sentInThisTurn >= mostInATurn) {
          sentInThisTurn = 0;
          await nextTurn();
          if (over) return;
        }
        try {
          const next = await iterator.next();
          if (over) return;
          if (next.done) {
            end("done");
            controller.close();
          } else {
            controller.enqueue(encoder.encode(next.value));
            sentInThisTurn += next.value.length;
            stall.expectWithin(stallMs);
          }
        } catch (error) {
          if (!end("broken")) return;
          onDefect(error);
          // Without a reason: Bun would print it beside the log.
          controller.error();
        }
      },
      async cancel() {
        if (end("left")) await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
  const tellEnd = streamBegun(body, "pieces");
  return new Response(body, {
    headers: { "content-type": contentType, "cache-control": "no-store", "x-accel-buffering": "no" },
  });
}
