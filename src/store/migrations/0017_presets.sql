CREATE TABLE `presets` (
	`id` text PRIMARY KEY NOT NULL,
	`ownerId` text,
	`name` text NOT NULL,
	`choices` text NOT NULL,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`ownerId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `presets_by_owner` ON `presets` (`ownerId`,`name`);--> statement-breakpoint
ALTER TABLE `conversations` ADD `settings` text;