/** What finds passages: their words, and their vectors. Those of deleted documents are not found. */
import type { StoreDatabase } from "./connection.ts";
import type { PassageText } from "./document-tables.ts";
import type { OwnerId } from "./schema.ts";
import { storing } from "./sqlite-errors.ts";

/** A passage that has no vector yet. */
interface PassageToEmbed extends PassageText {
  /** Of its document. */
  readonly name: string;
  readonly title: string;
}

interface PassageVector {
  readonly number: number;
  /** One a piece of its text, as src/memory/memory-vectors.ts writes them. */
  readonly embedding: Uint8Array;
}

/** A word that so many hold says nothing, however many more do. */
const mostCounted = 1_000;

/** A match in the heading says more about a passage than one in its text. */
const headingWeight = 2;
const textWeight = 1;

const columns = `passages.id, passages.documentId, passages.number, passages.page, passages.sheet, passages.cells,
  passages.start, passages."end", passages.heading, passages.text`;
const isThere = "documents.deletedAt IS NULL AND documents.createdAt > 0";

export function createDocumentSearch({ $client: client }: StoreDatabase) {
  const search = client.prepare<PassageText, [string, string, number]>(`
    SELECT ${columns} FROM passages_fts
      JOIN passages ON passages.id = passages_fts.rowid
      JOIN documents ON documents.id = passages.documentId
    WHERE passages_fts MATCH ? AND passages_fts.rank MATCH 'bm25(${headingWeight}, ${textWeight})'
      AND +passages.documentId IN (SELECT value FROM json_each(?)) AND ${isThere}
    ORDER BY passages_fts.rank LIMIT ?`);
  const holding = client.prepare<{ documentId: string; number: number }, [string, string]>(`
    SELECT passages.documentId, passages.number FROM passages_fts JOIN passages ON passages.id = passages_fts.rowid
    WHERE passages_fts MATCH ? AND passages_fts.rowid IN (
      SELECT asked.id FROM json_each(?) CROSS JOIN passages AS asked
        ON asked.documentId = value ->> 'documentId' AND asked.number = value ->> 'number')`);
  const counted = client.prepare<{ count: number }, [string, string]>(`
    SELECT count(*) AS count FROM (
      SELECT 1 FROM passages_fts JOIN passages ON passages.id = passages_fts.rowid
      WHERE passages_fts MATCH ? AND +passages.documentId IN (SELECT value FROM json_each(?)) LIMIT ${mostCounted})`);
  const owners = client.prepare<{ ownerId: OwnerId }, []>(`
    SELECT DISTINCT ownerId FROM documents
    WHERE ${isThere} AND EXISTS (SELECT 1 FROM passages WHERE documentId = documents.id AND embedding IS NULL)
    ORDER BY ownerId`);
  const toEmbed = client.prepare<PassageToEmbed, [OwnerId, number]>(`
    SELECT ${columns}, documents.name, documents.title FROM documents
      JOIN passages ON passages.documentId = documents.id AND passages.embedding IS NULL
    WHERE documents.ownerId IS ? AND ${isThere} ORDER BY documents.createdAt DESC, passages.number LIMIT ?`);
  const setVector = client.prepare<unknown, [string, Buffer, number]>(
    "UPDATE passages SET embeddingModel = ?, embedding = ? WHERE id = ?",
  );
  const vectors = client.prepare<PassageVector, [string, string]>(
    "SELECT number, embedding FROM passages WHERE documentId = ? AND embeddingModel = ? ORDER BY number",
  );
  const without = client.prepare<{ count: number }, [string]>(
    "SELECT count(*) AS count FROM passages WHERE documentId = ? AND embedding IS NULL",
  );
  const dropVectors = client.prepare<unknown, [string]>(
    "UPDATE passages SET embeddingModel = NULL, embedding = NULL WHERE embeddingModel <> ?",
  );
  return {
    /**
     * The best matches by bm25 (https://www.sqlite.org/fts5.html#the_bm25_function) in these documents, best first.
     * @param terms words as they were typed; each is matched whole, by its stem, whatever signs it holds
     * @param match every term must be there, or any of them
     */
    searchPassages(
      documentIds: readonly string[],
      terms: readonly string[],
      match: "all" | "any",
      limit: number,
    ): readonly PassageText[] {
      if (terms.length === 0 || documentIds.length === 0) return [];
      const expression = terms.map(quoted).join(match === "all" ? " AND " : " OR ");
      return search.all(expression, JSON.stringify(documentIds), limit);
    },
    /** Those of these passages that hold one of these words, by its stem. */
    passagesHolding(
      places: readonly { readonly documentId: string; readonly number: number }[],
      words: readonly string[],
    ): readonly { readonly documentId: string; readonly number: number }[] {
      if (words.length === 0 || places.length === 0) return [];
      const asked = places.map(({ documentId, number }) => ({ documentId, number }));
      return holding.all(words.map(quoted).join(" OR "), JSON.stringify(asked));
    },
    /** How many passages of these documents hold one of these words; more than `mostCounted` count as many. */
    countPassagesHolding(documentIds: readonly string[], words: readonly string[]): number {
      return counted.get(words.map(quoted).join(" OR "), JSON.stringify(documentIds))?.count ?? 0;
    },
    /** Those who have passages without a vector. */
    ownersToEmbed(): readonly OwnerId[] {
      return owners.all().map(({ ownerId }) => ownerId);
    },
    toEmbed(ownerId: OwnerId, limit: number): readonly PassageToEmbed[] {
      return toEmbed.all(ownerId, limit);
    },
    setEmbedding(id: number, model: string, embedding: Buffer): void {
      storing(() => setVector.run(model, embedding, id));
    },
    /** Of one document, by number. */
    passageVectors(documentId: string, model: string): readonly PassageVector[] {
      return vectors.all(documentId, model);
    },
    /** How many of its passages have no vector yet. */
    countWithoutVector(documentId: string): number {
      return without.get(documentId)?.count ?? 0;
    },
    /** Vectors that were made otherwise are of no use: their passages are in the queue again. */
    dropVectorsBut(model: string): void {
      storing(() => dropVectors.run(model));
    },
  };
}

/** An FTS5 string: none of its signs is an operator (https://www.sqlite.org/fts5.html#fts5_strings). */
const quoted = (term: string) => `"${term.replaceAll('"', '""')}"`;
