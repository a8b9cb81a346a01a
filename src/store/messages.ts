/**
 * Queries on messages, which form a tree. The shown path ends at the leaf that the conversation names; without one it
 * follows the newest child at every fork. A deleted message, and all that follows it, is on no path.
 */
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { StoreDatabase } from "./connection.ts";
import { preparedInsert, preparedUpdate } from "./prepared-write.ts";
import { conversations, type Message, messages, type NewMessage, type OwnerId } from "./schema.ts";
import { searchMessages } from "./search-messages.ts";
import { storing } from "./sqlite-errors.ts";

export type MessageQueries = ReturnType<typeof createMessageQueries>;

export interface PathOptions {
  /** The number of messages, counted from the end. */
  readonly limit?: number;
  /** Only messages before this one. */
  readonly before?: string;
}

export function createMessageQueries(db: StoreDatabase) {
  const byId = db
    .select()
    .from(messages)
    .where(eq(messages.id, sql.placeholder("id")))
    .prepare();
  const oldestFirst = db
    .select()
    .from(messages)
    .where(eq(messages.conversationId, sql.placeholder("conversationId")))
    .orderBy(asc(messages.createdAt), sql`rowid`)
    .prepare();
  const named = db
    .select({ leafId: conversations.leafId })
    .from(conversations)
    .where(eq(conversations.id, sql.placeholder("conversationId")))
    .prepare();
  const upwards = db.$client.prepare<Message, [string, number]>(`
    WITH RECURSIVE up (id, parentId, depth) AS (
      SELECT id, parentId, 1 FROM messages WHERE id = ?1
      UNION ALL
      SELECT messages.id, messages.parentId, depth + 1 FROM messages
      JOIN up ON messages.id = up.parentId WHERE depth < ?2
    )
    SELECT messages.* FROM up JOIN messages ON messages.id = up.id ORDER BY depth DESC`);

  /** The plus signs choose the index: the few children of a parent, instead of a whole conversation in order. */
  const siblings = db.$client.prepare<{ id: string }, [string, string, string]>(`
    SELECT id FROM messages
    WHERE +conversationId = ? AND parentId = ? AND role = ? AND deletedAt IS NULL
    ORDER BY +createdAt, rowid`);
  const roots = db.$client.prepare<{ id: string }, [string, string]>(`
    SELECT id FROM messages
    WHERE conversationId = ? AND +parentId IS NULL AND role = ? AND deletedAt IS NULL
    ORDER BY createdAt, rowid`);

  /** The message and all that it follows, oldest first; at most `limit`, counted from the end. */
  const ancestors = (id: string, limit = Number.MAX_SAFE_INTEGER): Message[] => upwards.all(id, limit);

  const leafOf = (conversationId: string): string | null => {
    const leaf = named.get({ conversationId })?.leafId ?? null;
    return leaf ?? newestPath(oldestFirst.all({ conversationId })).at(-1)?.id ?? null;
  };

  const path = (conversationId: string, { limit, before }: PathOptions = {}): Message[] => {
    const at = before === undefined ? undefined : byId.get({ id: before });
    // A message of another conversation, perhaps another user's, has no path here.
    const above = at?.conversationId === conversationId ? at.parentId : null;
    const end = before === undefined ? leafOf(conversationId) : above;
    return end === null ? [] : ancestors(end, limit);
  };

  const deletedAbove = db.$client.prepare<{ id: string }, [string]>(`
    WITH RECURSIVE up (id, parentId, deletedAt) AS (
      SELECT id, parentId, deletedAt FROM messages WHERE id = ?
      UNION ALL
      SELECT messages.id, messages.parentId, messages.deletedAt FROM messages JOIN up ON messages.id = up.parentId
    )
    SELECT id FROM up WHERE deletedAt IS NOT NULL LIMIT 1`);
  /** Neither it nor an ancestor is deleted. The texts are not read: a path may have megabytes of them. */
  const isThere = (id: string): boolean => deletedAbove.get(id) === null;

  const removable = db.$client.prepare<{ id: string }, [number, number, OwnerId]>(`
    WITH RECURSIVE
      deleted AS (
        SELECT messages.id FROM messages JOIN conversations ON conversations.id = messages.conversationId
        WHERE messages.deletedAt < ?1 AND conversations.ownerId IS ?3 LIMIT ?2
      ),
      removed (id) AS (
        SELECT id FROM deleted
        UNION
        SELECT messages.id FROM messages JOIN removed ON messages.parentId = removed.id
      )
    SELECT id FROM removed`);
  const removeAnswers = db.$client.prepare<unknown, [string]>(
    "DELETE FROM generations WHERE messageId IN (SELECT value FROM json_each(?))",
  );
  const removeMessages = db.$client.prepare<unknown, [string]>(
    "DELETE FROM messages WHERE id IN (SELECT value FROM json_each(?))",
  );

  const update = preparedUpdate<Message>(db, messages);
  return {
    insert: preparedInsert<NewMessage>(db, messages),
    get(id: string): Message | undefined {
      return byId.get({ id });
    },
    setContent(id: string, content: string): void {
      update(id, { content });
    },
    setPromptContext(id: string, promptContext: string): void {
      update(id, { promptContext });
    },
    setDeleted(id: string, deletedAt: number | null): void {
      update(id, { deletedAt });
    },
    /** Removes for good what an owner deleted before that moment, with all that follows it and how it was written. */
    purge(deletedBefore: number, limit: number, ownerId: OwnerId = null): void {
      const ids = JSON.stringify(removable.all(deletedBefore, limit, ownerId).map(({ id }) => id));
      if (ids === "[]") return;
      storing(() =>
        db.$client
          .transaction(() => {
            removeAnswers.run(ids);
            removeMessages.run(ids);
          })
          .immediate(),
      );
    },
    /** The shown path, oldest first. */
    path,
    ancestors,
    isThere,
    /** The leaf to which the next message is attached; undefined in an empty conversation. */
    lastOfPath(conversationId: string): Message | undefined {
      const leaf = leafOf(conversationId);
      return leaf === null ? undefined : byId.get({ id: leaf });
    },
    /** The message and its siblings that are not deleted, oldest first: edits of a question, or other answers to it. */
    siblings({ conversationId, parentId, role }: Message): readonly Message[] {
      return db
        .select()
        .from(messages)
        .where(
          and(
            eq(messages.conversationId, conversationId),
            parentId === null ? isNull(messages.parentId) : eq(messages.parentId, parentId),
            eq(messages.role, role),
            isNull(messages.deletedAt),
          ),
        )
        .orderBy(asc(messages.createdAt), sql`rowid`)
        .all();
    },
    /** The ids of the siblings alone: read for each message of a page. */
    siblingIds({ conversationId, parentId, role }: Message): readonly string[] {
      const rows =
        parentId === null ? roots.all(conversationId, role) : siblings.all(conversationId, parentId, role);
      return rows.map(({ id }) => id);
    },
    /** The end of the newest path through this message. */
    newestLeafBelow(message: Message): Message {
      const all = oldestFirst.all({ conversationId: message.conversationId });
      return newestPath(all, message.id).at(-1) ?? message;
    },
    /** Every message of a conversation, oldest first, deleted ones too: for exports. */
    all(conversationId: string): readonly Message[] {
      return oldestFirst.all({ conversationId });
    },
    /** @see searchMessages */
    search: (ownerId: OwnerId, terms: readonly string[], limit: number) =>
      searchMessages(db.$client, ownerId, terms, limit),
  };
}

/**
 * @param oldestFirst all messages of one conversation, so that a parent's last one is its newest child
 * @param below begins after this message; without one at the newest root
 */
function newestPath(oldestFirst: readonly Message[], below: string | null = null): Message[] {
  const newestChild = new Map<string | null, Message>();
  for (const message of oldestFirst)
    if (message.deletedAt === null) newestChild.set(message.parentId, message);
  const path: Message[] = [];
  for (let message = newestChild.get(below); message !== undefined; message = newestChild.get(message.id))
    path.push(message);
  return path;
}
