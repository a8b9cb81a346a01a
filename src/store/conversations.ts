/** Queries on conversations. */
import { desc, eq, sql } from "drizzle-orm";
import type { StoreDatabase } from "./connection.ts";
import { type Conversation, conversations } from "./schema.ts";
import { storing } from "./storing.ts";

export type ConversationQueries = ReturnType<typeof createConversationQueries>;

export function createConversationQueries(db: StoreDatabase) {
  const byId = db
    .select()
    .from(conversations)
    .where(eq(conversations.id, sql.placeholder("id")))
    .prepare();
  const newest = db
    .select()
    .from(conversations)
    .orderBy(desc(conversations.updatedAt), sql`rowid desc`)
    .limit(sql.placeholder("limit"))
    .prepare();

  return {
    insert(row: Conversation): void {
      storing(() => db.insert(conversations).values(row).run());
    },
    get(id: string): Conversation | undefined {
      return byId.get({ id });
    },
    /** The one updated last comes first. */
    list(limit: number): readonly Conversation[] {
      return newest.all({ limit });
    },
    /** Notes that something happened in it, which moves it to the top of the list. */
    touch(id: string, now: number): void {
      storing(() => db.update(conversations).set({ updatedAt: now }).where(eq(conversations.id, id)).run());
    },
  };
}
