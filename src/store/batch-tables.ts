/** The tables of files and batches of programs: many requests in a file, answered in the background. Times are milliseconds since 1970. */
import { blob, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { users } from "./schema.ts";

/** A file that a program uploaded, or that a batch wrote. A row without its pieces is still being written: `isWhole` says so. */
export const requestFiles = sqliteTable(
  "request_files",
  {
    id: text().primaryKey(),
    /** The owner; null: the local owner, without a login. */
    ownerId: text().references(() => users.id, { onDelete: "cascade" }),
    name: text().notNull(),
    purpose: text({ enum: ["batch", "batch_output"] }).notNull(),
    /** In bytes. */
    size: integer().notNull(),
    isWhole: integer({ mode: "boolean" }).notNull().default(false),
    createdAt: integer().notNull(),
  },
  (table) => [index("request_files_by_owner").on(table.ownerId, table.createdAt)],
);

/** A part of its bytes: many short writes block the event loop less than a long one. */
export const requestFilePieces = sqliteTable(
  "request_file_pieces",
  {
    fileId: text()
      .notNull()
      .references(() => requestFiles.id, { onDelete: "cascade" }),
    /** Its place, from 0. */
    number: integer().notNull(),
    bytes: blob({ mode: "buffer" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.fileId, table.number] })],
);

/** What is wrong with a file of requests. */
export interface BatchProblem {
  readonly code: string;
  readonly message: string;
  readonly param: string | null;
  /** From 1; null: the file as a whole. */
  readonly line: number | null;
}

/** The requests of a file. Which are answered follows from the keys with which they are asked (src/openai/batch-runner.ts). */
export const requestBatches = sqliteTable(
  "request_batches",
  {
    id: text().primaryKey(),
    /** The owner; null: the local owner, without a login. */
    ownerId: text().references(() => users.id, { onDelete: "cascade" }),
    inputFileId: text().notNull(),
    endpoint: text().notNull(),
    metadata: text({ mode: "json" }).$type<Readonly<Record<string, string>>>(),
    status: text({
      enum: [
        "validating",
        "failed",
        "in_progress",
        "finalizing",
        "completed",
        "expired",
        "cancelling",
        "cancelled",
      ],
    }).notNull(),
    problems: text({ mode: "json" }).$type<readonly BatchProblem[]>(),
    total: integer().notNull().default(0),
    completed: integer().notNull().default(0),
    failed: integer().notNull().default(0),
    outputFileId: text(),
    errorFileId: text(),
    createdAt: integer().notNull(),
    expiresAt: integer().notNull(),
    startedAt: integer(),
    finalizingAt: integer(),
    cancellingAt: integer(),
    endedAt: integer(),
  },
  (table) => [
    index("request_batches_by_owner").on(table.ownerId, table.createdAt),
    index("request_batches_by_status").on(table.status),
  ],
);

export type RequestFile = typeof requestFiles.$inferSelect;
export type RequestBatch = typeof requestBatches.$inferSelect;
