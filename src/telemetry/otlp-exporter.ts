/**
 * Sends spans to an OpenTelemetry collector, by OTLP over HTTP as JSON. Nothing waits for it: spans that the collector does
 * not accept are kept for a while and then dropped, oldest first.
 *
 * Our own, because four kinds of span do not need OpenTelemetry's packages: 16 of them, 27 MB on the disk, 25 MB of
 * memory, and 0.2 to 0.6 s of a blocked event loop when they load.
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */
import type { Log } from "../log.ts";
import { type Attribute, type Span, type SpanSink, spanKinds } from "./span.ts";

export interface OtlpOptions {
  /** The address that receives spans. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  readonly version: string;
  readonly log: Log;
  /** For tests: milliseconds that spans wait for others. */
  readonly gatherMs?: number;
  /** For tests: the longest shutdown, in milliseconds. */
  readonly endMs?: number;
  /** For tests: the number of spans that may wait. */
  readonly most?: number;
}

const mostWaiting = 2048;
const mostOfRequest = 512;
const gatherMs = 2_000;
/** The time limit of one request. */
const requestMs = 10_000;
/** The time limit of the shutdown. */
const longestEndMs = 2_000;
/** After each failure the wait doubles, up to this. */
const longestPauseMs = 60_000;
/** Statuses after which the same spans may be sent again: https://opentelemetry.io/docs/specs/otlp/#failures-1 */
const retryable = new Set([429, 502, 503, 504]);

export class OtlpExporter implements SpanSink, AsyncDisposable {
  readonly #options: OtlpOptions;
  #waiting: Span[] = [];
  #dropped = 0;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #sending: Promise<void> | null = null;
  #closed = false;
  /** Aborted when the shutdown takes too long. */
  readonly #end = new AbortController();

  constructor(options: OtlpOptions) {
    this.#options = options;
  }

  /** The number of spans dropped because the collector did not accept them. */
  get dropped(): number {
    return this.#dropped;
  }

  add(span: Span): void {
    if (this.#closed) return;
    this.#waiting.push(span);
    this.#bound();
    if (this.#waiting.length >= mostOfRequest && this.#failures === 0) this.#send();
    else this.#later();
  }

  /** Sends the waiting spans once, and accepts no more. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const limit = setTimeout(() => this.#end.abort(), this.#options.endMs ?? longestEndMs);
    await this.#sending;
    if (this.#waiting.length > 0 && !this.#end.signal.aborted)
      await this.#post(this.#waiting.splice(0, mostOfRequest));
    clearTimeout(limit);
  }

  #bound(): void {
    const surplus = this.#waiting.length - (this.#options.most ?? mostWaiting);
    if (surplus <= 0) return;
    this.#waiting.splice(0, surplus);
    this.#dropped += surplus;
  }

  #later(): void {
    if (this.#timer !== null || this.#sending !== null || this.#closed || this.#waiting.length === 0) return;
    const gather = this.#options.gatherMs ?? gatherMs;
    const pause = Math.min(longestPauseMs, gather * 2 ** this.#failures);
    this.#timer = setTimeout(() => this.#send(), pause);
    this.#timer.unref();
  }

  #send(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#sending !== null) return;
    const batch = this.#waiting.splice(0, mostOfRequest);
    if (batch.length === 0) return;
    this.#sending = this.#post(batch).then(() => {
      this.#sending = null;
      this.#later();
    });
  }

  /** Never rejects. */
  async #post(batch: readonly Span[]): Promise<void> {
    const { endpoint, headers, log } = this.#options;
    try {
      const response = await fetch(endpoint, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify(tracesOf(batch, this.#options)),
        redirect: "error",
        signal: AbortSignal.any([AbortSignal.timeout(requestMs), this.#end.signal]),
      });
      await response.arrayBuffer();
      if (response.ok) {
        if (this.#failures > 0) log.info("traces-sent-again", { dropped: this.#dropped });
        this.#failures = 0;
        return;
      }
      this.#failed(batch, retryable.has(response.status), { status: response.status });
    } catch (error) {
      this.#failed(batch, true, { error });
    }
  }

  #failed(batch: readonly Span[], mayBeSentAgain: boolean, facts: Record<string, unknown>): void {
    // Once a failure, not once a try.
    if (this.#failures === 0) this.#options.log.warn("traces-not-sent", facts);
    this.#failures += 1;
    if (mayBeSentAgain && !this.#closed) {
      this.#waiting.unshift(...batch);
      this.#bound();
    } else this.#dropped += batch.length;
  }
}

/** @see https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto */
function tracesOf(spans: readonly Span[], { serviceName, version }: OtlpOptions) {
  const resource = { "service.name": serviceName, "service.version": version };
  return {
    resourceSpans: [
      {
        resource: { attributes: attributesOf(resource) },
        scopeSpans: [{ scope: { name: "local-financial-assistant", version }, spans: spans.map(toOtlp) }],
      },
    ],
  };
}

const toOtlp = (span: Span) => ({
  traceId: span.traceId,
  spanId: span.spanId,
  ...(span.parentId === null ? {} : { parentSpanId: span.parentId }),
  name: span.name,
  kind: spanKinds[span.kind],
  startTimeUnixNano: nanoseconds(span.startedAt),
  endTimeUnixNano: nanoseconds(Math.max(span.startedAt, span.endedAt)),
  attributes: attributesOf(span.attributes),
  status: span.hasFailed ? { code: 2 } : {},
});

const attributesOf = (attributes: Span["attributes"]) =>
  Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: toldValue(value) }],
  );

function toldValue(value: Attribute) {
  switch (typeof value) {
    case "string":
      return { stringValue: value };
    case "boolean":
      return { boolValue: value };
    case "number":
      // A JSON number has less than 64 bits: integers are sent as strings.
      return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
    default:
      return { arrayValue: { values: value.map((text) => ({ stringValue: text })) } };
  }
}

/** More digits than a number has: the milliseconds, then their fraction. */
function nanoseconds(milliseconds: number): string {
  const whole = Math.floor(milliseconds);
  return String(BigInt(whole) * 1_000_000n + BigInt(Math.floor((milliseconds - whole) * 1e6)));
}
