/** The tables of documents, and of what conversations and questions have of them. Times are milliseconds since 1970. */
import { sql } from "drizzle-orm";
import {
  blob,
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import { contents } from "./file-tables.ts";
import { projects } from "./project-tables.ts";
import { conversations, messages, users } from "./schema.ts";

/** Why a document could not be read: an English text with gaps, of which the first is its name. */
export interface DocumentProblem {
  readonly template: string;
  /** What fills the gaps after the first: a page, a sheet, a row. */
  readonly values: readonly string[];
}

/** A document that a user has given to be asked about. With `createdAt` 0 it is to be erased (src/store/erased-pieces.ts). */
export const documents = sqliteTable(
  "documents",
  {
    id: text().primaryKey(),
    /** The owner; null: the local owner, without a login. */
    ownerId: text().references(() => users.id, { onDelete: "cascade" }),
    /** Its bytes. */
    contentId: integer()
      .notNull()
      .references(() => contents.id),
    /** As the user's system calls it, without a folder. */
    name: text().notNull(),
    /** What it calls itself; '' for nothing. */
    title: text().notNull().default(""),
    kind: text({ enum: ["text", "html", "csv", "xlsx", "pdf"] }).notNull(),
    mediaType: text().notNull(),
    /** In bytes. */
    size: integer().notNull(),
    state: text({ enum: ["waiting", "reading", "ready", "failed"] })
      .notNull()
      .default("waiting"),
    problem: text({ mode: "json" }).$type<DocumentProblem>(),
    /** Pages, or sheets; 0 of a text, which has none. */
    pages: integer().notNull().default(0),
    /** How many passages it has. */
    passages: integer().notNull().default(0),
    /** Of all passages, in UTF-16 units. */
    characters: integer().notNull().default(0),
    /** Whether the file has more text than is kept here. */
    isCut: integer({ mode: "boolean" }).notNull().default(false),
    createdAt: integer().notNull(),
    /** When its owner deleted it; null: they did not. */
    deletedAt: integer(),
  },
  (table) => [
    index("documents_by_owner").on(table.ownerId, table.createdAt),
    index("documents_by_content").on(table.contentId),
    index("documents_to_read").on(table.createdAt).where(sql`"state" IN ('waiting', 'reading')`),
    index("documents_deleted").on(table.deletedAt).where(sql`"deletedAt" IS NOT NULL`),
  ],
);

/** A piece of a document's text, as it is found, cited and shown. Together they are all of its text, in order. */
export const passages = sqliteTable(
  "passages",
  {
    id: integer().primaryKey(),
    documentId: text()
      .notNull()
      .references(() => documents.id, { onDelete: "cascade" }),
    /** Its place in the document, from 1. */
    number: integer().notNull(),
    /** The page, from 1; null: it has none. */
    page: integer(),
    /** Of a table: its sheet, '' for none, and its cells, as "A2:F40". */
    sheet: text(),
    cells: text(),
    /** Where it begins and ends in the text of its page, in UTF-16 units. */
    start: integer().notNull(),
    end: integer().notNull(),
    /** The heading that it stands under; '' for none. */
    heading: text().notNull(),
    text: text().notNull(),
    /** How the vectors were made (src/documents/passage-vectors.ts). */
    embeddingModel: text(),
    embedding: blob({ mode: "buffer" }),
  },
  (table) => [
    uniqueIndex("passages_by_document").on(table.documentId, table.number),
    index("passages_to_embed").on(table.documentId).where(sql`"embedding" IS NULL`),
  ],
);

/** Which documents the questions of a conversation are asked about, in this order. */
export const conversationDocuments = sqliteTable(
  "conversation_documents",
  {
    conversationId: text()
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    documentId: text()
      .notNull()
      .references(() => documents.id, { onDelete: "cascade" }),
    position: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.conversationId, table.documentId] }),
    index("conversation_documents_by_document").on(table.documentId),
  ],
);

/** The documents of projects, in this order. One may be in several. */
export const projectDocuments = sqliteTable(
  "project_documents",
  {
    projectId: text()
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    documentId: text()
      .notNull()
      .references(() => documents.id, { onDelete: "cascade" }),
    position: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.projectId, table.documentId] }),
    index("project_documents_by_document").on(table.documentId),
  ],
);

/** Which passages stand before a question in its prompt, by the number by which its answer cites them. They hold no text. */
export const messagePassages = sqliteTable(
  "message_passages",
  {
    messageId: text()
      .notNull()
      .references(() => messages.id, { onDelete: "cascade" }),
    /** From 1. */
    position: integer().notNull(),
    documentId: text()
      .notNull()
      .references(() => documents.id, { onDelete: "cascade" }),
    /** Of the passage in its document. */
    number: integer().notNull(),
    /** How near it is to the question; null: all of the document is there. */
    score: real(),
  },
  (table) => [
    primaryKey({ columns: [table.messageId, table.position] }),
    index("message_passages_by_document").on(table.documentId),
  ],
);

export type StoredDocument = typeof documents.$inferSelect;
export type NewDocument = typeof documents.$inferInsert;
export type Passage = typeof passages.$inferSelect;
export type NewPassage = Omit<typeof passages.$inferInsert, "id" | "embedding" | "embeddingModel">;
/** A passage as it is shown and cited, without its vectors. */
export type PassageText = Omit<Passage, "embedding" | "embeddingModel">;
