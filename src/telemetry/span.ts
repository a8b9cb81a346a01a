/**
 * A span of OpenTelemetry, and its place in a trace that may have begun in another program.
 * @see https://www.w3.org/TR/trace-context/
 */

/** As OTLP numbers them. */
export const spanKinds = { internal: 1, server: 2, client: 3 } as const;

export type Attribute = string | number | boolean | readonly string[];

export interface SpanContext {
  /** 32 digits of lower-case hexadecimal. */
  readonly traceId: string;
  /** 16 digits. */
  readonly spanId: string;
  /** null: it is the first of its trace. */
  readonly parentId: string | null;
}

export interface Span extends SpanContext {
  readonly name: string;
  readonly kind: keyof typeof spanKinds;
  /** Milliseconds since 1970, with fractions. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** undefined is left out. Never a text of a user, nor a person's name. */
  readonly attributes: Readonly<Record<string, Attribute | undefined>>;
  /** The attribute error.type names the error. */
  readonly hasFailed: boolean;
}

/** Receives ended spans; neither waits nor throws. */
export interface SpanSink {
  add(span: Span): void;
}

/** Begins a span: the first of a trace, or a child of the request's `traceparent`. */
export function contextFrom(traceparent: string | null): SpanContext {
  const [, traceId = "", parentId = ""] =
    /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}/.exec(traceparent ?? "") ?? [];
  const isValid = /[^0]/.test(traceId) && /[^0]/.test(parentId);
  return isValid
    ? { traceId, parentId, spanId: randomId(8) }
    : { traceId: randomId(16), parentId: null, spanId: randomId(8) };
}

export const childOf = ({ traceId, spanId }: SpanContext): SpanContext => ({
  traceId,
  parentId: spanId,
  spanId: randomId(8),
});

const randomId = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes)).toHex();

/** performance.now() as a time since 1970. */
export const wallTime = (now: number) => performance.timeOrigin + now;
