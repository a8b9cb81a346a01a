/** Queries on summaries: what a conversation says up to and including a message, on the branch of that message. */
import { eq, sql } from "drizzle-orm";
import type { StoreDatabase } from "./connection.ts";
import { preparedInsert } from "./prepared-write.ts";
import { type Summary, summaries } from "./schema.ts";
import { storing } from "./sqlite-errors.ts";

export type SummaryQueries = ReturnType<typeof createSummaryQueries>;

export function createSummaryQueries(db: StoreDatabase) {
  const ofConversation = db
    .select()
    .from(summaries)
    .where(eq(summaries.conversationId, sql.placeholder("conversationId")))
    .prepare();
  const forgetFrom = db.$client.prepare<unknown, [string]>(`
    WITH RECURSIVE below (id) AS (
      VALUES (?1)
      UNION ALL
      SELECT messages.id FROM messages JOIN below ON messages.parentId = below.id
    )
    DELETE FROM summaries WHERE messageId IN (SELECT id FROM below)`);

  return {
    /** @param row of a message that has no summary yet */
    insert: preparedInsert<Summary>(db, summaries),
    /** Of all branches, in no order. */
    ofConversation(conversationId: string): readonly Summary[] {
      return ofConversation.all({ conversationId });
    },
    /** Removes summaries that cover this message, on any branch: its text is about to change. */
    forgetFrom(messageId: string): void {
      storing(() => forgetFrom.run(messageId));
    },
  };
}
