/**
 * What was remembered of a conversation goes with it into the trash and comes back with it, and so does that of an answer and
 * that of a project.
 */
import type { Database } from "bun:sqlite";
import { storing } from "./sqlite-errors.ts";

/**
 * Withdraws the memories that were taken from a conversation or from answers of it that are deleted, and brings those
 * back whose source is there again.
 * @returns the ids of those that have changed
 */
export function followSource(client: Database, conversationId: string, now: number): readonly string[] {
  return storing(() =>
    client
      .query<{ id: string }, [string, number]>(`
        WITH RECURSIVE
          source AS (SELECT ownerId, deletedAt FROM conversations WHERE id = ?1),
          -- A deleted message takes along what was said after it.
          removed (id) AS (
            SELECT id FROM messages WHERE conversationId = ?1 AND deletedAt IS NOT NULL
            UNION
            SELECT messages.id FROM messages JOIN removed ON messages.parentId = removed.id
          ),
          -- An imported archive may name another owner's conversation.
          taken AS (
            SELECT memories.id,
              source.deletedAt IS NOT NULL
                OR memories.projectId IN (SELECT id FROM projects WHERE deletedAt IS NOT NULL)
                OR coalesce(memories.messageId IN (SELECT id FROM removed), 0) AS isGone
            FROM memories JOIN source ON memories.ownerId IS source.ownerId
            WHERE memories.conversationId = ?1
          )
        UPDATE memories SET withdrawnAt = CASE WHEN withdrawnAt IS NULL THEN ?2 END
        WHERE id IN (SELECT id FROM taken WHERE isGone <> (memories.withdrawnAt IS NOT NULL))
        RETURNING id`)
      .all(conversationId, now)
      .map(({ id }) => id),
  );
}

/**
 * Withdraws the memories of a project that is deleted, and brings those back whose project and source are there again.
 * @returns the ids of those that have changed
 */
export function followProject(client: Database, projectId: string, now: number): readonly string[] {
  const sources = client
    .query<{ id: string }, [string]>(`
      SELECT DISTINCT conversations.id FROM memories JOIN conversations ON conversations.id = memories.conversationId
      WHERE memories.projectId = ? AND conversations.ownerId IS memories.ownerId`)
    .all(projectId);
  const followed = sources.flatMap(({ id }) => followSource(client, id, now));
  const others = storing(() =>
    client
      .query<{ id: string }, [string, number]>(`
        UPDATE memories SET withdrawnAt = CASE WHEN withdrawnAt IS NULL THEN ?2 END
        WHERE projectId = ?1
          AND NOT EXISTS (
            SELECT 1 FROM conversations WHERE id = memories.conversationId AND ownerId IS memories.ownerId)
          AND (withdrawnAt IS NOT NULL) <> (SELECT deletedAt IS NOT NULL FROM projects WHERE id = ?1)
        RETURNING id`)
      .all(projectId, now)
      .map(({ id }) => id),
  );
  return [...followed, ...others];
}
