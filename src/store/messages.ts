/** Queries on messages, which form a tree: the path that is shown follows the newest child at every fork. */
import { asc, eq, sql } from "drizzle-orm";
import type { StoreDatabase } from "./connection.ts";
import { type Message, messages } from "./schema.ts";
import { storing } from "./storing.ts";

export type MessageQueries = ReturnType<typeof createMessageQueries>;

export function createMessageQueries(db: StoreDatabase) {
  const byId = db
    .select()
    .from(messages)
    .where(eq(messages.id, sql.placeholder("id")))
    .prepare();
  const oldestFirst = db
    .select()
    .from(messages)
    .where(eq(messages.conversationId, sql.placeholder("conversationId")))
    .orderBy(asc(messages.createdAt), sql`rowid`)
    .prepare();

  const path = (conversationId: string): Message[] => shownPath(oldestFirst.all({ conversationId }));

  return {
    insert(row: Message): void {
      storing(() => db.insert(messages).values(row).run());
    },
    get(id: string): Message | undefined {
      return byId.get({ id });
    },
    setContent(id: string, content: string): void {
      storing(() => db.update(messages).set({ content }).where(eq(messages.id, id)).run());
    },
    setPromptContext(id: string, promptContext: string): void {
      storing(() => db.update(messages).set({ promptContext }).where(eq(messages.id, id)).run());
    },
    /** From the newest root to a leaf, always on to the newest child; of two of one age, the one inserted last. */
    path,
    /** The leaf at which the next message is attached; undefined in an empty conversation. */
    lastOfPath(conversationId: string): Message | undefined {
      return path(conversationId).at(-1);
    },
  };
}

/** @param oldestFirst all messages of one conversation, so that the last one seen of a parent is its newest child */
function shownPath(oldestFirst: readonly Message[]): Message[] {
  const newestChild = new Map<string | null, Message>();
  for (const message of oldestFirst) newestChild.set(message.parentId, message);
  const path: Message[] = [];
  for (let message = newestChild.get(null); message !== undefined; message = newestChild.get(message.id))
    path.push(message);
  return path;
}
