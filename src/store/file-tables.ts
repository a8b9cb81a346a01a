/** The tables of files that users attach, and of the pictures that programs send. Times are milliseconds since 1970. */
import { blob, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { generations, messages, users } from "./schema.ts";

/**
 * The bytes of files and of pictures, each once. A row without a hash is still being written. With the last row that
 * names it triggers set `createdAt` to 0: it is to be erased (src/store/erased-pieces.ts).
 */
export const contents = sqliteTable("contents", {
  id: integer().primaryKey(),
  /** sha256 of the bytes. */
  hash: text().unique(),
  size: integer().notNull(),
  createdAt: integer().notNull(),
});

/** A part of the bytes: many short writes block the event loop less than a long one. */
export const contentPieces = sqliteTable(
  "content_pieces",
  {
    contentId: integer()
      .notNull()
      .references(() => contents.id, { onDelete: "cascade" }),
    /** Its place, from 0. */
    number: integer().notNull(),
    bytes: blob({ mode: "buffer" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.contentId, table.number] })],
);

/** A file that a user attached. Triggers erase it with the last question that has it (src/store/files.ts). */
export const files = sqliteTable(
  "files",
  {
    id: text().primaryKey(),
    /** The owner; null: the local owner, without a login. */
    ownerId: text().references(() => users.id, { onDelete: "cascade" }),
    contentId: integer()
      .notNull()
      .references(() => contents.id),
    /** As the user's system calls it, without a folder. */
    name: text().notNull(),
    kind: text({ enum: ["text", "csv", "xlsx", "pdf", "image"] }).notNull(),
    mediaType: text().notNull(),
    /** In bytes. */
    size: integer().notNull(),
    /** What a model reads of it; '' of a picture. */
    text: text().notNull(),
    /** How long that is, in UTF-16 units. */
    characters: integer().notNull().default(0),
    /** Whether the file has more text than is kept here. */
    isCut: integer({ mode: "boolean" }).notNull(),
    createdAt: integer().notNull(),
  },
  (table) => [
    index("files_by_owner").on(table.ownerId, table.createdAt),
    index("files_by_content").on(table.contentId),
  ],
);

/** Which question has which files, in the order in which they were attached. */
export const messageFiles = sqliteTable(
  "message_files",
  {
    messageId: text()
      .notNull()
      .references(() => messages.id, { onDelete: "cascade" }),
    position: integer().notNull(),
    fileId: text()
      .notNull()
      .references(() => files.id, { onDelete: "cascade" }),
    /** How much of its text the prompt has, in UTF-16 units; null: it was not asked for yet. */
    readCharacters: integer(),
  },
  (table) => [
    primaryKey({ columns: [table.messageId, table.position] }),
    index("message_files_by_file").on(table.fileId),
  ],
);

/** The pictures of a request of /v1: its row names them by their hash. */
export const generationPictures = sqliteTable(
  "generation_pictures",
  {
    generationId: text()
      .notNull()
      .references(() => generations.id, { onDelete: "cascade" }),
    contentId: integer()
      .notNull()
      .references(() => contents.id),
  },
  (table) => [
    primaryKey({ columns: [table.generationId, table.contentId] }),
    index("generation_pictures_by_content").on(table.contentId),
  ],
);

/** A file without its bytes and its text. */
export type StoredFile = Omit<typeof files.$inferSelect, "text">;
export type NewFile = typeof files.$inferInsert;
