/** Interim: replaced by the real one. */
export interface Frame { readonly id?: string; readonly event?: string; readonly data: string }
export function encodeFrame({ id, event, data }: Frame): string {
  const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`).join("");
  return `${id === undefined ? "" : `id: ${id}\n`}${event === undefined ? "" : `event: ${event}\n`}${lines}\n`;
}
export function eventStreamResponse(frames: AsyncIterable<string>, _request: Request): Response {
  const iterator = frames[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let first = true;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (first) { first = false; controller.enqueue(encoder.encode(": hello\n\n")); return; }
      const next = await iterator.next();
      if (next.done) controller.close(); else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() { await iterator.return?.(); },
  }, { highWaterMark: 0 });
  return new Response(body, { headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" } });
}
