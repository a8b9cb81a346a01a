/**
 * The write-ahead log of tokens, on a connection of its own that does not wait for the disk at every commit. It
 * knows nothing of who reads along.
 */
import type { StoreDatabase } from "./connection.ts";
import type { LoggedToken } from "./schema.ts";
import { sqliteCodeOf, storing } from "./sqlite-errors.ts";

export interface TokenBatch {
  readonly generationId: string;
  /** Index of the batch's first token in its generation, from 0: as many as are logged already. */
  readonly firstIndex: number;
  readonly tokens: readonly LoggedToken[];
}

export type TokenLogQueries = ReturnType<typeof createTokenLogQueries>;

/** A row holds no more tokens than this, so that a reader who wants a few of them need not take thousands. */
const mostInRow = 512;

/** So many ends of logs are kept, about 1 MB; then they are looked up again. */
const mostEnds = 10_000;

/** @param db a connection with synchronous NORMAL, on which no user data is written */
export function createTokenLogQueries(db: StoreDatabase) {
  const client = db.$client;
  // Hand-written, because every flush of every running answer passes here.
  const insert = client.prepare<unknown, [string, number, string]>(
    "INSERT INTO token_log (generationId, firstIndex, tokens) VALUES (?, ?, ?)",
  );
  const select = client.prepare<{ firstIndex: number; tokens: string }, [string, string, number, number]>(`
    SELECT firstIndex, tokens FROM token_log
    WHERE generationId = ? AND firstIndex >= coalesce((
      SELECT max(firstIndex) FROM token_log WHERE generationId = ? AND firstIndex <= ?
    ), 0) AND firstIndex < ?
    ORDER BY firstIndex`);
  const end = client.prepare<{ count: number }, [string]>(`
    SELECT firstIndex + json_array_length(tokens) AS count FROM token_log
    WHERE generationId = ? ORDER BY firstIndex DESC LIMIT 1`);

  const count = (generationId: string) => end.get(generationId)?.count ?? 0;

  /**
   * Where the logs that were written last end, so that not every batch has to ask. That keeps a log free of gaps and
   * overlaps even if another process writes it too: every batch begins where the log ended when its writer looked, so
   * one that is not up to date begins where another's batch began, and the primary key refuses it.
   */
  const ends = new Map<string, number>();
  const endOf = (generationId: string) => ends.get(generationId) ?? count(generationId);

  const insertAll = client.transaction((batches: readonly TokenBatch[]) => {
    const after = new Map<string, number>();
    for (const { generationId, firstIndex, tokens } of batches) {
      if (tokens.length === 0) continue;
      if (firstIndex !== (after.get(generationId) ?? endOf(generationId)))
        throw anotherWriter(generationId, firstIndex);
      try {
        for (let first = 0; first < tokens.length; first += mostInRow)
          insert.run(
            generationId,
            firstIndex + first,
            JSON.stringify(tokens.length <= mostInRow ? tokens : tokens.slice(first, first + mostInRow)),
          );
      } catch (error) {
        if (sqliteCodeOf(error) !== "SQLITE_CONSTRAINT_PRIMARYKEY") throw error;
        throw anotherWriter(generationId, firstIndex, error);
      }
      after.set(generationId, firstIndex + tokens.length);
    }
    return after;
  });

  return {
    /**
     * Writes the batches of all running answers in one transaction: all of them or none. Never from inside
     * `Store.transaction`, whose lock it would wait for.
     * @throws StorageError when they cannot be written
     */
    append(batches: readonly TokenBatch[]): void {
      if (batches.length === 0) return;
      const after = storing(() => insertAll.immediate(batches));
      if (ends.size > mostEnds) ends.clear();
      for (const [generationId, count] of after) ends.set(generationId, count);
    },
    /** The tokens from index `fromIndex` on, up to but not including `toIndex`; both may lie inside a batch. */
    read(generationId: string, fromIndex = 0, toIndex: number = Number.MAX_SAFE_INTEGER): LoggedToken[] {
      const rows = select.all(generationId, generationId, fromIndex, toIndex);
      return rows.flatMap(({ firstIndex, tokens }) => {
        // What `append` wrote is what comes back: this text is our own JSON.
        const batch = JSON.parse(tokens) as LoggedToken[];
        const isWhole = firstIndex >= fromIndex && firstIndex + batch.length <= toIndex;
        return isWhole ? batch : batch.slice(Math.max(0, fromIndex - firstIndex), toIndex - firstIndex);
      });
    },
    /** How many tokens are logged. */
    count,
  };
}

const anotherWriter = (generationId: string, firstIndex: number, cause?: unknown) =>
  new Error(
    `The token log of generation ${generationId} does not end at ${firstIndex}: another writer has the answer too.`,
    { cause },
  );
