-- Written by hand. Memories say what they are, how they came, since when and until when they hold, and what replaces them.
ALTER TABLE `memories` ADD `kind` text DEFAULT 'fact' NOT NULL;--> statement-breakpoint
ALTER TABLE `memories` ADD `source` text DEFAULT 'entered' NOT NULL;--> statement-breakpoint
ALTER TABLE `memories` ADD `place` text;--> statement-breakpoint
ALTER TABLE `memories` ADD `validFrom` integer;--> statement-breakpoint
ALTER TABLE `memories` ADD `validTo` integer;--> statement-breakpoint
ALTER TABLE `memories` ADD `confidence` real DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `memories` ADD `supersededBy` text;--> statement-breakpoint
ALTER TABLE `memories` ADD `dismissals` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `memories` ADD `importId` text;--> statement-breakpoint
ALTER TABLE `memories` ADD `isCompared` integer DEFAULT false NOT NULL;--> statement-breakpoint
-- Until now all that came of a conversation was an exchange.
UPDATE memories SET kind = 'exchange', source = 'exchange' WHERE conversationId IS NOT NULL OR messageId IS NOT NULL;--> statement-breakpoint
CREATE INDEX `memories_to_compare` ON `memories` (`createdAt`) WHERE "kind" = 'fact' AND "isCompared" = 0;--> statement-breakpoint
CREATE INDEX `memories_by_import` ON `memories` (`importId`) WHERE "importId" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `memories_superseded` ON `memories` (`supersededBy`) WHERE "supersededBy" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `memory_conflicts` (
	`memoryId` text NOT NULL,
	`otherId` text NOT NULL,
	`settledAt` integer,
	PRIMARY KEY(`memoryId`, `otherId`),
	FOREIGN KEY (`memoryId`) REFERENCES `memories`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`otherId`) REFERENCES `memories`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `memory_conflicts_by_other` ON `memory_conflicts` (`otherId`);
