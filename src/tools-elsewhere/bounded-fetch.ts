/** Requests to a server of tools at an address: what comes back is bounded, whatever the server sends. */

/** Of one reply, in bytes. */
const longestReply = 8 * 1024 * 1024;

/** @throws while the body is read, when it is longer */
export async function boundedFetch(url: string | URL, init?: RequestInit): Promise<Response> {
  const reply = await fetch(url, init);
  if (reply.body === null) return reply;
  let length = 0;
  const counted = reply.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        length += chunk.length;
        if (length > longestReply) controller.error(new Error("It sends far more than it was asked for."));
        else controller.enqueue(chunk);
      },
    }),
  );
  const { status, statusText, headers } = reply;
  return new Response(counted, { status, statusText, headers });
}
