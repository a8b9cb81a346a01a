/**
 * One answer while it is being made: what is on disk of it, how far it is, and the readers who wait for more. It
 * knows nothing of engines or of storage.
 */
import type { Generation, LoggedToken, OwnerId, Writer } from "../store/schema.ts";
import { type GenerationUpdate, type Outcome, type Progress, updateFrom } from "./generation-update.ts";
import { isThinking } from "./written-text.ts";

export class LiveRun {
  readonly id: string;
  readonly conversationId: string;
  /** The message that the answer becomes. */
  readonly messageId: string;
  readonly ownerId: OwnerId;
  /** The engines that have written it so far; stored before what they wrote. */
  writers: readonly Writer[];
  /** Tokens that are on disk: only these are shown. */
  readonly #committed: LoggedToken[];
  readonly #abort = new AbortController();
  /** The last progress since the last token. */
  #progress: Progress | null = null;
  #outcome: Outcome | null = null;
  #interruption: Error | null = null;
  #isToAnswer = false;
  readonly #readers = new Set<Reader>();

  /** @param committed what the log holds already, when an answer is resumed */
  constructor(
    {
      id,
      conversationId,
      messageId,
      writers,
    }: Pick<Generation, "id" | "conversationId" | "messageId" | "writers">,
    ownerId: OwnerId,
    committed: readonly LoggedToken[] = [],
  ) {
    this.id = id;
    this.conversationId = conversationId;
    this.messageId = messageId;
    this.ownerId = ownerId;
    this.writers = writers;
    this.#committed = [...committed];
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get committed(): readonly LoggedToken[] {
    return this.#committed;
  }

  get outcome(): Outcome | null {
    return this.#outcome;
  }

  /** How many follow it. */
  get readers(): number {
    return this.#readers.size;
  }

  /** Ends the generation; `reason` is why. */
  abort(reason: unknown): void {
    this.#abort.abort(reason);
  }

  /** Has a model that still thinks answer from what it has thought. @returns whether it was thinking */
  answerNow(): boolean {
    this.#isToAnswer ||= isThinking(this.#committed);
    return isThinking(this.#committed);
  }

  get isToAnswer(): boolean {
    return this.#isToAnswer;
  }

  /** The reason why the next token does not come; cleared by that token. */
  showProgress(progress: Progress): void {
    this.#progress = progress;
    this.#wake();
  }

  /** @param tokens already on disk */
  publish(tokens: readonly LoggedToken[]): void {
    this.#committed.push(...tokens);
    this.#progress = null;
    this.#wake();
  }

  /** Nothing more comes, though this is not the end: readers get the error, and may come back. */
  interrupt(error: Error): void {
    this.#interruption = error;
    this.#wake();
  }

  end(outcome: Outcome): void {
    this.#outcome = outcome;
    this.#wake();
  }

  /**
   * Replays what comes after the first `after` tokens, then follows live; `end` is last, exactly once. A reader
   * that is slow holds nothing back: it gets larger batches.
   * @throws what `interrupt` was given
   */
  async *follow(after: number, signal: AbortSignal): AsyncGenerator<GenerationUpdate, void, undefined> {
    let cursor = after;
    let shown: Progress | null = null;
    const reader: Reader = { wake: () => {} };
    const leave = () => reader.wake();
    this.#readers.add(reader);
    // Once for the whole reading: a listener for each token costs more than the token.
    signal.addEventListener("abort", leave, { once: true });
    try {
      while (!signal.aborted) {
        if (cursor < this.#committed.length) {
          const update = updateFrom(this.writers, this.#committed, cursor);
          yield update;
          cursor += update.tokens.length;
        } else if (this.#outcome) {
          yield { type: "end", outcome: this.#outcome };
          return;
        } else if (this.#interruption) {
          throw this.#interruption;
        } else if (this.#progress && this.#progress !== shown) {
          shown = this.#progress;
          yield shown;
        } else {
          // The next change, or that the reader has gone.
          await new Promise<void>((resolve) => {
            reader.wake = resolve;
          });
        }
      }
    } finally {
      signal.removeEventListener("abort", leave);
      this.#readers.delete(reader);
    }
  }

  #wake(): void {
    for (const reader of this.#readers) reader.wake();
  }
}

interface Reader {
  /** Ends its wait for a change; without effect when it does not wait. */
  wake: () => void;
}
