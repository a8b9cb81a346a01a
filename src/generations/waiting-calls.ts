/**
 * Calls of tools that wait for a person's word, of all answers. What was asked, and what was said, stands in the answers' logs: here
 * is only who listens for it now.
 */

/** What a person says to a call that waits. */
export type CallAnswer = "once" | "always" | "refuse";

interface Waiting {
  readonly callId: string;
  readonly answer: (answer: CallAnswer) => void;
  /** Resolves when what was said is on the disk, or nothing more comes of it. */
  readonly noted: Promise<void>;
}

export class WaitingCalls {
  /** By the answer's id: it waits for one call at a time. */
  readonly #waiting = new Map<string, Waiting>();

  /** How many answers wait. */
  get size(): number {
    return this.#waiting.size;
  }

  has(generationId: string): boolean {
    return this.#waiting.has(generationId);
  }

  /**
   * Waits, however long it takes.
   * @param note stores what was said, before the person is told that it was taken
   * @throws the signal's reason
   */
  async wait(
    generationId: string,
    callId: string,
    signal: AbortSignal,
    note: (answer: CallAnswer) => Promise<void>,
  ): Promise<CallAnswer> {
    signal.throwIfAborted();
    const said = Promise.withResolvers<CallAnswer>();
    const noted = Promise.withResolvers<void>();
    const leave = () => said.reject(signal.reason);
    signal.addEventListener("abort", leave, { once: true });
    this.#waiting.set(generationId, { callId, answer: said.resolve, noted: noted.promise });
    try {
      const answer = await said.promise;
      await note(answer);
      return answer;
    } finally {
      signal.removeEventListener("abort", leave);
      this.#waiting.delete(generationId);
      noted.resolve();
    }
  }

  /** @returns when it is on the disk; false: no such call waits */
  async answer(generationId: string, callId: string, answer: CallAnswer): Promise<boolean> {
    const waiting = this.#waiting.get(generationId);
    if (waiting?.callId !== callId) return false;
    waiting.answer(answer);
    await waiting.noted;
    return true;
  }
}
