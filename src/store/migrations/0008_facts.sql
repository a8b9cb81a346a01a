CREATE TABLE `facts` (
	`number` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`ownerId` text,
	`generationId` text,
	`textOffset` integer DEFAULT 0 NOT NULL,
	`fact` text NOT NULL,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`ownerId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`generationId`) REFERENCES `generations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `facts_by_id` ON `facts` (`id`,`ownerId`);--> statement-breakpoint
CREATE INDEX `facts_by_owner` ON `facts` (`ownerId`,`createdAt`);--> statement-breakpoint
CREATE UNIQUE INDEX `facts_of_generation` ON `facts` (`generationId`,`id`);