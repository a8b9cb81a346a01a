/**
 * The logs of answers that ended some time ago, packed: a row holds hundreds of tokens in place of a few, and an answer of 30
 * tokens takes 0.3 kB in place of 2.6. It knows nothing of running answers.
 */

import { packTokens, unpackTokens } from "./compact-tokens.ts";
import type { StoreDatabase } from "./connection.ts";
import type { LoggedToken } from "./schema.ts";

/** So that a reader who wants a few tokens need not unpack thousands. */
const mostInRow = 512;

interface PackedRow {
  readonly firstIndex: number;
  readonly count: number;
  readonly tokens: Uint8Array;
}

export function createCompactLog({ $client: client }: StoreDatabase) {
  const insert = client.prepare<unknown, [string, number, number, Buffer]>(
    "INSERT INTO compact_log (generationId, firstIndex, count, tokens) VALUES (?, ?, ?, ?)",
  );
  const select = client.prepare<PackedRow, [string, number, number]>(`
    SELECT firstIndex, count, tokens FROM compact_log
    WHERE generationId = ? AND firstIndex + count > ? AND firstIndex < ? ORDER BY firstIndex`);
  const end = client.prepare<{ count: number }, [string]>(
    "SELECT firstIndex + count AS count FROM compact_log WHERE generationId = ? ORDER BY firstIndex DESC LIMIT 1",
  );
  const remove = [
    client.prepare<unknown, [string]>("DELETE FROM compact_log WHERE generationId = ?"),
    client.prepare<unknown, [string]>("DELETE FROM token_log WHERE generationId = ?"),
  ];
  /** One step along the index for each answer, however many rows it has. */
  const logged = client.prepare<{ generationId: string; endedAt: number | null }, [string, number]>(`
    WITH RECURSIVE answers (generationId) AS (
      SELECT min(generationId) FROM token_log WHERE generationId > ?1
      UNION ALL
      SELECT (SELECT min(generationId) FROM token_log WHERE generationId > answers.generationId)
      FROM answers WHERE answers.generationId IS NOT NULL LIMIT ?2
    )
    SELECT generationId, generations.endedAt FROM answers JOIN generations ON generations.id = generationId`);

  return {
    count: (generationId: string): number => end.get(generationId)?.count ?? 0,
    read(generationId: string, fromIndex: number, toIndex: number): LoggedToken[] {
      return select.all(generationId, fromIndex, toIndex).flatMap(({ firstIndex, tokens }) => {
        const from = Math.max(0, fromIndex - firstIndex);
        return unpackTokens(tokens).slice(from, Math.max(0, toIndex - firstIndex));
      });
    },
    /** Inside a transaction. @param tokens all of its log */
    replace(generationId: string, tokens: readonly LoggedToken[]): void {
      for (const statement of remove) statement.run(generationId);
      for (let first = 0; first < tokens.length; first += mostInRow) {
        const row = tokens.slice(first, first + mostInRow);
        insert.run(generationId, first, row.length, packTokens(row));
      }
    },
    /**
     * Looks at answers that are not packed, in the order of their ids, after the one with this id.
     * @returns the last one that was looked at, null at the end; and those of them that ended before that moment
     */
    waiting(
      endedBefore: number,
      after: string,
      limit: number,
    ): { last: string | null; ids: readonly string[] } {
      const rows = logged.all(after, limit);
      const ids = rows.flatMap(({ generationId, endedAt }) =>
        endedAt !== null && endedAt < endedBefore ? [generationId] : [],
      );
      return { last: rows.length < limit ? null : (rows.at(-1)?.generationId ?? null), ids };
    },
  };
}
