/**
 * One HTML page sent in pieces as they come to be. It pulls: a reader that does not read stops the writing, so
 * nothing piles up for it.
 */

/**
 * @param pieces HTML, in order; it is closed when the reader leaves
 * @param headers added to those of an HTML stream
 */
export function htmlStreamResponse(pieces: AsyncIterable<string>, headers?: HeadersInit): Response {
  const iterator = pieces[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await iterator.next();
        if (next.done) controller.close();
        else controller.enqueue(encoder.encode(next.value));
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
  const all = new Headers(headers);
  all.set("content-type", "text/html; charset=utf-8");
  all.set("cache-control", "no-store");
  all.set("x-accel-buffering", "no");
  return new Response(body, { headers: all });
}
