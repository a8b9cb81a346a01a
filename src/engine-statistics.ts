/** What the answers of this run were like: how they ended, and how fast each engine was lately. It knows no engine. */
import type { Timings, Usage } from "./chat/chat-event.ts";
import { Histogram, type HistogramCounts } from "./telemetry/histogram.ts";

/** What is used of an answer's end. */
export interface EndedAnswer {
  readonly state: "done" | "stopped" | "failed";
  readonly usage: Usage | null;
  readonly timings: Timings | null;
  readonly writers: readonly { readonly engine: string }[];
}

/** Medians are of so many of an engine's last answers. */
const remembered = 50;
/** In seconds. */
const waitLimits = [0.01, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

export class EngineStatistics {
  readonly #answers = { done: 0, stopped: 0, failed: 0 };
  readonly #timings = new Map<string, Timings[]>();
  readonly #waits = new Histogram(waitLimits);
  #tokens = 0;

  /** @param seconds how long an answer waited for a slot */
  waited(seconds: number): void {
    this.#waits.add(seconds);
  }

  /** How long answers waited for a slot, in seconds. */
  get waits(): HistogramCounts {
    return this.#waits.counts();
  }

  record({ state, usage, timings, writers }: EndedAnswer): void {
    this.#answers[state] += 1;
    this.#tokens += usage?.completionTokens ?? 0;
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

  /** Milliseconds; null before the engine's first answer. */
  timeToFirstToken(engine: string): number | null {
    return this.#median(engine, ({ timeToFirstTokenMs }) => timeToFirstTokenMs);
  }

  /** Of one answer, while it was written. */
  tokensPerSecond(engine: string): number | null {
    return this.#median(engine, ({ decodePerSecond }) => decodePerSecond);
  }

  #median(engine: string, of: (timings: Timings) => number): number | null {
    const values = (this.#timings.get(engine) ?? []).map(of).toSorted((a, b) => a - b);
    return values[Math.floor(values.length / 2)] ?? null;
  }
}
