/** Times an answer of an upstream. */
import type { Timings, Usage } from "../../chat/chat-event.ts";

/** Times an answer as it is seen from here: the network and vLLM's own queue are part of the first token's time. */
export class Stopwatch {
  readonly #startedAt = performance.now();
  #firstAt: number | null = null;
  #tokens = 0;

  count(tokens: number): void {
    this.#firstAt ??= performance.now();
    this.#tokens += tokens;
  }

  timings({ promptTokens, cachedTokens }: Usage): Timings {
    const now = performance.now();
    const firstAt = this.#firstAt ?? now;
    const promptMs = firstAt - this.#startedAt;
    const decodeMs = now - firstAt;
    return {
      promptMs,
      promptPerSecond: promptMs > 0 ? ((promptTokens - cachedTokens) * 1000) / promptMs : 0,
      decodeMs,
      decodePerSecond: decodeMs > 0 ? (Math.max(0, this.#tokens - 1) * 1000) / decodeMs : 0,
      timeToFirstTokenMs: promptMs,
    };
  }
}
