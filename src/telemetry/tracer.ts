/**
 * Traces requests and their answers: an answer belongs to the request that began it, however long it outlives it. It knows
 * neither routes nor engines.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { type Attribute, childOf, contextFrom, type SpanContext, type SpanSink, wallTime } from "./span.ts";

/** The facts of a request after its reply was sent. */
export interface TracedRequest {
  readonly method: string;
  /** The route's pattern. */
  readonly route: string;
  readonly status: number;
  readonly scheme: string;
  readonly host: string;
  readonly port: number | null;
}

/** The facts of an ended answer. Times are those of performance.now(). */
export interface TracedAnswer {
  readonly id: string;
  readonly conversationId: string;
  /** chat, or text_completion for a text to continue. */
  readonly operation: "chat" | "text_completion";
  /** Runs in this process, without network calls. */
  readonly isLocal: boolean;
  readonly engine: string | null;
  readonly server: { readonly host: string; readonly port: number | null } | null;
  readonly requestModel: string;
  readonly responseModel: string | null;
  readonly sampling: {
    readonly temperature: number;
    readonly topP: number;
    readonly maxTokens: number;
    readonly seed: number;
  };
  readonly state: "done" | "stopped" | "failed";
  readonly finishReason: string | null;
  readonly errorCode: string | null;
  readonly inputTokens: number | null;
  readonly cachedTokens: number | null;
  readonly outputTokens: number | null;
  readonly askedAt: number;
  /** When it got a slot; null: it never did. */
  readonly startedAt: number | null;
  readonly firstTokenAt: number | null;
  readonly endedAt: number;
}

export interface RequestSpan {
  readonly context: SpanContext;
  readonly begunAt: number;
}

export class Tracer {
  readonly #sink: SpanSink;
  readonly #current = new AsyncLocalStorage<SpanContext>();
  readonly #answers = new Map<string, SpanContext>();

  constructor(sink: SpanSink) {
    this.#sink = sink;
  }

  /** Does the work of a request; spans that begin in it belong to its trace. */
  request<T>(traceparent: string | null, work: (span: RequestSpan) => T): T {
    const span = { context: contextFrom(traceparent), begunAt: performance.now() };
    return this.#current.run(span.context, () => work(span));
  }

  /** @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server-span */
  requestEnded({ context, begunAt }: RequestSpan, request: TracedRequest): void {
    const { method, route, status, scheme, host, port } = request;
    this.#sink.add({
      ...context,
      name: `${method} ${route}`,
      kind: "server",
      startedAt: wallTime(begunAt),
      endedAt: wallTime(performance.now()),
      hasFailed: status >= 500,
      attributes: {
        "http.request.method": method,
        "http.route": route,
        "http.response.status_code": status,
        "url.scheme": scheme,
        "server.address": host,
        "server.port": port ?? undefined,
        "error.type": status >= 500 ? String(status) : undefined,
      },
    });
  }

  /** Call it inside the request that asks, if there is one. */
  answerBegun(id: string): void {
    const above = this.#current.getStore();
    this.#answers.set(id, above === undefined ? contextFrom(null) : childOf(above));
  }

  /** @see https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/#inference */
  answerEnded(answer: TracedAnswer): void {
    const context = this.#answers.get(answer.id) ?? contextFrom(null);
    this.#answers.delete(answer.id);
    const { askedAt, startedAt, firstTokenAt, endedAt, server } = answer;
    this.#sink.add({
      ...context,
      name: `${answer.operation} ${answer.requestModel}`,
      kind: answer.isLocal ? "internal" : "client",
      startedAt: wallTime(askedAt),
      endedAt: wallTime(endedAt),
      hasFailed: answer.state === "failed",
      attributes: {
        "gen_ai.operation.name": answer.operation,
        "gen_ai.provider.name": answer.engine ?? undefined,
        "gen_ai.request.model": answer.requestModel,
        "gen_ai.response.model": answer.responseModel ?? undefined,
        "gen_ai.response.id": answer.id,
        "gen_ai.conversation.id": answer.conversationId,
        "gen_ai.request.temperature": answer.sampling.temperature,
        "gen_ai.request.top_p": answer.sampling.topP,
        "gen_ai.request.max_tokens": answer.sampling.maxTokens,
        "gen_ai.request.seed": answer.sampling.seed,
        "gen_ai.response.finish_reasons": answer.finishReason === null ? undefined : [answer.finishReason],
        "gen_ai.usage.input_tokens": answer.inputTokens ?? undefined,
        "gen_ai.usage.cache_read.input_tokens": answer.cachedTokens ?? undefined,
        "gen_ai.usage.output_tokens": answer.outputTokens ?? undefined,
        "server.address": server?.host,
        "server.port": server?.port ?? undefined,
        "error.type": answer.errorCode ?? undefined,
        "assistant.answer.state": answer.state,
      },
    });
    this.#part(context, "wait for a slot", askedAt, startedAt ?? endedAt);
    if (startedAt === null) return;
    this.#part(context, "read the prompt", startedAt, firstTokenAt ?? endedAt, {
      "gen_ai.usage.input_tokens": answer.inputTokens ?? undefined,
    });
    if (firstTokenAt === null) return;
    this.#part(context, "write the answer", firstTokenAt, endedAt, {
      "gen_ai.usage.output_tokens": answer.outputTokens ?? undefined,
    });
  }

  #part(
    above: SpanContext,
    name: string,
    from: number,
    to: number,
    attributes: Readonly<Record<string, Attribute | undefined>> = {},
  ): void {
    this.#sink.add({
      ...childOf(above),
      name,
      kind: "internal",
      startedAt: wallTime(from),
      endedAt: wallTime(to),
      hasFailed: false,
      attributes,
    });
  }
}
