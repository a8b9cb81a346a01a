/** Queries on servers of tools, the tools that they have listed, the rules of owners, and which conversations use which server. */
import { and, asc, eq, sql } from "drizzle-orm";
import type { StoreDatabase } from "./connection.ts";
import { conversationToolServers, type OwnerId } from "./schema.ts";
import { storing } from "./sqlite-errors.ts";
import {
  type ServerTool,
  serverTools,
  type ToolRule,
  type ToolServer,
  toolRules,
  toolServers,
} from "./tool-tables.ts";

export type ToolServerQueries = ReturnType<typeof createToolServerQueries>;

export function createToolServerQueries(db: StoreDatabase) {
  const isOf = (ownerId: OwnerId) => sql`${toolRules.ownerId} IS ${ownerId}`;
  const isOfServer = (id: string) => eq(serverTools.serverId, id);
  return {
    /** By name. */
    list: (): readonly ToolServer[] => db.select().from(toolServers).orderBy(asc(toolServers.name)).all(),
    get: (id: string): ToolServer | undefined =>
      db.select().from(toolServers).where(eq(toolServers.id, id)).get(),
    /** In place of an earlier one of this id. @throws StorageError */
    put(server: ToolServer): void {
      storing(() => {
        db.insert(toolServers)
          .values(server)
          .onConflictDoUpdate({ target: toolServers.id, set: server })
          .run();
      });
    },
    /** With its tools, their rules, and its place in conversations. @throws StorageError */
    remove(id: string): void {
      storing(() => void db.delete(toolServers).where(eq(toolServers.id, id)).run());
    },
    /** Those that a server has listed, by name. */
    toolsOf: (serverId: string): readonly ServerTool[] =>
      db.select().from(serverTools).where(isOfServer(serverId)).orderBy(asc(serverTools.name)).all(),
    /** In place of an earlier one of this name. @throws StorageError */
    putTool(tool: ServerTool): void {
      storing(() => {
        db.insert(serverTools)
          .values(tool)
          .onConflictDoUpdate({ target: [serverTools.serverId, serverTools.name], set: tool })
          .run();
      });
    },
    ruleOf: (ownerId: OwnerId, serverId: string, tool: string): ToolRule | undefined =>
      db
        .select()
        .from(toolRules)
        .where(and(isOf(ownerId), eq(toolRules.serverId, serverId), eq(toolRules.tool, tool)))
        .get(),
    /** @param rule null: each call is asked @throws StorageError */
    setRule(
      ownerId: OwnerId,
      { serverId, name, hash }: Pick<ServerTool, "serverId" | "name" | "hash">,
      rule: ToolRule["rule"] | null,
    ): void {
      storing(() =>
        db.transaction((tx) => {
          tx.delete(toolRules)
            .where(and(isOf(ownerId), eq(toolRules.serverId, serverId), eq(toolRules.tool, name)))
            .run();
          if (rule !== null) tx.insert(toolRules).values({ ownerId, serverId, tool: name, rule, hash }).run();
        }),
      );
    },
    /** The ids of the servers that a conversation uses. */
    ofConversation: (conversationId: string): readonly string[] =>
      db
        .select({ id: conversationToolServers.serverId })
        .from(conversationToolServers)
        .where(eq(conversationToolServers.conversationId, conversationId))
        .all()
        .map(({ id }) => id),
    /** In place of those that it used before. @throws StorageError */
    chooseFor(conversationId: string, serverIds: readonly string[]): void {
      storing(() =>
        db.transaction((tx) => {
          tx.delete(conversationToolServers)
            .where(eq(conversationToolServers.conversationId, conversationId))
            .run();
          for (const serverId of new Set(serverIds))
            tx.insert(conversationToolServers).values({ conversationId, serverId }).run();
        }),
      );
    },
  };
}
