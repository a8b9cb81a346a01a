/** Full-text search over messages: every branch of every conversation of one owner, deleted ones excluded. */
import type { Database } from "bun:sqlite";
import type { OwnerId } from "./schema.ts";

export interface MessageHit {
  readonly conversationId: string;
  readonly messageId: string;
  readonly title: string;
  /** Text around the match; the match is between `hitStart` and `hitEnd`. */
  readonly excerpt: string;
}

/** Characters that no message has: Unicode's noncharacters are for internal use. */
export const hitStart = "\uFDD0";
export const hitEnd = "\uFDD1";

/** The length of an excerpt, in words. */
const excerptWords = 24;

/**
 * The best matches by bm25, best first, at most one a conversation.
 * @param terms words as the user wrote them; the message must have all, each by its stem; the last one may be a prefix
 */
export function searchMessages(
  client: Database,
  ownerId: OwnerId,
  terms: readonly string[],
  limit: number,
): readonly MessageHit[] {
  if (terms.length === 0) return [];
  const expression = terms
    .map((term, index) => quoted(term) + (index === terms.length - 1 ? "*" : ""))
    .join(" ");
  return client
    .query<MessageHit, [string, string, number, string, OwnerId, number]>(`
      WITH RECURSIVE hits AS (
        SELECT messages_fts.rowid AS row, messages_fts.rank AS rank,
          snippet(messages_fts, 0, ?1, ?2, '…', ?3) AS excerpt
        FROM messages_fts WHERE messages_fts MATCH ?4
          -- Before the limit: what others say must not crowd out what is theirs.
          AND EXISTS (
            SELECT 1 FROM messages JOIN conversations ON conversations.id = messages.conversationId
            WHERE messages.rowid = messages_fts.rowid
              AND conversations.ownerId IS ?5 AND conversations.origin = 'chat'
          )
        ORDER BY messages_fts.rank LIMIT 500
      ),
      found AS (
        SELECT messages.*, hits.rank, hits.excerpt FROM hits JOIN messages ON messages.rowid = hits.row
      ),
      -- A deleted message takes along what was said after it.
      removed(id) AS (
        SELECT id FROM messages
        WHERE deletedAt IS NOT NULL AND conversationId IN (SELECT conversationId FROM found)
        UNION
        SELECT messages.id FROM messages JOIN removed ON messages.parentId = removed.id
      )
      SELECT conversations.id AS conversationId, found.id AS messageId, conversations.title AS title, found.excerpt AS excerpt
      FROM found
      JOIN conversations ON conversations.id = found.conversationId
      WHERE conversations.deletedAt IS NULL AND found.id NOT IN (SELECT id FROM removed)
      GROUP BY conversations.id
      HAVING found.rank = min(found.rank)
      ORDER BY found.rank LIMIT ?6`)
    .all(hitStart, hitEnd, excerptWords, expression, ownerId, limit);
}

/** An FTS5 string: none of its characters is an operator (https://www.sqlite.org/fts5.html#fts5_strings). */
function quoted(term: string): string {
  return `"${term.replaceAll('"', '""')}"`;
}
