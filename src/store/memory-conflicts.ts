/** Which facts may contradict each other. Which do is found by src/memory/contradictions.ts. */

import { inArray } from "drizzle-orm";
import type { StoreDatabase } from "./connection.ts";
import { type Memory, memories, type OwnerId } from "./schema.ts";
import { storing } from "./sqlite-errors.ts";

export function createMemoryConflicts(db: StoreDatabase) {
  const client = db.$client;
  const toCompare = client.prepare<{ id: string }, [number]>(
    `SELECT id FROM memories WHERE kind = 'fact' AND isCompared = 0 AND deletedAt IS NULL AND withdrawnAt IS NULL
     ORDER BY createdAt LIMIT ?`,
  );
  const compared = client.prepare<unknown, [string]>("UPDATE memories SET isCompared = 1 WHERE id = ?");
  const drop = client.prepare<unknown, [string]>(
    "DELETE FROM memory_conflicts WHERE memoryId = ?1 OR otherId = ?1",
  );
  const add = client.prepare<unknown, [string, string]>(
    "INSERT OR IGNORE INTO memory_conflicts (memoryId, otherId) VALUES (?, ?)",
  );
  const settle = client.prepare<unknown, [number, string, string]>(
    `UPDATE memory_conflicts SET settledAt = ?1
     WHERE (memoryId = ?2 AND otherId = ?3) OR (memoryId = ?3 AND otherId = ?2)`,
  );
  const others = client.prepare<{ id: string }, [string]>(
    `SELECT otherId AS id FROM memory_conflicts WHERE memoryId = ?1 AND settledAt IS NULL
     UNION SELECT memoryId FROM memory_conflicts WHERE otherId = ?1 AND settledAt IS NULL`,
  );
  const settled = client.prepare<{ id: string }, [string]>(
    `SELECT otherId AS id FROM memory_conflicts WHERE memoryId = ?1 AND settledAt IS NOT NULL
     UNION SELECT memoryId FROM memory_conflicts WHERE otherId = ?1 AND settledAt IS NOT NULL`,
  );

  return {
    /** Facts that were not compared with the others, as they read now; the oldest first. */
    toCompare(limit: number): readonly string[] {
      return toCompare.all(limit).map(({ id }) => id);
    },
    /** Notes that a fact was compared, and with which it disagrees. What was settled of the same two stays so. */
    setConflicts(id: string, otherIds: readonly string[]): void {
      storing(() => {
        const known = new Set(settled.all(id).map((row) => row.id));
        drop.run(id);
        for (const other of otherIds) {
          add.run(id, other);
          if (known.has(other)) settle.run(Date.now(), id, other);
        }
        compared.run(id);
      });
    },
    /** Says of two that both are right. */
    settleConflict(id: string, otherId: string, now: number): void {
      storing(() => void settle.run(now, id, otherId));
    },
    /** The facts that may contradict this one, and were not settled; some may be replaced by now. */
    conflictsOf(id: string): readonly string[] {
      return others.all(id).map((row) => row.id);
    },
    /** Those of these ids that are the owner's and there. */
    some(ownerId: OwnerId, ids: readonly string[]): readonly Memory[] {
      if (ids.length === 0) return [];
      return db
        .select()
        .from(memories)
        .where(inArray(memories.id, [...ids]))
        .all()
        .filter((row) => row.ownerId === ownerId && row.deletedAt === null && row.withdrawnAt === null);
    },
  };
}
