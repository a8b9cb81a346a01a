CREATE TABLE `compact_log` (
	`generationId` text NOT NULL,
	`firstIndex` integer NOT NULL,
	`count` integer NOT NULL,
	`tokens` blob NOT NULL,
	PRIMARY KEY(`generationId`, `firstIndex`),
	FOREIGN KEY (`generationId`) REFERENCES `generations`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `memory_quotes` (
	`memoryId` text NOT NULL,
	`generationId` text NOT NULL,
	PRIMARY KEY(`memoryId`, `generationId`)
) WITHOUT ROWID;
--> statement-breakpoint
DROP INDEX `memories_by_creation`;--> statement-breakpoint
ALTER TABLE `memories` ADD `messageId` text;--> statement-breakpoint
ALTER TABLE `memories` ADD `deletedAt` integer;--> statement-breakpoint
ALTER TABLE `memories` ADD `withdrawnAt` integer;--> statement-breakpoint
CREATE INDEX `memories_by_conversation` ON `memories` (`conversationId`) WHERE "conversationId" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `memories_to_embed` ON `memories` (`ownerId`,`createdAt`) WHERE "embedding" IS NULL;--> statement-breakpoint
CREATE INDEX `memories_deleted` ON `memories` (`deletedAt`) WHERE "deletedAt" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `memories_withdrawn` ON `memories` (`withdrawnAt`) WHERE "withdrawnAt" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `messages_deleted` ON `messages` (`deletedAt`) WHERE "deletedAt" IS NOT NULL;--> statement-breakpoint
-- From here on written by hand. What is deleted leaves the index of words too: without this its entries are only marked.
INSERT INTO memories_fts (memories_fts, rank) VALUES ('secure-delete', 1);--> statement-breakpoint
INSERT INTO messages_fts (messages_fts, rank) VALUES ('secure-delete', 1);--> statement-breakpoint
-- What was remembered of conversations that are gone for good should have gone with them.
DELETE FROM memories WHERE conversationId IS NOT NULL AND conversationId NOT IN (SELECT id FROM conversations);--> statement-breakpoint
-- The answer that each was taken from: of those to the same question the one that ended nearest to when it was stored.
UPDATE memories SET messageId = (
  SELECT generations.messageId FROM generations JOIN messages ON messages.id = generations.questionId
  WHERE generations.conversationId = memories.conversationId AND generations.endedAt IS NOT NULL
    AND substr(trim(messages.content), 1, 8) = substr(memories."key", 1, 8)
  ORDER BY abs(generations.endedAt - memories.createdAt) LIMIT 1
) WHERE conversationId IS NOT NULL;--> statement-breakpoint
WITH RECURSIVE removed (id, deletedAt) AS (
  SELECT id, deletedAt FROM messages WHERE deletedAt IS NOT NULL
  UNION
  SELECT messages.id, removed.deletedAt FROM messages JOIN removed ON messages.parentId = removed.id
)
UPDATE memories SET withdrawnAt = coalesce(
  (SELECT deletedAt FROM conversations WHERE conversations.id = memories.conversationId),
  (SELECT min(deletedAt) FROM removed WHERE removed.id = memories.messageId)
) WHERE conversationId IS NOT NULL;--> statement-breakpoint
INSERT OR IGNORE INTO memory_quotes (memoryId, generationId)
SELECT json_extract(quoted.value, '$.id'), generations.id
FROM generations, json_each(generations.receipt, '$.memories') AS quoted
WHERE generations.receipt IS NOT NULL;
