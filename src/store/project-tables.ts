/** The table of projects. Their documents are in document-tables.ts; conversations and memories name theirs. */
import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { users } from "./account-tables.ts";

/** Conversations with instructions, documents and memory of their own. Times are milliseconds since 1970. */
export const projects = sqliteTable(
  "projects",
  {
    id: text().primaryKey(),
    /** The owner; null: the local owner, without a login. */
    ownerId: text().references(() => users.id, { onDelete: "cascade" }),
    name: text().notNull(),
    /** The user's instructions for all of its conversations; '' for none. */
    instructions: text().notNull().default(""),
    /** Whether memories of no project are recalled in it, too. */
    usesGeneralMemory: integer({ mode: "boolean" }).notNull().default(true),
    createdAt: integer().notNull(),
    /** When its owner deleted it; null: they did not. It can be restored for a while. */
    deletedAt: integer(),
  },
  (table) => [
    index("projects_by_owner").on(table.ownerId),
    index("projects_deleted").on(table.deletedAt).where(sql`"deletedAt" IS NOT NULL`),
  ],
);

/**
 * Which receipts name which project, so that one that is erased is taken out of them. A row whose answer is gone does no
 * harm, and goes with its project.
 */
export const projectReceipts = sqliteTable(
  "project_receipts",
  { projectId: text().notNull(), generationId: text().notNull() },
  (table) => [primaryKey({ columns: [table.projectId, table.generationId] })],
);

export type Project = typeof projects.$inferSelect;
