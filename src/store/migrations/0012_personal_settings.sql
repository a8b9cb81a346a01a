-- By hand: what owners have chosen is kept.
CREATE TABLE `__new_preferences` (
	`id` integer PRIMARY KEY NOT NULL,
	`ownerId` text,
	`key` text NOT NULL,
	`value` text,
	FOREIGN KEY (`ownerId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
INSERT INTO `__new_preferences` (`id`, `ownerId`, `key`, `value`)
SELECT `id`, `ownerId`, 'remember_exchanges', CASE `rememberExchanges` WHEN 0 THEN 'false' ELSE 'true' END FROM `preferences`;--> statement-breakpoint
DROP TABLE `preferences`;--> statement-breakpoint
ALTER TABLE `__new_preferences` RENAME TO `preferences`;--> statement-breakpoint
CREATE INDEX `preferences_by_owner` ON `preferences` (`ownerId`,`key`);
