/** Statistics of this run's answers: how they ended, and how fast each engine was lately. It knows no engine. */
import type { Timings, Usage } from "../chat/chat-event.ts";
import type { Labels } from "../telemetry/histogram.ts";
import { type LabelledCounts, LabelledHistogram } from "../telemetry/histogram.ts";
import type { Samples } from "../telemetry/metric.ts";

/** The used fields of an answer's end. */
interface EndedAnswer {
  readonly state: "done" | "stopped" | "failed";
  readonly usage: Usage | null;
  readonly timings: Timings | null;
  readonly writers: readonly { readonly engine: string; readonly model: string }[];
}

/** All by one clock, in milliseconds. */
interface TimesOfAnswer {
  readonly askedAt: number;
  /** When an engine began it; null: none did. */
  readonly startedAt: number | null;
  readonly firstTokenAt: number | null;
  readonly endedAt: number;
}

/** The number of an engine's last answers in its medians. */
const remembered = 50;
/**
 * In seconds: vLLM's own, so that its dashboards fit (REQUEST_LATENCY_BUCKETS and TIME_TO_FIRST_TOKEN_BUCKETS).
 * @see https://github.com/vllm-project/vllm/blob/main/vllm/v1/metrics/buckets.py
 */
const latencyLimits = [
  0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960, 1920, 7680,
];
const firstTokenLimits = [
  0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, 160, 640,
  2560,
];

export class EngineStatistics {
  readonly #answers = { done: 0, stopped: 0, failed: 0 };
  readonly #timings = new Map<string, Timings[]>();
  readonly #waits = new LabelledHistogram(latencyLimits);
  readonly #firstTokens = new LabelledHistogram(firstTokenLimits);
  readonly #tokensBy = new Map<string, { readonly labels: Labels; tokens: number }>();
  #tokens = 0;

  /** The wait for a slot, and the wait for the first token: from the question on, as vLLM counts it. */
  timed({ writers }: EndedAnswer, { askedAt, startedAt, firstTokenAt, endedAt }: TimesOfAnswer): void {
    const labels = labelsOf(writers);
    this.#waits.add(labels, ((startedAt ?? endedAt) - askedAt) / 1000);
    if (firstTokenAt !== null) this.#firstTokens.add(labels, (firstTokenAt - askedAt) / 1000);
  }

  /** The waits for a slot, in seconds. */
  get waits(): LabelledCounts {
    return this.#waits.counts();
  }

  /** The waits for the first token, in seconds. */
  get firstTokens(): LabelledCounts {
    return this.#firstTokens.counts();
  }

  record({ state, usage, timings, writers }: EndedAnswer): void {
    this.#answers[state] += 1;
    const tokens = usage?.completionTokens ?? 0;
    this.#tokens += tokens;
    const labels = labelsOf(writers);
    const key = JSON.stringify(labels);
    const counted = this.#tokensBy.get(key) ?? { labels, tokens: 0 };
    counted.tokens += tokens;
    this.#tokensBy.set(key, counted);
    const engine = writers.at(-1)?.engine;
    if (engine === undefined || timings === null) return;
    this.#timings.set(engine, [...(this.#timings.get(engine) ?? []), timings].slice(-remembered));
  }

  get answers(): { readonly done: number; readonly stopped: number; readonly failed: number } {
    return { ...this.#answers };
  }

  /** Generated since the start. */
  get tokens(): number {
    return this.#tokens;
  }

  /** The same by the engine and the model that wrote last. */
  get tokensByModel(): Samples {
    return [...this.#tokensBy.values()].map(({ labels, tokens }) => [labels, tokens]);
  }

  /** Milliseconds; null before the engine's first answer. */
  timeToFirstToken(engine: string): number | null {
    return this.#median(engine, ({ timeToFirstTokenMs }) => timeToFirstTokenMs);
  }

  /** Of one answer, while it was generated. */
  tokensPerSecond(engine: string): number | null {
    return this.#median(engine, ({ decodePerSecond }) => decodePerSecond);
  }

  #median(engine: string, of: (timings: Timings) => number): number | null {
    const values = (this.#timings.get(engine) ?? []).map(of).toSorted((a, b) => a - b);
    return values[Math.floor(values.length / 2)] ?? null;
  }
}

/** vLLM's definitions. null for an answer without an engine. */
function labelsOf(writers: EndedAnswer["writers"]): Labels {
  const writer = writers.at(-1);
  return writer === undefined ? {} : { engine: writer.engine, model_name: writer.model };
}
