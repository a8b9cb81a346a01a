/**
 * Reads the database as of one moment, while others write. It keeps the WAL from being truncated meanwhile, so its user
 * disposes of it soon.
 */
import { openConnection } from "./connection.ts";
import { type ContentQueries, createContentQueries } from "./contents.ts";
import { createDocumentQueries, type DocumentQueries } from "./documents.ts";
import { createFactQueries, type FactQueries } from "./facts.ts";
import { createFileQueries, type FileQueries } from "./files.ts";
import { createMemoryQueries, type MemoryQueries } from "./memories.ts";
import { createMessageQueries, type MessageQueries } from "./messages.ts";
import { createPresetQueries, type PresetQueries } from "./presets.ts";
import { createProjectQueries, type ProjectQueries } from "./projects.ts";
import { createRatingQueries, type RatingQueries } from "./ratings.ts";
import { storing } from "./sqlite-errors.ts";
import { createTokenLogQueries, type TokenLogQueries } from "./token-log.ts";
import { createWholeConversationQueries, type WholeConversationQueries } from "./whole-conversations.ts";

export interface StoreSnapshot extends Disposable {
  readonly wholeConversations: Omit<WholeConversationQueries, "insert" | "insertInSteps">;
  readonly memories: Pick<MemoryQueries, "get" | "inOrder">;
  readonly presets: Pick<PresetQueries, "list">;
  readonly projects: Pick<ProjectQueries, "list">;
  readonly ratings: Pick<RatingQueries, "of">;
  readonly messages: Pick<MessageQueries, "ancestors">;
  readonly facts: Pick<FactQueries, "ofGeneration">;
  readonly files: Pick<FileQueries, "ofMessages" | "textOf">;
  readonly documents: Pick<
    DocumentQueries,
    "get" | "ids" | "ofMessages" | "ofConversation" | "ofProject" | "passagesOf"
  >;
  readonly contents: Pick<ContentQueries, "hashOf" | "read">;
  readonly tokenLog: Pick<TokenLogQueries, "read">;
}

/** @throws StorageError when the file cannot be opened */
export function openSnapshot(file: string): StoreSnapshot {
  const db = storing(() => openConnection(file, "NORMAL"));
  const client = db.$client;
  try {
    client.run("PRAGMA query_only = ON");
    client.run("BEGIN");
    // The moment is that of the first read: https://www.sqlite.org/lang_transaction.html
    client.query("SELECT 1 FROM conversations LIMIT 1").get();
    return {
      wholeConversations: createWholeConversationQueries(db),
      memories: createMemoryQueries(db),
      presets: createPresetQueries(db),
      projects: createProjectQueries(db),
      ratings: createRatingQueries(db),
      messages: createMessageQueries(db),
      facts: createFactQueries(db),
      files: createFileQueries(db),
      documents: createDocumentQueries(db),
      contents: createContentQueries(db),
      tokenLog: createTokenLogQueries(db),
      [Symbol.dispose]: () => client.close(true),
    };
  } catch (error) {
    client.close();
    throw error;
  }
}
