/** Queries on generations. */
import { and, asc, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { StoreDatabase } from "./connection.ts";
import { preparedInsert, preparedUpdate } from "./prepared-write.ts";
import { type ContextReceipt, conversations, type Generation, generations, type OwnerId } from "./schema.ts";
import { storing } from "./sqlite-errors.ts";

export type GenerationQueries = ReturnType<typeof createGenerationQueries>;

export function createGenerationQueries(db: StoreDatabase) {
  const byId = db
    .select()
    .from(generations)
    .where(eq(generations.id, sql.placeholder("id")))
    .prepare();
  const byKey = db
    .select()
    .from(generations)
    .where(eq(generations.idempotencyKey, sql.placeholder("key")))
    .prepare();
  const ofMessage = db
    .select()
    .from(generations)
    .where(eq(generations.messageId, sql.placeholder("messageId")))
    .orderBy(desc(generations.createdAt), sql`rowid desc`)
    .limit(1)
    .prepare();
  const ofConversation = db
    .select()
    .from(generations)
    .where(eq(generations.conversationId, sql.placeholder("conversationId")))
    .orderBy(asc(generations.createdAt), sql`rowid`)
    .prepare();

  const quote = db.$client.prepare<unknown, [string, string]>(
    "INSERT OR IGNORE INTO memory_quotes (memoryId, generationId) VALUES (?, ?)",
  );
  /** So that a memory that is deleted is found in the receipts that quote it. */
  const noteQuotes = (id: string, receipt: ContextReceipt | null | undefined) => {
    for (const memory of receipt?.memories ?? []) storing(() => quote.run(memory.id, id));
  };
  const insert = preparedInsert<typeof generations.$inferInsert>(db, generations);
  const update = preparedUpdate<Generation>(db, generations);

  return {
    insert(row: typeof generations.$inferInsert): void {
      insert(row);
      noteQuotes(row.id, row.receipt);
    },
    get(id: string): Generation | undefined {
      return byId.get({ id });
    },
    byIdempotencyKey(key: string): Generation | undefined {
      return byKey.get({ key });
    },
    /** The newest generation of this message. */
    forMessage(messageId: string): Generation | undefined {
      return ofMessage.get({ messageId });
    },
    /** All of a conversation, oldest first. */
    ofConversation(conversationId: string): readonly Generation[] {
      return ofConversation.all({ conversationId });
    },
    /** The ids of an owner's chat completions that a program may read again, oldest first, with what they are chosen by. */
    storedCompletions(
      ownerId: OwnerId,
    ): readonly { readonly id: string; readonly metadata: Readonly<Record<string, string>> }[] {
      return db
        .select({
          id: generations.id,
          metadata: sql<string>`json_extract(${generations.request}, '$.completion.metadata')`,
        })
        .from(generations)
        .innerJoin(conversations, eq(generations.conversationId, conversations.id))
        .where(
          and(
            ownerId === null ? isNull(conversations.ownerId) : eq(conversations.ownerId, ownerId),
            eq(conversations.origin, "chat"),
            isNull(conversations.deletedAt),
            sql`json_type(${generations.request}, '$.completion') = 'object'`,
          ),
        )
        .orderBy(asc(generations.createdAt), sql`${generations}.rowid`)
        .all()
        .map(({ id, metadata }) => ({ id, metadata: JSON.parse(metadata) }));
    },
    /** Queued or running, oldest first: a start of the server resumes them. */
    unfinished(): readonly Generation[] {
      return db
        .select()
        .from(generations)
        .where(inArray(generations.state, ["queued", "running"]))
        .orderBy(asc(generations.createdAt), sql`rowid`)
        .all();
    },
    /** @returns whether there is one with this id */
    update(id: string, patch: Partial<Omit<Generation, "id">>): boolean {
      const isThere = update(id, patch);
      if (isThere) noteQuotes(id, patch.receipt);
      return isThere;
    },
    /** Erases it with its log; the messages stay. */
    remove(id: string): void {
      storing(() => db.delete(generations).where(eq(generations.id, id)).run());
    },
    /** @returns how often the server has now died while it ran */
    addCrash(id: string): number {
      const updated = storing(() =>
        db
          .update(generations)
          .set({ crashes: sql`${generations.crashes} + 1` })
          .where(eq(generations.id, id))
          .returning({ crashes: generations.crashes })
          .get(),
      );
      return updated?.crashes ?? 0;
    },
  };
}
