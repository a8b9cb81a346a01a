/** A little OpenTelemetry collector: takes spans by OTLP over HTTP, remembers them, and can be told to be in trouble. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly start: bigint;
  readonly end: bigint;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly failed: boolean;
}

export interface FakeCollector extends AsyncDisposable {
  readonly url: string;
  readonly spans: ReceivedSpan[];
  /** What came, as it came. */
  readonly bodies: string[];
  readonly requests: Request[];
  /** What it answers from now on; null: never at all. */
  trouble: number | null | undefined;
  /** Resolves when so many spans have come. */
  has(count: number): Promise<void>;
}

export function openCollector(): FakeCollector {
  const spans: ReceivedSpan[] = [];
  const bodies: string[] = [];
  const requests: Request[] = [];
  const waiting = new Set<() => void>();
  const hanging = Promise.withResolvers<Response>();
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 0,
    async fetch(request) {
      requests.push(request);
      const body = await request.text();
      if (collector.trouble === null) return hanging.promise;
      if (collector.trouble !== undefined) return new Response(null, { status: collector.trouble });
      bodies.push(body);
      for (const { scopeSpans } of JSON.parse(body).resourceSpans)
        for (const scope of scopeSpans) for (const span of scope.spans) spans.push(read(span));
      for (const look of waiting) look();
      return Response.json({ partialSuccess: {} });
    },
  });
  const collector: FakeCollector = {
    url: `http://127.0.0.1:${server.port}`,
    spans,
    bodies,
    requests,
    trouble: undefined,
    async has(count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const look = () => {
        if (spans.length >= count) resolve();
      };
      waiting.add(look);
      look();
      await promise;
      waiting.delete(look);
    },
    [Symbol.asyncDispose]: async () => {
      hanging.resolve(new Response(null, { status: 503 }));
      await server.stop(true);
    },
  };
  return collector;
}

interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly status: { readonly code?: number };
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
}

function read({ startTimeUnixNano, endTimeUnixNano, status, attributes, ...span }: SentSpan): ReceivedSpan {
  return {
    ...span,
    start: BigInt(startTimeUnixNano),
    end: BigInt(endTimeUnixNano),
    failed: status.code === 2,
    attributes: Object.fromEntries(
      attributes.map(({ key, value }) => [
        key,
        "intValue" in value ? Number(value.intValue) : Object.values(value)[0],
      ]),
    ),
  };
}
