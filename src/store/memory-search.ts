/** What finds memories: their words, and their vectors. Deleted ones are not found. */
import { eq, getTableColumns, sql } from "drizzle-orm";
import type { StoreDatabase } from "./connection.ts";
import { type Memory, memories, type OwnerId } from "./schema.ts";

/** A memory's vectors, and what decides whether it may be recalled. */
export interface MemoryVector {
  readonly id: string;
  readonly ownerId: OwnerId;
  readonly key: string;
  readonly category: string;
  readonly conversationId: string | null;
  readonly createdAt: number;
  readonly validFrom: number | null;
  readonly validTo: number | null;
  /** Decides which is newer of two made in one millisecond. */
  readonly order: number;
  /** One a piece of its text, as src/memory/memory-vectors.ts writes them. */
  readonly embedding: Uint8Array;
}

interface MemorySearchOptions {
  /** Memories taken from this conversation are left out. */
  readonly exceptConversation?: string;
  /** Milliseconds since 1970: what was known and held then; absent: at the end. */
  readonly asOf?: number;
}

/** After every memory. */
const latest = Number.MAX_SAFE_INTEGER;

/** A word that so many hold says nothing, however many more do. */
const mostCounted = 1_000;

const searchesUntilCounted = 1_000;

/** A match in the key says more about a memory than one in its text. */
const keyWeight = 2;
const valueWeight = 1;

/**
 * Known and valid at a moment, and not replaced by what was known and began to hold until then: a newer one of its subject, or
 * the one that it names. Of two subjects of one name in two categories each stands for itself. The index is named, and the signs
 * before columns keep others from being used: by itself SQLite reads all of an owner's rows for each row.
 */
const isCurrent = sql`+${memories.createdAt} <= ${sql.placeholder("asOf")}
  AND (${memories.validFrom} IS NULL OR ${memories.validFrom} <= ${sql.placeholder("asOf")})
  AND (${memories.validTo} IS NULL OR ${memories.validTo} > ${sql.placeholder("asOf")})
  AND NOT EXISTS (
    SELECT 1 FROM memories AS newer INDEXED BY memories_by_key
    WHERE newer."key" = ${memories.key} AND newer.category = ${memories.category}
      AND newer.createdAt <= ${sql.placeholder("asOf")}
      AND (newer.validFrom IS NULL OR newer.validFrom <= ${sql.placeholder("asOf")})
      AND newer.ownerId IS ${memories.ownerId} AND newer.deletedAt IS NULL AND newer.withdrawnAt IS NULL
      AND (newer.createdAt, newer.rowid) > (${memories.createdAt}, memories.rowid))
  AND NOT EXISTS (
    SELECT 1 FROM memories AS other
    WHERE other.id = ${memories.supersededBy} AND other.ownerId IS ${memories.ownerId}
      AND other.deletedAt IS NULL AND other.withdrawnAt IS NULL
      AND other.createdAt <= ${sql.placeholder("asOf")}
      AND (other.validFrom IS NULL OR other.validFrom <= ${sql.placeholder("asOf")}))`;

/** Words that very many hold are passed over where there are others that anybody holds. */
function withoutCommon<Counted extends { readonly count: number }>(
  words: readonly Counted[],
): readonly Counted[] {
  const rare = words.filter(({ count }) => count < mostCounted);
  return rare.some(({ count }) => count > 0) ? rare : words;
}

export function createMemorySearch(db: StoreDatabase) {
  const client = db.$client;
  const currentById = db
    .select({ id: memories.id })
    .from(memories)
    .where(sql`${eq(memories.id, sql.placeholder("id"))} AND deletedAt IS NULL AND withdrawnAt IS NULL
      AND ${isCurrent}`)
    .prepare();
  const search = db
    .select(getTableColumns(memories))
    .from(sql`memories_fts`)
    .innerJoin(memories, sql`memories.rowid = memories_fts.rowid`)
    .where(
      sql`memories_fts MATCH ${sql.placeholder("match")}
        AND memories_fts.rank MATCH ${sql.raw(`'bm25(${keyWeight}, ${valueWeight})'`)}
        AND +${memories.ownerId} IS ${sql.placeholder("ownerId")}
        AND ${memories.deletedAt} IS NULL AND ${memories.withdrawnAt} IS NULL
        AND ${memories.conversationId} IS NOT ${sql.placeholder("exceptConversation")}
        AND ${isCurrent}`,
    )
    // By this column alone the index sorts its own hits, and the table is read only until the limit is reached.
    .orderBy(sql`memories_fts.rank`)
    .limit(sql.placeholder("limit"))
    .prepare();
  const matching = client.prepare<{ id: string }, [string, string]>(
    `SELECT memories.id FROM memories_fts JOIN memories ON memories.rowid = memories_fts.rowid
     WHERE memories_fts MATCH ?
       AND memories_fts.rowid IN (SELECT rowid FROM memories WHERE id IN (SELECT value FROM json_each(?)))`,
  );
  const counted = client.prepare<{ count: number }, [OwnerId]>(
    "SELECT count(*) AS count FROM memories WHERE ownerId IS ?",
  );
  const countedHolding = client.prepare<{ count: number }, [string, OwnerId, number]>(
    `SELECT count(*) AS count FROM (
       SELECT 1 FROM memories_fts JOIN memories ON memories.rowid = memories_fts.rowid
       WHERE memories_fts MATCH ? AND memories.ownerId IS ? LIMIT ?)`,
  );
  const columns = `id, ownerId, rowid AS "order", createdAt, validFrom, validTo, "key", category, conversationId,
    embedding`;
  const findable =
    "embeddingModel = ? AND embedding IS NOT NULL AND deletedAt IS NULL AND withdrawnAt IS NULL";
  const allVectors = client.prepare<MemoryVector, [string]>(
    `SELECT ${columns} FROM memories WHERE ${findable}`,
  );
  const oneVector = client.prepare<MemoryVector, [string, string]>(
    `SELECT ${columns} FROM memories WHERE ${findable} AND id = ?`,
  );

  const countHolding = (ownerId: OwnerId, words: readonly string[]): number =>
    countedHolding.get(words.map(quoted).join(" OR "), ownerId, mostCounted)?.count ?? 0;
  /** Words that very many hold: to count them takes longest. They are counted again now and then. */
  const common = new Set<string>();
  let searches = 0;
  const countUnlessCommon = (ownerId: OwnerId, term: string): number => {
    const key = `${ownerId} ${term}`;
    const count = common.has(key) ? mostCounted : countHolding(ownerId, [term]);
    if (count >= mostCounted) common.add(key);
    return count;
  };
  /** To rank all that hold a word of every second memory takes longer than it tells. */
  const telling = (ownerId: OwnerId, terms: readonly string[], isRare: boolean): readonly string[] => {
    searches += 1;
    if (searches % searchesUntilCounted === 0) common.clear();
    const counted = terms.map((term) => ({ term, count: countUnlessCommon(ownerId, term) }));
    const told = isRare ? counted.filter(({ count }) => count < mostCounted) : withoutCommon(counted);
    return told.map(({ term }) => term);
  };

  return {
    /**
     * Whether it was known, held and was not replaced then.
     * @param asOf milliseconds since 1970
     */
    isCurrent(id: string, asOf: number): boolean {
      return currentById.get({ id, asOf }) !== undefined;
    },
    /**
     * The best matches by bm25 (https://www.sqlite.org/fts5.html#the_bm25_function), best first, of what is current.
     * @param terms words as the user wrote them; each is matched whole, by its stem, whatever signs it holds
     * @param match every term must be there, or any of them; then words that very many hold are left out where there are others,
     *   or in any case: nothing is found by them then
     */
    searchText(
      ownerId: OwnerId,
      terms: readonly string[],
      match: "all" | "any" | "rare",
      limit: number,
      { exceptConversation = "", asOf = latest }: MemorySearchOptions = {},
    ): readonly Memory[] {
      const looked = match === "all" ? terms : telling(ownerId, terms, match === "rare");
      if (looked.length === 0) return [];
      const expression = looked.map(quoted).join(match === "all" ? " AND " : " OR ");
      return search.all({ ownerId, match: expression, limit, exceptConversation, asOf });
    },
    /** How many memories an owner has. */
    count(ownerId: OwnerId): number {
      return counted.get(ownerId)?.count ?? 0;
    },
    /** How many of them hold one of these words, counted no further than `withoutCommon` asks for. */
    countHolding,
    withoutCommon,
    /** Those of these memories that hold one of these words, by its stem. */
    holding(ids: readonly string[], words: readonly string[]): readonly string[] {
      if (ids.length === 0 || words.length === 0) return [];
      return matching.all(words.map(quoted).join(" OR "), JSON.stringify(ids)).map(({ id }) => id);
    },
    /** The vectors of this model of all memories. Nothing may be written while they are being read. */
    vectors(model: string): Iterable<MemoryVector> {
      return allVectors.iterate(model);
    },
    vector(id: string, model: string): MemoryVector | null {
      return oneVector.get(model, id);
    },
  };
}

/** An FTS5 string: none of its signs is an operator (https://www.sqlite.org/fts5.html#fts5_strings). */
function quoted(term: string): string {
  return `"${term.replaceAll('"', '""')}"`;
}
