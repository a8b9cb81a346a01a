/**
 * Queries on memories. The subject of a memory is its (category, key), per owner: the newest one on a subject counts, and
 * searches find only that one. It knows nothing of questions, and nothing of how results are ranked together.
 */
import { and, desc, eq, getTableColumns, isNull, ne, or, sql } from "drizzle-orm";
import type { StoreDatabase } from "./connection.ts";
import { type Memory, memories, type OwnerId } from "./schema.ts";
import { storing } from "./sqlite-errors.ts";

/** A memory's vector, and the fields that decide whether it may be recalled. */
export interface MemoryVector {
  readonly id: string;
  readonly ownerId: OwnerId;
  readonly key: string;
  readonly category: string;
  readonly conversationId: string | null;
  readonly createdAt: number;
  /** Decides which is newer of two from the same millisecond. */
  readonly order: number;
  /** Little-endian float32, unit length. */
  readonly embedding: Uint8Array;
}

/** A memory as it was stored, without computed fields. */
export type MemoryText = Omit<Memory, "ownerId" | "embedding" | "embeddingModel">;

export type MemoryQueries = ReturnType<typeof createMemoryQueries>;

/** A match in the key weighs more than one in the text. */
const keyWeight = 2;
const valueWeight = 1;

const rowsOfPage = 500;

const isNewestOfSubject = sql`NOT EXISTS (
  SELECT 1 FROM memories AS newer
  WHERE newer."key" = ${memories.key} AND newer.category = ${memories.category}
    AND newer.ownerId IS ${memories.ownerId}
    AND (newer.createdAt, newer.rowid) > (${memories.createdAt}, memories.rowid))`;

export function createMemoryQueries(db: StoreDatabase) {
  /** The memories that got a vector since the start, in order. */
  const embedded: string[] = [];

  const byId = db
    .select()
    .from(memories)
    .where(eq(memories.id, sql.placeholder("id")))
    .prepare();
  const newestById = db
    .select({ id: memories.id })
    .from(memories)
    .where(and(eq(memories.id, sql.placeholder("id")), isNewestOfSubject))
    .prepare();
  const newest = db
    .select()
    .from(memories)
    .where(sql`${memories.ownerId} IS ${sql.placeholder("ownerId")}`)
    .orderBy(desc(memories.createdAt), sql`rowid desc`)
    .limit(sql.placeholder("count"))
    .prepare();
  const search = db
    .select(getTableColumns(memories))
    .from(sql`memories_fts`)
    .innerJoin(memories, sql`memories.rowid = memories_fts.rowid`)
    .where(
      sql`memories_fts MATCH ${sql.placeholder("match")}
        AND memories_fts.rank MATCH ${sql.raw(`'bm25(${keyWeight}, ${valueWeight})'`)}
        AND ${memories.ownerId} IS ${sql.placeholder("ownerId")}
        AND ${memories.conversationId} IS NOT ${sql.placeholder("exceptConversation")}
        AND ${isNewestOfSubject}`,
    )
    // Ordered by this column alone, the index sorts its own hits, and the table is read only until the limit.
    .orderBy(sql`memories_fts.rank`)
    .limit(sql.placeholder("limit"))
    .prepare();
  const vectorColumns = `id, ownerId, rowid AS "order", createdAt, "key", category, conversationId, embedding`;
  const selectVectors = db.$client.prepare<MemoryVector, [string]>(
    `SELECT ${vectorColumns} FROM memories WHERE embeddingModel = ? AND embedding IS NOT NULL`,
  );
  const selectVector = db.$client.prepare<MemoryVector, [string, string]>(
    `SELECT ${vectorColumns} FROM memories WHERE id = ? AND embeddingModel = ? AND embedding IS NOT NULL`,
  );

  const page = db.$client.prepare<MemoryText & { row: number }, [number, OwnerId, number]>(
    `SELECT rowid AS row, id, "key", value, category, conversationId, createdAt FROM memories
     WHERE rowid > ? AND ownerId IS ? ORDER BY rowid LIMIT ?`,
  );

  return {
    insert(row: Memory): void {
      storing(() => db.insert(memories).values(row).run());
      if (row.embedding !== null) embedded.push(row.id);
    },
    get(id: string): Memory | undefined {
      return byId.get({ id });
    },
    /** Whether no later memory of the same category and key exists. */
    isNewestOfSubject(id: string): boolean {
      return newestById.get({ id }) !== undefined;
    },
    newest(ownerId: OwnerId, count: number): readonly Memory[] {
      return newest.all({ ownerId, count });
    },
    /** All of one owner, in the order in which they were stored; read page by page, to keep memory small. */
    *inOrder(ownerId: OwnerId): Generator<MemoryText, void, undefined> {
      for (let after = 0; ; ) {
        const rows = page.all(after, ownerId, rowsOfPage);
        for (const { row, ...memory } of rows) {
          after = row;
          yield memory;
        }
        if (rows.length < rowsOfPage) return;
      }
    },
    /** Memories without a vector of this model, the newest first: questions need those most. */
    withoutEmbedding(model: string, limit: number): readonly Memory[] {
      return db
        .select()
        .from(memories)
        .where(or(isNull(memories.embeddingModel), ne(memories.embeddingModel, model)))
        .orderBy(desc(memories.createdAt), sql`rowid desc`)
        .limit(limit)
        .all();
    },
    setEmbedding(id: string, model: string, embedding: Buffer): void {
      storing(() =>
        db.update(memories).set({ embeddingModel: model, embedding }).where(eq(memories.id, id)).run(),
      );
      embedded.push(id);
    },
    /**
     * The best matches by bm25 (https://www.sqlite.org/fts5.html#the_bm25_function), best first, and only the newest memory
     * of each subject.
     * @param terms words as the user wrote them; each is matched whole, by its stem, whatever characters it has
     * @param match all terms are required, or any one
     * @param exceptConversation memories from this conversation are left out
     */
    searchText(
      ownerId: OwnerId,
      terms: readonly string[],
      match: "all" | "any",
      limit: number,
      exceptConversation?: string,
    ): readonly Memory[] {
      if (terms.length === 0) return [];
      const expression = terms.map(quoted).join(match === "all" ? " AND " : " OR ");
      return search.all({ ownerId, match: expression, limit, exceptConversation: exceptConversation ?? "" });
    },
    /** Every vector of this model. Nothing may be written while it is read. */
    vectors(model: string): Iterable<MemoryVector> {
      return selectVectors.iterate(model);
    },
    vector(id: string, model: string): MemoryVector | null {
      return selectVector.get(id, model);
    },
    /** Memories whose vectors this process wrote, in order: a cache reads on from its last position. */
    embedded(from: number): readonly string[] {
      return embedded.slice(from);
    },
  };
}

/** An FTS5 string: none of its characters is an operator (https://www.sqlite.org/fts5.html#fts5_strings). */
function quoted(term: string): string {
  return `"${term.replaceAll('"', '""')}"`;
}
