/** What finds passages: their words, and their vectors. Those of deleted documents are not found. */
import type { StoreDatabase } from "./connection.ts";
import type { PassageText } from "./document-tables.ts";
import type { OwnerId } from "./schema.ts";
import { allOf, anyOf, FewTexts, holdingMost, TellingWords } from "./search-words.ts";
import { storing } from "./sqlite-errors.ts";

/** A passage that has no vector yet. */
interface PassageToEmbed extends PassageText {
  /** Of its document. */
  readonly name: string;
  readonly title: string;
}

/** A passage's vectors (src/memory/vector-index.ts). */
export interface PassageVectors {
  /** The passage's id. */
  readonly row: number;
  /** Its document. */
  readonly group: string;
  readonly number: number;
  /** One a piece of its text, as src/memory/memory-vectors.ts writes them. */
  readonly embedding: Uint8Array;
}

/** A word that so many hold says nothing, however many more do. */
const mostCounted = 1_000;
/** Of common words alone so many passages are looked at that hold one of them. */
const mostUnranked = 300;
/** So many passages are looked at at once for vectors that were made otherwise. */
const rowsDropped = 2_000;

/** A match in the heading says more about a passage than one in its text. */
const headingWeight = 2;
const textWeight = 1;

const columns = `passages.id, passages.documentId, passages.number, passages.page, passages.sheet, passages.cells,
  passages.start, passages."end", passages.heading, passages.text`;
const isThere = "documents.deletedAt IS NULL AND documents.createdAt > 0";

/** @param onVectorsChanged called with the passage, within the transaction */
export function createDocumentSearch(
  { $client: client }: StoreDatabase,
  onVectorsChanged: (row: number) => void,
) {
  const ranked = client.prepare<PassageText, [string, string, number]>(`
    SELECT ${columns} FROM passages_fts
      JOIN passages ON passages.id = passages_fts.rowid
      JOIN documents ON documents.id = passages.documentId
    WHERE passages_fts MATCH ? AND passages_fts.rank MATCH 'bm25(${headingWeight}, ${textWeight})'
      AND +passages.documentId IN (SELECT value FROM json_each(?)) AND ${isThere}
    ORDER BY passages_fts.rank LIMIT ?`);
  // bm25 counts all that hold each word before it ranks any.
  const unranked = client.prepare<PassageText, [string, number, number, string]>(`
    SELECT ${columns} FROM (
        SELECT rowid AS hit FROM passages_fts WHERE passages_fts MATCH ? AND rowid BETWEEN ? AND ?
        LIMIT ${mostUnranked})
      CROSS JOIN passages ON passages.id = hit
      JOIN documents ON documents.id = passages.documentId
    WHERE passages.documentId IN (SELECT value FROM json_each(?)) AND ${isThere}`);
  const ends = client.prepare<{ first: number | null; last: number | null }, [string]>(`
    SELECT min((SELECT id FROM passages WHERE documentId = asked.value ORDER BY number LIMIT 1)) AS first,
      max((SELECT id FROM passages WHERE documentId = asked.value ORDER BY number DESC LIMIT 1)) AS last
    FROM json_each(?) AS asked`);
  const some = client.prepare<PassageText, [string]>(
    `SELECT ${columns} FROM json_each(?) AS asked CROSS JOIN passages ON passages.id = asked.value`,
  );
  const counted = client.prepare<{ count: number }, [string, number, number, string]>(`
    SELECT count(*) AS count FROM (
      SELECT 1 FROM passages_fts JOIN passages ON passages.id = passages_fts.rowid
      WHERE passages_fts MATCH ? AND passages_fts.rowid BETWEEN ? AND ?
        AND +passages.documentId IN (SELECT value FROM json_each(?)) LIMIT ${mostCounted})`);
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
  const vectors = 'passages.id AS row, passages.documentId AS "group", passages.number, passages.embedding';
  const findable = `passages.embeddingModel = ? AND passages.embedding IS NOT NULL AND ${isThere}`;
  const vectorsAfter = client.prepare<PassageVectors, [string, number, number]>(`
    SELECT ${vectors} FROM passages CROSS JOIN documents ON documents.id = passages.documentId
    WHERE ${findable} AND passages.id > ? ORDER BY passages.id LIMIT ?`);
  const vectorsOf = client.prepare<PassageVectors, [string, string]>(`
    SELECT ${vectors} FROM json_each(?) AS asked CROSS JOIN passages ON passages.id = asked.value
      CROSS JOIN documents ON documents.id = passages.documentId
    WHERE ${findable}`);
  const without = client.prepare<{ count: number }, [string]>(
    "SELECT count(*) AS count FROM passages WHERE documentId = ? AND embedding IS NULL",
  );
  const dropVectors = client.prepare<unknown, [number, number, string]>(
    `UPDATE passages SET embeddingModel = NULL, embedding = NULL
     WHERE id > ? AND id <= ? AND embeddingModel <> ?`,
  );
  const lastRow = client.prepare<{ row: number | null }, []>("SELECT max(id) AS row FROM passages");
  const tellingWords = new TellingWords(client, "passages_fts");
  /** Between which passages those of these documents lie: others' need not be looked at. */
  const endsOf = (documents: string): [first: number, last: number] => {
    const { first, last } = ends.get(documents) ?? {};
    return [first ?? 0, last ?? Number.MAX_SAFE_INTEGER];
  };

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
      const { isRanked, words } = tellingWords.among(terms, match);
      const documents = JSON.stringify(documentIds);
      if (isRanked) return ranked.all(match === "all" ? allOf(words) : anyOf(words), documents, limit);
      const found = unranked.all(anyOf(words), ...endsOf(documents), documents);
      return holdingMost(found, words, match, ({ heading, text }) => [heading, text]).slice(0, limit);
    },
    fewTexts: () => new FewTexts(),
    somePassages(ids: readonly number[]): readonly PassageText[] {
      return some.all(JSON.stringify(ids));
    },
    /** How many passages of these documents hold one of these words; more than `mostCounted` count as many. */
    countPassagesHolding(documentIds: readonly string[], words: readonly string[]): number {
      const documents = JSON.stringify(documentIds);
      return counted.get(anyOf(words), ...endsOf(documents), documents)?.count ?? 0;
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
      onVectorsChanged(id);
    },
    /** @see VectorTable in src/memory/vector-index.ts */
    vectorsAfter(model: string, row: number, limit: number): readonly PassageVectors[] {
      return vectorsAfter.all(model, row, limit);
    },
    vectorsOf(model: string, rows: readonly number[]): readonly PassageVectors[] {
      return vectorsOf.all(JSON.stringify(rows), model);
    },
    /** How many of its passages have no vector yet. */
    countWithoutVector(documentId: string): number {
      return without.get(documentId)?.count ?? 0;
    },
    /** Vectors that were made otherwise are of no use: their passages are in the queue again. @see MemoryQueries.dropVectorsBut */
    dropVectorsBut(model: string, after = 0): number | null {
      const last = after + rowsDropped;
      storing(() => dropVectors.run(after, last, model));
      return last < (lastRow.get()?.row ?? 0) ? last : null;
    },
  };
}
