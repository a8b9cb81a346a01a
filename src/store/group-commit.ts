/**
 * Group commit: what many callers write in one turn of the event loop becomes one transaction, so that a thousand of
 * them wait for the disk a few times instead of a thousand times. Knows nothing of what they write.
 */
import type { Database } from "bun:sqlite";
import { storing } from "./storing.ts";

/** What work may return: a promise would be committed before its first await. */
export type Synchronous<T> = T & (T extends PromiseLike<unknown> ? never : unknown);

interface Piece {
  /** Does it inside the transaction, and keeps how it went. @throws when the transaction is lost with it */
  readonly run: () => void;
  /** Tells its caller how it went, after the commit. */
  readonly settle: () => void;
  readonly fail: (error: unknown) => void;
}

export class GroupCommit implements Disposable {
  readonly #client: Database;
  #pieces: Piece[] = [];
  #turn: NodeJS.Immediate | null = null;

  /** @param client a connection whose commits have reached the disk when they return */
  constructor(client: Database) {
    this.#client = client;
  }

  /**
   * Runs `work` in the transaction of this turn of the event loop, in the order of the calls: it sees what those
   * before it wrote. It is undone alone when it throws.
   * @returns what it returned, once that is on the disk
   */
  run<T>(work: () => Synchronous<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    let settle = () => {};
    this.#pieces.push({
      run: () => {
        try {
          // Inside a transaction this is a savepoint.
          const result = this.#client.transaction(() => refusePromise(work()))();
          settle = () => resolve(result);
        } catch (error) {
          // A full disk makes SQLite undo the whole transaction; what came before must not be told as kept.
          if (!this.#client.inTransaction) throw error;
          settle = () => reject(error);
        }
      },
      settle: () => settle(),
      fail: reject,
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
    try {
      storing(() =>
        this.#client
          .transaction(() => {
            for (const piece of pieces) piece.run();
          })
          .immediate(),
      );
    } catch (error) {
      for (const piece of pieces) piece.fail(error);
      return;
    }
    for (const piece of pieces) piece.settle();
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
