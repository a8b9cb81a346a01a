/**
 * Queries on memories. A memory's subject is its owner's (category, key): of several on one subject the newest counts,
 * and only that one is found by a search of that moment. One that is deleted, or whose source is, is in no list and found by no
 * search. Knows nothing of questions or of how results are ranked together.
 */
import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import type { StoreDatabase } from "./connection.ts";
import { followProject, followSource } from "./follow-source.ts";
import { createMemoryConflicts } from "./memory-conflicts.ts";
import { createMemorySearch } from "./memory-search.ts";
import { preparedInsert, preparedUpdate } from "./prepared-write.ts";
import { type Memory, memories, memoryQuotes, type OwnerId } from "./schema.ts";
import { storing } from "./sqlite-errors.ts";

/** What a memory says, without what was computed from it. */
export type MemoryText = Omit<
  Memory,
  "ownerId" | "embedding" | "embeddingModel" | "deletedAt" | "withdrawnAt" | "importId" | "isCompared"
>;

export type MemoryQueries = ReturnType<typeof createMemoryQueries>;

export interface MemoryPageOptions {
  /** Continues after this memory; a new first page when it is not there any more. */
  readonly after?: string;
  /** Those that hold this text, in whatever case. */
  readonly text?: string;
  readonly kind?: Memory["kind"];
  readonly category?: string;
  /** Those that may contradict another one. */
  readonly contradicted?: boolean;
  /** Those of this project; null: those of none. Absent: all. */
  readonly project?: string | null;
}

/** What is said of a memory; what is left out stays. */
export type MemorySaid = Partial<
  Pick<
    Memory,
    "key" | "value" | "category" | "validFrom" | "validTo" | "confidence" | "supersededBy" | "dismissals"
  >
>;

const rowsOfPage = 500;
/** Within a millisecond, where nothing is dropped. */
const rowsDropped = 2_000;
const textColumns = `id, "key", value, category, kind, source, place, conversationId, messageId, createdAt, validFrom,
  validTo, confidence, supersededBy, dismissals, projectId`;

/** Neither deleted nor of a deleted source. */
const isThere = ({ deletedAt, withdrawnAt }: Memory) => deletedAt === null && withdrawnAt === null;

export function createMemoryQueries(db: StoreDatabase) {
  const client = db.$client;
  const listeners = new Set<(row: number) => void>();

  const byId = db
    .select()
    .from(memories)
    .where(eq(memories.id, sql.placeholder("id")))
    .prepare();
  const newest = db
    .select()
    .from(memories)
    .where(
      sql`${memories.ownerId} IS ${sql.placeholder("ownerId")} AND deletedAt IS NULL AND withdrawnAt IS NULL`,
    )
    .orderBy(desc(memories.createdAt), sql`rowid desc`)
    .limit(sql.placeholder("count"))
    .prepare();
  const page = client.prepare<MemoryText & { row: number }, [number, OwnerId, number]>(
    `SELECT rowid AS row, ${textColumns} FROM memories
     WHERE rowid > ? AND ownerId IS ? AND deletedAt IS NULL AND withdrawnAt IS NULL ORDER BY rowid LIMIT ?`,
  );
  const owners = client.prepare<{ ownerId: OwnerId }, []>(
    `SELECT DISTINCT ownerId FROM memories
     WHERE embedding IS NULL AND deletedAt IS NULL AND withdrawnAt IS NULL ORDER BY ownerId`,
  );
  const setVector = client.prepare<unknown, [string, Buffer, string, string, string, string]>(
    `UPDATE memories SET embeddingModel = ?, embedding = ?
     WHERE id = ? AND "key" = ? AND value = ? AND category = ?`,
  );
  const old = client.prepare<{ id: string }, [number, number, OwnerId]>(
    `SELECT id FROM memories WHERE deletedAt < ?1 AND ownerId IS ?3
     UNION SELECT id FROM memories WHERE withdrawnAt < ?1 AND ownerId IS ?3 LIMIT ?2`,
  );
  const quotedIn = client.prepare<{ generationId: string }, [string]>(
    "SELECT generationId FROM memory_quotes WHERE memoryId = ?",
  );
  const categories = client.prepare<{ category: string }, [OwnerId]>(
    `SELECT category FROM memories WHERE ownerId IS ? AND deletedAt IS NULL AND withdrawnAt IS NULL
     GROUP BY category ORDER BY count(*) DESC, category LIMIT 30`,
  );
  const ofImport = client.prepare<{ id: string }, [string, OwnerId]>(
    "SELECT id FROM memories WHERE importId = ? AND ownerId IS ? AND deletedAt IS NULL",
  );
  const deletedAt = client.prepare<{ id: string }, [number, OwnerId]>(
    "SELECT id FROM memories WHERE deletedAt = ? AND ownerId IS ?",
  );
  const dropVectors = client.prepare<unknown, [number, number, string]>(
    `UPDATE memories SET embeddingModel = NULL, embedding = NULL
     WHERE rowid > ? AND rowid <= ? AND embeddingModel <> ?`,
  );
  const lastRow = client.prepare<{ row: number | null }, []>("SELECT max(rowid) AS row FROM memories");
  const rowOf = client.prepare<{ row: number }, [string]>("SELECT rowid AS row FROM memories WHERE id = ?");
  const move = client.prepare<unknown, [string | null, string, string | null]>(
    `UPDATE memories SET projectId = ?1, isCompared = 0 WHERE conversationId = ?2 AND projectId IS ?3
       AND ownerId IS (SELECT ownerId FROM conversations WHERE id = ?2)`,
  );
  const insert = preparedInsert<typeof memories.$inferInsert>(db, memories);
  const update = preparedUpdate<Memory>(db, memories);
  /** Of a memory that is there, or still there. */
  const vectorsChanged = (id: string) => {
    const found = listeners.size === 0 ? null : rowOf.get(id);
    if (found !== null) for (const listener of listeners) listener(found.row);
  };

  return {
    ...createMemorySearch(db),
    ...createMemoryConflicts(db),
    insert(row: Memory): void {
      insert(row);
      if (row.embedding !== null) vectorsChanged(row.id);
    },
    /** Also one that is deleted and can be brought back. */
    getAny(id: string): Memory | undefined {
      return byId.get({ id });
    },
    /** undefined also for one that is deleted, or whose source is. */
    get(id: string): Memory | undefined {
      const found = byId.get({ id });
      return found !== undefined && isThere(found) ? found : undefined;
    },
    newest(ownerId: OwnerId, count: number): readonly Memory[] {
      return newest.all({ ownerId, count });
    },
    /** Newest first, at most `limit`. */
    page(
      ownerId: OwnerId,
      limit: number,
      { after, text = "", kind, category, contradicted = false, project }: MemoryPageOptions = {},
    ): readonly Memory[] {
      const last = after === undefined ? undefined : byId.get({ id: after });
      const holds = (words: string) =>
        sql`instr(lower(${memories.key} || ' ' || ${memories.value} || ' ' || ${memories.category}), lower(${words})) > 0`;
      return db
        .select()
        .from(memories)
        .where(
          and(
            sql`${memories.ownerId} IS ${ownerId} AND deletedAt IS NULL AND withdrawnAt IS NULL`,
            kind === undefined ? undefined : eq(memories.kind, kind),
            category === undefined ? undefined : eq(memories.category, category),
            project === undefined ? undefined : sql`${memories.projectId} IS ${project}`,
            contradicted
              ? sql`id IN (
                  SELECT memoryId FROM memory_conflicts WHERE settledAt IS NULL
                  UNION SELECT otherId FROM memory_conflicts WHERE settledAt IS NULL)`
              : undefined,
            ...text
              .split(/\s+/)
              .filter((word) => word !== "")
              .map(holds),
            last === undefined
              ? undefined
              : sql`(${memories.createdAt}, rowid) < (${last.createdAt}, (SELECT rowid FROM memories WHERE id = ${last.id}))`,
          ),
        )
        .orderBy(desc(memories.createdAt), sql`rowid desc`)
        .limit(limit)
        .all();
    },
    /** All of one owner's, in the order in which they were stored; read page by page, so that they need not fit into memory. */
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
    /**
     * Vectors that were made otherwise are of no use: their memories are in the queue again.
     * @param after looks at some rows after this one
     * @returns the last of them; null: there are no more
     */
    dropVectorsBut(model: string, after = 0): number | null {
      const last = after + rowsDropped;
      storing(() => dropVectors.run(after, last, model));
      return last < (lastRow.get()?.row ?? 0) ? last : null;
    },
    /** Those who have memories without a vector. */
    ownersToEmbed(): readonly OwnerId[] {
      return owners.all().map(({ ownerId }) => ownerId);
    },
    /** Of one owner's those that have no vector, newest first, because they are the likeliest to be asked for. */
    toEmbed(ownerId: OwnerId, limit: number): readonly Memory[] {
      return db
        .select()
        .from(memories)
        .where(
          sql`${memories.ownerId} IS ${ownerId} AND embedding IS NULL AND deletedAt IS NULL AND withdrawnAt IS NULL`,
        )
        .orderBy(desc(memories.createdAt), sql`rowid desc`)
        .limit(limit)
        .all();
    },
    /** Without effect when it says something else by now. */
    setEmbedding({ id, key, value, category }: Memory, model: string, embedding: Buffer): void {
      storing(() => setVector.run(model, embedding, id, key, value, category));
      vectorsChanged(id);
    },
    /** Another text is another meaning: the vectors go with the old one, and it is compared with the others again. */
    setText(id: string, said: MemorySaid): void {
      const isText = said.key !== undefined || said.value !== undefined || said.category !== undefined;
      update(id, {
        ...said,
        ...(isText ? { embeddingModel: null, embedding: null } : {}),
        isCompared: false,
      });
      vectorsChanged(id);
    },
    /** The categories of an owner's memories, the most frequent first. */
    categories(ownerId: OwnerId): readonly string[] {
      return categories.all(ownerId).map(({ category }) => category);
    },
    /** Of one subject all that are there, the newest first. */
    ofSubject({
      ownerId,
      projectId,
      key,
      category,
    }: Pick<Memory, "ownerId" | "projectId" | "key" | "category">): readonly Memory[] {
      return db
        .select()
        .from(memories)
        .where(
          sql`"key" = ${key} AND category = ${category} AND ${memories.ownerId} IS ${ownerId}
            AND ${memories.projectId} IS ${projectId} AND deletedAt IS NULL AND withdrawnAt IS NULL`,
        )
        .orderBy(desc(memories.createdAt), sql`rowid desc`)
        .all();
    },
    /** Those that name this one as what replaces them. */
    replacedBy(id: string): readonly Memory[] {
      return db.select().from(memories).where(eq(memories.supersededBy, id)).all().filter(isThere);
    },
    /** Those of an import that are there. */
    ofImport(ownerId: OwnerId, importId: string): readonly string[] {
      return ofImport.all(importId, ownerId).map(({ id }) => id);
    },
    /** Those that their owner deleted in this moment. */
    deletedAt(ownerId: OwnerId, moment: number): readonly string[] {
      return deletedAt.all(moment, ownerId).map(({ id }) => id);
    },
    setDismissals(id: string, dismissals: number): void {
      update(id, { dismissals });
    },
    /** Names what replaces it; its text stays as it is. */
    setSuperseded(id: string, by: string): void {
      update(id, { supersededBy: by });
    },
    setImport(id: string, importId: string): void {
      update(id, { importId });
    },
    setDeleted(id: string, deletedAt: number | null): void {
      update(id, { deletedAt });
      vectorsChanged(id);
    },
    /** @see followSource @returns the memories that are there since, or no longer */
    followSource(conversationId: string, now: number): readonly string[] {
      const ids = followSource(client, conversationId, now);
      ids.forEach(vectorsChanged);
      return ids;
    },
    /** @see followProject @returns the memories that are there since, or no longer */
    followProject(projectId: string, now: number): readonly string[] {
      const ids = followProject(client, projectId, now);
      ids.forEach(vectorsChanged);
      return ids;
    },
    /** What is remembered of a conversation is of its project, whichever that is by now. */
    moveWith(conversationId: string, from: string | null, to: string | null): void {
      storing(() => move.run(to, conversationId, from));
    },
    /** Those of an owner that were deleted before that moment, they or their source. */
    deletedBefore(moment: number, limit: number, ownerId: OwnerId = null): readonly string[] {
      return old.all(moment, limit, ownerId).map(({ id }) => id);
    },
    /** The owner's memories of a conversation that is in the trash. */
    withdrawnFrom(ownerId: OwnerId, conversationId: string): readonly string[] {
      return db
        .select({ id: memories.id })
        .from(memories)
        .where(
          and(
            sql`${memories.ownerId} IS ${ownerId}`,
            eq(memories.conversationId, conversationId),
            isNotNull(memories.withdrawnAt),
          ),
        )
        .all()
        .map(({ id }) => id);
    },
    /** Removes them for good. */
    erase(ids: readonly string[]): void {
      for (const id of ids) {
        vectorsChanged(id);
        storing(() => {
          db.delete(memoryQuotes).where(eq(memoryQuotes.memoryId, id)).run();
          db.delete(memories).where(eq(memories.id, id)).run();
        });
      }
    },
    /** The answers whose receipts quote it. */
    quotedIn(id: string): readonly string[] {
      return quotedIn.all(id).map(({ generationId }) => generationId);
    },
    /** @see VectorTable in src/memory/vector-index.ts */
    onVectorsChanged(listener: (row: number) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
