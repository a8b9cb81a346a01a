/** Traces of answers, where a collector is configured; otherwise nothing of it is loaded. */
import type { EngineStatus } from "../chat/engine.ts";
import type { AnswerTimes } from "../generations/generation-events.ts";
import type { Outcome } from "../generations/generation-update.ts";
import type { Log } from "../log.ts";
import type { TracingSettings } from "../settings/settings.ts";
import type { Generation } from "../store/schema.ts";
import type { TracedAnswer, Tracer } from "../telemetry/tracer.ts";

interface Tracing extends AsyncDisposable {
  readonly tracer: Tracer;
}

/** @returns null where nothing is to be traced */
export async function openTracing(
  settings: TracingSettings | null,
  options: { readonly version: string; readonly log: Log },
): Promise<Tracing | null> {
  if (settings === null) return null;
  const [{ OtlpExporter }, { Tracer: OwnTracer }] = await Promise.all([
    import("../telemetry/otlp-exporter.ts"),
    import("../telemetry/tracer.ts"),
  ]);
  const exporter = new OtlpExporter({ ...settings, ...options });
  return { tracer: new OwnTracer(exporter), [Symbol.asyncDispose]: () => exporter[Symbol.asyncDispose]() };
}

/** @param engines as they are when it has ended */
export function tracedAnswer(
  outcome: Outcome,
  generation: Generation,
  times: AnswerTimes,
  engines: readonly EngineStatus[],
): TracedAnswer {
  const writer = outcome.writers.at(-1);
  const status = engines.find(({ engine }) => engine === writer?.engine);
  const url = status?.details.url;
  const { usage } = outcome;
  return {
    id: generation.id,
    conversationId: generation.conversationId,
    operation: generation.request?.prompt === undefined ? "chat" : "text_completion",
    isLocal: typeof url !== "string",
    engine: writer?.engine ?? null,
    server: typeof url === "string" && URL.canParse(url) ? serverOf(new URL(url)) : null,
    requestModel: generation.model,
    responseModel: writer?.model ?? null,
    sampling: generation.sampling,
    state: outcome.state,
    finishReason: outcome.finishReason,
    errorCode: outcome.error?.code ?? null,
    inputTokens: usage?.promptTokens ?? null,
    cachedTokens: usage?.cachedTokens ?? null,
    outputTokens: usage?.completionTokens ?? null,
    ...times,
  };
}

const serverOf = ({ hostname, port, protocol }: URL) => ({
  host: hostname,
  port: port === "" ? (protocol === "https:" ? 443 : 80) : Number(port),
});
