/** Queries on the questions that wait until the answer before them has ended. It knows nothing of when they are asked. */
import { asc, desc, eq, sql } from "drizzle-orm";
import type { StoreDatabase } from "./connection.ts";
import { preparedInsert, preparedUpdate } from "./prepared-write.ts";
import { type QueuedQuestion, queuedQuestions } from "./schema.ts";
import { storing } from "./sqlite-errors.ts";

export type QueuedQuestionQueries = ReturnType<typeof createQueuedQuestionQueries>;

export function createQueuedQuestionQueries(db: StoreDatabase) {
  const byId = db
    .select()
    .from(queuedQuestions)
    .where(eq(queuedQuestions.id, sql.placeholder("id")))
    .prepare();
  const byKey = db
    .select()
    .from(queuedQuestions)
    .where(eq(queuedQuestions.idempotencyKey, sql.placeholder("key")))
    .prepare();
  const ofConversation = db
    .select()
    .from(queuedQuestions)
    .where(eq(queuedQuestions.conversationId, sql.placeholder("conversationId")))
    // One that somebody has sent comes first.
    .orderBy(desc(queuedQuestions.isSent), asc(queuedQuestions.place))
    .prepare();
  const insert = preparedInsert<typeof queuedQuestions.$inferInsert>(db, queuedQuestions);
  const update = preparedUpdate<QueuedQuestion>(db, queuedQuestions);
  const deletion = db.$client.prepare<unknown, [string]>("DELETE FROM queued_questions WHERE id = ?");
  const remove = (id: string): boolean => storing(() => deletion.run(id).changes > 0);

  return {
    get: (id: string): QueuedQuestion | undefined => byId.get({ id }),
    byIdempotencyKey: (key: string): QueuedQuestion | undefined => byKey.get({ key }),
    /** In the order in which they are asked. */
    ofConversation: (conversationId: string): readonly QueuedQuestion[] =>
      ofConversation.all({ conversationId }),
    /** The conversations in which questions wait. */
    conversations: (): readonly string[] =>
      db
        .selectDistinct({ id: queuedQuestions.conversationId })
        .from(queuedQuestions)
        .all()
        .map(({ id }) => id),
    /** Adds one at the end. Inside a transaction. @returns its row */
    add(question: Omit<QueuedQuestion, "place">): QueuedQuestion {
      const places = ofConversation
        .all({ conversationId: question.conversationId })
        .map(({ place }) => place);
      const row = { ...question, place: Math.max(0, ...places) + 1 };
      insert(row);
      return row;
    },
    /** In other words, at the same place. @returns whether there is one with this id */
    setContent: (id: string, content: string): boolean => update(id, { content }),
    /** It is asked next, however the answer before it ends. @returns whether there is one with this id */
    setSent: (id: string, isSent: boolean): boolean => update(id, { isSent }),
    /** Whether all of a conversation wait for somebody to send them; then none of them was sent yet. */
    hold(conversationId: string, isHeld: boolean): void {
      storing(() =>
        db
          .update(queuedQuestions)
          .set(isHeld ? { isHeld, isSent: false } : { isHeld })
          .where(eq(queuedQuestions.conversationId, conversationId))
          .run(),
      );
    },
    /** It is asked: its text lives on as a message's. @returns whether there was one with this id */
    take: remove,
    /** Erases it. @returns whether there was one with this id */
    remove,
  };
}
