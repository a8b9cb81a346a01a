/** Queries on computed figures: those of answers, and those that were computed without a question. */
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Fact } from "../finance/facts/fact.ts";
import type { StoreDatabase } from "./connection.ts";
import { facts, type OwnerId } from "./schema.ts";
import { storing } from "./sqlite-errors.ts";

export type FactQueries = ReturnType<typeof createFactQueries>;

interface NewFacts {
  readonly ownerId: OwnerId;
  /** null: computed without a question. */
  readonly generationId: string | null;
  readonly facts: readonly Fact[];
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

export function createFactQueries(db: StoreDatabase) {
  const isOf = (ownerId: OwnerId) => sql`${facts.ownerId} IS ${ownerId}`;
  return {
    /** The same fact of the same answer, or of none, is stored once. @throws StorageError */
    insert({ ownerId, generationId, facts: some, createdAt }: NewFacts): void {
      storing(() => {
        for (const fact of some) {
          const isOfNone = and(eq(facts.id, fact.id), isOf(ownerId), isNull(facts.generationId));
          if (generationId === null && db.select().from(facts).where(isOfNone).get() !== undefined) continue;
          db.insert(facts)
            .values({ id: fact.id, ownerId, generationId, fact, createdAt })
            .onConflictDoNothing()
            .run();
        }
      });
    },
    /** @returns undefined when this owner has no such fact */
    get(id: string, ownerId: OwnerId): Fact | undefined {
      const found = and(eq(facts.id, id), isOf(ownerId));
      return db.select().from(facts).where(found).orderBy(desc(facts.number)).limit(1).get()?.fact;
    },
    /** Newest first; each once. */
    newest(ownerId: OwnerId, limit: number): readonly Fact[] {
      const last = sql<number>`max(${facts.number})`;
      return db
        .select({ fact: facts.fact, last })
        .from(facts)
        .where(isOf(ownerId))
        .groupBy(facts.id)
        .orderBy(desc(last))
        .limit(limit)
        .all()
        .map(({ fact }) => fact);
    },
  };
}
