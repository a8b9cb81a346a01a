/** A model hub on this machine: it answers with a model, whole or in ranges. */

/**
 * @param bytes the model
 * @param change answers in its place when it returns something
 */
export function hub(bytes: Buffer, change: (request: Request) => Response | null = () => null) {
  return Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch(request) {
      const changed = change(request);
      if (changed !== null) return changed;
      const range = /bytes=(\d+)-(\d+)?/.exec(request.headers.get("range") ?? "");
      const start = Number(range?.[1] ?? 0);
      const end = Math.min(Number(range?.[2] ?? bytes.length - 1), bytes.length - 1);
      const headers = { "accept-ranges": "bytes", "content-length": String(end - start + 1) };
      const part = request.method === "HEAD" ? null : new Uint8Array(bytes.subarray(start, end + 1));
      if (range === null) return new Response(part, { headers });
      const contentRange = `bytes ${start}-${end}/${bytes.length}`;
      return new Response(part, { status: 206, headers: { ...headers, "content-range": contentRange } });
    },
  });
}

/** What the catalogue says of a model on such a hub. */
export function hubSource(port: number | undefined, file = "tiny-chat.gguf") {
  return { type: "hub", uri: `http://127.0.0.1:${port}/${file}` } as const;
}
