/** The tables of what is proposed to be remembered. Times are milliseconds since 1970. */
import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { users } from "./account-tables.ts";

/**
 * A sentence of a user that a model proposes to remember. A trigger erases it with its message; of a refused one its hash is kept, so
 * that it does not come back.
 */
export const proposals = sqliteTable(
  "proposals",
  {
    /** It follows from the message and the sentence. */
    id: text().primaryKey(),
    /** The owner; null: the local owner, without a login. */
    ownerId: text().references(() => users.id, { onDelete: "cascade" }),
    /** null: they are erased. */
    conversationId: text(),
    /** The user's message. */
    messageId: text(),
    /** As it stands in the message; '' when it was accepted, or its message is erased. */
    sentence: text().notNull(),
    /** What it is about; '' as the sentence is. */
    key: text().notNull(),
    /** sha256 of the sentence. */
    hash: text().notNull(),
    state: text({ enum: ["open", "accepted", "refused"] })
      .notNull()
      .default("open"),
    /** What was remembered of it. */
    memoryId: text(),
    createdAt: integer().notNull(),
  },
  (table) => [
    index("proposals_by_owner").on(table.ownerId, table.state, table.createdAt),
    index("proposals_by_hash").on(table.hash),
    index("proposals_by_message").on(table.messageId).where(sql`"messageId" IS NOT NULL`),
    index("proposals_by_memory").on(table.memoryId).where(sql`"memoryId" IS NOT NULL`),
  ],
);

/** Messages in which a model is still to look for something. Triggers remove them with the message. It holds no text. */
export const messagesToRead = sqliteTable("messages_to_read", {
  messageId: text().primaryKey(),
  ownerId: text().references(() => users.id, { onDelete: "cascade" }),
  /** How often this was begun and came to no end: one that crashes the program is not begun for ever. */
  attempts: integer().notNull().default(0),
  createdAt: integer().notNull(),
});

export type Proposal = typeof proposals.$inferSelect;
