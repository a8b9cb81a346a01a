/**
 * The tables. Times are milliseconds since 1970. Every text is stored here before a user sees it.
 * Hand-written migrations make the full-text search over memories, messages and passages (the FTS5 tables `memories_fts`,
 * `messages_fts` and `passages_fts`, and their triggers), since Drizzle does not describe virtual tables.
 */
import { relations, sql } from "drizzle-orm";
import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { AnswerChoices, ConversationChoices } from "../chat/answer-choices.ts";
import type { ApiRequest } from "../chat/api-request.ts";
import type { Timings, Usage } from "../chat/chat-event.ts";
import type { Sampling } from "../chat/engine.ts";
import type { Fact } from "../finance/facts/fact.ts";
import type { Instrument } from "../finance/instruments/instrument.ts";
import { users } from "./account-tables.ts";
import type { ContextReceipt, LoggedToken, StoredError, StoredReceipt, Writer } from "./json-columns.ts";
import { projects } from "./project-tables.ts";
import { toolServers } from "./tool-tables.ts";

export type { ApiKey, ApiKeyScope, AuditEntry, OwnerId, Session, User, UserRole } from "./account-tables.ts";
export { apiKeys, auditLog, sessions, users } from "./account-tables.ts";
export type {
  ArgumentOrigin,
  AskedCall,
  ContextReceipt,
  LoggedToken,
  ReceiptMemory,
  ReceiptPassage,
  StoredError,
  ToolResult,
  ToolStep,
  Writer,
} from "./json-columns.ts";
export { type Memory, memories, memoryConflicts, memoryQuotes } from "./memory-tables.ts";
export { type Project, projectReceipts, projects } from "./project-tables.ts";
export { messagesToRead, type Proposal, proposals } from "./proposal-tables.ts";
export {
  type ServerTool,
  serverTools,
  type ToolDefinition,
  type ToolRule,
  type ToolServer,
  toolRules,
  toolServers,
} from "./tool-tables.ts";

export const conversations = sqliteTable(
  "conversations",
  {
    id: text().primaryKey(),
    title: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    /** The author of the title: the program never changes a title that a user gave. */
    titledBy: text({ enum: ["question", "model", "user"] })
      .notNull()
      .default("question"),
    /** The last message of the shown path; null: the newest one. */
    leafId: text(),
    /** '' for none. */
    folder: text().notNull().default(""),
    /** The time when it was pinned, archived or deleted; null: it is not. A deleted one can be restored for a while. */
    pinnedAt: integer(),
    archivedAt: integer(),
    deletedAt: integer(),
    /** The conversation from which this one was copied. */
    forkedFrom: text(),
    /** The owner; null: the local owner, without a login. */
    ownerId: text().references(() => users.id, { onDelete: "cascade" }),
    /**
     * api: it came through /v1; temporary: its owner does not want it kept. No list, search or export of everything shows
     * either, nothing of them is remembered, and they are erased some time after their last answer.
     */
    origin: text({ enum: ["chat", "api", "temporary"] })
      .notNull()
      .default("chat"),
    /** When its owner last looked at it on a page; null: never, or before this was noted. */
    seenAt: integer(),
    /** The user's instructions for this conversation; '' for none. */
    instructions: text().notNull().default(""),
    /** What it has instead of its owner's settings, from the preset that it was begun with; null: nothing. */
    settings: text({ mode: "json" }).$type<ConversationChoices>(),
    /** The project that it belongs to; null: none. */
    projectId: text().references(() => projects.id, { onDelete: "set null" }),
  },
  (table) => [
    index("conversations_by_project").on(table.projectId).where(sql`"projectId" IS NOT NULL`),
    index("conversations_by_update").on(table.updatedAt),
    index("conversations_in_list").on(table.ownerId, table.origin, table.updatedAt),
  ],
);

/** A message of a conversation's tree: `parentId` is the message it follows. */
export const messages = sqliteTable(
  "messages",
  {
    id: text().primaryKey(),
    conversationId: text()
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    parentId: text(),
    role: text({ enum: ["user", "assistant"] }).notNull(),
    /** The user's text, or the whole answer after its generation has ended ('' until then). */
    content: text().notNull(),
    /** Text before the user's text in the prompt (recalled memories), kept so that later prompts repeat it to the letter. */
    promptContext: text().notNull().default(""),
    createdAt: integer().notNull(),
    /** The time when it was deleted with all that follows it; null: not deleted. */
    deletedAt: integer(),
  },
  (table) => [
    index("messages_by_conversation").on(table.conversationId, table.createdAt),
    index("messages_by_parent").on(table.parentId),
    index("messages_deleted").on(table.deletedAt).where(sql`"deletedAt" IS NOT NULL`),
  ],
);

/** What the user thinks of an answer; without a row nothing. */
export const ratings = sqliteTable("ratings", {
  messageId: text()
    .primaryKey()
    .references(() => messages.id, { onDelete: "cascade" }),
  rating: text({ enum: ["good", "bad"] }).notNull(),
});
export type Rating = (typeof ratings.$inferSelect)["rating"];

/**
 * A summary of a path up to and including a message: it replaces in a prompt what no longer fits. Written in the
 * background; another branch has its own.
 */
export const summaries = sqliteTable(
  "summaries",
  {
    /** The last message that it covers. */
    messageId: text()
      .primaryKey()
      .references(() => messages.id, { onDelete: "cascade" }),
    conversationId: text()
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    content: text().notNull(),
    /** The model that wrote it. */
    model: text().notNull(),
    createdAt: integer().notNull(),
  },
  (table) => [index("summaries_by_conversation").on(table.conversationId)],
);

/** queued and running are unfinished; the other three are final. */
export type GenerationState = "queued" | "running" | "done" | "stopped" | "failed";

/**
 * Texts that many answers have alike, each once: the instructions before a conversation, and the writers. Triggers
 * erase a text with the last answer that has it (src/store/repeated-texts.ts).
 */
export const repeatedTexts = sqliteTable("repeated_texts", {
  id: integer().primaryKey(),
  /** sha256 of the content; texts that a migration moved here have another mark. */
  hash: text().notNull().unique(),
  content: text().notNull(),
});

/** One run of a model for one answer: it belongs to the server, not to the request. */
export const generations = sqliteTable(
  "generations",
  {
    id: text().primaryKey(),
    conversationId: text()
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    /** The user's message to answer. */
    questionId: text().notNull(),
    /** The assistant's message that holds the answer. */
    messageId: text().notNull(),
    state: text({ enum: ["queued", "running", "done", "stopped", "failed"] }).notNull(),
    /** The catalogue id of the requested model, aliases resolved. */
    model: text().notNull(),
    sampling: text({ mode: "json" }).$type<Sampling>().notNull(),
    memoryContext: integer().notNull(),
    receipt: text({ mode: "json" }).$type<StoredReceipt>(),
    /** The engines that wrote it, in order, with the hash of each one's model file. Empty where `writersId` names them. */
    writers: text({ mode: "json" }).$type<readonly Writer[]>().notNull(),
    finishReason: text({ enum: ["stop", "length", "tool_calls"] }),
    usage: text({ mode: "json" }).$type<Usage>(),
    timings: text({ mode: "json" }).$type<Timings>(),
    error: text({ mode: "json" }).$type<StoredError>(),
    /** How often the server died while it ran. */
    crashes: integer().notNull().default(0),
    idempotencyKey: text(),
    createdAt: integer().notNull(),
    startedAt: integer(),
    endedAt: integer(),
    /** The request of a client of /v1, in place of a conversation: the whole prompt, tools, the form of the answer. */
    request: text({ mode: "json" }).$type<ApiRequest>(),
    /** The instructions of the receipt. */
    systemPromptId: integer().references(() => repeatedTexts.id),
    /** The JSON of the writers. */
    writersId: integer().references(() => repeatedTexts.id),
    /** Who asked has named the model: no other one answers. */
    namesModel: integer({ mode: "boolean" }).notNull().default(false),
    /** It may call tools of other programs, and wait for a person to allow a call. */
    mayWait: integer({ mode: "boolean" }).notNull().default(false),
  },
  (table) => [
    index("generations_by_system_prompt").on(table.systemPromptId),
    index("generations_by_writers").on(table.writersId),
    index("generations_by_conversation").on(table.conversationId),
    index("generations_by_message").on(table.messageId),
    index("generations_by_state").on(table.state),
    uniqueIndex("generations_by_idempotency_key").on(table.idempotencyKey),
  ],
);

/**
 * Questions that wait until the answer before them has ended, in the order of `place`. One that is asked leaves this table in
 * the transaction that stores it as a message; its answer gets its id.
 */
export const queuedQuestions = sqliteTable(
  "queued_questions",
  {
    id: text().primaryKey(),
    conversationId: text()
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    place: integer().notNull(),
    content: text().notNull(),
    /** As the client named it: it may run by then. */
    model: text().notNull(),
    sampling: text({ mode: "json" }).$type<Sampling>().notNull(),
    memoryContext: integer().notNull(),
    /** The ids of the files that it is asked with. */
    files: text({ mode: "json" }).$type<readonly string[]>().notNull().default([]),
    idempotencyKey: text(),
    /** The answer before it was stopped or failed: it waits until somebody sends it, or an answer is complete again. */
    isHeld: integer({ mode: "boolean" }).notNull().default(false),
    /** Somebody has sent it: it is asked next, however the answer before it ends. */
    isSent: integer({ mode: "boolean" }).notNull().default(false),
    createdAt: integer().notNull(),
    /** Its answer may call tools of other programs. */
    mayWait: integer({ mode: "boolean" }).notNull().default(false),
  },
  (table) => [
    index("queued_questions_by_conversation").on(table.conversationId, table.place),
    uniqueIndex("queued_questions_by_idempotency_key").on(table.idempotencyKey),
  ],
);

/** The servers whose tools a conversation uses. */
export const conversationToolServers = sqliteTable(
  "conversation_tool_servers",
  {
    conversationId: text()
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    serverId: text()
      .notNull()
      .references(() => toolServers.id, { onDelete: "cascade" }),
  },
  (table) => [
    primaryKey({ columns: [table.conversationId, table.serverId] }),
    index("conversation_tool_servers_by_server").on(table.serverId),
  ],
);

/** The write-ahead log: a row is one flushed batch; `firstIndex` is the index of its first token, from 0. */
export const tokenLog = sqliteTable(
  "token_log",
  {
    generationId: text()
      .notNull()
      .references(() => generations.id, { onDelete: "cascade" }),
    firstIndex: integer().notNull(),
    tokens: text({ mode: "json" }).$type<readonly LoggedToken[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.generationId, table.firstIndex] })],
);

/**
 * The log of an answer that ended some time ago, in place of its rows of `token_log`: all that a replay needs, in a fifth
 * of the room. `tokens` is written by src/store/compact-tokens.ts. WITHOUT ROWID, so that the id is stored once.
 */
export const compactLog = sqliteTable(
  "compact_log",
  {
    generationId: text()
      .notNull()
      .references(() => generations.id, { onDelete: "cascade" }),
    firstIndex: integer().notNull(),
    /** How many entries the row holds. */
    count: integer().notNull(),
    tokens: blob({ mode: "buffer" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.generationId, table.firstIndex] })],
);

/** What an owner has chosen of the personal settings, a row each; without one the default applies. */
export const preferences = sqliteTable(
  "preferences",
  {
    id: integer().primaryKey(),
    /** The owner; null: the local owner, without a login. */
    ownerId: text().references(() => users.id, { onDelete: "cascade" }),
    /** As in src/settings/personal.ts. Another version may have had other keys. */
    key: text().notNull(),
    value: text({ mode: "json" }).$type<unknown>(),
  },
  (table) => [index("preferences_by_owner").on(table.ownerId, table.key)],
);

/** Choices with a name, with which a conversation can be begun. null: as in the owner's settings. */
export const presets = sqliteTable(
  "presets",
  {
    id: text().primaryKey(),
    /** The owner; null: the local owner, without a login. */
    ownerId: text().references(() => users.id, { onDelete: "cascade" }),
    name: text().notNull(),
    choices: text({ mode: "json" }).$type<AnswerChoices>().notNull(),
    createdAt: integer().notNull(),
  },
  (table) => [uniqueIndex("presets_by_owner").on(table.ownerId, table.name)],
);

/**
 * Computed figures, found by their id: those of answers, which the token log has too, and those that a person or a program
 * computed without a question. The same figure in two answers is two rows, so that each goes with its answer.
 */
export const facts = sqliteTable(
  "facts",
  {
    number: integer().primaryKey(),
    id: text().notNull(),
    /** The owner; null: the local owner, without a login. */
    ownerId: text().references(() => users.id, { onDelete: "cascade" }),
    /** The answer that has it; null: it was computed without a question. */
    generationId: text().references(() => generations.id, { onDelete: "cascade" }),
    /** Where in the answer's text it was logged: only what comes after may cite it. In UTF-16 units. */
    textOffset: integer().notNull().default(0),
    fact: text({ mode: "json" }).$type<Fact>().notNull(),
    createdAt: integer().notNull(),
  },
  (table) => [
    index("facts_by_id").on(table.id, table.ownerId),
    index("facts_by_owner").on(table.ownerId, table.createdAt),
    uniqueIndex("facts_of_generation").on(table.generationId, table.id),
  ],
);

/** Specifications of instruments that a user has changed or added, in place of those of the program. */
export const instruments = sqliteTable(
  "instruments",
  {
    number: integer().primaryKey(),
    /** The owner; null: the local owner, without a login. */
    ownerId: text().references(() => users.id, { onDelete: "cascade" }),
    symbol: text().notNull(),
    specification: text({ mode: "json" }).$type<Instrument>().notNull(),
    changedAt: integer().notNull(),
  },
  (table) => [index("instruments_by_owner").on(table.ownerId, table.symbol)],
);

export const conversationRelations = relations(conversations, ({ many }) => ({
  messages: many(messages),
  generations: many(generations),
}));
export const messageRelations = relations(messages, ({ one }) => ({
  conversation: one(conversations, { fields: [messages.conversationId], references: [conversations.id] }),
}));
export const generationRelations = relations(generations, ({ one, many }) => ({
  conversation: one(conversations, { fields: [generations.conversationId], references: [conversations.id] }),
  tokens: many(tokenLog),
}));
export const tokenLogRelations = relations(tokenLog, ({ one }) => ({
  generation: one(generations, { fields: [tokenLog.generationId], references: [generations.id] }),
}));

export type Conversation = typeof conversations.$inferSelect;
export type NewConversation = typeof conversations.$inferInsert;
export type Message = typeof messages.$inferSelect;
export type NewMessage = typeof messages.$inferInsert;
/** As its row has it. */
export type StoredGeneration = typeof generations.$inferSelect;
export type Generation = Omit<
  StoredGeneration,
  "receipt" | "systemPromptId" | "writersId" | "namesModel" | "mayWait"
> & {
  readonly receipt: ContextReceipt | null;
  /** Left out: no. */
  readonly namesModel?: boolean;
  readonly mayWait?: boolean;
};
export type QueuedQuestion = typeof queuedQuestions.$inferSelect;
export type Preset = typeof presets.$inferSelect;
export type Summary = typeof summaries.$inferSelect;
