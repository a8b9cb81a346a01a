CREATE TABLE `preferences` (
	`id` integer PRIMARY KEY NOT NULL,
	`ownerId` text,
	`rememberExchanges` integer NOT NULL,
	FOREIGN KEY (`ownerId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `preferences_by_owner` ON `preferences` (`ownerId`);--> statement-breakpoint
CREATE TABLE `repeated_texts` (
	`id` integer PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`content` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `repeated_texts_hash_unique` ON `repeated_texts` (`hash`);--> statement-breakpoint
ALTER TABLE `generations` ADD `systemPromptId` integer REFERENCES repeated_texts(id);--> statement-breakpoint
ALTER TABLE `generations` ADD `writersId` integer REFERENCES repeated_texts(id);--> statement-breakpoint
CREATE INDEX `generations_by_system_prompt` ON `generations` (`systemPromptId`);--> statement-breakpoint
CREATE INDEX `generations_by_writers` ON `generations` (`writersId`);--> statement-breakpoint
-- From here on written by hand. What receipts and writers repeat is moved, and stands once.
INSERT INTO repeated_texts (hash, content)
SELECT 'moved-' || lower(hex(randomblob(16))), content FROM (
  SELECT json_extract(receipt, '$.systemPrompt') AS content FROM generations WHERE receipt IS NOT NULL
  UNION SELECT writers FROM generations WHERE writers <> '[]'
) WHERE content <> '';--> statement-breakpoint
CREATE INDEX repeated_texts_by_content ON repeated_texts (content);--> statement-breakpoint
UPDATE generations SET
  systemPromptId = (SELECT id FROM repeated_texts WHERE content = json_extract(receipt, '$.systemPrompt')),
  receipt = json_remove(receipt, '$.systemPrompt')
WHERE receipt IS NOT NULL;--> statement-breakpoint
UPDATE generations SET
  writersId = (SELECT id FROM repeated_texts WHERE content = writers),
  writers = '[]'
WHERE writers <> '[]';--> statement-breakpoint
DROP INDEX repeated_texts_by_content;--> statement-breakpoint
-- A text is erased with the last answer that has it, however that answer is erased.
CREATE TRIGGER repeated_texts_unused_delete AFTER DELETE ON generations
WHEN OLD.systemPromptId IS NOT NULL OR OLD.writersId IS NOT NULL
BEGIN
  DELETE FROM repeated_texts WHERE id IN (OLD.systemPromptId, OLD.writersId)
    AND NOT EXISTS (SELECT 1 FROM generations WHERE systemPromptId = repeated_texts.id)
    AND NOT EXISTS (SELECT 1 FROM generations WHERE writersId = repeated_texts.id);
END;--> statement-breakpoint
CREATE TRIGGER repeated_texts_unused_update AFTER UPDATE OF systemPromptId, writersId ON generations
WHEN OLD.systemPromptId IS NOT NEW.systemPromptId OR OLD.writersId IS NOT NEW.writersId
BEGIN
  DELETE FROM repeated_texts WHERE id IN (OLD.systemPromptId, OLD.writersId)
    AND NOT EXISTS (SELECT 1 FROM generations WHERE systemPromptId = repeated_texts.id)
    AND NOT EXISTS (SELECT 1 FROM generations WHERE writersId = repeated_texts.id);
END;
