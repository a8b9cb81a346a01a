/**
 * The write-ahead log of tokens, on its own connection, which does not wait for the disk at every commit. It knows nothing
 * of the readers.
 */
import { createCompactLog } from "./compact-log.ts";
import type { StoreDatabase } from "./connection.ts";
import type { LoggedToken } from "./schema.ts";
import { sqliteCodeOf, storing } from "./sqlite-errors.ts";

export interface TokenBatch {
  readonly generationId: string;
  /** Index of the batch's first token in its generation, from 0: the number of tokens already logged. */
  readonly firstIndex: number;
  readonly tokens: readonly LoggedToken[];
}

export type TokenLogQueries = ReturnType<typeof createTokenLogQueries>;

/** The largest number of tokens in a row: a reader of a few tokens need not load thousands. */
const mostInRow = 512;

/** The number of cached log ends, about 1 MB; others are looked up. */
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

  const compact = createCompactLog(db);
  const count = (generationId: string) => end.get(generationId)?.count ?? compact.count(generationId);

  /**
   * The ends of the logs that were written last: saves a query for each batch. Logs stay free of gaps and overlaps even if
   * another process writes too: a batch begins at the end that its writer knew, so a stale one begins where another batch
   * began, and the primary key refuses it.
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

  const readRows = (generationId: string, fromIndex: number, toIndex: number): LoggedToken[] =>
    select.all(generationId, generationId, fromIndex, toIndex).flatMap(({ firstIndex, tokens }) => {
      // Our own JSON, written by `append`.
      const batch = JSON.parse(tokens) as LoggedToken[];
      const isWhole = firstIndex >= fromIndex && firstIndex + batch.length <= toIndex;
      return isWhole ? batch : batch.slice(Math.max(0, fromIndex - firstIndex), toIndex - firstIndex);
    });

  /** An answer that was continued after it was packed has rows behind the packed ones. */
  const read = (generationId: string, fromIndex = 0, toIndex: number = Number.MAX_SAFE_INTEGER) => [
    ...compact.read(generationId, fromIndex, toIndex),
    ...readRows(generationId, fromIndex, toIndex),
  ];

  const packAll = client.transaction((generationIds: readonly string[]) => {
    for (const id of generationIds) compact.replace(id, read(id));
  });

  return {
    /**
     * Writes the batches of all running answers in one transaction. Never call it inside `Store.transaction`: it would wait for
     * that lock.
     * @throws StorageError when they cannot be written
     */
    append(batches: readonly TokenBatch[]): void {
      if (batches.length === 0) return;
      const after = storing(() => insertAll.immediate(batches));
      if (ends.size > mostEnds) ends.clear();
      for (const [generationId, count] of after) ends.set(generationId, count);
    },
    /** The tokens from index `fromIndex` up to but not including `toIndex`; both may be inside a batch. */
    read,
    /** The number of logged tokens. */
    count,
    /** @see createCompactLog */
    waiting: compact.waiting,
    /**
     * Packs the logs of answers that have ended; what is read of them stays the same. Never inside `Store.transaction`.
     * @throws StorageError
     */
    pack(generationIds: readonly string[]): void {
      if (generationIds.length > 0) storing(() => packAll.immediate(generationIds));
    },
  };
}

const anotherWriter = (generationId: string, firstIndex: number, cause?: unknown) =>
  new Error(
    `The token log of generation ${generationId} does not end at ${firstIndex}: another writer has this answer too.`,
    { cause },
  );
