/** What finds memories: their words, and their vectors. Deleted ones are not found. */
import { eq, getTableColumns, sql } from "drizzle-orm";
import type { StoreDatabase } from "./connection.ts";
import type { MemoryScope } from "./memory-scope.ts";
import { type Memory, memories, type OwnerId } from "./schema.ts";
import { allOf, anyOf, FewTexts, holdingMost, type Match, TellingWords } from "./search-words.ts";

/** A memory's vectors (src/memory/vector-index.ts). */
export interface MemoryVectors {
  /** Its rowid: rises with the order in which they were stored. */
  readonly row: number;
  readonly id: string;
  /** Its owner. */
  readonly group: OwnerId;
  /** One a piece of its text, as src/memory/memory-vectors.ts writes them. */
  readonly embedding: Uint8Array;
}

interface MemorySearchOptions {
  /** Memories taken from this conversation are left out. */
  readonly exceptConversation?: string;
  /** Milliseconds since 1970: what was known and held then; absent: at the end. */
  readonly asOf?: number;
  /** Absent: those of no project. */
  readonly scope?: MemoryScope;
}

/** After every memory. */
const latest = Number.MAX_SAFE_INTEGER;

/** A word that so many of an owner's memories hold says nothing, however many more do. */
const mostCounted = 1_000;
/** So many of all owners' are looked at to count an owner's. */
const mostLookedAt = 3_000;
/** Of common words alone so many of the newest are looked at that hold one of them. */
const mostUnranked = 100;
/** An owner's memories are counted no further: how rare a word is then hardly changes. */
const mostOwned = 5_000;

/** A match in the key says more about a memory than one in its text. */
const keyWeight = 2;
const valueWeight = 1;

/**
 * Known and valid at a moment, and not replaced by what was known and began to hold until then: a newer one of its subject, or
 * the one that it names. Of two subjects of one name in two categories, or two projects, each stands for itself. The index is named, and the signs
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
      AND newer.ownerId IS ${memories.ownerId} AND newer.projectId IS ${memories.projectId} AND newer.deletedAt IS NULL AND newer.withdrawnAt IS NULL
      AND (newer.createdAt, newer.rowid) > (${memories.createdAt}, memories.rowid))
  AND NOT EXISTS (
    SELECT 1 FROM memories AS other
    WHERE other.id = ${memories.supersededBy} AND other.ownerId IS ${memories.ownerId}
      AND other.deletedAt IS NULL AND other.withdrawnAt IS NULL
      AND other.createdAt <= ${sql.placeholder("asOf")}
      AND (other.validFrom IS NULL OR other.validFrom <= ${sql.placeholder("asOf")}))`;

export function createMemorySearch(db: StoreDatabase) {
  const client = db.$client;
  const currentById = db
    .select({ id: memories.id })
    .from(memories)
    .where(sql`${eq(memories.id, sql.placeholder("id"))} AND deletedAt IS NULL AND withdrawnAt IS NULL
      AND ${isCurrent}`)
    .prepare();
  const isFound = sql`+${memories.ownerId} IS ${sql.placeholder("ownerId")}
    AND ${memories.deletedAt} IS NULL AND ${memories.withdrawnAt} IS NULL
    AND ${memories.conversationId} IS NOT ${sql.placeholder("exceptConversation")}
    AND (+${memories.projectId} IS ${sql.placeholder("projectId")}
      OR (${sql.placeholder("usesGeneral")} AND +${memories.projectId} IS NULL))
    AND ${isCurrent}`;
  const ranked = db
    .select(getTableColumns(memories))
    .from(sql`memories_fts`)
    .innerJoin(memories, sql`memories.rowid = memories_fts.rowid`)
    .where(
      sql`memories_fts MATCH ${sql.placeholder("match")}
        AND memories_fts.rank MATCH ${sql.raw(`'bm25(${keyWeight}, ${valueWeight})'`)}
        AND ${isFound}`,
    )
    // By this column alone the index sorts its own hits, and the table is read only until the limit is reached.
    .orderBy(sql`memories_fts.rank`)
    .limit(sql.placeholder("limit"))
    .prepare();
  // bm25 counts all that hold each word before it ranks any, and AND goes on until one holds all: neither ends soon with common words.
  const newestHolding = db
    .select(getTableColumns(memories))
    .from(
      sql`(SELECT rowid AS hit FROM memories_fts WHERE memories_fts MATCH ${sql.placeholder("match")}
        ORDER BY rowid DESC LIMIT ${sql.raw(`${mostUnranked}`)})`,
    )
    .innerJoin(memories, sql`memories.rowid = hit`)
    .where(isFound)
    .prepare();
  const owned = client.prepare<{ count: number }, [OwnerId]>(
    `SELECT count(*) AS count FROM (SELECT 1 FROM memories WHERE ownerId IS ? LIMIT ${mostOwned})`,
  );
  const holders = client.prepare<{ count: number }, [string, OwnerId]>(
    `SELECT count(*) AS count FROM (
       SELECT 1 FROM (SELECT rowid AS hit FROM memories_fts WHERE memories_fts MATCH ? LIMIT ${mostLookedAt})
         CROSS JOIN memories ON memories.rowid = hit
       WHERE memories.ownerId IS ? LIMIT ${mostCounted})`,
  );
  const owners = client.prepare<{ first: OwnerId; last: OwnerId }, []>(
    `SELECT (SELECT ownerId FROM memories ORDER BY ownerId LIMIT 1) AS first,
       (SELECT ownerId FROM memories ORDER BY ownerId DESC LIMIT 1) AS last`,
  );
  /** Then whose each memory is need not be read: it is most of the time of counting them. */
  const isOnlyOwner = (ownerId: OwnerId) => {
    const { first = null, last = null } = owners.get() ?? {};
    return first === ownerId && last === ownerId;
  };
  const vectors = `memories.rowid AS row, memories.id, memories.ownerId AS "group", memories.embedding`;
  const findable =
    "embeddingModel = ? AND embedding IS NOT NULL AND deletedAt IS NULL AND withdrawnAt IS NULL";
  const vectorsAfter = client.prepare<MemoryVectors, [string, number, number]>(
    `SELECT ${vectors} FROM memories WHERE ${findable} AND rowid > ? ORDER BY rowid LIMIT ?`,
  );
  const vectorsOf = client.prepare<MemoryVectors, [string, string]>(
    `SELECT ${vectors} FROM json_each(?) AS asked CROSS JOIN memories ON memories.rowid = asked.value
     WHERE ${findable}`,
  );
  const tellingWords = new TellingWords(client, "memories_fts");

  return {
    /**
     * Whether it was known, held and was not replaced then.
     * @param asOf milliseconds since 1970
     */
    isCurrent(id: string, asOf: number): boolean {
      return currentById.get({ id, asOf }) !== undefined;
    },
    /**
     * What is current and holds the terms: the best matches by bm25 (https://www.sqlite.org/fts5.html#the_bm25_function), best first.
     * Terms that very many memories hold are left out where there are others that any holds; where there are none, some of the
     * newest are found that hold them.
     * @param terms words as the user wrote them; each is matched whole, by its stem, whatever signs it holds
     * @param match every term must be there, or any of them; rare: any of those that few memories hold
     */
    searchText(
      ownerId: OwnerId,
      terms: readonly string[],
      match: Match,
      limit: number,
      { exceptConversation = "", asOf = latest, scope }: MemorySearchOptions = {},
    ): readonly Memory[] {
      const { isRanked, words } = tellingWords.among(terms, match);
      if (words.length === 0) return [];
      const { projectId, usesGeneral } = scope ?? { projectId: null, usesGeneral: true };
      const asked = { ownerId, exceptConversation, asOf, projectId, usesGeneral: usesGeneral ? 1 : 0 };
      if (isRanked)
        return ranked.all({ ...asked, match: match === "all" ? allOf(words) : anyOf(words), limit });
      const found = newestHolding.all({ ...asked, match: anyOf(words) });
      return holdingMost(found, words, match, ({ key, value }) => [key, value]).slice(0, limit);
    },
    /** How many memories an owner has; more than `mostOwned` count as many. */
    count(ownerId: OwnerId): number {
      return owned.get(ownerId)?.count ?? 0;
    },
    /** How many of an owner's memories hold one of these words, by its stem; null: very many do. */
    countHolding(ownerId: OwnerId, words: readonly string[]): number | null {
      const expression = anyOf(words);
      if (isOnlyOwner(ownerId)) {
        const count = tellingWords.hits(expression, mostCounted);
        return count === mostCounted ? null : count;
      }
      const count = holders.get(expression, ownerId)?.count ?? 0;
      return count === mostCounted || tellingWords.hits(expression, mostLookedAt) === mostLookedAt
        ? null
        : count;
    },
    fewTexts: () => new FewTexts(),
    /** @see VectorTable in src/memory/vector-index.ts */
    vectorsAfter(model: string, row: number, limit: number): readonly MemoryVectors[] {
      return vectorsAfter.all(model, row, limit);
    },
    vectorsOf(model: string, rows: readonly number[]): readonly MemoryVectors[] {
      return vectorsOf.all(JSON.stringify(rows), model);
    },
  };
}
