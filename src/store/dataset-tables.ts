/** The tables of price series that users import. Times are milliseconds since 1970. */
import { blob, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Passport } from "../finance/data/passport.ts";
import type { Quarantined, Question } from "../finance/data/series-reading.ts";
import type { Timeframe } from "../finance/data/timeframe.ts";
import type { Words } from "../texts/say.ts";
import { contents } from "./file-tables.ts";
import { users } from "./schema.ts";

/** Which bars a chunk holds: a dataset's chunks follow each other in time. */
export interface ChunkPlace {
  readonly id: number;
  readonly rows: number;
  /** The times of its first and last bar. */
  readonly first: number;
  readonly last: number;
}

/** The bars of one instrument in one timeframe. */
export const datasets = sqliteTable(
  "datasets",
  {
    id: text().primaryKey(),
    /** The owner; null: the local owner, without a login. */
    ownerId: text().references(() => users.id, { onDelete: "cascade" }),
    symbol: text().notNull(),
    timeframe: text().$type<Timeframe>().notNull(),
    /** The zone of the times in the files; null: nobody has declared it. Stored times are UTC. */
    zone: text(),
    rows: integer().notNull(),
    /** In order. A chunk that is not named here is no part of it: its import was not finished. */
    chunks: text({ mode: "json" }).$type<readonly ChunkPlace[]>().notNull(),
    /** null: its first import is still being written. */
    passport: text({ mode: "json" }).$type<Passport>(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
  },
  (table) => [index("datasets_by_owner").on(table.ownerId, table.symbol)],
);

/** Some thousand bars, packed as src/finance/data/stored-bars.ts does it. They never change. */
export const datasetChunks = sqliteTable(
  "dataset_chunks",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    datasetId: text()
      .notNull()
      .references(() => datasets.id, { onDelete: "cascade" }),
    bars: blob({ mode: "buffer" }).notNull(),
  },
  (table) => [index("dataset_chunks_by_dataset").on(table.datasetId)],
);

/** What somebody has said about a file, beside what it says itself. */
export interface ImportAnswers {
  readonly symbol?: string;
  readonly timeframe?: Timeframe;
  readonly zone?: string;
  readonly dateOrder?: "dmy" | "mdy" | "ymd";
  readonly decimal?: "point" | "comma";
}

/** A file of prices, and what became of it. Triggers erase its bytes with the last row that names them. */
export const dataImports = sqliteTable(
  "data_imports",
  {
    /** Bars name the import that they come from by this number. */
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    ownerId: text().references(() => users.id, { onDelete: "cascade" }),
    /** As the user's system calls the file. */
    name: text().notNull(),
    contentId: integer()
      .notNull()
      .references(() => contents.id),
    status: text({ enum: ["needs_answer", "ready", "committed"] }).notNull(),
    format: text().notNull(),
    answers: text({ mode: "json" }).$type<ImportAnswers>().notNull(),
    questions: text({ mode: "json" }).$type<readonly Question[]>().notNull(),
    /** Rows of the file, of which some were put aside; `added` of the others were not there before. */
    rows: integer().notNull(),
    added: integer().notNull().default(0),
    quarantined: text({ mode: "json" }).$type<readonly Quarantined[]>().notNull(),
    quarantinedRows: integer().notNull().default(0),
    passport: text({ mode: "json" }).$type<Passport>(),
    symbol: text().notNull(),
    datasetId: text().references(() => datasets.id, { onDelete: "cascade" }),
    createdAt: integer().notNull(),
  },
  (table) => [
    index("data_imports_by_owner").on(table.ownerId, table.createdAt),
    index("data_imports_by_dataset").on(table.datasetId),
    index("data_imports_by_content").on(table.contentId),
  ],
);

/** A file of the watched folder as it was read last. */
export const watchedFiles = sqliteTable("watched_files", {
  /** sha256 of its path: what it is called stands in the folder alone. */
  path: text().primaryKey(),
  /** Its size in bytes and when it was changed: one that is as it was is not read again. */
  size: integer().notNull(),
  changedAt: integer().notNull(),
  /** Of its whole lines: sha256, and the same without the last line, which a program may write anew. */
  hash: text().notNull(),
  beginningHash: text().notNull(),
  beginningSize: integer().notNull(),
  /** The import of what was read; null: there is none. It may be gone. */
  importId: text(),
  /** Why it could not be read, or what is to be known of it; null: nothing. */
  problem: text({ mode: "json" }).$type<Words>(),
});

export type WatchedFile = typeof watchedFiles.$inferSelect;
export type Dataset = typeof datasets.$inferSelect;
export type DataImport = typeof dataImports.$inferSelect;
export type NewDataImport = Omit<typeof dataImports.$inferInsert, "number">;
