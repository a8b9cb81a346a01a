ALTER TABLE `conversations` ADD `titledBy` text DEFAULT 'question' NOT NULL;--> statement-breakpoint
ALTER TABLE `conversations` ADD `leafId` text;--> statement-breakpoint
ALTER TABLE `conversations` ADD `folder` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `conversations` ADD `pinnedAt` integer;--> statement-breakpoint
ALTER TABLE `conversations` ADD `archivedAt` integer;--> statement-breakpoint
ALTER TABLE `conversations` ADD `deletedAt` integer;--> statement-breakpoint
ALTER TABLE `conversations` ADD `forkedFrom` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `deletedAt` integer;--> statement-breakpoint
CREATE INDEX `messages_by_parent` ON `messages` (`parentId`);