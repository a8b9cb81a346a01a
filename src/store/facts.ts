/** Queries on computed figures: those of answers, and those that were computed without a question. */
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Fact } from "../finance/facts/fact.ts";
import type { StoreDatabase } from "./connection.ts";
import { facts, type OwnerId } from "./schema.ts";
import { storing } from "./sqlite-errors.ts";

export type FactQueries = ReturnType<typeof createFactQueries>;

/** A fact of an answer, and from where on its text may cite it. */
export interface PlacedFact {
  readonly fact: Fact;
  /** In UTF-16 units. */
  readonly textOffset: number;
}

interface NewFacts {
  readonly ownerId: OwnerId;
  /** null: computed without a question. */
  readonly generationId: string | null;
  readonly facts: readonly Fact[];
  /** Where in the answer's text they are logged, in UTF-16 units; left out: at its beginning. */
  readonly textOffset?: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

export function createFactQueries(db: StoreDatabase) {
  const isOf = (ownerId: OwnerId) => sql`${facts.ownerId} IS ${ownerId}`;
  // Read for every answer.
  const ofGeneration = db
    .select({ fact: facts.fact, textOffset: facts.textOffset })
    .from(facts)
    .where(eq(facts.generationId, sql.placeholder("generationId")))
    .orderBy(facts.number)
    .prepare();
  return {
    /** The same fact of the same answer is stored once; of none, it is the newest one again. @throws StorageError */
    insert({ ownerId, generationId, facts: some, textOffset = 0, createdAt }: NewFacts): void {
      storing(() => {
        for (const fact of some) {
          const isOfNone = and(eq(facts.id, fact.id), isOf(ownerId), isNull(facts.generationId));
          if (generationId === null) db.delete(facts).where(isOfNone).run();
          db.insert(facts)
            .values({ id: fact.id, ownerId, generationId, textOffset, fact, createdAt })
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
    /** Those of an answer, in the order of the log. */
    ofGeneration(generationId: string): readonly PlacedFact[] {
      return ofGeneration.all({ generationId });
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
