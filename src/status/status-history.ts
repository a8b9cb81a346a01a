/** The last ten minutes of the program, for the small graphs of the status page, and what became of its engines. */
import type { EngineState, EngineStatus } from "../chat/engine.ts";

const intervalMs = 5_000;
/** Ten minutes of them. */
const mostSamples = 120;
const mostChanges = 12;

export interface StatusSample {
  /** Written since the sample before, of all answers together. */
  readonly tokensPerSecond: number;
  /** Median of the last answers; null before the first one. */
  readonly timeToFirstTokenMs: number | null;
  /** Answers that wait for a slot. */
  readonly waiting: number;
  readonly residentBytes: number;
}

/** An engine's state from `at` on, in milliseconds since 1970. */
export interface EngineChange {
  readonly engine: string;
  readonly state: EngineState;
  readonly model: string | null;
  readonly at: number;
}

interface Sources {
  /** Tokens since the start. */
  readonly tokens: () => number;
  readonly sample: () => Omit<StatusSample, "tokensPerSecond">;
  readonly engines: () => readonly Pick<EngineStatus, "engine" | "state" | "model" | "since">[];
}

export class StatusHistory implements Disposable {
  readonly #sources: Sources;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #samples: StatusSample[] = [];
  readonly #changes: EngineChange[] = [];
  #tokens: number;
  #lookedAt = performance.now();

  constructor(sources: Sources) {
    this.#sources = sources;
    this.#tokens = sources.tokens();
    this.#timer = setInterval(() => this.look(), intervalMs);
    this.#timer.unref();
  }

  /** Oldest first, at most ten minutes of them. */
  get samples(): readonly StatusSample[] {
    return [...this.#samples];
  }

  /** Newest first. */
  get changes(): readonly EngineChange[] {
    this.#noteEngines();
    return this.#changes.toReversed();
  }

  /** Takes a sample; the timer calls it. */
  look(): void {
    const { tokens, sample } = this.#sources;
    const [now, written] = [performance.now(), tokens()];
    const seconds = (now - this.#lookedAt) / 1000;
    const tokensPerSecond = seconds > 0 ? (written - this.#tokens) / seconds : 0;
    this.#tokens = written;
    this.#lookedAt = now;
    this.#samples.push({ tokensPerSecond, ...sample() });
    if (this.#samples.length > mostSamples) this.#samples.shift();
    this.#noteEngines();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #noteEngines(): void {
    for (const { engine, state, model, since } of this.#sources.engines()) {
      const last = this.#changes.findLast((change) => change.engine === engine);
      if (last?.state === state && last.model === model && last.at === since) continue;
      this.#changes.push({ engine, state, model, at: since });
    }
    this.#changes.splice(0, Math.max(0, this.#changes.length - mostChanges));
  }
}
