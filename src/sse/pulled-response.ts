/**
 * A reply sent in pieces as they come to be. It pulls: a reader that does not read stops the writing, so nothing piles
 * up for it; and one that goes on like that is dropped.
 */

import { MovingDeadline } from "./moving-deadline.ts";
import { nextTurn } from "./next-turn.ts";
import { type StreamEnd, streamBegun } from "./stream-life.ts";

export interface PulledResponseOptions {
  /** Told of what the pieces' source threw; the connection is reset then, so that the reader knows. */
  readonly onDefect?: ((error: unknown) => void) | undefined;
  /** A reader that takes nothing for so many milliseconds is dropped: its connection is reset. */
  readonly stallMs?: number;
}

/** After about so many UTF-16 units others get their turn, and what is garbage by then can be collected. */
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
