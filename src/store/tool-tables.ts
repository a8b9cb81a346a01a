/** The tables of tools that other programs offer. schema.ts names them with the others. */
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { users } from "./account-tables.ts";

/** A tool as its server describes it, within bounds. What it says of itself is a hint of a program that nobody vouches for. */
export interface ToolDefinition {
  readonly name: string;
  readonly title: string | null;
  readonly description: string;
  /** A JSON schema of its arguments. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Its server says that it changes nothing. */
  readonly saysReadOnly: boolean;
}

/** Servers of the Model Context Protocol whose tools models may call. An admin adds them. */
export const toolServers = sqliteTable(
  "tool_servers",
  {
    id: text().primaryKey(),
    /** Short, in lower case: the beginning of its tools' names. */
    name: text().notNull(),
    /** stdio: a program that is started here; http: an address. */
    kind: text({ enum: ["stdio", "http"] }).notNull(),
    command: text().notNull().default(""),
    args: text({ mode: "json" }).$type<readonly string[]>().notNull().default([]),
    /** Variables of the program, or headers of its requests, by name. No route tells their values. */
    secrets: text({ mode: "json" }).$type<Readonly<Record<string, string>>>().notNull().default({}),
    url: text().notNull().default(""),
    isOn: integer({ mode: "boolean" }).notNull().default(true),
    /** Members may use it, too; otherwise admins alone. */
    isShared: integer({ mode: "boolean" }).notNull().default(false),
    createdAt: integer().notNull(),
  },
  (table) => [uniqueIndex("tool_servers_by_name").on(table.name)],
);

/** The tools that a server has listed. One that it lists no longer stays for the answers that have called it. */
export const serverTools = sqliteTable(
  "server_tools",
  {
    serverId: text()
      .notNull()
      .references(() => toolServers.id, { onDelete: "cascade" }),
    name: text().notNull(),
    definition: text({ mode: "json" }).$type<ToolDefinition>().notNull(),
    /** Of the definition: when it changes, what was allowed before is asked anew. */
    hash: text().notNull(),
    /** The hash of the definition that an admin has accepted as one that only reads; null: none. */
    readingHash: text(),
    /** Why no model is offered it; null: it is offered. */
    problem: text({ enum: ["schema", "name", "gone"] }),
    seenAt: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.serverId, table.name] })],
);

/** What an owner has decided of a tool for all of its calls; without a row each call is asked. */
export const toolRules = sqliteTable(
  "tool_rules",
  {
    number: integer().primaryKey(),
    /** The owner; null: the local owner, without a login. */
    ownerId: text().references(() => users.id, { onDelete: "cascade" }),
    serverId: text()
      .notNull()
      .references(() => toolServers.id, { onDelete: "cascade" }),
    tool: text().notNull(),
    rule: text({ enum: ["allow", "never"] }).notNull(),
    /** Of the definition that was allowed. */
    hash: text().notNull(),
  },
  (table) => [
    index("tool_rules_by_owner").on(table.ownerId, table.serverId, table.tool),
    index("tool_rules_by_server").on(table.serverId),
  ],
);

export type ToolServer = typeof toolServers.$inferSelect;
export type ServerTool = typeof serverTools.$inferSelect;
export type ToolRule = typeof toolRules.$inferSelect;
