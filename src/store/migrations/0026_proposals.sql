CREATE TABLE `proposals` (
	`id` text PRIMARY KEY NOT NULL,
	`ownerId` text,
	`conversationId` text,
	`messageId` text,
	`sentence` text NOT NULL,
	`key` text NOT NULL,
	`hash` text NOT NULL,
	`state` text DEFAULT 'open' NOT NULL,
	`memoryId` text,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`ownerId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `proposals_by_owner` ON `proposals` (`ownerId`,`state`,`createdAt`);--> statement-breakpoint
CREATE INDEX `proposals_by_hash` ON `proposals` (`hash`);--> statement-breakpoint
CREATE INDEX `proposals_by_message` ON `proposals` (`messageId`) WHERE "messageId" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `proposals_by_memory` ON `proposals` (`memoryId`) WHERE "memoryId" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `messages_to_read` (
	`messageId` text PRIMARY KEY NOT NULL,
	`ownerId` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`ownerId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TRIGGER proposals_of_deleted_messages AFTER DELETE ON messages
BEGIN
  DELETE FROM messages_to_read WHERE messageId = OLD.id;
  DELETE FROM proposals WHERE messageId = OLD.id AND state = 'open';
  UPDATE proposals SET sentence = '', "key" = '', messageId = NULL, conversationId = NULL WHERE messageId = OLD.id;
END;
