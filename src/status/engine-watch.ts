/** Looks at the engines while somebody listens, and tells when the pages should say something else of them. */
import type { EngineSummary } from "./engine-summary.ts";

/** Milliseconds between two looks. */
const intervalMs = 1_000;

export class EngineWatch implements Disposable {
  readonly #read: () => EngineSummary;
  readonly #everyMs: number;
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setInterval> | null = null;
  #known = "";

  constructor(read: () => EngineSummary, everyMs = intervalMs) {
    this.#read = read;
    this.#everyMs = everyMs;
  }

  /** @returns what ends the telling */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (this.#timer === null) {
      this.#known = this.#shown();
      this.#timer = setInterval(() => this.#look(), this.#everyMs);
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this[Symbol.dispose]();
    };
  }

  #look(): void {
    const shown = this.#shown();
    if (shown === this.#known) return;
    this.#known = shown;
    for (const listener of [...this.#listeners]) listener();
  }

  /** How far a model has been loaded, or downloaded, is asked for by the banner itself. */
  #shown(): string {
    const { state, model, tiny, problem, meanwhile, pull } = this.#read();
    return JSON.stringify([state, model, tiny, problem, meanwhile, pull?.id, pull?.state]);
  }

  [Symbol.dispose](): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#listeners.clear();
  }
}
