/**
 * A reply sent in pieces as they come to be. It pulls: a reader that does not read stops the writing, so nothing piles
 * up for it.
 */

/**
 * @param pieces text, in order; it is closed when the reader leaves
 * @param onDefect told of what the pieces' source threw; the connection is reset then, so that the reader knows
 */
export function pulledResponse(
  pieces: AsyncIterable<string>,
  contentType: string,
  onDefect: (error: unknown) => void = console.error,
): Response {
  const iterator = pieces[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let left = false;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await iterator.next();
          if (left) return;
          if (next.done) controller.close();
          else controller.enqueue(encoder.encode(next.value));
        } catch (error) {
          if (left) return;
          onDefect(error);
          // Without a reason: Bun would print it beside the log.
          controller.error();
        }
      },
      async cancel() {
        left = true;
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: { "content-type": contentType, "cache-control": "no-store", "x-accel-buffering": "no" },
  });
}
