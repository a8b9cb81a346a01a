/**
 * The write-ahead log of all answers: tokens are on disk before anybody sees them. One transaction holds what all
 * running answers have written since the last one (group commit), so that a thousand streams cost little more
 * than one. It knows nothing of readers.
 */
import type { LoggedToken } from "../store/schema.ts";
import type { TokenBatch } from "../store/token-log.ts";

interface Pending {
  readonly firstIndex: number;
  readonly tokens: LoggedToken[];
  /** Told when all of it is on disk. */
  readonly onCommitted: (batch: TokenBatch) => void;
  readonly onFailed: (error: unknown) => void;
}

/** Milliseconds between two transactions: about a screen's frame. */
const flushInterval = 16;

export class TokenWriter {
  readonly #commit: (batches: readonly TokenBatch[]) => void;
  #pending = new Map<string, Pending>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #lastFlush = Number.NEGATIVE_INFINITY;

  /** @param commit writes all batches in one transaction, or throws and writes none */
  constructor(commit: (batches: readonly TokenBatch[]) => void) {
    this.#commit = commit;
  }

  /**
   * Takes a token; it is committed within 16 ms, and at once when nothing was committed in the last 16 ms, or
   * when it is an answer's first.
   */
  append(
    generationId: string,
    index: number,
    token: LoggedToken,
    listener: Pick<Pending, "onCommitted" | "onFailed">,
  ): void {
    const pending = this.#pending.get(generationId);
    if (pending) pending.tokens.push(token);
    else this.#pending.set(generationId, { firstIndex: index, tokens: [token], ...listener });
    const due = this.#lastFlush + flushInterval - performance.now();
    if (index === 0 || due <= 0) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), due);
  }

  /** Commits what is pending, now. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#pending.size === 0) return;
    const pending = this.#pending;
    this.#pending = new Map();
    const batches = [...pending].map(([generationId, { firstIndex, tokens }]) => ({
      generationId,
      firstIndex,
      tokens,
    }));
    try {
      this.#commit(batches);
    } catch (error) {
      for (const { onFailed } of pending.values()) onFailed(error);
      return;
    } finally {
      this.#lastFlush = performance.now();
    }
    for (const batch of batches) pending.get(batch.generationId)?.onCommitted(batch);
  }
}
