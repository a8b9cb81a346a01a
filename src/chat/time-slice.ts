/**
 * How long an answer runs before it yields its slot to waiting ones. It ends only with a token from which the answer can
 * be resumed: a call that is being written cannot. It knows nothing of engines.
 */
import type { ChatEvent } from "./chat-event.ts";

export class TimeSlice {
  readonly #leastMs: number;
  readonly #mayEndInThought: boolean;
  readonly #begunAt = performance.now();
  #firstTokenAt: number | null = null;

  /** @param leastMs the least time that it writes, in milliseconds */
  constructor(leastMs: number, { mayEndInThought }: { readonly mayEndInThought: boolean }) {
    this.#leastMs = leastMs;
    this.#mayEndInThought = mayEndInThought;
  }

  /**
   * Called with each event. An answer writes at least as long as it took to begin: however long its prompt is, half of the
   * time goes into new text.
   * @returns whether the answer may be paused after this event
   */
  isOverAfter({ type }: ChatEvent): boolean {
    if (type !== "token" && !(type === "reasoning" && this.#mayEndInThought)) return false;
    const now = performance.now();
    this.#firstTokenAt ??= now;
    return now - this.#firstTokenAt >= Math.max(this.#leastMs, this.#firstTokenAt - this.#begunAt);
  }
}
