CREATE TABLE `watched_files` (
	`path` text PRIMARY KEY NOT NULL,
	`size` integer NOT NULL,
	`changedAt` integer NOT NULL,
	`hash` text NOT NULL,
	`beginningHash` text NOT NULL,
	`beginningSize` integer NOT NULL,
	`importId` text,
	`problem` text
);
