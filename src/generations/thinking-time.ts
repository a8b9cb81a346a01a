/** How long a model thought before it spoke. It is not known of an answer that was interrupted in its thought, paused there, or continued later. */
import type { FinishEvent } from "../chat/chat-event.ts";
import type { LoggedToken } from "../store/schema.ts";

export class ThinkingTime {
  /** The log had some of its reasoning when it was resumed. */
  readonly #thoughtBefore: boolean;
  #isKnown: boolean;
  /** performance.now() of the first token of the model's reasoning, and of what came after it. */
  #thinking: { readonly begunAt: number; endedAt: number | null } | null = null;

  /** @param taken what the log has already */
  constructor(taken: readonly LoggedToken[]) {
    this.#thoughtBefore = taken.some(({ reasoning }) => reasoning);
    this.#isKnown = !this.#thoughtBefore;
  }

  take({ reasoning }: LoggedToken): void {
    if (reasoning) this.#thinking ??= { begunAt: performance.now(), endedAt: null };
    else if (this.#thinking !== null) this.#thinking.endedAt ??= performance.now();
  }

  pause(): void {
    this.#isKnown &&= this.#thinking === null || this.#thinking.endedAt !== null;
  }

  /** The end of the answer with its time; unchanged when the model did not think. */
  on(event: FinishEvent): FinishEvent {
    const thinking = this.#thinking;
    if (thinking === null && !this.#thoughtBefore) return event;
    const thinkingMs =
      thinking !== null && this.#isKnown
        ? Math.round((thinking.endedAt ?? performance.now()) - thinking.begunAt)
        : null;
    return { ...event, timings: { ...event.timings, thinkingMs } };
  }
}
