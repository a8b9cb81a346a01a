DROP INDEX `conversations_by_owner`;--> statement-breakpoint
CREATE INDEX `conversations_in_list` ON `conversations` (`ownerId`,`origin`,`updatedAt`);