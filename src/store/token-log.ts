/**
 * The write-ahead log of tokens, on a connection of its own that does not wait for the disk at every commit. It
 * knows nothing of who reads along.
 */
import type { StoreDatabase } from "./connection.ts";
import type { LoggedToken } from "./schema.ts";
import { storing } from "./storing.ts";

export interface TokenBatch {
  readonly generationId: string;
  /** Index of the batch's first token in its generation, from 0: as many as are logged already. */
  readonly firstIndex: number;
  readonly tokens: readonly LoggedToken[];
}

export type TokenLogQueries = ReturnType<typeof createTokenLogQueries>;

/** @param db a connection with synchronous NORMAL, on which no user data is written */
export function createTokenLogQueries(db: StoreDatabase) {
  const client = db.$client;
  // Hand-written, because every flush of every running answer passes here. The condition keeps the log of one
  // generation free of gaps and overlaps, whoever writes it.
  const insert = client.prepare<unknown, [string, number, string, number, string]>(`
    INSERT INTO token_log (generationId, firstIndex, tokens)
    SELECT ?, ?, ? WHERE ? = coalesce((
      SELECT firstIndex + json_array_length(tokens) FROM token_log
      WHERE generationId = ? ORDER BY firstIndex DESC LIMIT 1
    ), 0)`);
  const select = client.prepare<{ firstIndex: number; tokens: string }, [string, string, number]>(`
    SELECT firstIndex, tokens FROM token_log
    WHERE generationId = ? AND firstIndex >= coalesce((
      SELECT max(firstIndex) FROM token_log WHERE generationId = ? AND firstIndex <= ?
    ), 0)
    ORDER BY firstIndex`);
  const end = client.prepare<{ count: number }, [string]>(`
    SELECT firstIndex + json_array_length(tokens) AS count FROM token_log
    WHERE generationId = ? ORDER BY firstIndex DESC LIMIT 1`);

  const insertAll = client.transaction((batches: readonly TokenBatch[]) => {
    for (const { generationId, firstIndex, tokens } of batches) {
      if (tokens.length === 0) continue;
      const json = JSON.stringify(tokens);
      const { changes } = insert.run(generationId, firstIndex, json, firstIndex, generationId);
      if (changes !== 1)
        throw new Error(
          `The token log of generation ${generationId} does not end at ${firstIndex}: another writer has the answer too.`,
        );
    }
  });

  return {
    /**
     * Writes the batches of all running answers in one transaction: all of them or none. Never from inside
     * `Store.transaction`, whose lock it would wait for.
     * @throws StorageError when they cannot be written
     */
    append(batches: readonly TokenBatch[]): void {
      if (batches.length > 0) storing(() => insertAll.immediate(batches));
    },
    /** The tokens from index `fromIndex` on, which may lie inside a batch. */
    read(generationId: string, fromIndex = 0): LoggedToken[] {
      return select.all(generationId, generationId, fromIndex).flatMap(({ firstIndex, tokens }) => {
        // What `append` wrote is what comes back: this text is our own JSON.
        const batch = JSON.parse(tokens) as LoggedToken[];
        return firstIndex < fromIndex ? batch.slice(fromIndex - firstIndex) : batch;
      });
    },
    /** How many tokens are logged. */
    count(generationId: string): number {
      return end.get(generationId)?.count ?? 0;
    },
  };
}
