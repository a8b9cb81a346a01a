CREATE TABLE `instruments` (
	`number` integer PRIMARY KEY NOT NULL,
	`ownerId` text,
	`symbol` text NOT NULL,
	`specification` text NOT NULL,
	`changedAt` integer NOT NULL,
	FOREIGN KEY (`ownerId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `instruments_by_owner` ON `instruments` (`ownerId`,`symbol`);