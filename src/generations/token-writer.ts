/**
 * The write-ahead log of all answers: tokens are on disk before any reader gets them. One transaction writes all new tokens of all
 * running answers (group commit), so that a thousand streams cost little more
 * than one. It knows nothing of readers.
 */
import { StorageError } from "../errors.ts";
import type { LoggedToken } from "../store/schema.ts";
import type { TokenBatch } from "../store/token-log.ts";

interface Pending {
  readonly firstIndex: number;
  readonly tokens: LoggedToken[];
  /** Called when all of it is on disk. */
  readonly onCommitted: (batch: TokenBatch) => void;
  readonly onFailed: (error: unknown) => void;
  /** Called after either. */
  readonly waiting: (() => void)[];
}

/** Milliseconds between the beginnings of two transactions, at least. */
const shortestInterval = 2;
/**
 * A transaction is followed by a rest of this many times its duration: it costs as much for a thousand answers with one token
 * each as with three, so under load more is written at once. A fixed interval would only add waiting: engines produce the
 * tokens of all answers at one moment, and most would come just after a transaction and wait for the next.
 */
const restAfterWriting = 3;

export class TokenWriter {
  readonly #commit: (batches: readonly TokenBatch[]) => void;
  #pending = new Map<string, Pending>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #timerDue = Number.POSITIVE_INFINITY;
  #turn: NodeJS.Immediate | null = null;
  /** performance.now() when the last transaction began, and how many milliseconds it took. */
  #begun = Number.NEGATIVE_INFINITY;
  #took = 0;
  #written = 0;

  /** @param commit writes all batches in one transaction, or throws and writes none */
  constructor(commit: (batches: readonly TokenBatch[]) => void) {
    this.#commit = commit;
  }

  /**
   * Takes a token. It is committed with this turn of the event loop, or when the rest after the last transaction is
   * over.
   */
  append(
    generationId: string,
    index: number,
    token: LoggedToken,
    listener: Pick<Pending, "onCommitted" | "onFailed">,
  ): void {
    const pending = this.#pending.get(generationId);
    if (pending) pending.tokens.push(token);
    else this.#pending.set(generationId, { firstIndex: index, tokens: [token], waiting: [], ...listener });
    const rested = this.#begun + (1 + restAfterWriting) * this.#took;
    this.#flushAt(Math.max(rested, this.#begun + shortestInterval));
  }

  /**
   * Resolves when no token of this answer is pending. It waits for the next transaction instead of starting one: a thousand
   * answers that end together share one.
   */
  settled(generationId: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const pending = this.#pending.get(generationId);
    if (pending) pending.waiting.push(resolve);
    else resolve();
    return promise;
  }

  #flushAt(due: number): void {
    const wait = due - performance.now();
    if (wait <= 0) this.#turn ??= setImmediate(() => this.flush());
    if (wait <= 0 || due >= this.#timerDue) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timerDue = due;
    this.#timer = setTimeout(() => this.flush(), wait);
  }

  /** How many tokens are on disk since the start. */
  get written(): number {
    return this.#written;
  }

  /** Commits what is pending, now. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#timerDue = Number.POSITIVE_INFINITY;
    if (this.#turn !== null) clearImmediate(this.#turn);
    this.#turn = null;
    if (this.#pending.size === 0) return;
    const pending = this.#pending;
    this.#pending = new Map();
    const batches = [...pending].map(([generationId, { firstIndex, tokens }]) => ({
      generationId,
      firstIndex,
      tokens,
    }));
    this.#begun = performance.now();
    const failures = this.#committed(batches);
    this.#took = performance.now() - this.#begun;
    for (const batch of batches) {
      const each = pending.get(batch.generationId);
      if (each === undefined) continue;
      if (failures.has(batch.generationId)) each.onFailed(failures.get(batch.generationId));
      else each.onCommitted(batch);
      for (const settle of each.waiting) settle();
    }
  }

  /**
   * What the log refuses of one answer (it has been erased, say) is no other answer's failure; a storage's failure is.
   * @returns why each answer failed that did
   */
  #committed(batches: readonly TokenBatch[]): ReadonlyMap<string, unknown> {
    try {
      this.#commit(batches);
      this.#written += batches.reduce((sum, { tokens }) => sum + tokens.length, 0);
      return new Map();
    } catch (error) {
      if (batches.length > 1 && !(error instanceof StorageError))
        return new Map(batches.flatMap((batch) => [...this.#committed([batch])]));
      return new Map(batches.map(({ generationId }) => [generationId, error]));
    }
  }
}
