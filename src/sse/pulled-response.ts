/**
 * A reply sent in pieces as they come to be. It pulls: a reader that does not read stops the writing, so nothing piles
 * up for it; and one that goes on like that is dropped.
 */
import { MovingDeadline } from "./moving-deadline.ts";

export interface PulledResponseOptions {
  /** Told of what the pieces' source threw; the connection is reset then, so that the reader knows. */
  readonly onDefect?: ((error: unknown) => void) | undefined;
  /** A reader that takes nothing for so many milliseconds is dropped: its connection is reset. */
  readonly stallMs?: number;
}

/** @param pieces text, in order; its `return` is called once when the reader leaves or is dropped */
export function pulledResponse(
  pieces: AsyncIterable<string>,
  contentType: string,
  { onDefect = console.error, stallMs = 60_000 }: PulledResponseOptions = {},
): Response {
  const iterator = pieces[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let over = false;
  let drop = () => {};
  const stall = new MovingDeadline(() => drop());

  /** @returns false when it was over already */
  const end = (): boolean => {
    if (over) return false;
    over = true;
    stall[Symbol.dispose]();
    return true;
  };

  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        drop = () => {
          if (!end()) return;
          iterator.return?.().catch(onDefect);
          controller.error();
        };
      },
      async pull(controller) {
        stall.lift();
        try {
          const next = await iterator.next();
          if (over) return;
          if (next.done) {
            end();
            controller.close();
          } else {
            controller.enqueue(encoder.encode(next.value));
            stall.expectWithin(stallMs);
          }
        } catch (error) {
          if (!end()) return;
          onDefect(error);
          // Without a reason: Bun would print it beside the log.
          controller.error();
        }
      },
      async cancel() {
        if (end()) await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: { "content-type": contentType, "cache-control": "no-store", "x-accel-buffering": "no" },
  });
}
