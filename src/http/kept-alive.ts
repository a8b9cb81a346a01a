/**
 * A JSON reply that may take minutes: after a while its head leaves, then a blank now and then, so that neither a client nor a
 * proxy takes the connection for dead. JSON may begin with blanks (RFC 8259, section 2). It knows nothing of the content.
 */

interface KeptAliveOptions {
  readonly headers: Readonly<Record<string, string>>;
  /** The body of a failure after the head was sent: the status cannot change any more. */
  readonly failed: (error: unknown) => unknown;
  /** Milliseconds until the head leaves; an end or a failure before has its own status. */
  readonly afterMs?: number;
  readonly everyMs?: number;
}

/** @throws what `value` rejects with before the head has left */
export async function keptAlive(
  value: Promise<unknown>,
  { headers, failed, afterMs = 45_000, everyMs = 15_000 }: KeptAliveOptions,
): Promise<Response> {
  const { promise: patience, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(resolve, afterMs, null);
  const settled = value.then((told) => ({ told }));
  try {
    const early = await Promise.race([settled, patience]);
    if (early !== null) return Response.json(early.told, { headers });
  } finally {
    clearTimeout(timer);
  }
  const encoder = new TextEncoder();
  let blanks: NodeJS.Timeout | undefined;
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const blank = () => controller.enqueue(encoder.encode(" "));
      blank();
      blanks = setInterval(blank, everyMs);
      void settled
        .then(({ told }) => told, failed)
        .then((told) => {
          clearInterval(blanks);
          controller.enqueue(encoder.encode(JSON.stringify(told)));
          controller.close();
        })
        // The client has gone: nobody reads the reply.
        .catch(() => clearInterval(blanks));
    },
    cancel: () => clearInterval(blanks),
  });
  return new Response(body, { headers: { ...headers, "content-type": "application/json" } });
}
