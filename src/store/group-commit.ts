/**
 * Group commit: all writes of one turn of the event loop become one transaction, so that a thousand callers wait for the
 * disk a few times instead of a thousand times. It knows nothing of what they write.
 */
import type { Database } from "bun:sqlite";
import { storing } from "./sqlite-errors.ts";

/** The allowed results of work: a promise would be committed before its first await. */
export type Synchronous<T> = T & (T extends PromiseLike<unknown> ? never : unknown);

interface Piece {
  /** Runs it inside a transaction, and keeps its result. */
  readonly run: () => void;
  /** Keeps the error that it threw. */
  readonly refuse: (error: unknown) => void;
  /** Undoes its effects outside of the database. */
  readonly undo: () => void;
  /** Reports the result to its caller, after the commit. */
  readonly settle: () => void;
}

/** A piece threw after it had written something. */
class HalfWrittenError extends Error {}

export class GroupCommit implements Disposable {
  readonly #client: Database;
  #pieces: Piece[] = [];
  #turn: NodeJS.Immediate | null = null;
  #commits = 0;
  #lastMs: number | null = null;

  /** @param client a connection whose commits have reached the disk when they return */
  constructor(client: Database) {
    this.#client = client;
  }

  /** The number of commits that have reached the disk. */
  get commits(): number {
    return this.#commits;
  }

  /** The duration of the last one, in milliseconds; null: there was none. */
  get lastMs(): number | null {
    return this.#lastMs;
  }

  /**
   * Runs `work` in the transaction of this turn of the event loop, in the order of the calls: it sees the writes of earlier
   * ones. Its own writes are undone alone when it throws.
   * @param work may run a second time, after its first run was undone
   * @param undo undoes the effects of `work` outside of the database; called when its writes are lost
   * @returns the result of `work`, once it is on the disk
   */
  run<T>(work: () => Synchronous<T>, undo: () => void = () => {}): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    let settle = () => {};
    this.#pieces.push({
      run: () => {
        const result = refusePromise(work());
        settle = () => resolve(result);
      },
      refuse: (error) => {
        settle = () => reject(error);
      },
      undo,
      settle: () => settle(),
    });
    this.#turn ??= setImmediate(() => this.flush());
    return promise;
  }

  /** Commits the waiting work now. */
  flush(): void {
    if (this.#turn !== null) clearImmediate(this.#turn);
    this.#turn = null;
    const pieces = this.#pieces;
    if (pieces.length === 0) return;
    this.#pieces = [];
    const begunAt = performance.now();
    try {
      storing(() => this.#client.transaction(() => this.#together(pieces)).immediate());
      this.#commits += 1;
      this.#lastMs = performance.now() - begunAt;
    } catch (error) {
      for (const piece of pieces) piece.undo();
      if (error instanceof HalfWrittenError) this.#oneByOne(pieces);
      else for (const piece of pieces) piece.refuse(error);
    }
    for (const piece of pieces) piece.settle();
  }

  /**
   * Most work that throws has only read: it is refused, and the others continue. Savepoints could undo the rest as well, but
   * full-text search writes its index out at each of them, which takes longer than the question itself.
   */
  #together(pieces: readonly Piece[]): void {
    for (const piece of pieces) {
      const before = this.#changes();
      try {
        piece.run();
      } catch (cause) {
        // On a full disk SQLite undoes the whole transaction by itself.
        const isUndone = !this.#client.inTransaction;
        if (isUndone || this.#changes() !== before) throw new HalfWrittenError("It is undone.", { cause });
        piece.refuse(cause);
      }
    }
  }

  /** Runs each in its own transaction: none is half kept, and none fails for another. */
  #oneByOne(pieces: readonly Piece[]): void {
    for (const piece of pieces)
      try {
        storing(() => this.#client.transaction(piece.run).immediate());
      } catch (error) {
        piece.undo();
        piece.refuse(error);
      }
  }

  /** The number of rows that this connection has changed since it was opened. */
  #changes(): number {
    return this.#client.query<{ count: number }, []>("SELECT total_changes() AS count").get()?.count ?? 0;
  }

  [Symbol.dispose](): void {
    this.flush();
  }
}

/** For callers without type checks. Throwing undoes the work. */
export function refusePromise<T>(result: T): T {
  if (typeof result === "object" && result !== null && "then" in result)
    throw new Error("A transaction's work must be synchronous.");
  return result;
}
