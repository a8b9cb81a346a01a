/**
 * Bytes that are deleted, but still stand in the file: of contents that nothing names any more, of documents, and of removed price series. They
 * leave it a piece at a time, because all of a large file at once would hold everybody up. It knows nothing of what they were.
 */
import type { StoreDatabase } from "./connection.ts";
import { storing } from "./sqlite-errors.ts";

export type ErasedPieceQueries = ReturnType<typeof createErasedPieceQueries>;

export function createErasedPieceQueries({ $client: client }: StoreDatabase) {
  const prepare = (sql: string) => client.prepare<unknown, []>(sql);
  const steps = [
    prepare(`DELETE FROM content_pieces WHERE rowid IN (
      SELECT content_pieces.rowid FROM contents JOIN content_pieces ON contentId = contents.id
      WHERE contents.createdAt = 0 LIMIT 1)`),
    prepare("DELETE FROM contents WHERE createdAt = 0"),
    // Some at once: each leaves the index of words, too.
    prepare(`DELETE FROM passages WHERE id IN (
      SELECT passages.id FROM documents JOIN passages ON documentId = documents.id
      WHERE documents.createdAt = 0 LIMIT 20)`),
    prepare("DELETE FROM documents WHERE createdAt = 0"),
    prepare(`DELETE FROM dataset_chunks WHERE id IN (
      SELECT dataset_chunks.id FROM datasets JOIN dataset_chunks ON datasetId = datasets.id
      WHERE datasets.passport IS NULL AND datasets.createdAt = 0 LIMIT 1)`),
    prepare("DELETE FROM datasets WHERE passport IS NULL AND createdAt = 0"),
  ];
  return {
    /** Erases a piece. @returns how many rows went; 0: nothing is left to erase */
    eraseSome(): number {
      for (const step of steps) {
        const { changes } = storing(() => step.run());
        if (changes > 0) return changes;
      }
      return 0;
    },
  };
}
