/** The tables of memories. */
import { sql } from "drizzle-orm";
import { blob, index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { users } from "./account-tables.ts";
import { projects } from "./project-tables.ts";

export const memories = sqliteTable(
  "memories",
  {
    id: text().primaryKey(),
    key: text().notNull(),
    value: text().notNull(),
    category: text().notNull(),
    /** The conversation that it comes from, unless it was entered by hand; it is not recalled into that same conversation. */
    conversationId: text(),
    /** How the vectors were made (src/memory/memory-vectors.ts); others are not comparable. */
    embeddingModel: text(),
    /** One vector for each piece of the text, one signed byte a dimension. */
    embedding: blob({ mode: "buffer" }),
    createdAt: integer().notNull(),
    /** The owner; null: the local owner, without a login. */
    ownerId: text().references(() => users.id, { onDelete: "cascade" }),
    /** The answer that it was taken from; null: none, or it was stored before this was noted. */
    messageId: text(),
    /** When its owner deleted it; null: they did not. */
    deletedAt: integer(),
    /** Since when the conversation or the answer that it was taken from is deleted; null: it is not. */
    withdrawnAt: integer(),
    /** A fact is what the user states; an exchange has the words of a model, which are never a source of figures. */
    kind: text({ enum: ["fact", "exchange"] })
      .notNull()
      .default("fact"),
    /** How it came here: entered by a form, a command or a program; said in a chat; picked from a message; a finished exchange. */
    source: text({ enum: ["entered", "said", "picked", "exchange", "imported"] })
      .notNull()
      .default("entered"),
    /** The place in what it was taken from: of an imported file its name and the entry. */
    place: text(),
    /** Milliseconds since 1970, the end excluded; null: it has no beginning, or no end. */
    validFrom: integer(),
    validTo: integer(),
    /** 0 to 1: what its user states is certain. */
    confidence: real().notNull().default(1),
    /** The memory of another subject that replaces it; one of the same subject does so without being named. */
    supersededBy: text(),
    /** How often its user has said that it did not bear on a question. */
    dismissals: integer().notNull().default(0),
    /** The import that brought it; null: none did. */
    importId: text(),
    /** Whether it was compared with the other facts, as it reads now. */
    isCompared: integer({ mode: "boolean" }).notNull().default(false),
    /** The project in which alone it is recalled; null: everywhere. A subject of a project is not the same subject elsewhere. */
    projectId: text().references(() => projects.id, { onDelete: "cascade" }),
  },
  (table) => [
    index("memories_by_key").on(table.key),
    index("memories_by_owner").on(table.ownerId, table.createdAt),
    index("memories_by_conversation").on(table.conversationId).where(sql`"conversationId" IS NOT NULL`),
    index("memories_to_embed").on(table.ownerId, table.createdAt).where(sql`"embedding" IS NULL`),
    index("memories_deleted").on(table.deletedAt).where(sql`"deletedAt" IS NOT NULL`),
    index("memories_withdrawn").on(table.withdrawnAt).where(sql`"withdrawnAt" IS NOT NULL`),
    index("memories_to_compare").on(table.createdAt).where(sql`"kind" = 'fact' AND "isCompared" = 0`),
    index("memories_by_import").on(table.importId).where(sql`"importId" IS NOT NULL`),
    index("memories_by_project").on(table.projectId).where(sql`"projectId" IS NOT NULL`),
    index("memories_superseded").on(table.supersededBy).where(sql`"supersededBy" IS NOT NULL`),
  ],
);

/**
 * Facts of one owner that may contradict each other: much the same words, and other figures. It holds no text, and goes with
 * either of them. WITHOUT ROWID.
 */
export const memoryConflicts = sqliteTable(
  "memory_conflicts",
  {
    /** The later one. */
    memoryId: text()
      .notNull()
      .references(() => memories.id, { onDelete: "cascade" }),
    otherId: text()
      .notNull()
      .references(() => memories.id, { onDelete: "cascade" }),
    /** When the user said that both are right; null: they did not. */
    settledAt: integer(),
  },
  (table) => [
    primaryKey({ columns: [table.memoryId, table.otherId] }),
    index("memory_conflicts_by_other").on(table.otherId),
  ],
);

/**
 * Which receipts quote which memory, so that a memory that is deleted is taken out of them. A row whose answer is gone
 * does no harm, and goes with its memory. WITHOUT ROWID.
 */
export const memoryQuotes = sqliteTable(
  "memory_quotes",
  { memoryId: text().notNull(), generationId: text().notNull() },
  (table) => [primaryKey({ columns: [table.memoryId, table.generationId] })],
);

export type Memory = typeof memories.$inferSelect;
