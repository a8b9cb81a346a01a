/**
 * Group commit: what many callers write in one turn of the event loop becomes one transaction, so that a thousand of
 * them wait for the disk a few times instead of a thousand times. Knows nothing of what they write.
 */
import type { Database } from "bun:sqlite";
import { storing } from "./sqlite-errors.ts";

/** What work may return: a promise would be committed before its first await. */
export type Synchronous<T> = T & (T extends PromiseLike<unknown> ? never : unknown);

interface Piece {
  /** Does it inside a transaction, and keeps what it returned. */
  readonly run: () => void;
  /** Keeps what it threw. */
  readonly refuse: (error: unknown) => void;
  /** What it did outside of the database is to be undone. */
  readonly undo: () => void;
  /** Tells its caller how it went, after the commit. */
  readonly settle: () => void;
}

/** A piece threw when it had written something already. */
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

  /** How many commits have reached the disk. */
  get commits(): number {
    return this.#commits;
  }

  /** How long the last of them took, in milliseconds; null: there was none. */
  get lastMs(): number | null {
    return this.#lastMs;
  }

  /**
   * Runs `work` in the transaction of this turn of the event loop, in the order of the calls: it sees what those
   * before it wrote. What it wrote is undone alone when it throws.
   * @param work may be run a second time, after its first run has been undone
   * @param undo undoes what `work` did outside of the database; called when what it wrote is lost
   * @returns what it returned, once that is on the disk
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

  /** Commits what waits, now. */
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
   * Most of what throws has only read: it is refused, and the others go on. Savepoints would undo the rest as well,
   * but full-text search writes its index out at each of them, which takes longer than the question itself.
   */
  #together(pieces: readonly Piece[]): void {
    for (const piece of pieces) {
      const before = this.#changes();
      try {
        piece.run();
      } catch (cause) {
        // Where the disk is full, SQLite undoes the whole transaction by itself.
        const isUndone = !this.#client.inTransaction;
        if (isUndone || this.#changes() !== before) throw new HalfWrittenError("It is undone.", { cause });
        piece.refuse(cause);
      }
    }
  }

  /** Each in a transaction of its own, so that nobody's half is kept and nobody pays for another. */
  #oneByOne(pieces: readonly Piece[]): void {
    for (const piece of pieces)
      try {
        storing(() => this.#client.transaction(piece.run).immediate());
      } catch (error) {
        piece.undo();
        piece.refuse(error);
      }
  }

  /** How many rows this connection has changed since it was opened. */
  #changes(): number {
    return this.#client.query<{ count: number }, []>("SELECT total_changes() AS count").get()?.count ?? 0;
  }

  [Symbol.dispose](): void {
    this.flush();
  }
}

/** For callers that the compiler does not check. Throwing undoes what was done. */
export function refusePromise<T>(result: T): T {
  if (typeof result === "object" && result !== null && "then" in result)
    throw new Error("A transaction's work must be synchronous.");
  return result;
}
