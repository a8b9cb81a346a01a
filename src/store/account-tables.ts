/** The tables of users, and of what they log in with. schema.ts names them with the others. */
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export type UserRole = "admin" | "member";

/** The owner: a user's id; null: the local owner, without a login. */
export type OwnerId = string | null;

/** The users. Without any, the program serves the local owner. */
export const users = sqliteTable("users", {
  id: text().primaryKey(),
  /** In lower case: no two names differ by case alone. */
  name: text().notNull().unique(),
  /** argon2id, in PHC string format. */
  passwordHash: text().notNull(),
  role: text({ enum: ["admin", "member"] }).notNull(),
  createdAt: integer().notNull(),
  /** The time when this user was disabled; null: not disabled. */
  disabledAt: integer(),
});

/** A browser that is logged in. */
export const sessions = sqliteTable(
  "sessions",
  {
    /** sha256 of the cookie's token: a reader of the database cannot log in with it. */
    tokenHash: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: integer().notNull(),
    lastSeenAt: integer().notNull(),
    expiresAt: integer().notNull(),
    /** The browser's User-Agent, shown beside the session. */
    userAgent: text().notNull(),
  },
  (table) => [index("sessions_by_user").on(table.userId)],
);

export type ApiKeyScope = "chat" | "read" | "admin";

/** The API keys of programs. */
export const apiKeys = sqliteTable(
  "api_keys",
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text().notNull(),
    /** sha256 of the key, which is random and long enough to need no slow hash. */
    keyHash: text().notNull().unique(),
    /** Its first characters, for people to recognise it. */
    prefix: text().notNull(),
    scopes: text({ mode: "json" }).$type<readonly ApiKeyScope[]>().notNull(),
    createdAt: integer().notNull(),
    lastUsedAt: integer(),
    revokedAt: integer(),
  },
  (table) => [index("api_keys_by_user").on(table.userId)],
);

/** Actions that matter to the safety of the program; rows are only added. */
export const auditLog = sqliteTable(
  "audit_log",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    at: integer().notNull(),
    /** The user's name at that time; '' for the local owner and for unknown names. */
    actor: text().notNull(),
    /** noun-verb: login-failed, key-created, model-loaded, conversation-deleted. */
    action: text().notNull(),
    /** The object of the action: a name or an id. */
    target: text().notNull(),
    /** The client's address; '' without a request. */
    address: text().notNull(),
  },
  (table) => [index("audit_log_by_time").on(table.at)],
);

export type User = typeof users.$inferSelect;
export type Session = typeof sessions.$inferSelect;
export type ApiKey = typeof apiKeys.$inferSelect;
export type AuditEntry = typeof auditLog.$inferSelect;
